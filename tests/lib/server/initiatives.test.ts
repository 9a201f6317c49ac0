import { describe, expect, test } from 'vitest';
import { movements } from '#lib/domain/movement.ts';
import type { Filters } from '#lib/domain/schemas/filters.ts';
import { readList } from '#lib/domain/schemas/filters.ts';
import * as initiatives from '#lib/server/initiatives.ts';
import * as progress from '#lib/server/progress.ts';
import { add, story } from '../../support/story.ts';

const plan = 'rsp-2022-2024';

async function ids(db: Awaited<ReturnType<typeof story>>, filters: Filters) {
	const { rows, total } = await initiatives.search(db, filters);
	expect(rows).toHaveLength(total);
	return rows.map(({ id, entity_id }) => (entity_id ? `${id} ${entity_id}` : id));
}

describe('search', () => {
	test('a name is found however it is written', async () => {
		const db = await story();
		for (const q of [
			'Vietnam',
			'Viet Nam',
			'viêt nam',
			'VIỆT NAM',
			'authorised vietnam',
			'viet nam operators'
		]) {
			expect(await ids(db, { q }), q).toEqual(['aeo']);
		}
	});

	test('accents fold, words written together or apart match, and every word must', async () => {
		const db = await story();
		expect(await ids(db, { q: 'education' })).toEqual(['training']);
		expect(await ids(db, { q: 'singlewindow' })).toEqual(['single-window']);
		expect(await ids(db, { q: 'single win dow' })).toEqual(['single-window']);
		expect(await ids(db, { q: 'single drill' })).toEqual([]);
		expect(await ids(db, { q: '%' })).toHaveLength(6);
	});

	test('a short word is looked for where words begin', async () => {
		const db = await story();
		expect(await ids(db, { q: 'port' })).toEqual(['scanner']);
		expect(await ids(db, { q: 'sea' })).toEqual(['drill']);
		expect(await ids(db, { q: 'ratio' })).toEqual([]);
	});

	test('an initiative is one row until a meeting is asked about; then each entity asked is one', async () => {
		const db = await story();
		expect(await ids(db, { element: `${plan}:FA2` })).toEqual(['training', 'drill', 'reef']);
		expect(await ids(db, { element: `${plan}:FA2`, meeting: 'rcp-32' })).toEqual([
			'training rocb-ap',
			'drill AUS',
			'drill JPN'
		]);
	});

	test('who only contributes is listed apart, at the element or below it', async () => {
		const db = await story();
		expect(await ids(db, { element: `${plan}:FA1`, role: 'contributing' })).toEqual(['training']);
		expect(await ids(db, { element: `${plan}:FA2`, role: 'contributing' })).toEqual(['single-window']);
	});

	test('the drafts of a third report are in no list', async () => {
		const db = await story();
		expect(await ids(db, { meeting: 'rhca-24', stage: 'implemented' })).toEqual([]);
	});

	test('as presented differs from as known now where something came after the freeze', async () => {
		const db = await story();
		const at = { meeting: 'rcp-32', entity: 'AUS' } as const;
		expect(await ids(db, { ...at, stage: 'pilot' })).toEqual(['drill AUS']);
		expect(await ids(db, { ...at, stage: 'pilot', basis: 'presented' })).toEqual([]);
		expect(await ids(db, { ...at, stage: 'committed', basis: 'presented' })).toEqual(['drill AUS']);
	});

	test('what stood still over three rounds below implemented is stalled', async () => {
		const db = await story();
		expect(await ids(db, { meeting: 'rhca-24', stalled: '1' })).toEqual(['aeo VNM']);
		expect(await ids(db, { meeting: 'rcp-32', stalled: '1' })).toEqual([]);
	});

	test('lists sort by title without accents, by Member, and by newest update', async () => {
		const db = await story();
		const sorted = async (sort: 'title' | 'member' | 'newest', filters: Filters = {}) =>
			(await initiatives.search(db, filters, { sort })).rows.map(({ id }) => id);
		expect(await sorted('title')).toEqual(['aeo', 'training', 'drill', 'reef', 'scanner', 'single-window']);
		expect(await sorted('member')).toEqual(['drill', 'single-window', 'scanner', 'reef', 'training', 'aeo']);
		expect((await sorted('newest', { meeting: 'rcp-32' }))[0]).toBe('drill');
	});

	test('pages divide a list without gap or overlap', async () => {
		const db = await story();
		const page = (page: number) => initiatives.search(db, {}, { page, limit: 4 });
		const [one, two, three] = [await page(1), await page(2), await page(3)];
		expect(new Set([...one.rows, ...two.rows].map(({ id }) => id)).size).toBe(6);
		expect(three).toMatchObject({ total: 6, rows: [] });
	});

	test('a row says who, what for, and how it stands and stood', async () => {
		const db = await story();
		const { rows } = await initiatives.search(db, { meeting: 'rcp-32', entity: 'FJI' });
		expect(rows).toMatchObject([
			{
				id: 'single-window',
				entities: [{ id: 'FJI', name: 'Fiji', role: 'lead' }],
				elements: [{ id: `${plan}:FA1`, code: 'FA1' }],
				standings: [
					{
						entity: 'Fiji',
						stage: 'pilot',
						freshness: 'reported',
						before: { stage: 'committed', freshness: 'reported' }
					}
				]
			}
		]);
	});
});

