import { isFresh, type Freshness } from '#lib/domain/freshness.ts';
import { label, rank, type Stage } from '#lib/domain/stage.ts';
import type { Timing } from '#lib/domain/timing.ts';
import * as say from './sentence.ts';
import { provenance, type Setting } from './setting.ts';
import type { MilestoneMark, Step, StepsSpec } from './spec.ts';

export type Stood = {
	meeting: say.MeetingRef;
	freshness: Freshness;
	stage: Stage | null;
	timing: Timing | null;
};
export type Track = { id: string; name: string; href: string; stood: readonly Stood[] };
export type Work = {
	id: string;
	title: string;
	starts_on: string | null;
	target_on: string | null;
	milestones: { id: string; title: string; due_on: string | null; done_on: string | null }[];
};

/** One initiative over time: its stage at each meeting, its milestones, and how far they slipped by `today`. */
export function initiative(work: Work, tracks: readonly Track[], today: string, setting: Setting): StepsSpec {
	const drawn = tracks.map(({ id, name, href, stood }) => ({
		key: id,
		label: name,
		href,
		steps: steps(stood)
	}));
	const milestones = work.milestones.map((one) => mark(one, today));
	const stood = tracks.flatMap((track) => track.stood);
	const heard = stood.filter(({ freshness }) => isFresh(freshness)).length;
	return {
		kind: 'steps',
		question: 'initiative',
		params: setting.params,
		title: title(work, drawn, milestones),
		subtitle: [
			'Stage at each meeting',
			...(work.starts_on ? [`started ${say.monthOf(work.starts_on)}`] : []),
			...(work.target_on ? [`to be done by ${say.monthOf(work.target_on)}`] : []),
			`${say.number(heard)} of ${say.number(stood.length)} reports came`
		].join(' · '),
		tracks: drawn,
		milestones,
		starts_on: work.starts_on,
		target_on: work.target_on,
		provenance: provenance(setting, null),
		notes: [
			'Filled dots: reported or confirmed for that meeting. Hatched: carried forward from the meeting before. Outlined, on the lowest line: no report.',
			...(milestones.length > 0
				? [
						`A milestone's line runs from the day it was due to the day it was done, or to ${say.dayOf(today)} if it is still open.`
					]
				: [])
		]
	};
}

function steps(stood: readonly Stood[]): Step[] {
	let last: Stage | null = null;
	return stood.map(({ meeting, freshness, stage, timing }) => {
		const fresh = isFresh(freshness);
		const [from, to] = [last && rank(last), stage && rank(stage)];
		if (fresh && stage) last = stage;
		return {
			key: meeting.id,
			label: say.meetingName(meeting),
			date: meeting.starts_on,
			stage,
			freshness,
			timing,
			back: fresh && from !== null && to !== null && to < from,
			href: `/meetings/${encodeURIComponent(meeting.id)}`
		};
	});
}

function mark({ id, title, due_on, done_on }: Work['milestones'][number], today: string): MilestoneMark {
	const end = done_on && done_on <= today ? done_on : null;
	const slip =
		due_on === null ? null : end !== null ? days(due_on, end) : due_on < today ? days(due_on, today) : null;
	return { key: id, label: title, due_on, done_on: end, slip_days: slip, word: word(end, due_on, slip) };
}

function word(done: string | null, due: string | null, slip: number | null) {
	if (done === null) {
		if (slip !== null) return `${say.some(slip, day)} overdue`;
		return due ? `due ${say.monthOf(due)}` : 'no date';
	}
	if (slip === null) return `done ${say.monthOf(done)}`;
	if (slip === 0) return 'done on its day';
	return `done ${say.some(Math.abs(slip), day)} ${slip > 0 ? 'late' : 'early'}`;
}

const day = { one: 'day', many: 'days' };

function days(from: string, to: string) {
	return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/** Where it stands as last heard, and what slipped. */
function title(work: Work, tracks: StepsSpec['tracks'], milestones: readonly MilestoneMark[]) {
	const slipped = milestones.filter(({ slip_days }) => slip_days !== null && slip_days > 0).length;
	const late =
		slipped === 0
			? ''
			: `; ${slipped} of ${milestones.length} ${milestones.length === 1 ? 'milestone' : 'milestones'} slipped`;
	const heard = tracks.flatMap(({ steps }) =>
		steps.filter(({ freshness, stage }) => isFresh(freshness) && stage)
	);
	const last = heard.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0)).at(-1);
	if (!last) return `Nothing has been reported yet on ${quoted(work.title)}${late}`;
	const stages = new Set(
		tracks
			.map(({ steps }) => steps.findLast((step) => isFresh(step.freshness) && step.stage)?.stage)
			.filter(Boolean)
	);
	if (stages.size > 1)
		return `Those that report on ${quoted(work.title)} stand at ${say.together([...stages].map((stage) => label[stage!].toLowerCase()))}${late}`;
	return `${quoted(work.title)} was last reported as ${label[last.stage!].toLowerCase()}, for ${last.label}${late}`;
}

const quoted = (title: string) => `“${title}”`;
