import { entities, memberships, terms } from './entities.ts';
import type { Facts } from './facts.ts';
import { contributions, initiatives, participants } from './initiatives.ts';
import { attendance, meetings } from './meetings.ts';
import type { Cover } from '#lib/domain/package/descriptor.ts';
import { alignments, elements, plans } from './plans.ts';
import { publicRecord } from './public-record.ts';
import type { Rows } from './tables.ts';

/** Plans, Members, meetings and initiatives, and what public sources say of how far the initiatives are. */
export function reference(facts: Facts) {
	const rounds = meetings(facts);
	const counted = memberships(facts);
	const named = participants(facts);
	const { submissions, updates } = publicRecord(facts, rounds, named, counted);
	return {
		entities: entities(facts),
		memberships: counted,
		terms: terms(facts),
		plans: plans(facts),
		plan_elements: elements(facts),
		alignments: alignments(facts),
		meetings: rounds,
		attendance: attendance(facts),
		initiatives: initiatives(facts),
		initiative_entities: named,
		contributions: contributions(facts),
		submissions,
		status_updates: updates
	} satisfies Rows;
}

export type Reference = ReturnType<typeof reference>;

/** Sources are named by the site they are on; each row carries the full address of its own. */
export function about(rows: Reference): Cover {
	const addresses = [
		rows.entities,
		rows.plans,
		rows.plan_elements,
		rows.alignments,
		rows.meetings,
		rows.initiatives
	]
		.flat()
		.map((row) => row.source_url)
		.filter((address) => address != null);
	const sites = new Set(addresses.map((address) => new URL(String(address)).origin));
	return {
		name: 'waymark-asia-pacific',
		title: 'Asia/Pacific region of the World Customs Organization: reference data and public record',
		description:
			'Plans, Members, bodies, meetings, initiatives and links from public sources, put in our own words. ' +
			'Each row carries its source and how certain it is. The opening and due dates of rounds are an assumption.',
		layer: 'reference',
		sources: [...sites].sort().map((path) => ({ title: new URL(path).hostname, path }))
	};
}
