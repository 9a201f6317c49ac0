import { randomUUID } from 'node:crypto';
import type { Db, Reader } from '#db/open.server.ts';
import { dayOf } from '#lib/domain/draft-check.ts';
import { lines, newMilestones, type Fields } from '#lib/domain/draft.ts';
import { searchable } from '#lib/domain/text.ts';
import type { ContributionRole } from '#lib/domain/words.ts';
import * as audit from '../audit.ts';
import { remap } from '../standings.ts';

// What a report changes of the initiative itself. Part of the transaction that records the report, which counts anew after it.

type About = { initiative_id: string; entity_id: string; meeting_id: string };

/** A new initiative, led by the entity that brings it. */
export async function add(trx: Db, actor: audit.Actor, about: About, fields: Fields) {
	const { initiative_id: id, entity_id, meeting_id } = about;
	const { name } = await trx
		.selectFrom('entity')
		.select('name')
		.where('id', '=', entity_id)
		.executeTakeFirstOrThrow();
	const starts_on = dayOf(fields.starts_on) ?? (await dayOfRound(trx, meeting_id));
	const made = {
		title: fields.title,
		summary: fields.summary || null,
		starts_on,
		target_on: dayOf(fields.target_on)
	};
	await trx
		.insertInto('initiative')
		.values({ id, ...made, scope: 'national', search_text: searchable(fields.title, name) })
		.execute();
	await trx.insertInto('initiative_entity').values({ initiative_id: id, entity_id, role: 'lead' }).execute();
	await remap(trx, id);
	await audit.record(trx, actor, { act: 'add', object: `initiative ${id}`, ...about, after: made });
}

/** Without a start it would be expected from its first report on; it enters with the round it is brought to. */
async function dayOfRound(db: Reader, meeting_id: string) {
	const row = await db
		.selectFrom('meeting')
		.select(['due_on', 'starts_on'])
		.where('id', '=', meeting_id)
		.executeTakeFirstOrThrow();
	const today = new Date().toISOString().slice(0, 10);
	const day = row.due_on ?? row.starts_on;
	return today < day ? today : day;
}

/** Notes the milestones reached, those that are new, and what the initiative serves, as a report says them. */
export async function follow(trx: Db, actor: audit.Actor, about: About, fields: Fields) {
	await milestones(trx, actor, about, fields);
	await serves(trx, actor, about, fields);
}

async function milestones(trx: Db, actor: audit.Actor, about: About, fields: Fields) {
	const { initiative_id } = about;
	const done_on = dayOf(fields.as_of) ?? new Date().toISOString().slice(0, 10);
	for (const id of lines(fields.milestones)) {
		const reached = await trx
			.updateTable('milestone')
			.set({ done_on })
			.where('id', '=', id)
			.where('initiative_id', '=', initiative_id)
			.where('done_on', 'is', null)
			.returning('id')
			.executeTakeFirst();
		if (reached)
			await audit.record(trx, actor, {
				act: 'reach',
				object: `milestone ${id}`,
				...about,
				after: { done_on }
			});
	}
	for (const [title, due] of newMilestones)
		await milestone(trx, actor, about, { title: fields[title], due_on: dayOf(fields[due]) });
}

async function milestone(
	trx: Db,
	actor: audit.Actor,
	about: About,
	made: { title: string; due_on: string | null }
) {
	if (made.title === '') return;
	const { initiative_id } = about;
	const known = await trx
		.selectFrom('milestone')
		.select('id')
		.where('initiative_id', '=', initiative_id)
		.where('title', '=', made.title)
		.executeTakeFirst();
	// A report that is corrected brings its milestones along once more.
	if (known) return;
	const id = randomUUID();
	await trx
		.insertInto('milestone')
		.values({ id, initiative_id, ...made, done_on: null })
		.execute();
	await audit.record(trx, actor, { act: 'add', object: `milestone ${id}`, ...about, after: made });
}

/** `main rsp-2022-2024:FA1`, one a line, in order. */
export async function served(db: Reader, initiative_id: string): Promise<string> {
	const rows = await db
		.selectFrom('contribution')
		.select(['element_id', 'role'])
		.where('initiative_id', '=', initiative_id)
		.execute();
	return rows
		.map(({ role, element_id }) => `${role} ${element_id}`)
		.sort()
		.join('\n');
}

async function serves(trx: Db, actor: audit.Actor, about: About, fields: Fields) {
	const { initiative_id } = about;
	const before = await served(trx, initiative_id);
	if (before === fields.serves) return;
	const elements = new Set((await trx.selectFrom('plan_element').select('id').execute()).map(({ id }) => id));
	const wanted = new Map<string, ContributionRole>();
	for (const line of lines(fields.serves)) {
		const [role, element_id] = [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)];
		if (!elements.has(element_id) || (role !== 'main' && role !== 'contributing')) continue;
		if (wanted.get(element_id) !== 'main') wanted.set(element_id, role);
	}
	const held = await trx
		.selectFrom('contribution')
		.select(['element_id', 'role'])
		.where('initiative_id', '=', initiative_id)
		.execute();
	for (const { element_id, role } of held)
		if (wanted.get(element_id) === role) wanted.delete(element_id);
		else
			await trx
				.deleteFrom('contribution')
				.where('initiative_id', '=', initiative_id)
				.where('element_id', '=', element_id)
				.execute();
	for (const [element_id, role] of wanted)
		await trx
			.insertInto('contribution')
			.values({ initiative_id, element_id, role, certainty: 'documented' })
			.execute();
	const after = await served(trx, initiative_id);
	if (after === before) return;
	await remap(trx, initiative_id);
	await audit.record(trx, actor, {
		act: 'map',
		object: `initiative ${initiative_id}`,
		...about,
		before: lines(before),
		after: lines(after)
	});
}