describe('a figure leads to a list with as many rows', () => {
	test.each(['known', 'presented'] as const)('progress, %s', async (basis) => {
		const db = await story();
		for (const { id: meeting } of await progress.rounds(db)) {
			const { elements, total } = await progress.byElement(db, { plan_id: plan, meeting_id: meeting, basis });
			const slices = [{ filters: { plan } as Filters, tally: total }].concat(
				elements.map(({ element_id, tally }) => ({ filters: { plan, element: element_id }, tally }))
			);
			for (const { filters, tally } of slices) {
				const rows = (more: Filters) => initiatives.count(db, { ...filters, meeting, basis, ...more });
				expect(await rows({})).toBe(tally.expected);
				for (const freshness of ['reported', 'confirmed', 'carried', 'missing'] as const) {
					expect(await rows({ freshness }), freshness).toBe(tally[freshness]);
				}
				expect(await rows({ freshness: 'fresh' })).toBe(tally.reported + tally.confirmed);
				for (const stage of ['committed', 'pilot', 'partly_implemented', 'implemented'] as const) {
					expect(await rows({ stage }), stage).toBe(tally[stage]);
				}
				for (const timing of ['on_track', 'at_risk', 'off_track'] as const) {
					expect(await rows({ timing }), timing).toBe(tally[timing]);
				}
			}
		}
	});

	test.each([
		['rhca-23', 'rcp-32'],
		['rcp-32', 'rhca-24'],
		['rhca-23', 'rhca-24']
	])('movement from %s to %s', async (from, meeting) => {
		const db = await story();
		const { elements, total } = await progress.movement(db, { plan_id: plan, from_id: from, to_id: meeting });
		const slices = [{ filters: { plan } as Filters, movement: total }].concat(
			elements.map(({ element_id, ...movement }) => ({ filters: { element: element_id }, movement }))
		);
		for (const { filters, movement } of slices) {
			for (const moved of [...movements, 'panel'] as const) {
				expect(await initiatives.count(db, { ...filters, meeting, from, moved }), moved).toBe(
					movement[moved]
				);
			}
		}
	});
});

