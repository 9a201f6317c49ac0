import { expect, test } from 'vitest';
import { load } from '../../../src/routes/(public)/matrix/+page.server.ts';
import { load as loadList } from '../../../src/routes/(public)/initiatives/+page.server.ts';
import { emptyDatabase } from '../../support/database.ts';
import { story } from '../../support/story.ts';
import { visit } from '../../support/visit.ts';

test('the matrix begins with the top of the plan and can show every level', async () => {
	const db = await story();
	const columns = async (address: string) =>
		(await visit(load, db, address)).chart!.columns.map(({ label }) => label);
	expect(await columns('/matrix?plan=rsp-2022-2024')).toEqual(['FA1', 'FA2', 'FA3']);
	expect(await columns('/matrix?plan=rsp-2022-2024&levels=all')).toEqual(['FA1', 'FA1.a', 'FA2', 'FA3']);
});

test('each cell leads to a list with as many rows as it counts', async () => {
	const db = await story();
	const { chart } = await visit(
		load,
		db,
		'/matrix?plan=rsp-2022-2024&meeting=rcp-32&levels=all&basis=presented'
	);
	const cells = chart!.groups
		.flatMap(({ rows }) => rows)
		.flatMap(({ cells }) => cells)
		.filter(({ href }) => href);
	expect(cells.length).toBeGreaterThan(4);
	for (const { href, expected } of cells)
		expect((await visit(loadList, db, href!)).found.total).toBe(expected);
});

test('with nothing in the database there is a page that says what to do', async () => {
	const { chart, plan, meeting } = await visit(load, await emptyDatabase(), '/matrix');
	expect([chart, plan, meeting]).toEqual([null, undefined, undefined]);
});
