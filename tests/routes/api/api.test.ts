import { describe, expect, test } from 'vitest';
import { emptyDatabase } from '../../support/database.ts';
import { add, story } from '../../support/story.ts';
import { ask } from './ask.ts';

type Item = { id: string };

/** Reads a list to its end, a few at a time. */
async function walk(db: Awaited<ReturnType<typeof story>>, list: string, limit: number) {
	const items: Item[] = [];
	let cursor: string | null = '';
	while (cursor !== null) {
		const { body } = await ask(db, `${list}?limit=${limit}&cursor=${encodeURIComponent(cursor)}`);
		expect(body.items.length).toBeLessThanOrEqual(limit);
		items.push(...body.items);
		cursor = body.next;
	}
	return items;
}

describe('lists', () => {
	test.each(['plans', 'alignments', 'entities', 'meetings', 'initiatives', 'status-updates'])(
		'%s can be read page by page, each item once, in order of id',
		async (list) => {
			const db = await story();
			const { body } = await ask(db, `${list}?limit=500`);
			const ids = body.items.map(({ id }: Item) => id);
			expect(ids.length).toBeGreaterThan(2);
			expect(ids).toEqual([...ids].sort());
			expect(body.next).toBeNull();
			for (const limit of [1, 2, ids.length]) {
				expect(
					(await walk(db, list, limit)).map(({ id }) => id),
					`limit ${limit}`
				).toEqual(ids);
			}
		}
	);

	test('a page stays where it was when something is added before it', async () => {
		const db = await story();
		const first = await ask(db, 'entities?limit=2');
		await add(db, 'entity', [{ id: 'AAA', kind: 'secretariat', name: 'First', search_text: 'first' }]);
		const second = await ask(db, `entities?limit=2&cursor=${first.body.next}`);
		expect(second.body.items.map(({ id }: Item) => id)).toEqual(['JPN', 'PLW']);
	});

	test('names are those of the data package, lists are arrays and what is not known is null', async () => {
		const db = await story();
		const first = async (list: string) => (await ask(db, `${list}`)).body.items[0];
		expect((await ask(db, 'entities')).body.items[4]).toEqual({
			id: 'VNM',
			kind: 'member',
			name: 'Viet Nam',
			name_fr: null,
			name_variants: ['Vietnam', 'Việt Nam'],
			iso2: null,
			administration: null,
			subregion: 'South-East Asia',
			time_zone: null,
			source_url: 'https://example.org/source',
			certainty: 'documented',
			memberships: [
				{
					from_on: '2011-11-01',
					to_on: null,
					basis: null,
					source_url: 'https://example.org/source',
					certainty: null
				}
			]
		});
		expect(await first('alignments')).toMatchObject({ id: 'x1', from: 'rsp-2022-2024:FA1', agreed_at: null });
		expect((await ask(db, 'alignments')).body.items[1]).toMatchObject({ agreed_at: 'rcp-32' });
		expect(await first('meetings')).toMatchObject({
			id: 'council-2022',
			host: 'rocb-ap',
			due_on: null,
			attendance: []
		});
		expect(await first('initiatives')).toMatchObject({
			id: 'aeo',
			entities: [{ entity: 'VNM', role: 'lead' }],
			contributions: [{ element: 'rsp-2022-2024:FA1', role: 'main' }, { element: 'rsp-2022-2024:FA1.a' }]
		});
		expect((await ask(db, 'status-updates?entity=AUS')).body.items[1]).toMatchObject({
			initiative: 'drill',
			meeting: 'rcp-32',
			entity: 'AUS',
			supersedes: 'drill-aus-rcp-32',
			channel: null
		});
	});

	test('initiatives are found as on the page', async () => {
		const db = await story();
		const ids = async (query: string) =>
			(await ask(db, `initiatives?${query}`)).body.items.map(({ id }: Item) => id);
		expect(await ids('q=vi%C3%AAt%20nam')).toEqual(['aeo']);
		expect(await ids('element=rsp-2022-2024:FA2')).toEqual(['drill', 'reef', 'training']);
		expect(await ids('entity=JPN&certainty=demonstration')).toEqual(['scanner']);
	});
});

test('a plan comes with its elements in order', async () => {
	const { body } = await ask(await story(), 'plans/rsp-2022-2024');
	expect(body).toMatchObject({ id: 'rsp-2022-2024', succeeds: 'rsp-2018-2020' });
	expect(body.elements.map(({ code }: { code: string }) => code)).toEqual(['FA1', 'FA1.a', 'FA2', 'FA3']);
	expect(body.elements[1]).toMatchObject({ plan: 'rsp-2022-2024', parent: 'rsp-2022-2024:FA1', aliases: [] });
	expect(body.elements[2].aliases).toEqual(['Enforcement and compliance', 'Area 2']);
});

test('an initiative comes with its parts and how it stood', async () => {
	const { body } = await ask(await story(), 'initiatives/single-window');
	expect(body).toMatchObject({
		milestones: [{ id: 'm1', title: 'Law passed', due_on: '2022-09-01', done_on: '2022-10-01' }],
		indicators: [
			{
				id: 'forms',
				baseline_numerator: null,
				observations: [{ meeting: 'rcp-32', entity: null, numerator: 3.5 }]
			}
		]
	});
	expect(body.standings.map(({ meeting, stage }: Record<string, string>) => [meeting, stage])).toEqual([
		['rhca-23', 'committed'],
		['rcp-32', 'pilot'],
		['rhca-24', 'partly_implemented'],
		['rcp-33', 'partly_implemented']
	]);
});

