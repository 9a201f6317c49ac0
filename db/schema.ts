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
import type { ItemKind } from '#lib/domain/meeting-items.ts';
import type { Stage } from '#lib/domain/stage.ts';
import type { Reason, Timing } from '#lib/domain/timing.ts';
import type { Role } from '#lib/domain/access.ts';
import type { Choice } from '#lib/domain/mail.ts';

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
	review_agreement: ReviewAgreementTable;
	settlement: SettlementTable;
	reminder: ReminderTable;
	indicator: IndicatorTable;
	observation: ObservationTable;
	freeze: FreezeTable;
	snapshot: SnapshotTable;
	snapshot_part: SnapshotPartTable;
	unfreeze: UnfreezeTable;
	share: ShareTable;
	meeting_item: MeetingItemTable;
	initiative_scope: InitiativeScopeTable;
	standing: StandingTable;
	tally: TallyTable;
	revision: RevisionTable;
	user: UserTable;
	grant: GrantTable;
	session: SessionTable;
	sign_in: SignInTable;
	one_time_link: OneTimeLinkTable;
	attempt: AttemptTable;
	passkey: PasskeyTable;
	identity: IdentityTable;
	api_token: ApiTokenTable;
	idempotency: IdempotencyTable;
	audit_event: AuditEventTable;
	audit_head: AuditHeadTable;
	outbox: OutboxTable;
	lease: LeaseTable;
	installation: InstallationTable;
	round_opening: RoundOpeningTable;
	expectation_change: ExpectationChangeTable;
	draft: DraftTable;
	draft_revision: DraftRevisionTable;
	editing: EditingTable;
	readiness: ReadinessTable;
	evidence: EvidenceTable;
	parting_word: PartingWordTable;
	receipt: ReceiptTable;
	mail_choice: MailChoiceTable;
	deputy: DeputyTable;
	calendar_feed: CalendarFeedTable;
	change_text: ChangeTextTable;
	deck_order: DeckOrderTable;
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
	reviewed_by: Text;
	/** The reviewer's own view, where it differs. */
	stage: Stage | null;
	timing: Timing | null;
}

/** The reporter's side agrees with a view that differed: from then on everybody may see both. */
export interface ReviewAgreementTable {
	update_id: string;
	recorded_at: string;
	agreed_by: string;
	agreed_at: string;
}

/** An answer given back with a note, or accepted. The note is between the two sides. */
export interface SettlementTable {
	meeting_id: string;
	entity_id: string;
	settled_at: string;
	settled_by: string;
	state: 'returned' | 'accepted';
	note: Text;
}

