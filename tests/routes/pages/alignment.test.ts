import { expect, test } from 'vitest';
import { load } from '../../../src/routes/(public)/alignment/+page.server.ts';
import { pairOf, pairs } from '../../../src/routes/(public)/alignment/pairs.ts';
import { emptyDatabase } from '../../support/database.ts';
import { story } from '../../support/story.ts';
import { visit } from '../../support/visit.ts';

test('links are grouped by the pair of plans they join, whichever way they run', async () => {
	const { links } = await visit(load, await story(), '/alignment');
	expect(pairs(links)).toEqual([
		{ value: 'rsp-2018-2020..rsp-2022-2024', label: 'RSP 2022-2024 and RSP 2018-2020 (1)' },
		{ value: 'rsp-2022-2024..sp-2022-2025', label: 'RSP 2022-2024 and SP 2022-2025 (2)' }
	]);
	expect(pairOf({ from_plan_id: 'b', to_plan_id: 'a' })).toBe(pairOf({ from_plan_id: 'a', to_plan_id: 'b' }));
});

test('the items nobody serves are listed for every tracked plan', async () => {
	const { unserved } = await visit(load, await story(), '/alignment');
	expect(unserved.map(({ id, items }) => [id, items.map(({ code }) => code)])).toEqual([
		['rsp-2022-2024', ['FA3']],
		['sp-2022-2025', []]
	]);
});

test('with nothing in the database there is still a page', async () => {
	expect(await visit(load, await emptyDatabase(), '/alignment')).toMatchObject({
		links: [],
		unserved: [],
		chart: null
	});
});
