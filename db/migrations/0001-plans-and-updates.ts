import { sql } from 'kysely';
import { appendOnly, real, strict, type AnyDb } from '../dialect.ts';
import * as words from '#lib/domain/words.ts';
import { reasons, timings } from '#lib/domain/timing.ts';
import { stages } from '#lib/domain/stage.ts';

const oneOf = (column: string, list: readonly string[]) =>
	sql<boolean>`${sql.ref(column)} in (${sql.join(list.map((word) => sql.lit(word)))})`;

/** The tables of the data package: what is said about plans, Members, meetings and initiatives. */
export async function up(db: AnyDb) {
	const table = (name: string) => strict(db, db.schema.createTable(name));

	await table('entity')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('kind', 'text', (c) => c.notNull())
		.addColumn('name', 'text', (c) => c.notNull())
		.addColumn('name_fr', 'text')
		.addColumn('name_variants', 'text')
		.addColumn('iso2', 'text')
		.addColumn('administration', 'text')
		.addColumn('subregion', 'text')
		.addColumn('time_zone', 'text')
		.addColumn('source_url', 'text')
		.addColumn('certainty', 'text')
		.addColumn('search_text', 'text', (c) => c.notNull())
		.addCheckConstraint('entity_kind', oneOf('kind', words.entityKinds))
		.execute();

	await table('membership')
		.addColumn('entity_id', 'text', (c) => c.notNull().references('entity.id'))
		.addColumn('from_on', 'text', (c) => c.notNull())
		.addColumn('to_on', 'text')
		.addColumn('basis', 'text')
		.addColumn('source_url', 'text')
		.addColumn('certainty', 'text')
		.addPrimaryKeyConstraint('membership_key', ['entity_id', 'from_on'])
		.addCheckConstraint('membership_days', sql`to_on is null or to_on >= from_on`)
		.execute();

	await table('plan')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('short_title', 'text', (c) => c.notNull())
		.addColumn('title', 'text', (c) => c.notNull())
		.addColumn('title_fr', 'text')
		.addColumn('level', 'text', (c) => c.notNull())
		.addColumn('owner', 'text')
		.addColumn('role', 'text')
		.addColumn('starts_on', 'text')
		.addColumn('ends_on', 'text')
		.addColumn('period_label', 'text')
		.addColumn('succeeds_id', 'text')
		.addColumn('completeness', 'text')
		.addColumn('source_url', 'text')
		.addColumn('certainty', 'text')
		.addForeignKeyConstraint('plan_succeeds', ['succeeds_id'], 'plan', ['id'], (c) => c.deferrable())
		.addCheckConstraint('plan_level', oneOf('level', words.planLevels))
		.addCheckConstraint('plan_role', oneOf('role', words.planRoles))
		.addCheckConstraint('plan_days', sql`ends_on is null or starts_on is null or ends_on >= starts_on`)
		.execute();

	await table('plan_element')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('plan_id', 'text', (c) => c.notNull().references('plan.id'))
		.addColumn('code', 'text', (c) => c.notNull())
		.addColumn('aliases', 'text')
		.addColumn('parent_id', 'text')
		.addColumn('kind', 'text', (c) => c.notNull())
		.addColumn('published_level', 'text')
		.addColumn('title', 'text', (c) => c.notNull())
		.addColumn('title_fr', 'text')
		.addColumn('summary', 'text')
		.addColumn('position', 'integer')
		.addColumn('due_on', 'text')
		.addColumn('source_url', 'text')
		.addColumn('certainty', 'text')
		.addForeignKeyConstraint('plan_element_parent', ['parent_id'], 'plan_element', ['id'], (c) =>
			c.deferrable()
		)
		.addUniqueConstraint('plan_element_code', ['plan_id', 'code'])
		.addCheckConstraint('plan_element_kind', oneOf('kind', words.elementKinds))
		.addCheckConstraint('plan_element_id', sql`id = plan_id || ':' || code`)
		.execute();

	await table('term')
		.addColumn('role', 'text', (c) => c.notNull())
		.addColumn('entity_id', 'text', (c) => c.notNull().references('entity.id'))
		.addColumn('body', 'text')
		.addColumn('element_id', 'text', (c) => c.references('plan_element.id'))
		.addColumn('from_on', 'text')
		.addColumn('to_on', 'text')
		.addColumn('source_url', 'text')
		.addColumn('certainty', 'text')
		.addCheckConstraint('term_role', oneOf('role', words.termRoles))
		.execute();

	await table('meeting')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('series', 'text', (c) => c.notNull())
		.addColumn('number', 'integer')
		.addColumn('title', 'text', (c) => c.notNull())
		.addColumn('starts_on', 'text', (c) => c.notNull())
		.addColumn('ends_on', 'text')
		.addColumn('date_precision', 'text')
		.addColumn('place', 'text')
		.addColumn('country', 'text')
		.addColumn('host_id', 'text', (c) => c.references('entity.id'))
		.addColumn('mode', 'text')
		.addColumn('joint_with', 'text')
		.addColumn('opens_on', 'text')
		.addColumn('due_on', 'text')
		.addColumn('source_url', 'text')
		.addColumn('certainty', 'text')
		.addCheckConstraint('meeting_series', oneOf('series', words.seriesNames))
		.addCheckConstraint('meeting_days', sql`ends_on is null or ends_on >= starts_on`)
		.addCheckConstraint('meeting_round', sql`opens_on is null or due_on is null or due_on >= opens_on`)
		.execute();

	await table('attendance')
		.addColumn('meeting_id', 'text', (c) => c.notNull().references('meeting.id'))
		.addColumn('count', 'integer', (c) => c.notNull())
		.addColumn('unit', 'text', (c) => c.notNull())
		.addColumn('mode', 'text')
		.addColumn('qualifier', 'text')
		.addColumn('source_url', 'text')
		.addCheckConstraint('attendance_unit', oneOf('unit', words.attendanceUnits))
		.addCheckConstraint('attendance_count', sql`count >= 0`)
		.execute();

	await table('alignment')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('from_id', 'text', (c) => c.notNull())
		.addColumn('to_id', 'text', (c) => c.notNull())
		.addColumn('relation', 'text', (c) => c.notNull())
		.addColumn('strength', 'integer')
		.addColumn('rationale', 'text')
		.addColumn('agreed_at_id', 'text', (c) => c.references('meeting.id'))
		.addColumn('source_url', 'text')
		.addColumn('certainty', 'text')
		.addCheckConstraint('alignment_relation', oneOf('relation', words.relations))
		.addCheckConstraint('alignment_strength', sql`strength between 1 and 3`)
		.execute();

	await table('initiative')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('title', 'text', (c) => c.notNull())
		.addColumn('title_fr', 'text')
		.addColumn('summary', 'text')
		.addColumn('scope', 'text')
		.addColumn('starts_on', 'text')
		.addColumn('target_on', 'text')
		.addColumn('date_precision', 'text')
		.addColumn('theme', 'text')
		.addColumn('source_url', 'text')
		.addColumn('source_type', 'text')
		.addColumn('certainty', 'text')
		.addColumn('search_text', 'text', (c) => c.notNull())
		.addCheckConstraint('initiative_scope_word', oneOf('scope', words.scopes))
		.addCheckConstraint(
			'initiative_days',
			sql`target_on is null or starts_on is null or target_on >= starts_on`
		)
		.execute();

	await table('initiative_entity')
		.addColumn('initiative_id', 'text', (c) => c.notNull().references('initiative.id'))
		.addColumn('entity_id', 'text', (c) => c.notNull().references('entity.id'))
		.addColumn('role', 'text', (c) => c.notNull())
		.addPrimaryKeyConstraint('initiative_entity_key', ['initiative_id', 'entity_id', 'role'])
		.addCheckConstraint('initiative_entity_role', oneOf('role', words.entityRoles))
		.execute();

	await table('contribution')
		.addColumn('initiative_id', 'text', (c) => c.notNull().references('initiative.id'))
		.addColumn('element_id', 'text', (c) => c.notNull().references('plan_element.id'))
		.addColumn('role', 'text', (c) => c.notNull())
		.addColumn('certainty', 'text')
		.addPrimaryKeyConstraint('contribution_key', ['initiative_id', 'element_id'])
		.addCheckConstraint('contribution_role', oneOf('role', words.contributionRoles))
		.execute();

	await table('milestone')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('initiative_id', 'text', (c) => c.notNull().references('initiative.id'))
		.addColumn('title', 'text', (c) => c.notNull())
		.addColumn('due_on', 'text')
		.addColumn('done_on', 'text')
		.execute();

	await table('expectation')
		.addColumn('meeting_id', 'text', (c) => c.notNull().references('meeting.id'))
		.addColumn('initiative_id', 'text', (c) => c.notNull().references('initiative.id'))
		.addColumn('entity_id', 'text', (c) => c.notNull().references('entity.id'))
		.addColumn('reason', 'text')
		.addPrimaryKeyConstraint('expectation_key', ['meeting_id', 'initiative_id', 'entity_id'])
		.execute();

	await table('submission')
		.addColumn('meeting_id', 'text', (c) => c.notNull().references('meeting.id'))
		.addColumn('entity_id', 'text', (c) => c.notNull().references('entity.id'))
		.addColumn('state', 'text', (c) => c.notNull())
		.addColumn('channel', 'text', (c) => c.notNull())
		.addColumn('submitted_at', 'text')
		.addColumn('reason', 'text')
		.addPrimaryKeyConstraint('submission_key', ['meeting_id', 'entity_id'])
		.addCheckConstraint('submission_state', oneOf('state', words.submissionStates))
		.addCheckConstraint('submission_channel', oneOf('channel', words.channels))
		.execute();

	await table('status_update')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('initiative_id', 'text', (c) => c.notNull().references('initiative.id'))
		.addColumn('meeting_id', 'text', (c) => c.notNull().references('meeting.id'))
		.addColumn('entity_id', 'text', (c) => c.notNull().references('entity.id'))
		.addColumn('stage', 'text', (c) => c.notNull())
		.addColumn('timing', 'text')
		.addColumn('reason_code', 'text')
		.addColumn('change', 'text', (c) => c.notNull())
		.addColumn('progress_note', 'text')
		.addColumn('next_steps', 'text')
		.addColumn('support_needed', 'text')
		.addColumn('as_of', 'text')
		.addColumn('recorded_at', 'text', (c) => c.notNull())
		.addColumn('supersedes_id', 'text')
		.addColumn('source_url', 'text')
		.addForeignKeyConstraint('status_update_supersedes', ['supersedes_id'], 'status_update', ['id'], (c) =>
			c.deferrable()
		)
		.addCheckConstraint('status_update_stage', oneOf('stage', stages))
		.addCheckConstraint('status_update_timing', oneOf('timing', timings))
		.addCheckConstraint('status_update_reason', oneOf('reason_code', reasons))
		.addCheckConstraint('status_update_change', oneOf('change', words.changes))
		.execute();

	await table('review')
		.addColumn('update_id', 'text', (c) => c.notNull().references('status_update.id'))
		.addColumn('verdict', 'text', (c) => c.notNull())
		.addColumn('note', 'text')
		.addColumn('recorded_at', 'text', (c) => c.notNull())
		.addPrimaryKeyConstraint('review_key', ['update_id', 'recorded_at'])
		.addCheckConstraint('review_verdict', oneOf('verdict', words.verdicts))
		.execute();

	await table('indicator')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('element_id', 'text', (c) => c.references('plan_element.id'))
		.addColumn('initiative_id', 'text', (c) => c.references('initiative.id'))
		.addColumn('title', 'text', (c) => c.notNull())
		.addColumn('unit', 'text', (c) => c.notNull())
		.addColumn('direction', 'text', (c) => c.notNull())
		.addColumn('baseline_numerator', real(db))
		.addColumn('baseline_denominator', real(db))
		.addColumn('baseline_on', 'text')
		.addColumn('target_numerator', real(db))
		.addColumn('target_denominator', real(db))
		.addColumn('target_on', 'text')
		.addColumn('source_url', 'text')
		.addCheckConstraint('indicator_direction', oneOf('direction', words.directions))
		.execute();

	await table('observation')
		.addColumn('indicator_id', 'text', (c) => c.notNull().references('indicator.id'))
		.addColumn('entity_id', 'text', (c) => c.references('entity.id'))
		.addColumn('meeting_id', 'text', (c) => c.references('meeting.id'))
		.addColumn('numerator', real(db), (c) => c.notNull())
		.addColumn('denominator', real(db))
		.addColumn('as_of', 'text', (c) => c.notNull())
		.addColumn('source_url', 'text')
		.execute();

	await table('freeze')
		.addColumn('meeting_id', 'text', (c) => c.primaryKey().notNull().references('meeting.id'))
		.addColumn('frozen_at', 'text', (c) => c.notNull())
		.addColumn('sha256', 'text')
		.execute();

	const index = async (name: string, table: string, columns: string[]) =>
		db.schema.createIndex(name).on(table).columns(columns).execute();
	await index('status_update_by_initiative', 'status_update', ['initiative_id', 'meeting_id', 'entity_id']);
	await index('status_update_by_meeting', 'status_update', ['meeting_id', 'entity_id']);
	await index('initiative_entity_by_entity', 'initiative_entity', ['entity_id']);
	await index('contribution_by_element', 'contribution', ['element_id']);
	await index('milestone_by_initiative', 'milestone', ['initiative_id']);
	await index('expectation_by_initiative', 'expectation', ['initiative_id']);
	await index('plan_element_by_parent', 'plan_element', ['parent_id']);
	await index('attendance_by_meeting', 'attendance', ['meeting_id']);
	await index('observation_by_indicator', 'observation', ['indicator_id']);

	await appendOnly(db, 'status_update', 'Status updates are append-only: record a new one instead.');
}
