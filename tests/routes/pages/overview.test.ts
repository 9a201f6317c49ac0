import { expect, test } from 'vitest';
import { readList } from '#lib/domain/schemas/filters.ts';
import { fresh } from '#lib/domain/tally.ts';
import * as initiatives from '#lib/server/initiatives.ts';
import { load } from '../../../src/routes/(public)/+page.server.ts';
import { emptyDatabase } from '../../support/database.ts';
import { story } from '../../support/story.ts';
import { visit } from '../../support/visit.ts';

test('the overview begins with the tracked regional plan at the newest round with reports', async () => {
	const { plan, meeting, basis, figures, chart } = await visit(load, await story(), '/');
	expect([plan?.id, meeting?.id, basis]).toEqual(['rsp-2022-2024', 'rhca-24', 'known']);
	expect(figures!.areas.map((area: { element: { code: string } }) => area.element.code)).toEqual([
		'FA1',
		'FA2',
		'FA3'
	]);
	expect(figures!.previous?.id).toBe('rcp-32');
	expect(chart!.question).toBe('stages');
});

test('the plan and the meeting in the address are the ones shown', async () => {
	const { plan, meeting } = await visit(load, await story(), '/?plan=sp-2022-2025&meeting=rcp-32');
	expect([plan?.id, meeting?.id]).toEqual(['sp-2022-2025', 'rcp-32']);
});

test('every number of the overview has a list with as many rows', async () => {
	const db = await story();
	const { figures } = await visit(load, db, '/?meeting=rcp-33');
	const { total, moved, attention } = figures!;
	const rows = (more: string) =>
		initiatives.count(
			db,
			readList(new URLSearchParams(`plan=rsp-2022-2024&meeting=rcp-33&from=rhca-24${more}`)).filters
		);
	expect(await rows('')).toBe(total.expected);
	expect(await rows('&freshness=fresh')).toBe(fresh(total));
	expect(await rows('&freshness=missing')).toBe(total.missing);
	expect(await rows('&stage=implemented')).toBe(total.implemented);
	for (const step of ['up', 'same', 'down', 'silent', 'back'] as const)
		expect(await rows(`&moved=${step}`), step).toBe(moved![step]);
	expect(await rows('&stalled=1')).toBe(attention.stalled.count);
});

test('every part of the plan has its own figures, each with a list as long', async () => {
	const db = await story();
	const { figures } = await visit(load, db, '/?meeting=rhca-24');
	for (const { element, tally, moved } of figures!.areas) {
		const rows = (more: string) =>
			initiatives.count(
				db,
				readList(new URLSearchParams(`element=${element.id}&meeting=rhca-24&from=rcp-32${more}`)).filters
			);
		expect(await rows(''), element.code).toBe(tally.expected);
		expect(await rows('&freshness=fresh'), element.code).toBe(fresh(tally));
		for (const step of ['up', 'same', 'silent', 'back'] as const)
			expect(await rows(`&moved=${step}`), `${element.code} ${step}`).toBe(moved![step]);
	}
	expect(figures!.areas.map(({ tally }: { tally: { expected: number } }) => tally.expected)).toEqual([
		2, 3, 0
	]);
});

test('as presented, the figures, what moved and the chart are those presented', async () => {
	const db = await story();
	const [known, presented] = [
		await visit(load, db, '/?meeting=rcp-32'),
		await visit(load, db, '/?meeting=rcp-32&basis=presented')
	];
	// Australia had reported a step back, and corrected it after the freeze.
	expect([known.figures!.total.committed, presented.figures!.total.committed]).toEqual([1, 2]);
	expect([known.figures!.moved!.down, presented.figures!.moved!.down]).toEqual([0, 1]);
	expect(presented.chart!.params.basis).toBe('presented');
});

test('the chart is of the meeting and the weighting in the address', async () => {
	const { chart } = await visit(load, await story(), '/?meeting=rcp-32&weighting=member');
	expect(chart!.params).toMatchObject({ meeting: 'rcp-32', weighting: 'member' });
	expect(chart!.title).toContain('RCP-32');
});

test('a plan of which everything is inferred is called a scaffold', async () => {
	const db = await story();
	expect((await visit(load, db, '/')).figures!.scaffold).toBe(false);
	await db.updateTable('plan_element').set({ certainty: 'inferred' }).execute();
	expect((await visit(load, db, '/')).figures!.scaffold).toBe(true);
});

test('without a round before, nothing is said to have moved', async () => {
	const { figures } = await visit(load, await story(), '/?meeting=rhca-23');
	expect(figures).toMatchObject({ previous: null, moved: null });
});

test('a plan that was asked nothing draws nothing', async () => {
	const { figures, chart } = await visit(load, await story(), '/?plan=rsp-2018-2020');
	expect(figures!.total.expected).toBe(0);
	expect(chart).toBeNull();
});

test('an empty installation has no figures, and says so without failing', async () => {
	const { plan, meeting, figures, chart } = await visit(load, await emptyDatabase(), '/');
	expect([plan, meeting, figures, chart]).toEqual([null, null, null, null]);
});
