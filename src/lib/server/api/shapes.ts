import type { AlignmentTable, PlanElementTable } from '#db/schema.ts';
import type * as entities from '../entities.ts';
import type * as initiatives from '../initiatives.ts';
import type * as meetings from '../meetings.ts';
import type * as plans from '../plans.ts';
import type * as updates from '../updates.ts';

// Rows as the API tells them: named as in the data package, lists as arrays.

type InFull = Awaited<ReturnType<typeof initiatives.get>>;
type Memberships = Awaited<ReturnType<typeof entities.get>>['memberships'];

function plan({ succeeds_id, elements: _, ...row }: plans.Plan) {
	return { ...row, succeeds: succeeds_id };
}

export function planInList(row: plans.Plan) {
	return { ...plan(row), element_count: row.elements };
}

export function planInFull(row: plans.Plan, elements: readonly plans.Element[]) {
	return { ...plan(row), elements: elements.map(element) };
}

function element({ plan_id, parent_id, aliases, depth: _, ...row }: PlanElementTable & { depth?: number }) {
	return { ...row, plan: plan_id, aliases: words(aliases), parent: parent_id };
}

export function alignment({ id, from_id, to_id, agreed_at_id, ...row }: AlignmentTable) {
	const { relation, strength, rationale, source_url, certainty } = row;
	const ends = { from: from_id, to: to_id };
	return { id, ...ends, relation, strength, rationale, agreed_at: agreed_at_id, source_url, certainty };
}

export function entity(row: entities.Entity, memberships: Memberships) {
	return { ...row, name_variants: words(row.name_variants), memberships };
}

export function meeting({ host_id, host: _, sha256: __, round: ___, attendance, ...row }: meetings.Meeting) {
	return { ...row, host: host_id, attendance: attendance.map(({ meeting_id: _, ...count }) => count) };
}

export function initiativeInFull(row: InFull, history: Awaited<ReturnType<typeof initiatives.history>>) {
	const { evidence: _, entities, contributions, indicators, ...rest } = row;
	return {
		...rest,
		entities: entities.map(({ id, role }) => ({ entity: id, role })),
		contributions: contributions.map(({ element_id, role, certainty }) => ({
			element: element_id,
			role,
			certainty
		})),
		indicators: indicators.map(({ element_id, initiative_id: _, observations, ...indicator }) => ({
			...indicator,
			element: element_id,
			observations: observations.map(({ entity_id, meeting_id, indicator_id: _, ...observation }) => ({
				...observation,
				entity: entity_id,
				meeting: meeting_id
			}))
		})),
		standings: history.map(({ meeting_id, entity_id, freshness, stage, timing, change, update_id }) => ({
			meeting: meeting_id,
			entity: entity_id,
			freshness,
			stage,
			timing,
			change,
			status_update: update_id
		}))
	};
}

export function statusUpdate({
	initiative_id,
	meeting_id,
	entity_id,
	supersedes_id,
	state: _,
	...row
}: updates.Update) {
	return {
		...row,
		initiative: initiative_id,
		meeting: meeting_id,
		entity: entity_id,
		supersedes: supersedes_id
	};
}

/** `a | b` as a list. */
function words(cell: string | null) {
	return (cell ?? '')
		.split('|')
		.map((word) => word.trim())
		.filter(Boolean);
}
