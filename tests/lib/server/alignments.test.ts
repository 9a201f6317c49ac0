import { expect, test } from 'vitest';
import * as alignments from '#lib/server/alignments.ts';
import { story } from '../../support/story.ts';

test('a link names what is at either end, plan or element', async () => {
	const db = await story();
	expect(await alignments.list(db)).toMatchObject([
		{
			id: 'x1',
			from_code: 'FA1',
			from_plan: 'RSP 2022-2024',
			to_code: 'SO1',
			to_title: 'Trade facilitation',
			agreed_at: null
		},
		{
			id: 'x2',
			from_code: null,
			from_title: 'Regional Strategic Plan',
			to_plan_id: 'sp-2022-2025',
			agreed_at: '32th RCP'
		},
		{ id: 'x3' }
	]);
});

test('between plans are the links with both ends in them', async () => {
	const db = await story();
	const between = async (...plans: string[]) => (await alignments.between(db, plans)).map(({ id }) => id);
	expect(await between('rsp-2022-2024', 'sp-2022-2025')).toEqual(['x1', 'x2']);
	expect(await between('rsp-2022-2024')).toEqual([]);
});
