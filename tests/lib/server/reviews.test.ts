import { expect, test } from 'vitest';
import type { User } from '#lib/domain/access.ts';
import * as reviews from '#lib/server/reviews.ts';
import * as answers from '#lib/server/reviews/answer.ts';
import * as queue from '#lib/server/reviews/queue.ts';
import * as standings from '#lib/server/standings.ts';
import * as updates from '#lib/server/updates.ts';
import { ofFiji, ofJapan, reviewed } from '../../support/reviewed.ts';
import { person } from '../../support/people.ts';

const secret = 'Between the two of us.';
const query = { verdict: 'queried', note: secret } as const;
const differ = { verdict: 'differs', stage: 'pilot', note: secret } as const;

test('the queue holds what was submitted and not reviewed, for each reviewer what is theirs', async () => {
	const { db, office, area } = await reviewed();
	const at = { meeting_id: 'rhca-24', show: 'new' } as const;
	const idsFor = async (user: User, asked = {}) =>
		(await queue.read(db, user, { ...at, ...asked })).updates.map(({ id }) => id);

	expect(await queue.meetings(db)).toMatchObject([{ id: 'rhca-24', answers: 2 }]);
	expect(await idsFor(office)).toEqual([ofFiji, ofJapan, 'scanner-jpn-rhca-24']);
	expect(await idsFor(area)).toEqual([ofJapan]);
	expect(await idsFor(office, { entity_id: 'FJI' })).toEqual([ofFiji]);
	expect(await idsFor(office, { element_id: 'rsp-2022-2024:FA2' })).toEqual([ofJapan]);

	await reviews.record(db, office, [ofFiji], { verdict: 'confirmed' });
	await reviews.record(db, office, [ofJapan], query);
	const { counts, updates } = await queue.read(db, office, { ...at, show: 'queried' });
	expect(counts).toEqual({ new: 1, queried: 1, differs: 0 });
	expect(updates).toMatchObject([{ id: ofJapan, before: null }]);
});

test('many are confirmed at once, all of them or none', async () => {
	const { db, office, area } = await reviewed();
	await expect(reviews.record(db, area, [ofJapan, ofFiji], { verdict: 'confirmed' })).rejects.toThrow(
		'no such'
	);
	expect(
		await db.selectFrom('review').select('update_id').where('update_id', '=', ofJapan).execute()
	).toEqual([]);
	await reviews.record(db, office, [ofJapan, ofFiji, ofFiji], { verdict: 'confirmed' });
	const rows = await db.selectFrom('review').select(['update_id', 'reviewed_by']).execute();
	expect(rows.filter(({ reviewed_by }) => reviewed_by === office.id)).toHaveLength(2);
	const lines = await db.selectFrom('audit_event').select('object').where('act', '=', 'confirm').execute();
	expect(lines).toHaveLength(2);
});

test('only who may review reviews, and a foreign update answers like one that is not there', async () => {
	const { db, area, fiji, viewer, administrator } = await reviewed();
	const refusal = async (user: User, id: string) =>
		reviews.record(db, user, [id], { verdict: 'confirmed' }).then(
			() => 'allowed',
			(cause: Error) => `${cause.name}: ${cause.message}`
		);
	const absent = await refusal(area, 'no-such-update');
	expect(absent).toMatch(/^NotFound: There is no such/);
	for (const user of [fiji, viewer, administrator]) expect(await refusal(user, ofFiji)).toBe(absent);
	expect(await refusal(area, ofFiji)).toBe(absent);
	expect(await refusal(area, ofJapan)).toBe('allowed');
});

test('a meeting that is frozen is reviewed no more, and a replaced update neither', async () => {
	const { db, office } = await reviewed();
	await expect(reviews.record(db, office, ['single-window-fji-rcp-32'], query)).rejects.toThrow('frozen');
	await expect(reviews.record(db, office, ['drill-aus-rcp-32'], query)).rejects.toThrow('replaced');
});

test('a view that differs has to differ, and both are kept', async () => {
	const { db, office } = await reviewed();
	const same = { verdict: 'differs', stage: 'partly_implemented', timing: 'on_track', note: secret } as const;
	await expect(reviews.record(db, office, [ofFiji], same)).rejects.toThrow('not the one reported');
	await reviews.record(db, office, [ofFiji], { ...same, stage: 'pilot' });
	const row = await db.selectFrom('review').selectAll().where('update_id', '=', ofFiji).executeTakeFirst();
	expect(row).toMatchObject({ verdict: 'differs', stage: 'pilot', timing: null, note: secret });
	const update = await db
		.selectFrom('status_update')
		.select('stage')
		.where('id', '=', ofFiji)
		.executeTakeFirst();
	expect(update).toEqual({ stage: 'partly_implemented' });
});

test('everybody sees that an update was confirmed, and never a query, a view that differs, or a note', async () => {
	const { db, office } = await reviewed();
	const published = async () => {
		const [first] = (await updates.ofInitiative(db, 'single-window')).filter(({ id }) => id === ofFiji);
		expect(JSON.stringify(await updates.list(db, { limit: 500 }))).not.toContain(secret);
		return first!.reviews.map(({ verdict }) => verdict);
	};
	await reviews.record(db, office, [ofFiji], { verdict: 'confirmed', note: secret });
	expect(await published()).toEqual(['confirmed']);
	await reviews.record(db, office, [ofFiji], query);
	expect(await published(), 'the newest word took the confirmation back').toEqual([]);
	await reviews.record(db, office, [ofFiji], differ);
	expect(await published()).toEqual([]);
});

