import { fold, searchable } from '#lib/domain/text.ts';
import * as chosen from '#lib/server/chosen.ts';
import * as entities from '#lib/server/entities.ts';
import * as progress from '#lib/server/progress.ts';
import type { PageServerLoad } from './$types';

export const load = (async ({ locals: { db }, url }) => {
	const q = url.searchParams.get('q')?.trim().slice(0, 200) ?? '';
	const { reader, plan, meeting, basis, plans, rounds } = await chosen.read(db, url.searchParams);
	const day = meeting?.starts_on ?? new Date().toISOString().slice(0, 10);
	const groups = await entities.members(reader, day);
	const bodies = (await entities.list(reader)).filter(({ kind }) => kind !== 'member');
	const silent =
		url.searchParams.get('silent') === '1' && plan && meeting
			? new Set(
					(await entities.silent(reader, { plan_id: plan.id, meeting_id: meeting.id, basis })).map(
						({ id }) => id
					)
				)
			: undefined;
	const wanted = (member: entities.Entity) => goesBy(member, q) && (silent?.has(member.id) ?? true);
	const answers =
		plan &&
		meeting &&
		(await progress.byEntity(reader, { scope_id: plan.id, meeting_id: meeting.id, basis }));
	return {
		q,
		silent: silent !== undefined,
		plan,
		meeting,
		basis,
		plans,
		rounds,
		day,
		count: await entities.memberCount(reader, day),
		groups: groups
			.map((group) => ({ ...group, members: group.members.filter(wanted) }))
			.filter(({ members }) => members.length > 0),
		bodies: silent ? [] : bodies.filter(wanted),
		answers: answers ?? new Map<string, never>(),
		history: await entities.history(reader),
		memberships: [...(await entities.memberships(reader))].flatMap(([id, rows]) =>
			rows.map((row) => ({ id, ...row }))
		),
		viceChairs: await entities.terms(reader, { role: 'vice_chair' })
	};
}) satisfies PageServerLoad;

type Named = Pick<entities.Entity, 'id' | 'name' | 'name_fr' | 'name_variants' | 'iso2' | 'administration'>;

/** By any of its names, accents and spaces aside: "viêt nam" and "vietnam" find Viet Nam. */
function goesBy({ id, name, name_fr, name_variants, iso2, administration }: Named, q: string) {
	const text = searchable(name, name_fr, name_variants, administration, id, iso2);
	return text.includes(fold(q)) || text.includes(fold(q).replaceAll(' ', ''));
}
