import type {
	Change,
	Channel,
	ContributionRole,
	Direction,
	ElementKind,
	EntityKind,
	EntityRole,
	PlanLevel,
	PlanRole,
	Relation,
	Scope,
	Series,
	SubmissionState,
	TermRole,
	Verdict
} from '#lib/domain/words.ts';
import type { Freshness } from '#lib/domain/freshness.ts';
import type { Stage } from '#lib/domain/stage.ts';
import type { Reason, Timing } from '#lib/domain/timing.ts';

type Text = string | null;

/** Every table, by name. Days are `YYYY-MM-DD`, moments ISO 8601 in UTC. */
export interface Schema {
	entity: EntityTable;
	membership: MembershipTable;
	term: TermTable;
	plan: PlanTable;
	plan_element: PlanElementTable;
	alignment: AlignmentTable;
	meeting: MeetingTable;
	attendance: AttendanceTable;
	initiative: InitiativeTable;
	initiative_entity: InitiativeEntityTable;
	contribution: ContributionTable;
	milestone: MilestoneTable;
	expectation: ExpectationTable;
	submission: SubmissionTable;
	status_update: StatusUpdateTable;
	review: ReviewTable;
	indicator: IndicatorTable;
	observation: ObservationTable;
	freeze: FreezeTable;
	initiative_scope: InitiativeScopeTable;
	standing: StandingTable;
	tally: TallyTable;
	revision: RevisionTable;
}

/** A Member administration or a regional body. `search_text` is the folded name with its variants. */
export interface EntityTable {
	id: string;
	kind: EntityKind;
	name: string;
	name_fr: Text;
	name_variants: Text;
	iso2: Text;
	administration: Text;
	subregion: Text;
	time_zone: Text;
	source_url: Text;
	certainty: Text;
	search_text: string;
}

/** An entity counted as a Member of the region from a day, until another. */
export interface MembershipTable {
	entity_id: string;
	from_on: string;
	to_on: Text;
	basis: Text;
	source_url: Text;
	certainty: Text;
}

/** An office held for a time: Vice-Chair, host of a body, area coordinator. Unknown parts are null. */
export interface TermTable {
	role: TermRole;
	entity_id: string;
	body: Text;
	element_id: Text;
	from_on: Text;
	to_on: Text;
	source_url: Text;
	certainty: Text;
}

/** A plan of some body for some years. */
export interface PlanTable {
	id: string;
	short_title: string;
	title: string;
	title_fr: Text;
	level: PlanLevel;
	owner: Text;
	role: PlanRole | null;
	starts_on: Text;
	ends_on: Text;
	period_label: Text;
	succeeds_id: Text;
	completeness: Text;
	source_url: Text;
	certainty: Text;
}

/** One node of a plan's tree. Its id is the plan's, a colon, and its code. */
export interface PlanElementTable {
	id: string;
	plan_id: string;
	code: string;
	aliases: Text;
	parent_id: Text;
	kind: ElementKind;
	published_level: Text;
	title: string;
	title_fr: Text;
	summary: Text;
	position: number | null;
	due_on: Text;
	source_url: Text;
	certainty: Text;
}

/** A typed link between elements, or whole plans: ids of either kind on both ends. */
export interface AlignmentTable {
	id: string;
	from_id: string;
	to_id: string;
	relation: Relation;
	strength: number | null;
	rationale: Text;
	agreed_at_id: Text;
	source_url: Text;
	certainty: Text;
}

/** A meeting; with a due date it is also a round of reporting. */
export interface MeetingTable {
	id: string;
	series: Series;
	number: number | null;
	title: string;
	starts_on: string;
	ends_on: Text;
	date_precision: Text;
	place: Text;
	country: Text;
	host_id: Text;
	mode: Text;
	joint_with: Text;
	opens_on: Text;
	due_on: Text;
	source_url: Text;
	certainty: Text;
}

/** One count of who came, as one source states it. Sources that disagree are all kept. */
export interface AttendanceTable {
	meeting_id: string;
	count: number;
	unit: string;
	mode: Text;
	qualifier: Text;
	source_url: Text;
}

