import { expect, test } from 'vitest';
import { blank } from '#lib/domain/draft.ts';
import * as audit from '#lib/server/audit.ts';
import * as drafts from '#lib/server/drafts.ts';
import * as meetings from '#lib/server/meetings.ts';
import * as submissions from '#lib/server/submissions.ts';
import { load as loadList } from '../../../src/routes/(public)/initiatives/+page.server.ts';
import { load as loadOne } from '../../../src/routes/(public)/initiatives/[id]/+page.server.ts';
import { fields } from '../../../src/routes/(public)/initiatives/fields.ts';
import { sentence } from '../../../src/routes/(public)/initiatives/sentence.ts';
import { openRound } from '../../support/round.ts';
import { story } from '../../support/story.ts';
import { visit } from '../../support/visit.ts';

type List = Awaited<ReturnType<typeof visit<typeof loadList>>>;

const said = ({ found, filters, names }: List) =>
	sentence(
		{
			total: found.total,
			filters,
			expectations: found.expectations,
			meeting: found.meeting_id,
			from: found.from_id
		},
		names
	);

test('a list says in one sentence what it shows and how many', async () => {
	const db = await story();
	const open = async (address: string) => said(await visit(loadList, db, address));
	expect(await open('/initiatives')).toBe('6 initiatives.');
	expect(await open('/initiatives?q=viet+nam')).toBe('1 initiative, found for “viet nam”.');
	expect(await open('/initiatives?plan=rsp-2022-2024&meeting=rcp-32&stage=pilot&entity=FJI')).toBe(
		'1 initiative expected of Fiji under RSP 2022-2024 for RCP-32, reported or confirmed, at the stage “pilot”.'
	);
	expect(await open('/initiatives?element=rsp-2022-2024:FA1&meeting=rcp-32&moved=up')).toBe(
		'1 initiative expected under FA1 Trade security and facilitation for RCP-32, moved up since RHCA-23.'
	);
});

test('every spelling of a name finds the same initiatives', async () => {
	const db = await story();
	for (const q of ['Vietnam', 'Viet Nam', 'viêt nam', 'education', 'ÉDUCATION']) {
		const { found } = await visit(loadList, db, `/initiatives?q=${encodeURIComponent(q)}`);
		expect(found.total).toBe(1);
	}
});

test('each choice promises as many rows as the list then has', async () => {
	const db = await story();
	const { found, filters, names } = await visit(
		loadList,
		db,
		'/initiatives?plan=rsp-2022-2024&meeting=rhca-24'
	);
	const choices = fields(found.facets, filters, names).flatMap(({ name, options }) =>
		options.map((option) => ({ name, ...option }))
	);
	expect(choices.length).toBeGreaterThan(10);
	for (const { name, value, count } of choices) {
		const narrowed = await visit(
			loadList,
			db,
			`/initiatives?${new URLSearchParams({ plan: 'rsp-2022-2024', meeting: 'rhca-24', [name]: value })}`
		);
		expect({ name, value, rows: narrowed.found.rows.length }).toEqual({ name, value, rows: count });
	}
});

test('an empty list says what to leave out, and what is then found', async () => {
	const db = await story();
	const { wider } = await visit(loadList, db, '/initiatives?theme=aeo&entity=FJI');
	expect(wider).toEqual([
		{ name: 'entity', count: 1 },
		{ name: 'theme', count: 2 }
	]);
});

test('an initiative tells its whole story, the newest first, and keeps what reviewers wrote between them', async () => {
	const db = await story();
	const { updates, speaking, now } = await visit(loadOne, db, '/initiatives/single-window?meeting=rhca-24', {
		id: 'single-window'
	});
	expect(updates.map(({ meeting_id }) => meeting_id)).toEqual(['rhca-24', 'rcp-32', 'rhca-23']);
	expect(updates.every(({ id }) => speaking.includes(id))).toBe(true);
	expect(updates[1]!.reviews).toMatchObject([
		{ verdict: 'confirmed', recorded_at: '2022-11-05T09:00:00.000Z' }
	]);
	expect(JSON.stringify(updates)).not.toContain('Between us.');
	expect(now).toMatchObject([{ entity_id: 'FJI', stage: 'partly_implemented', freshness: 'reported' }]);
});

test('what the dates say stands beside what the reporter says', async () => {
	const db = await story();
	const { updates } = await visit(loadOne, db, '/initiatives/single-window', { id: 'single-window' });
	// On the day RCP-32 was due the law had passed, a month late; it was still open when RHCA-23 was due.
	expect(updates.map(({ timing, rule }) => [timing, rule])).toEqual([
		['on_track', 'on_track'],
		['on_track', 'on_track'],
		['on_track', 'on_track']
	]);
	await db.updateTable('milestone').set({ done_on: '2022-12-01' }).execute();
	const late = await visit(loadOne, db, '/initiatives/single-window', { id: 'single-window' });
	expect(late.updates.map(({ rule }) => rule)).toEqual(['on_track', 'at_risk', 'on_track']);
	// Told before the round is due, by a date that is still to come.
	await db.updateTable('meeting').set({ due_on: '2099-12-31' }).where('id', '=', 'rcp-32').execute();
	await db.updateTable('milestone').set({ due_on: '2098-01-01', done_on: null }).execute();
	const early = await visit(loadOne, db, '/initiatives/single-window', { id: 'single-window' });
	expect(early.updates.find(({ meeting_id }) => meeting_id === 'rcp-32')?.rule).toBe('on_track');
});

test('whoever has just reported finds it on the initiative, while the round still takes answers', async () => {
	const { db, ben } = await openRound();
	const place = { meeting_id: 'rcp-33', entity_id: 'FJI', initiative_id: 'single-window' };
	const open = () => visit(loadOne, db, '/initiatives/single-window', { id: 'single-window' });
	expect((await open()).meeting?.id).toBe('rhca-24');
	await drafts.save(
		db,
		audit.actorOf(ben),
		{ ...place, side: 'member' },
		{ version: 0, fields: { ...blank, stage: 'implemented', timing: 'on_track' } }
	);
	expect((await open()).meeting?.id).toBe('rhca-24');
	await submissions.submit(db, ben, place, { partly: true });
	const { meeting, now } = await open();
	expect(meeting?.id).toBe('rcp-33');
	expect(now).toMatchObject([{ entity_id: 'FJI', stage: 'implemented' }]);
	expect((await meetings.latest(db))?.id).toBe('rhca-24');
});

test('a corrected report is kept beside the one that replaced it', async () => {
	const db = await story();
	const { updates, speaking } = await visit(loadOne, db, '/initiatives/drill', { id: 'drill' });
	const australia = updates.filter(
		({ entity_id, meeting_id }) => entity_id === 'AUS' && meeting_id === 'rcp-32'
	);
	expect(australia.map(({ id }) => [id, speaking.includes(id)])).toEqual([
		['drill-aus-rcp-32-corrected', true],
		['drill-aus-rcp-32', false]
	]);
});

test('an initiative nobody knows answers 404 with what was perhaps meant', async () => {
	const db = await story();
	await expect(visit(loadOne, db, '/initiatives/single-windows', { id: 'single' })).rejects.toMatchObject({
		status: 404,
		body: { suggestions: [{ label: 'Single window for trade', href: '/initiatives/single-window' }] }
	});
});
