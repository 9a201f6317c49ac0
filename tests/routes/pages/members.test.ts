import { expect, test } from 'vitest';
import { load as loadMembers } from '../../../src/routes/(public)/members/+page.server.ts';
import { load as loadMember } from '../../../src/routes/(public)/members/[entity]/+page.server.ts';
import { story } from '../../support/story.ts';
import { visit } from '../../support/visit.ts';

const names = (groups: { name: string; members: { name: string }[] }[]) =>
	groups.map(({ name, members }) => [name, ...members.map(({ name }) => name)]);

test('Members stand by sub-region and alphabetically, bodies apart, on the day of the meeting', async () => {
	const db = await story();
	const before = await visit(loadMembers, db, '/members?meeting=rcp-32');
	expect(names(before.groups)).toEqual([
		['East Asia', 'Japan'],
		['Pacific', 'Australia', 'Fiji'],
		['South-East Asia', 'Viet Nam']
	]);
	expect(before.bodies.map(({ id }) => id)).toEqual(['rocb-ap']);
	const after = await visit(loadMembers, db, '/members?meeting=rcp-33');
	expect([before.count, after.count]).toEqual([4, 5]);
});

test('any spelling of a name finds the Member', async () => {
	const db = await story();
	for (const q of ['Vietnam', 'viet nam', 'Viêt Nam', 'VNM']) {
		const { groups } = await visit(loadMembers, db, `/members?q=${encodeURIComponent(q)}`);
		expect(names(groups)).toEqual([['South-East Asia', 'Viet Nam']]);
	}
});

test('the list of silent Members holds those that were asked and said nothing', async () => {
	const db = await story();
	const { groups, bodies } = await visit(
		loadMembers,
		db,
		'/members?plan=rsp-2022-2024&meeting=rhca-24&silent=1'
	);
	expect(names(groups)).toEqual([['Pacific', 'Australia']]);
	expect(bodies).toEqual([]);
});

test('a Member is shown with its own history on each part of the plan', async () => {
	const db = await story();
	const { areas, asked, silent } = await visit(loadMember, db, '/members/AUS?meeting=rhca-24', {
		entity: 'AUS'
	});
	expect(areas).toMatchObject([
		{
			element: { code: 'FA2' },
			cells: [
				{ stage: 'pilot', freshness: 'reported', fresh: 1, expected: 1 },
				{ stage: 'pilot', freshness: 'reported' },
				{ stage: null, freshness: 'carried', fresh: 0, expected: 1 }
			]
		}
	]);
	expect(asked).toMatchObject({ total: 1 });
	expect(silent).toMatchObject({ total: 1, rows: [{ id: 'drill' }] });
});

test('a Member nobody knows answers 404 with what was perhaps meant', async () => {
	const db = await story();
	await expect(visit(loadMember, db, '/members/Figi', { entity: 'Figi' })).rejects.toMatchObject({
		status: 404,
		body: {
			message: 'There is no Member or body "Figi".',
			suggestions: [{ label: 'Fiji', href: '/members/FJI' }]
		}
	});
});
