import { insertMany } from '#db/dialect.ts';
import type { Db } from '#db/open.server.ts';
import type { Schema } from '#db/schema.ts';
import { searchable } from '#lib/domain/text.ts';
import { rebuild } from '#lib/server/standings.ts';
import { emptyDatabase } from './database.ts';

/**
 * A small region over four rounds. Fiji climbs a rung each time. Viet Nam stands still. Australia and Japan run one
 * drill together: Australia steps back and then falls silent, Japan is silent once and comes back. The regional office
 * drafts its third report and never sends it. Palau joins late. RCP-32 is frozen, and Australia corrects itself after.
 */
export async function story(): Promise<Db> {
	const db = await emptyDatabase();
	await tell(db);
	return db;
}

/** Tells the same story in a database that is there already. */
export async function tell(db: Db) {
	for (const [table, rows] of tables) await add(db, table, rows);
	await rebuild(db);
}

/** Adds rows to a table; what is left out is null. */
export async function add<T extends keyof Schema>(db: Db, table: T, rows: readonly Partial<Schema[T]>[]) {
	const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))] as (keyof Schema[T] & string)[];
	await insertMany(db, table, columns, rows as Schema[T][]);
}

const source_url = 'https://example.org/source';

const named = (id: string, name: string, name_variants: string | null, subregion: string | null) => ({
	id,
	kind: subregion ? ('member' as const) : ('regional_office' as const),
	name,
	name_variants,
	subregion,
	source_url,
	certainty: 'documented',
	search_text: searchable(name, ...(name_variants?.split(' | ') ?? []))
});

const entity = [
	named('AUS', 'Australia', null, 'Pacific'),
	named('FJI', 'Fiji', null, 'Pacific'),
	named('JPN', 'Japan', null, 'East Asia'),
	named('PLW', 'Palau', null, 'Pacific'),
	named('VNM', 'Viet Nam', 'Vietnam | Việt Nam', 'South-East Asia'),
	named('rocb-ap', 'Regional Office for Capacity Building', 'ROCB A/P', null)
];

const nameOf = (id: string) => entity.find((each) => each.id === id)!.name;

const initiativeOf = (
	id: string,
	title: string,
	starts_on: string,
	entities: string[],
	more: object = {}
) => ({
	id,
	title,
	starts_on,
	scope: 'national' as const,
	certainty: 'documented',
	search_text: searchable(title, ...entities.map(nameOf)),
	...more
});

const initiative = [
	initiativeOf('single-window', 'Single window for trade', '2022-01-01', ['FJI'], {
		theme: 'single-window',
		source_url
	}),
	initiativeOf('aeo', 'Authorised operators', '2022-01-01', ['VNM'], {
		theme: 'aeo',
		target_on: '2023-12-31'
	}),
	initiativeOf('drill', 'Joint drill at sea', '2022-01-01', ['AUS', 'JPN'], {
		scope: 'bilateral',
		theme: 'enforcement'
	}),
	initiativeOf('training', 'Éducation of trainers', '2022-01-01', ['rocb-ap', 'FJI'], { scope: 'regional' }),
	initiativeOf('scanner', 'Scanners at ports', '2023-01-01', ['JPN'], { certainty: 'demonstration' }),
	initiativeOf('reef', 'Reef patrols', '2022-01-01', ['PLW'], { certainty: 'inferred' })
];

const part = (initiative_id: string, entity_id: string, role: 'lead' | 'partner' = 'lead') => ({
	initiative_id,
	entity_id,
	role
});

const serves = (initiative_id: string, element_id: string, role: 'main' | 'contributing' = 'main') => ({
	initiative_id,
	element_id,
	role,
	certainty: 'inferred'
});

const element = (id: string, title: string, position: number, parent_id: string | null = null) => ({
	id,
	plan_id: id.split(':')[0]!,
	code: id.split(':')[1]!,
	kind: 'focus_area' as const,
	title,
	position,
	parent_id,
	source_url,
	certainty: 'documented'
});

type Said = Partial<Schema['status_update']>;

