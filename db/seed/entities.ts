import type { EntityKind } from '#lib/domain/words.ts';
import { firstDay, lastDay } from './days.ts';
import { translate, type Facts, type MemberFact } from './facts.ts';
import type { Row } from './tables.ts';

/** Networks of centres meet and report as a group does; the one partner outside the WCO is an office of its sub-region. */
const kinds: Record<string, EntityKind> = {
	office: 'vice_chair_office',
	'rilo-ap': 'intelligence_office',
	'regional-entity': 'regional_office',
	'advisory-group': 'private_sector',
	secretariat: 'secretariat',
	network: 'working_group',
	'working-group': 'working_group',
	partner: 'regional_office'
};

/** The bodies a Member's role can be of, by how the facts name the role. */
const hosted: [RegExp, string][] = [
	[/^Host of a Regional Training Centre/, 'rtc-network'],
	[/^Host of a Regional Dog Training Centre/, 'rdtc-network'],
	[/^Host of a Regional Customs Laboratory/, 'rcl-network']
];

const list = (...names: (string | undefined)[]) => names.filter(Boolean).join(' | ') || null;

export function entities({ members, bodies }: Facts): Row[] {
	return [
		...members.map((member) => ({
			id: member.iso3,
			kind: 'member',
			name: member.name,
			name_variants: list(...member.name_variants),
			iso2: member.iso2,
			administration: member.administration,
			subregion: member.subregion,
			source_url: member.source_url,
			certainty: member.certainty
		})),
		...bodies.map((body) => ({
			id: body.id,
			kind: translate(kinds, body.id in kinds ? body.id : body.kind),
			name: body.name,
			name_variants: list(body.abbreviation, ...(body.aliases ?? [])),
			source_url: body.source_url,
			certainty: body.certainty
		}))
	];
}

/** The earliest day a source counts the region's Members; most accession dates were not found. */
const counted = '2011-11-01';

export function memberships({ members, counts }: Facts): Row[] {
	return members.map((member) =>
		member.counted_in_region_from
			? {
					entity: member.iso3,
					from_on: member.counted_in_region_from,
					basis: 'joined the WCO on this day',
					source_url: member.wco_joined_source,
					certainty: member.certainty
				}
			: {
					entity: member.iso3,
					from_on: counted,
					basis: basis(member),
					source_url: counts[0]?.source_url ?? null,
					certainty: 'inferred'
				}
	);
}

function basis({ wco_joined }: MemberFact) {
	const since = 'in the region since at least November 2011';
	return wco_joined
		? `${since}; joined the WCO ${wco_joined.length === 4 ? 'in' : 'on'} ${wco_joined}`
		: `${since}; the accession date was not found`;
}

/** Who held the chair, hosted a body or coordinates an area. A year stands from its first day to its last. */
export function terms({ members, bodies, plans }: Facts): Row[] {
	const held = bodies.flatMap((body) =>
		body.terms
			.filter((term) => term.holder)
			.map((term) => ({
				role: body.id === 'vco-ap' ? 'vice_chair' : 'host',
				entity: term.holder,
				body: body.id,
				from_on: firstDay(term.from),
				to_on: term.to && lastDay(term.to),
				source_url: term.source_url,
				certainty: term.certainty
			}))
	);
	const centres = members.flatMap((member) =>
		member.roles.flatMap((role) => {
			const body = hosted.find(([name]) => name.test(role.role))?.[1];
			if (!body) return [];
			const source = role.source_url ?? bodies.find((each) => each.id === body)?.source_url ?? null;
			const from_on = role.from && firstDay(role.from);
			return [
				{ role: 'host', entity: member.iso3, body, from_on, source_url: source, certainty: role.certainty }
			];
		})
	);
	const coordinators = plans
		.flatMap((plan) => plan.elements)
		.flatMap((element) =>
			(element.coordinators ?? []).map((entity) => ({
				role: 'area_coordinator',
				entity,
				element: element.id,
				source_url: element.coordinator_sources?.[0] ?? element.source_url,
				certainty: element.coordinators_certainty ?? element.certainty
			}))
		);
	return [...held, ...centres, ...coordinators];
}