describe('figures', () => {
	test('progress counts each element and the whole plan', async () => {
		const { body } = await ask(await story(), 'progress?plan=rsp-2022-2024&meeting=rcp-32');
		expect(body).toMatchObject({ plan: 'rsp-2022-2024', meeting: 'rcp-32', basis: 'known' });
		expect(body.elements.map(({ element }: { element: string }) => element)).toEqual([
			'rsp-2022-2024:FA1',
			'rsp-2022-2024:FA1.a',
			'rsp-2022-2024:FA2',
			'rsp-2022-2024:FA3'
		]);
		expect(body.elements[2]).toEqual({
			element: 'rsp-2022-2024:FA2',
			expected: 3,
			reported: 1,
			confirmed: 1,
			carried: 1,
			missing: 0,
			stages: { not_started: 0, committed: 1, pilot: 1, partly_implemented: 0, implemented: 0 },
			timing: { on_track: 0, at_risk: 0, off_track: 0 },
			attainment: { implemented: 0, of_reported: 2, low: 0, high: 1 / 3 }
		});
		expect(body.total).toMatchObject({ expected: 5, reported: 2, confirmed: 2, carried: 1, missing: 0 });
		expect(Object.keys(body.total)).not.toContain('element');
	});

	test('as presented leaves out what came after the freeze', async () => {
		const db = await story();
		const { body } = await ask(db, 'progress?meeting=rcp-32&basis=presented');
		expect(body).toMatchObject({
			basis: 'presented',
			total: { timing: { on_track: 1, at_risk: 1 }, stages: { committed: 2 } }
		});
	});

	test('as presented is as known where the meeting is not frozen, and says so', async () => {
		const { body } = await ask(await story(), 'progress?meeting=rhca-24&basis=presented');
		expect(body.basis).toBe('known');
	});

	test('the plan shown by default and the newest round reported to are meant when none is named', async () => {
		const { body } = await ask(await story(), 'progress');
		expect(body).toMatchObject({ plan: 'rsp-2022-2024', meeting: 'rhca-24' });
	});

	test('a meeting that is no round has zeros', async () => {
		const { body } = await ask(await story(), 'progress?meeting=council-2022');
		expect(body.total).toMatchObject({
			expected: 0,
			attainment: { implemented: 0, of_reported: 0, low: null, high: null }
		});
	});

	test('the matrix has a row for everybody asked and a cell for every element', async () => {
		const { body } = await ask(await story(), 'matrix?meeting=rcp-32');
		expect(body.columns).toHaveLength(4);
		expect(body.rows.map(({ entity }: { entity: string }) => entity)).toEqual([
			'AUS',
			'FJI',
			'JPN',
			'VNM',
			'rocb-ap'
		]);
		expect(body.rows[2].cells[2]).toEqual({
			element: 'rsp-2022-2024:FA2',
			expected: 1,
			reported: 0,
			confirmed: 0,
			carried: 1,
			missing: 0,
			stages: { not_started: 0, committed: 0, pilot: 0, partly_implemented: 0, implemented: 0 },
			median_stage: null
		});
		expect(body.rows[3].cells[1]).toMatchObject({ confirmed: 1, median_stage: 'pilot' });
	});

	test('movement splits into what moved and who answered', async () => {
		const { body } = await ask(await story(), 'movement?from=rcp-32&to=rhca-24');
		expect(body).toMatchObject({ plan: 'rsp-2022-2024', from: 'rcp-32', to: 'rhca-24' });
		expect(body.total).toEqual({
			panel: 2,
			up: 1,
			same: 1,
			down: 0,
			new: 0,
			ended: 0,
			silent: 2,
			back: 1,
			within: 0,
			composition: 0
		});
		expect(body.elements[3]).toMatchObject({
			element: 'rsp-2022-2024:FA3',
			panel: 0,
			within: null,
			composition: null
		});
	});
});

describe('refusals are problem documents', () => {
	test('with a type, a title, a status, a sentence and the address', async () => {
		const { headers, body } = await ask(await story(), 'plans/nothing');
		expect(headers.get('content-type')).toBe('application/problem+json');
		expect(body).toEqual({
			type: 'about:blank',
			title: 'Not Found',
			status: 404,
			detail: 'There is no plan "nothing".',
			instance: '/api/v1/plans/nothing'
		});
	});

	test.each([
		['nothing/here', 404, 'There is nothing at this address.'],
		['plans?limit=0', 400, 'limit must be a number from 1 to 500.'],
		['entities?kind=country', 400, 'kind must be one of member, '],
		['entities?cursor=YWJj', 400, 'cursor must be the `next` of an earlier page of this list.'],
		['movement?to=rhca-23', 400, 'from must name a meeting: no round comes before "rhca-23".']
	])('%s', async (address, status, sentence) => {
		const { body } = await ask(await story(), address);
		expect(body.status).toBe(status);
		expect(body.detail).toContain(sentence);
	});

	test('an empty database has no figures, and says why', async () => {
		const db = await emptyDatabase();
		expect((await ask(db, 'progress')).body).toMatchObject({ status: 404, detail: 'There is no plan yet.' });
		await add(db, 'plan', [{ id: 'p', short_title: 'P', title: 'P', level: 'regional' }]);
		expect((await ask(db, 'matrix')).body).toMatchObject({
			status: 404,
			detail: 'There is no round of reporting yet.'
		});
		expect((await ask(db, 'initiatives')).body).toEqual({ items: [], next: null });
	});
});
