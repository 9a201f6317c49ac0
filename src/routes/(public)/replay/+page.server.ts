import { z } from 'zod';
import type { Reader } from '#db/open.server.ts';
import { matrixReplay, stagesReplay, type MatrixReplay, type StagesReplay } from '#lib/charts/replay.ts';
import { meetingName } from '#lib/charts/sentence.ts';
import { elementAddress } from '#lib/domain/address.ts';
import type { Picture } from '#lib/domain/replay.ts';
import { one, read as parse } from '#lib/domain/schemas/filters.ts';
import * as chosen from '#lib/server/chosen.ts';
import * as entities from '#lib/server/entities.ts';
import * as plansOf from '#lib/server/plans.ts';
import * as replay from '#lib/server/replay.ts';
import type { PageServerLoad } from './$types';

const words = z.object({ show: one(['stages', 'matrix']).default('stages') });

export const load = (async ({ locals: { db }, url }) => {
	const { plan, plans, basis, rounds } = await chosen.read(db, url.searchParams);
	const { show } = parse(words, asked(url, 'show') ? { show: asked(url, 'show') } : {});
	const found = plan ? await replay.read(db, { plan_id: plan.id, basis }) : null;
	// As presented, also what it is called is of then.
	const then = plan && found ? await plansOf.find(found.reader, plan.id) : undefined;
	const played = then && found && found.rounds.length > 0 ? await drawn(then, found, show) : null;
	return {
		plan: then ?? plan ?? null,
		plans,
		basis,
		show,
		frozen: rounds.some(({ frozen_at }) => frozen_at !== null),
		replay: played,
		...(played ? await placeOf(db, asked(url, 'at'), played) : { at: 0, missed: null })
	};
}) satisfies PageServerLoad;

function asked(url: URL, name: string) {
	return url.searchParams.get(name)?.trim() || undefined;
}

/** The step an address asks for: the first where it asks for none, or for a meeting that is no step; `missed` names that. */
async function placeOf(db: Reader, id: string | undefined, { frames }: StagesReplay | MatrixReplay) {
	if (id === undefined) return { at: 0, missed: null };
	const at = frames.findIndex(({ key }) => key === id);
	if (at >= 0) return { at, missed: null };
	return { at: 0, missed: meetingName(await chosen.meeting(db, id)) };
}

async function drawn(
	plan: { id: string; short_title: string },
	{ reader, rounds, from, parts, pictures }: replay.Replay,
	show: 'stages' | 'matrix'
): Promise<StagesReplay | MatrixReplay> {
	const occurring = parts.filter(({ id }) =>
		pictures.of(id, 'all').some((picture) => Object.keys(picture).length > 0)
	);
	const whole = pictures.of(plan.id, 'all');
	if (show === 'matrix') {
		const asked = new Set(pictures.entities);
		const rows = (await entities.list(reader))
			.filter(({ id }) => asked.has(id))
			.map((entity) => ({
				entity,
				columns: occurring.map((part): readonly Picture[] => pictures.of(part.id, entity.id))
			}));
		const columns = occurring.map((element) => ({
			key: element.id,
			label: element.code,
			title: element.title,
			href: elementAddress(element)
		}));
		return matrixReplay(rounds, columns, rows, whole, from);
	}
	return stagesReplay(rounds, [
		{
			key: plan.id,
			label: plan.short_title,
			href: `/plans/${encodeURIComponent(plan.id)}`,
			whole: true,
			pictures: whole.slice(from)
		},
		...occurring.map((element) => ({
			key: element.id,
			label: `${element.code} ${element.title}`,
			href: elementAddress(element),
			whole: false,
			pictures: pictures.of(element.id, 'all').slice(from)
		}))
	]);
}
