import type { Freshness } from './freshness.ts';
import { lastWord } from './review.ts';
import type { Stage } from './stage.ts';
import type { Timing } from './timing.ts';
import type { Change, EntityRole, Verdict } from './words.ts';

/** A round of reporting: the meeting's id, the day it opened (its due day where no opening is known), and its freeze. */
export type Round = { id: string; opens_on: string | null; due_on: string; frozen_at: string | null };

/** One thing said of an initiative, with what reviewers made of it. */
export type Update = {
	id: string;
	meeting_id: string;
	entity_id: string;
	stage: Stage;
	timing: Timing | null;
	change: Change;
	recorded_at: string;
	reviews: { verdict: Verdict; recorded_at: string }[];
};

/** An initiative with everything its standings depend on. */
export type Subject = {
	id: string;
	starts_on: string | null;
	entities: { id: string; role: EntityRole }[];
	updates: Update[];
	/** Expectations listed by hand, for the meetings in `Calendar.listed`. */
	expected: { meeting_id: string; entity_id: string }[];
};

/** What is the same for every initiative. */
export type Calendar = {
	/** In order of due date, over all series. */
	rounds: Round[];
	/** The day of every meeting, round or not: its due date, else its start. */
	days: Map<string, string>;
	/** Meetings whose expectations are listed by hand. */
	listed: Set<string>;
	/** May this entity be asked on this day? Members by their membership, others always. */
	mayBeAsked: (entity_id: string, day: string) => boolean;
	/** Submissions by `key(meeting, entity)`. */
	submissions: Map<string, string>;
};

export type Standing = {
	meeting_id: string;
	entity_id: string;
	freshness: Freshness;
	update_id: string | null;
	stage: Stage | null;
	timing: Timing | null;
	change: Change | null;
};

export const key = (meeting_id: string, entity_id: string) => `${meeting_id}\n${entity_id}`;

/** Every expectation of an initiative, round by round, as it is known now. */
export function known(subject: Subject, calendar: Calendar): Standing[] {
	const voice = speaking(subject.updates, calendar);
	const asked = expectations(subject, calendar, voice);
	return calendar.rounds.flatMap((round, place) =>
		(asked[place] ?? []).map((entity_id) => stand(round, place, entity_id, calendar, asked, voice))
	);
}

/** The same for frozen rounds, each with only what had been recorded by its freeze. */
export function presented(subject: Subject, calendar: Calendar): Standing[] {
	return calendar.rounds.flatMap((round) => {
		if (round.frozen_at === null) return [];
		const by = Date.parse(round.frozen_at);
		const recorded = ({ recorded_at }: { recorded_at: string }) => Date.parse(recorded_at) <= by;
		const updates = subject.updates
			.filter(recorded)
			.map((update) => ({ ...update, reviews: update.reviews.filter(recorded) }));
		return known({ ...subject, updates }, calendar).filter((standing) => standing.meeting_id === round.id);
	});
}

/** The update that speaks for each meeting and entity: the newest recorded, of submissions that are not open. */
function speaking(updates: readonly Update[], { submissions }: Calendar) {
	const voice = new Map<string, Update>();
	for (const update of updates) {
		const at = key(update.meeting_id, update.entity_id);
		const state = submissions.get(at);
		if (state === 'draft' || state === 'returned') continue;
		const other = voice.get(at);
		if (!other || newer(update, other)) voice.set(at, update);
	}
	return voice;
}

/** Of two updates for one meeting, is the first the newer word? */
export function newer(a: Pick<Update, 'id' | 'recorded_at'>, b: Pick<Update, 'id' | 'recorded_at'>) {
	const [at, bt] = [Date.parse(a.recorded_at), Date.parse(b.recorded_at)];
	return at === bt ? a.id > b.id : at > bt;
}

/** Who is asked in each round. */
function expectations(subject: Subject, calendar: Calendar, voice: Map<string, Update>): string[][] {
	const said = [...voice.values()];
	const dayOf = (update: Update) => calendar.days.get(update.meeting_id) ?? '';
	const start = subject.starts_on ?? earliest(said.map(dayOf));
	const end = earliest(said.filter((update) => update.change === 'ended').map(dayOf));
	const leads = subject.entities.filter(({ role }) => role === 'lead');
	const asked = [...new Set((leads.length > 0 ? leads : subject.entities).map(({ id }) => id))];

	return calendar.rounds.map((round) => {
		const inForce = start !== null && start <= round.due_on && (end === null || round.due_on <= end);
		const entities = calendar.listed.has(round.id)
			? subject.expected.filter(({ meeting_id }) => meeting_id === round.id).map(({ entity_id }) => entity_id)
			: inForce
				? asked.filter((id) => calendar.mayBeAsked(id, round.opens_on ?? round.due_on))
				: [];
		return entities.filter((id) => calendar.submissions.get(key(round.id, id)) !== 'excused');
	});
}

function earliest(days: readonly string[]) {
	return days.reduce<string | null>((first, day) => (first === null || day < first ? day : first), null);
}

function stand(
	round: Round,
	place: number,
	entity_id: string,
	calendar: Calendar,
	asked: string[][],
	voice: Map<string, Update>
): Standing {
	const at = { meeting_id: round.id, entity_id };
	const said = voice.get(key(round.id, entity_id));
	if (said) return { ...at, ...shown(said, said.change === 'no_change' ? 'confirmed' : 'reported') };

	const before = calendar.rounds[place - 1];
	const last = before && asked[place - 1]!.includes(entity_id) && voice.get(key(before.id, entity_id));
	if (last) return { ...at, ...shown(last, 'carried') };

	const held = holding(round, place, entity_id, calendar, voice);
	if (held) return { ...at, ...shown(held, 'missing') };
	return { ...at, freshness: 'missing', update_id: null, stage: null, timing: null, change: null };
}

const shown = ({ id, stage, timing, change }: Update, freshness: Freshness) => ({
	freshness,
	update_id: id,
	stage,
	timing,
	change
});

/**
 * The one exception to carrying a single round: implemented and confirmed by a reviewer stands for a year. It is still
 * counted as missing; the stage is kept beside it so that a page can show what stands, marked.
 */
function holding(
	round: Round,
	place: number,
	entity_id: string,
	{ rounds }: Calendar,
	voice: Map<string, Update>
) {
	for (const earlier of rounds.slice(0, place).reverse()) {
		if (yearAfter(earlier.due_on) < round.due_on) return undefined;
		const said = voice.get(key(earlier.id, entity_id));
		if (said) return said.stage === 'implemented' && isConfirmed(said) ? said : undefined;
	}
	return undefined;
}

function isConfirmed({ reviews }: Update) {
	return lastWord(reviews)?.verdict === 'confirmed';
}

function yearAfter(day: string) {
	return `${Number(day.slice(0, 4)) + 1}${day.slice(4)}`;
}