/** Something entities do for a plan. `search_text` is its folded title and the names of its entities. */
export interface InitiativeTable {
	id: string;
	title: string;
	title_fr: Text;
	summary: Text;
	scope: Scope | null;
	starts_on: Text;
	target_on: Text;
	date_precision: Text;
	theme: Text;
	source_url: Text;
	source_type: Text;
	certainty: Text;
	search_text: string;
}

/** Who takes part in an initiative, and as what. */
export interface InitiativeEntityTable {
	initiative_id: string;
	entity_id: string;
	role: EntityRole;
}

/** What an initiative serves. `main` counts in figures, `contributing` is shown apart. */
export interface ContributionTable {
	initiative_id: string;
	element_id: string;
	role: ContributionRole;
	certainty: Text;
}

/** A dated step of an initiative. */
export interface MilestoneTable {
	id: string;
	initiative_id: string;
	title: string;
	due_on: Text;
	done_on: Text;
}

/** Who is asked for what in a round, where it was listed by hand. A meeting without rows follows the method's rule. */
export interface ExpectationTable {
	meeting_id: string;
	initiative_id: string;
	entity_id: string;
	reason: Text;
}

/** One entity's answer to one round. */
export interface SubmissionTable {
	meeting_id: string;
	entity_id: string;
	state: SubmissionState;
	channel: Channel;
	submitted_at: Text;
	reason: Text;
}

/** What one entity said of one initiative for one meeting. Append-only: triggers refuse change and deletion. */
export interface StatusUpdateTable {
	id: string;
	initiative_id: string;
	meeting_id: string;
	entity_id: string;
	stage: Stage;
	timing: Timing | null;
	reason_code: Reason | null;
	change: Change;
	progress_note: Text;
	next_steps: Text;
	support_needed: Text;
	as_of: Text;
	recorded_at: string;
	supersedes_id: Text;
	source_url: Text;
}

/** What a reviewer made of an update. */
export interface ReviewTable {
	update_id: string;
	verdict: Verdict;
	note: Text;
	recorded_at: string;
}

/** A measure of an element or an initiative. Ratios are kept as numerator and denominator. */
export interface IndicatorTable {
	id: string;
	element_id: Text;
	initiative_id: Text;
	title: string;
	unit: string;
	direction: Direction;
	baseline_numerator: number | null;
	baseline_denominator: number | null;
	baseline_on: Text;
	target_numerator: number | null;
	target_denominator: number | null;
	target_on: Text;
	source_url: Text;
}

/** A value of an indicator as of a day. */
export interface ObservationTable {
	indicator_id: string;
	entity_id: Text;
	meeting_id: Text;
	numerator: number;
	denominator: number | null;
	as_of: string;
	source_url: Text;
}

/** The moment a meeting's figures were fixed. */
export interface FreezeTable {
	meeting_id: string;
	frozen_at: string;
	sha256: string | null;
}

/** Derived: under which scopes an initiative counts: its main elements, all above them, their plans, and `all`. */
export interface InitiativeScopeTable {
	initiative_id: string;
	scope_id: string;
}

/** Derived: each expectation with how fresh it is and what stands. `presented` rows exist for frozen meetings only. */
export interface StandingTable {
	basis: Basis;
	meeting_id: string;
	initiative_id: string;
	entity_id: string;
	freshness: Freshness;
	/** The update that speaks, or the one carried; null when missing. */
	update_id: string | null;
	stage: Stage | null;
	timing: Timing | null;
	change: Change | null;
}

export type Basis = 'known' | 'presented';

/** Derived: standings counted per meeting, scope and entity, and over all entities where `entity_id` is `all`. */
export interface TallyTable {
	basis: Basis;
	meeting_id: string;
	scope_id: string;
	entity_id: string;
	expected: number;
	reported: number;
	confirmed: number;
	carried: number;
	missing: number;
	not_started: number;
	committed: number;
	pilot: number;
	partly_implemented: number;
	implemented: number;
	discontinued: number;
	superseded: number;
	not_applicable: number;
	on_track: number;
	at_risk: number;
	off_track: number;
}

/** One row: goes up with every change, so that whatever was computed before is known to be old. */
export interface RevisionTable {
	id: number;
	number: number;
	changed_at: string;
}
