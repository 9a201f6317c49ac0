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
