import { ladder, type Stage } from '#lib/domain/stage.ts';
import { reasons, type Reason, type Timing } from '#lib/domain/timing.ts';
import type { Row } from '../tables.ts';
import { dice, type Dice } from './dice.ts';
import type { Answer } from './rounds.ts';
import { texts } from './texts.ts';
import { planEnds, type Item } from './works.ts';

type Standing = { stage: Stage; timing: Timing | null; reason_code: Reason | null };
export type Update = Row & { id: string; stage: Stage; recorded_at: string };

/** The reports one entity makes of one item, round after round, until it ends. */
export function updates(item: Item, entity: string, answers: Answer[]): Update[] {
	const luck = dice(`updates ${item.id} ${entity}`);
	const mood: Timing = luck.chance(0.72) ? 'on_track' : luck.chance(0.7) ? 'at_risk' : 'off_track';
	const made: Update[] = [];
	let stage: Stage | null = null;
	let last: Standing | null = null;

	for (const answer of answers) {
		if (item.starts_on > answer.round.due_on) continue;
		const before: Stage | null = stage;
		stage = before === null ? first(luck, item, answer) : next(luck, before);
		// A finding that it will not go on waits until it can be told.
		const speaks = answer.state === 'submitted' || answer.state === 'accepted';
		if (!speaks && !isRung(stage)) stage = before ?? 'committed';
		if (answer.state === 'silent' || answer.state === 'excused' || luck.chance(0.025)) continue;

		const settled = last !== null && last.stage === stage && luck.chance(0.6);
		const now: Standing = settled ? last! : standing(luck, item, answer, stage, mood);
		const ended: boolean = speaks && item.asked.length === 1 && ends(luck, item, answer, stage, last);
		const same = last !== null && last.stage === now.stage && last.timing === now.timing && luck.chance(0.85);
		const change = ended ? 'ended' : last === null ? 'new' : same ? 'no_change' : 'changed';
		made.push(
			...write({ item, entity, answer, luck, last, change, now: change === 'no_change' ? last! : now })
		);
		if (speaks) last = now;
		if (ended) break;
	}
	return made;
}

const isRung = (stage: Stage) => (ladder as readonly string[]).includes(stage);

function first(luck: Dice, item: Item, { round }: Answer): Stage {
	// What began a year ago has come further than what began last month.
	const old = Date.parse(round.due_on) - Date.parse(item.starts_on) > 300 * 86_400_000;
	return luck.pick(
		old
			? (['committed', 'committed', 'pilot', 'pilot', 'partly_implemented'] as const)
			: (['not_started', 'not_started', 'committed', 'committed', 'pilot'] as const)
	);
}

function next(luck: Dice, stage: Stage): Stage {
	if (!isRung(stage)) return stage;
	const rung = (ladder as readonly Stage[]).indexOf(stage);
	const fate = luck.roll();
	if (fate < 0.012) return 'discontinued';
	if (fate < 0.018) return 'superseded';
	if (fate < 0.021) return 'not_applicable';
	if (fate < 0.075 && rung > 0) return ladder[rung - 1]!;
	return fate < 0.56 ? ladder[Math.min(rung + 1, ladder.length - 1)]! : stage;
}

function standing(luck: Dice, item: Item, { round }: Answer, stage: Stage, mood: Timing): Standing {
	const quiet = { stage, reason_code: null };
	if (!isRung(stage)) return { ...quiet, timing: null };
	if (stage === 'implemented') return { ...quiet, timing: 'on_track' };
	if (luck.chance(0.1)) return { ...quiet, timing: null };
	const overdue = item.target_on < round.due_on;
	const timing = overdue
		? luck.chance(0.8)
			? 'off_track'
			: 'at_risk'
		: luck.chance(0.8)
			? mood
			: 'on_track';
	return { stage, timing, reason_code: timing === 'on_track' ? null : luck.pick(reasons) };
}

function ends(luck: Dice, item: Item, { round }: Answer, stage: Stage, last: Standing | null) {
	if (!isRung(stage)) return true;
	const withPlan =
		(round.meeting === 'rhca-23' && item.target_on === planEnds[0]) ||
		(round.meeting === 'rhca-25' && item.target_on === planEnds[1] && luck.chance(0.3));
	const settled = stage === 'implemented' && luck.chance(last?.stage === 'implemented' ? 0.3 : 0.08);
	// What only the plan of 2020-2022 knows is closed soon after it.
	return (
		withPlan || settled || (item.target_on <= planEnds[0] && round.meeting >= 'rcp-32' && luck.chance(0.7))
	);
}

type Draft = {
	item: Item;
	entity: string;
	answer: Answer;
	luck: Dice;
	last: Standing | null;
	now: Standing;
	change: string;
};

/** One update, or two where the first was mistaken and a second puts it right. */
function write({ item, entity, answer, luck, last, now, change }: Draft): Update[] {
	const joint = item.asked.length > 1 ? `-${entity.toLowerCase()}` : '';
	const id = `${item.id}-${answer.round.meeting}${joint}`;
	const recorded_at = earlier(answer.sent_at, luck.between(0, 90));
	// What is done, or given up, has no next steps and needs no help.
	const goesOn = change !== 'ended' && isRung(now.stage) && now.stage !== 'implemented';
	const needs = now.timing === 'off_track' || now.timing === 'at_risk';
	const update: Update = {
		id,
		initiative: item.id,
		meeting: answer.round.meeting,
		entity,
		...now,
		change,
		progress_note: note(luck, now.stage, change, last),
		next_steps:
			goesOn && change !== 'no_change' && luck.chance(0.7) ? texts.nextSteps(luck, now.stage) : null,
		support_needed: goesOn && luck.chance(needs ? 0.4 : 0.06) ? texts.support(luck) : null,
		as_of: recorded_at.slice(0, 10),
		recorded_at
	};
	if (!luck.chance(0.03) || !goesOn || change === 'no_change' || answer.state === 'draft') return [update];
	const higher = ladder[(ladder as readonly Stage[]).indexOf(now.stage) + 1]!;
	const mistaken: Update = {
		...update,
		stage: higher,
		progress_note: texts.progress(luck, higher),
		recorded_at: earlier(recorded_at, 45)
	};
	return [
		mistaken,
		{ ...update, id: `${id}-2`, supersedes: id, progress_note: texts.correction(luck, now.stage) }
	];
}

const earlier = (moment: string, minutes: number) =>
	new Date(Date.parse(moment) - minutes * 60_000).toISOString();

function note(luck: Dice, stage: Stage, change: string, last: Standing | null) {
	if (change === 'no_change') return texts.noChange(luck);
	const [now, then] = [stage, last?.stage].map((each) =>
		(ladder as readonly (Stage | undefined)[]).indexOf(each)
	);
	if (now! >= 0 && now! < then!) return texts.stepBack(luck);
	if (change === 'ended' && isRung(stage) && stage !== 'implemented') return texts.planEnd(luck);
	return texts.progress(luck, stage);
}