/** Somebody asked once more for their entity's answer: at most once a day. */
export interface ReminderTable {
	user_id: string;
	reminded_on: string;
	meeting_id: string;
	entity_id: string;
	reminded_at: string;
	reminded_by: string;
	text: string;
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

/**
 * The moment a meeting's figures were fixed, while they are. `snapshot` is the number of the snapshot that holds them; null
 * for a freeze that came in a data package: its figures are worked out from what had been recorded by then.
 */
export interface FreezeTable {
	meeting_id: string;
	frozen_at: string;
	sha256: string | null;
	snapshot: number | null;
}

/**
 * What a meeting's figures were drawn from when it was frozen, sealed: triggers refuse every change. Undoing a freeze
 * leaves it here; the next one of the meeting gets the next number. The size is in bytes of its canonical form.
 */
export interface SnapshotTable {
	meeting_id: string;
	number: number;
	frozen_at: string;
	frozen_by: string;
	frozen_by_id: Text;
	/** Entities whose answer was still a draft and is left out, by id. */
	left_out: Text;
	revision: number;
	method_version: string;
	app_version: string;
	sha256: string;
	size: number;
}

/** Some lines of a snapshot's canonical form, compressed. In the order of `place`, all of them are the whole. */
export interface SnapshotPartTable {
	meeting_id: string;
	number: number;
	place: number;
	/** The table the lines are of, and for tables kept by meeting a slash and the meeting. */
	name: string;
	lines: Uint8Array;
}

/** A freeze that was undone: by whom, and why. Triggers refuse every change. */
export interface UnfreezeTable {
	meeting_id: string;
	undone_at: string;
	/** Of the snapshot; null where the freeze had none. */
	number: number | null;
	frozen_at: string;
	undone_by: string;
	undone_by_id: Text;
	reason: string;
}

/** A frozen chart published by a link, until a day or until it is revoked. Of the link only a hash is kept. */
export interface ShareTable {
	id: string;
	token_hash: string;
	meeting_id: string;
	/** Of the snapshot the chart is drawn from, in force or not. */
	number: number;
	question: string;
	/** JSON: what the chart's address asks for. */
	params: string;
	/** The chart's title when it was published. */
	title: string;
	/** The last day it can be seen. */
	ends_on: string;
	/** Sites that may show it inside their pages, separated by spaces; none where null, any where `*`. */
	sites: Text;
	published_by: string;
	published_by_id: Text;
	published_at: string;
	revoked_by: Text;
	revoked_at: Text;
}

/** A line of a meeting's agenda, one of its papers, or a decision with its source. */
export interface MeetingItemTable {
	meeting_id: string;
	kind: ItemKind;
	position: number;
	text: string;
	url: Text;
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

/** Somebody who may sign in. The address is kept in lower case. Never part of a data package. */
export interface UserTable {
	id: string;
	email: string;
	name: string;
	time_zone: Text;
	created_at: string;
	disabled_at: Text;
}

/** A role given to somebody from a day, until another; of an entity or a plan element where the role has one. */
export interface GrantTable {
	id: string;
	user_id: string;
	role: Role;
	entity_id: Text;
	element_id: Text;
	from_on: string;
	to_on: Text;
	granted_by: Text;
	granted_at: string;
}

/** Somebody signed in on one device. Only the hash of the token is kept; `id` names it where sessions are listed. */
export interface SessionTable {
	token_hash: string;
	id: string;
	user_id: string;
	/** How they came in: mail, passkey, oidc, link, demonstration. */
	way: string;
	device: Text;
	created_at: string;
	seen_at: string;
	expires_at: string;
}

/** A link and a code sent to an address, known or not, good once and for ten minutes. */
export interface SignInTable {
	id: string;
	email: string;
	user_id: Text;
	link_hash: string;
	code_hash: string;
	/** Of the cookie in the browser that asked. */
	browser_hash: string;
	tries: number;
	created_at: string;
	expires_at: string;
	used_at: Text;
}

/** An address printed by the command line that works once: to set up an installation, or to sign somebody in. */
export interface OneTimeLinkTable {
	token_hash: string;
	purpose: 'setup' | 'sign_in';
	user_id: Text;
	created_at: string;
	expires_at: string;
	used_at: Text;
}

/** How often something was tried in a window of time. */
export interface AttemptTable {
	key: string;
	window_at: string;
	count: number;
}

/** A passkey somebody has registered. */
export interface PasskeyTable {
	id: string;
	user_id: string;
	public_key: string;
	counter: number;
	transports: Text;
	name: string;
	created_at: string;
	used_at: Text;
}

/** Somebody as an identity provider knows them. */
export interface IdentityTable {
	issuer: string;
	subject: string;
	user_id: string;
	created_at: string;
}

/** A key for programs, in somebody's name and never with more rights. `scopes` are acts, separated by spaces. */
export interface ApiTokenTable {
	id: string;
	user_id: string;
	name: string;
	token_hash: string;
	scopes: string;
	created_at: string;
	expires_at: string;
	used_at: Text;
	revoked_at: Text;
}

/** What a program was answered, so that asking again answers the same and does nothing more. */
export interface IdempotencyTable {
	user_id: string;
	key: string;
	request_hash: string;
	status: number;
	body: string;
	created_at: string;
}

/** One change: who, for whom, what, before and after. Append-only and chained by hash; `actor` is the name at the time. */
export interface AuditEventTable {
	seq: number;
	at: string;
	user_id: Text;
	actor: string;
	act: string;
	object: string;
	entity_id: Text;
	meeting_id: Text;
	initiative_id: Text;
	before: Text;
	after: Text;
	key_id: string;
	hash: string;
}

/** One row: the newest link of the audit trail. */
export interface AuditHeadTable {
	id: number;
	seq: number;
	hash: string;
}

/** A mail to be sent, or sent. `once` names what must not go out twice. */
export interface OutboxTable {
	id: string;
	to_address: string;
	user_id: Text;
	kind: string;
	subject: string;
	text: string;
	html: Text;
	once: Text;
	created_at: string;
	send_after: string;
	tries: number;
	sent_at: Text;
	failed_at: Text;
	/** Why it was not sent, in words for the administrator. */
	error: Text;
	/** Set just before it is handed to the mail server, so that no second process does the same. */
	claimed_at: Text;
	claimed_by: Text;
	/** Never sent, because its person does not want such mail. */
	skipped_at: Text;
}

/** Which process does a job that only one may do, and until when. */
export interface LeaseTable {
	name: string;
	holder: string;
	until: string;
}

/** One row: what this database is. */
export interface InstallationTable {
	id: number;
	/** 1 where everything reported is made up, whoever reported it. */
	demonstration: number;
}

/** A round that was opened: from then on it takes answers, until it is frozen. Without one, a round is only a date. */
export interface RoundOpeningTable {
	meeting_id: string;
	opened_by: Text;
	opened_at: string;
	/** The moment answers are due. What comes later is late, and still welcome. */
	due_at: string;
	/** Of the host: in it the due moment is said. */
	time_zone: string;
}

/** Somebody decided, with a reason, that a round asks for more or for less than the rule says. */
export interface ExpectationChangeTable {
	id: string;
	meeting_id: string;
	initiative_id: string;
	entity_id: string;
	kind: 'added' | 'taken_out';
	reason: string;
	decided_by: string;
	decided_at: string;
}

/** Who writes: the entity's own people, or the office on its behalf. Neither reads what the other writes. */
export type Side = 'member' | 'office';

/** What is being written of one initiative for one round. `update_id` where it has been submitted as it stands. */
export interface DraftTable {
	id: string;
	meeting_id: string;
	initiative_id: string;
	entity_id: string;
	side: Side;
	version: number;
	/** JSON: a text for each field. */
	fields: string;
	saved_at: string;
	saved_by: Text;
	saved_by_name: string;
	update_id: Text;
}

/** Every state a draft was ever in, and what was set aside where two wrote one field. Append-only. */
export interface DraftRevisionTable {
	id: string;
	draft_id: string;
	version: number;
	kind: 'saved' | 'aside';
	fields: string;
	saved_at: string;
	saved_by: Text;
	saved_by_name: string;
}

/** Who has a form open, and when their browser last said so. */
export interface EditingTable {
	meeting_id: string;
	initiative_id: string;
	entity_id: string;
	side: Side;
	user_id: string;
	name: string;
	seen_at: string;
}

/** A contributor says that the entity's answer can be submitted. */
export interface ReadinessTable {
	meeting_id: string;
	entity_id: string;
	said_by: string;
	said_by_name: string;
	said_at: string;
}

/** A file that backs a status update, under a name of ours. Before it is submitted it belongs to a draft only. */
export interface EvidenceTable {
	id: string;
	meeting_id: string;
	initiative_id: string;
	entity_id: string;
	side: Side;
	update_id: Text;
	name: string;
	type: string;
	size: number;
	content: Buffer;
	added_by_name: string;
	added_at: string;
	removed_at: Text;
}

/** What whoever leaves their post says to whoever follows at an entity; only its own people read it. */
export interface PartingWordTable {
	user_id: string;
	entity_id: string;
	text: string;
	written_at: string;
}

/** What was submitted at once, by a reference one can say on the telephone. Append-only. */
export interface ReceiptTable {
	reference: string;
	meeting_id: string;
	entity_id: string;
	submitted_at: string;
	submitted_by_name: string;
	channel: Channel;
	reason: Text;
	/** JSON: the status updates. */
	update_ids: string;
}

/** How much mail somebody wants; whoever has no row wants everything. */
export interface MailChoiceTable {
	user_id: string;
	choice: Choice;
	chosen_at: string;
}

/** Somebody who stands in for a colleague from a day until another, and gets what they would get. */
export interface DeputyTable {
	id: string;
	user_id: string;
	deputy_id: string;
	from_on: string;
	to_on: string;
}

/** Somebody's private calendar. Whoever has its address can read it, so only its hash is kept. */
export interface CalendarFeedTable {
	token_hash: string;
	user_id: string;
	created_at: string;
}

/**
 * What the office says about two meetings in its own words, with figures by name. Append-only: the newest stands; without words
 * it is what is written from the data again.
 */
export interface ChangeTextTable {
	id: string;
	meeting_id: string;
	from_id: string;
	plan_id: string;
	from_plan_id: string;
	words: Text;
	written_by: Text;
	written_by_name: string;
	written_at: string;
}

/** The slides of a meeting in the order the office keeps: their ids as a JSON list. */
export interface DeckOrderTable {
	meeting_id: string;
	plan_id: string;
	slides: string;
	version: number;
	kept_by: Text;
	kept_by_name: string;
	kept_at: string;
}