const said = (
	initiative_id: string,
	entity_id: string,
	meeting_id: string,
	stage: Said['stage'],
	more: Said = {}
) => ({
	id: `${initiative_id}-${entity_id}-${meeting_id}`.toLowerCase(),
	initiative_id,
	entity_id,
	meeting_id,
	stage,
	change: 'changed' as const,
	progress_note: `Reported for ${meeting_id}.`,
	recorded_at: `${dueOn[meeting_id]}T09:00:00.000Z`,
	...more
});

const dueOn: Record<string, string> = {
	'rhca-23': '2022-05-01',
	'rcp-32': '2022-11-01',
	'rhca-24': '2023-05-01',
	'rcp-33': '2023-11-01'
};

const round = (id: string, series: 'RCP' | 'RHCA', number: number) => ({
	id,
	series,
	number,
	title: `${number}th ${series}`,
	starts_on: dueOn[id]!.replace(/01$/, '15'),
	due_on: dueOn[id]!,
	certainty: 'documented'
});

const standsStill = { change: 'no_change' } as const;

const tables: [keyof Schema, Partial<Schema[keyof Schema]>[]][] = [
	['entity', entity],
	[
		'membership',
		entity
			.filter(({ kind }) => kind === 'member')
			.map(({ id }) => ({ entity_id: id, from_on: id === 'PLW' ? '2023-06-01' : '2011-11-01', source_url }))
	],
	[
		'plan',
		[
			{
				id: 'rsp-2018-2020',
				short_title: 'RSP 2018-2020',
				title: 'Regional Strategic Plan',
				level: 'regional',
				role: 'historic'
			},
			{
				id: 'rsp-2022-2024',
				short_title: 'RSP 2022-2024',
				title: 'Regional Strategic Plan',
				level: 'regional',
				role: 'tracked',
				starts_on: '2022-07-01',
				succeeds_id: 'rsp-2018-2020',
				source_url
			},
			{
				id: 'sp-2022-2025',
				short_title: 'SP 2022-2025',
				title: 'Strategic Plan',
				level: 'global',
				role: 'tracked'
			}
		]
	],
	[
		'plan_element',
		[
			element('rsp-2022-2024:FA1', 'Trade security and facilitation', 1),
			{
				...element('rsp-2022-2024:FA2', 'Compliance and enforcement', 2),
				aliases: 'Enforcement and compliance | Area 2'
			},
			element('rsp-2022-2024:FA3', 'Capacity building', 3),
			element('rsp-2022-2024:FA1.a', 'Authorised operators', 1, 'rsp-2022-2024:FA1'),
			element('sp-2022-2025:SO1', 'Trade facilitation', 1)
		]
	],
	[
		'term',
		[{ role: 'area_coordinator', entity_id: 'JPN', element_id: 'rsp-2022-2024:FA3', from_on: '2022-07-01' }]
	],
	[
		'meeting',
		[
			round('rhca-23', 'RHCA', 23),
			round('rcp-32', 'RCP', 32),
			round('rhca-24', 'RHCA', 24),
			round('rcp-33', 'RCP', 33),
			{ id: 'council-2022', series: 'other', title: 'Council', starts_on: '2022-06-23', host_id: 'rocb-ap' }
		]
	],
	[
		'attendance',
		[
			{ meeting_id: 'rcp-32', count: 20, unit: 'members', source_url: 'https://example.org/one' },
			{ meeting_id: 'rcp-32', count: 24, unit: 'members', source_url: 'https://example.org/two' }
		]
	],
	[
		'alignment',
		[
			{
				id: 'x1',
				from_id: 'rsp-2022-2024:FA1',
				to_id: 'sp-2022-2025:SO1',
				relation: 'supports',
				strength: 2,
				certainty: 'inferred'
			},
			{
				id: 'x2',
				from_id: 'rsp-2022-2024',
				to_id: 'sp-2022-2025',
				relation: 'overlaps',
				agreed_at_id: 'rcp-32',
				source_url
			},
			{ id: 'x3', from_id: 'rsp-2022-2024', to_id: 'rsp-2018-2020', relation: 'succeeds' }
		]
	],
	['initiative', initiative],
	[
		'initiative_entity',
		[
			part('single-window', 'FJI'),
			part('aeo', 'VNM'),
			part('drill', 'AUS'),
			part('drill', 'JPN'),
			part('training', 'rocb-ap'),
			part('training', 'FJI', 'partner'),
			part('scanner', 'JPN'),
			part('reef', 'PLW')
		]
	],
	[
		'contribution',
		[
			serves('single-window', 'rsp-2022-2024:FA1'),
			serves('single-window', 'rsp-2022-2024:FA2', 'contributing'),
			serves('aeo', 'rsp-2022-2024:FA1'),
			serves('aeo', 'rsp-2022-2024:FA1.a'),
			serves('drill', 'rsp-2022-2024:FA2'),
			serves('training', 'rsp-2022-2024:FA2'),
			serves('training', 'rsp-2022-2024:FA1.a', 'contributing'),
			serves('scanner', 'sp-2022-2025:SO1'),
			serves('reef', 'rsp-2022-2024:FA2')
		]
	],
	[
		'milestone',
		[
			{
				id: 'm1',
				initiative_id: 'single-window',
				title: 'Law passed',
				due_on: '2022-09-01',
				done_on: '2022-10-01'
			}
		]
	],
	[
		'indicator',
		[
			{
				id: 'forms',
				initiative_id: 'single-window',
				title: 'Forms on paper',
				unit: 'forms',
				direction: 'down'
			}
		]
	],
	[
		'observation',
		[{ indicator_id: 'forms', meeting_id: 'rcp-32', numerator: 3.5, denominator: 10, as_of: '2022-10-01' }]
	],
	[
		'submission',
		[
			{
				meeting_id: 'rcp-32',
				entity_id: 'FJI',
				state: 'accepted',
				channel: 'web',
				submitted_at: '2022-10-20T00:00:00.000Z'
			},
			{ meeting_id: 'rhca-24', entity_id: 'rocb-ap', state: 'draft', channel: 'web' }
		]
	],
	[
		'status_update',
		[
			said('single-window', 'FJI', 'rhca-23', 'committed', { change: 'new', timing: 'on_track' }),
			said('single-window', 'FJI', 'rcp-32', 'pilot', {
				timing: 'on_track',
				source_url: 'https://example.org/pilot'
			}),
			said('single-window', 'FJI', 'rhca-24', 'partly_implemented', { timing: 'on_track' }),
			said('aeo', 'VNM', 'rhca-23', 'pilot', { change: 'new' }),
			said('aeo', 'VNM', 'rcp-32', 'pilot', standsStill),
			said('aeo', 'VNM', 'rhca-24', 'pilot', standsStill),
			said('drill', 'AUS', 'rhca-23', 'pilot', { change: 'new' }),
			said('drill', 'JPN', 'rhca-23', 'pilot', { change: 'new' }),
			said('drill', 'AUS', 'rcp-32', 'committed', { timing: 'at_risk', reason_code: 'staffing' }),
			said('drill', 'AUS', 'rcp-32', 'pilot', {
				id: 'drill-aus-rcp-32-corrected',
				recorded_at: '2022-12-01T09:00:00.000Z',
				supersedes_id: 'drill-aus-rcp-32'
			}),
			said('drill', 'JPN', 'rhca-24', 'pilot'),
			said('training', 'rocb-ap', 'rhca-23', 'committed', { change: 'new' }),
			said('training', 'rocb-ap', 'rcp-32', 'committed', standsStill),
			said('training', 'rocb-ap', 'rhca-24', 'implemented', { change: 'ended' }),
			said('scanner', 'JPN', 'rhca-24', 'not_started', { change: 'new', timing: 'off_track' })
		]
	],
	[
		'review',
		[
			{
				update_id: 'single-window-fji-rcp-32',
				verdict: 'confirmed',
				note: 'Between us.',
				recorded_at: '2022-11-05T09:00:00.000Z'
			}
		]
	],
	['freeze', [{ meeting_id: 'rcp-32', frozen_at: '2022-11-20T00:00:00.000Z', sha256: 'a'.repeat(64) }]]
];