test('a view that differs is shown to the two sides, and to everybody once the Member agrees', async () => {
	const { db, office, area, fiji, officer, japan, viewer, administrator } = await reviewed();
	await reviews.record(db, office, [ofFiji], differ);
	const notesFor = async (user: User | undefined) =>
		(await reviews.onInitiative(db, user, 'single-window')).flatMap(({ exchange }) =>
			exchange.map(({ note }) => note)
		);
	for (const user of [office, fiji, officer]) expect(await notesFor(user)).toContain(secret);
	for (const user of [area, japan, viewer, administrator, undefined])
		expect(await notesFor(user)).toEqual([]);

	const [waiting] = await reviews.waitingFor(db, fiji);
	expect(waiting).toMatchObject({ id: ofFiji, stage: 'partly_implemented', exchange: [{ stage: 'pilot' }] });
	expect(await reviews.waitingFor(db, japan)).toEqual([]);
	expect(await reviews.waitingFor(db, office)).toEqual([]);

	const view = { update: ofFiji, recorded_at: waiting!.exchange[0]!.recorded_at };
	await expect(reviews.agree(db, japan, view)).rejects.toThrow('no such view');
	await expect(reviews.agree(db, office, view)).rejects.toThrow('no such view');
	await expect(reviews.agree(db, officer, view)).rejects.toThrow('national coordinator');
	await reviews.agree(db, fiji, view);
	await reviews.agree(db, fiji, view);
	const [now] = (await updates.ofInitiative(db, 'single-window')).filter(({ id }) => id === ofFiji);
	expect(now!.reviews).toMatchObject([{ verdict: 'differs', stage: 'pilot', timing: null }]);
	expect(JSON.stringify(now)).not.toContain(secret);
	expect(await reviews.waitingFor(db, fiji)).toEqual([]);
	expect(await notesFor(viewer), 'the note stays between the two').toEqual([]);
});

test('one agrees with what was said last, and not with a query', async () => {
	const { db, office, fiji } = await reviewed();
	await reviews.record(db, office, [ofFiji], differ);
	const [{ exchange }] = (await reviews.waitingFor(db, fiji)) as [reviews.Waiting];
	await reviews.record(db, office, [ofFiji], query);
	const old = { update: ofFiji, recorded_at: exchange[0]!.recorded_at };
	await expect(reviews.agree(db, fiji, old)).rejects.toThrow('something newer');
});

test('a newer update answers a query: it waits no longer, and is itself to be reviewed', async () => {
	const { db, office, fiji } = await reviewed();
	await reviews.record(db, office, [ofFiji], query);
	const row = await db
		.selectFrom('status_update')
		.selectAll()
		.where('id', '=', ofFiji)
		.executeTakeFirstOrThrow();
	const newer = { ...row, id: 'newer', supersedes_id: ofFiji, recorded_at: '2023-05-03T09:00:00.000Z' };
	await db.insertInto('status_update').values(newer).execute();
	await standings.recount(db, 'single-window');
	expect(await reviews.waitingFor(db, fiji)).toEqual([]);
	const { updates } = await queue.read(db, office, { meeting_id: 'rhca-24', entity_id: 'FJI', show: 'new' });
	expect(updates.map(({ id }) => id)).toEqual(['newer']);
});

test('implemented stands for a year once it is confirmed, and no longer once that is taken back', async () => {
	const { db, office } = await reviewed();
	const row = await db
		.selectFrom('status_update')
		.selectAll()
		.where('id', '=', ofJapan)
		.executeTakeFirstOrThrow();
	await db
		.insertInto('status_update')
		.values({ ...row, id: 'done', stage: 'implemented', recorded_at: '2023-05-03T09:00:00.000Z' })
		.execute();
	await standings.recount(db, 'drill');
	for (const verdict of ['confirmed', 'queried'] as const) {
		await reviews.record(db, office, ['done'], { verdict, note: secret });
		expect(await standings.verify(db), verdict).toEqual([]);
	}
});

test('a reviewer reads a whole answer, an area coordinator the part under their element', async () => {
	const { db, office, area } = await reviewed();
	await reviews.record(db, office, [ofJapan], query);
	const read = (user: User, entity_id: string) =>
		answers.read(db, user, { meeting_id: 'rhca-24', entity_id });
	expect((await read(office, 'JPN')).updates).toHaveLength(2);
	expect((await read(area, 'JPN')).updates).toMatchObject([{ id: ofJapan, exchange: [{ note: secret }] }]);
	await expect(read(area, 'FJI')).rejects.toThrow('There is no such answer to review.');
	await expect(read(office, 'PLW')).rejects.toThrow('There is no such answer to review.');
	await expect(read(office, 'rocb-ap'), 'a draft').rejects.toThrow('There is no such answer to review.');
	const other = await person(db, 'area_coordinator', { element_id: 'rsp-2022-2024:FA3' });
	await expect(read(other, 'JPN')).rejects.toThrow('There is no such answer to review.');
});