describe('facets', () => {
	const asked: Filters[] = [
		{},
		{ plan },
		{ element: `${plan}:FA2` },
		{ q: 'a', entity: 'JPN' },
		{ meeting: 'rcp-32' },
		{ meeting: 'rcp-32', stage: 'pilot' },
		{ meeting: 'rhca-24', freshness: 'carried', plan },
		{ meeting: 'rhca-24', timing: 'on_track', subregion: 'Pacific' },
		{ meeting: 'rhca-24', moved: 'same' },
		{ meeting: 'rcp-32', basis: 'presented', entity: 'AUS', layer: 'reported' }
	];

	test.each(asked)('each count is the length of the list it leads to: %j', async (filters) => {
		const db = await story();
		const { facets } = await initiatives.search(db, filters);
		let seen = 0;
		for (const [name, values] of Object.entries(facets)) {
			for (const { value, count } of values) {
				const { total } = await initiatives.search(db, { ...filters, [name]: value } as Filters);
				expect(total, `${name}=${value}`).toBe(count);
				seen++;
			}
		}
		expect(seen).toBeGreaterThan(10);
	});

	test('closed lists keep their order, names are alphabetical, elements follow their plan', async () => {
		const db = await story();
		const { facets } = await initiatives.search(db, { plan, meeting: 'rhca-24' });
		const values = (name: keyof typeof facets) => facets[name].map(({ value }) => value);
		expect(values('freshness')).toEqual(['reported', 'confirmed', 'carried']);
		expect(facets.entity.map(({ label }) => label)).toEqual([
			'Australia',
			'Fiji',
			'Japan',
			'Regional Office for Capacity Building',
			'Viet Nam'
		]);
		expect(values('element')).toEqual([`${plan}:FA1`, `${plan}:FA1.a`, `${plan}:FA2`]);
	});
});

test('an initiative comes with its parts', async () => {
	const db = await story();
	expect(await initiatives.get(db, 'single-window')).toMatchObject({
		title: 'Single window for trade',
		entities: [{ id: 'FJI', role: 'lead' }],
		contributions: [
			{ element_id: `${plan}:FA1`, role: 'main', plan: 'RSP 2022-2024' },
			{ element_id: `${plan}:FA2`, role: 'contributing' }
		],
		milestones: [{ id: 'm1', done_on: '2022-10-01' }],
		indicators: [{ id: 'forms', observations: [{ numerator: 3.5, denominator: 10 }] }],
		evidence: [
			{ url: 'https://example.org/source', meeting_id: null },
			{ url: 'https://example.org/pilot', meeting_id: 'rcp-32' }
		]
	});
	await expect(initiatives.get(db, 'nothing')).rejects.toThrow('There is no initiative "nothing".');
});

test('the history of an initiative is its standing at every round it was expected in', async () => {
	const db = await story();
	const history = await initiatives.history(db, 'drill');
	expect(
		history.map(({ meeting_id, entity_id, freshness, stage }) => [meeting_id, entity_id, freshness, stage])
	).toEqual([
		['rhca-23', 'AUS', 'reported', 'pilot'],
		['rhca-23', 'JPN', 'reported', 'pilot'],
		['rcp-32', 'AUS', 'reported', 'pilot'],
		['rcp-32', 'JPN', 'carried', 'pilot'],
		['rhca-24', 'AUS', 'carried', 'pilot'],
		['rhca-24', 'JPN', 'reported', 'pilot'],
		['rcp-33', 'AUS', 'missing', null],
		['rcp-33', 'JPN', 'carried', 'pilot']
	]);
});

test('an empty database has empty lists', async () => {
	const { emptyDatabase } = await import('../../support/database.ts');
	const db = await emptyDatabase();
	expect(await initiatives.search(db, { stage: 'pilot', moved: 'up', stalled: '1' })).toMatchObject({
		total: 0,
		rows: []
	});
	await add(db, 'meeting', [{ id: 'm', series: 'other', title: 'M', starts_on: '2022-01-01' }]);
	expect(await initiatives.search(db, { meeting: 'm' })).toMatchObject({ total: 0, rows: [] });
});

describe('reading an address', () => {
	const read = (query: string) => readList(new URLSearchParams(query));

	test('what is empty is left out, and the rest has a default', () => {
		expect(read('q=&plan=rsp&unknown=1')).toEqual({ filters: { plan: 'rsp' }, sort: 'title', page: 1 });
	});

	test.each([
		['stage=nowhere', 'stage must be one of not_started, '],
		['page=-1', 'page must be 1 or more.'],
		['page=x', 'page must be a number.'],
		['plan=%00', 'plan must not hold the character U+0000.'],
		[`q=${'a'.repeat(201)}`, 'q must be 200 characters or less.']
	])('%s is refused with a sentence', (query, sentence) => {
		expect(() => read(query)).toThrow(sentence);
	});
});
