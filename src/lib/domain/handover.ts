import type { Stage } from './stage.ts';
import { cut } from './text.ts';

/** Handing over, one step after another; the last is the note to leave behind. */
export const steps = ['follows', 'open', 'promised', 'words', 'day', 'note'] as const;
export type Step = (typeof steps)[number];

export const stepName: Record<Step, string> = {
	follows: 'Who follows',
	open: 'What is open',
	promised: 'What was promised',
	words: 'Words',
	day: 'Your last day',
	note: 'The note'
};

export const stepOf = (given: string | null): Step => steps.find((step) => step === given) ?? 'follows';

export const nextOf = (step: Step): Step | undefined => steps[steps.indexOf(step) + 1];
export const backOf = (step: Step): Step | undefined => steps[steps.indexOf(step) - 1];

type Named = { id: string; title: string };
export type Reported = Named & {
	meeting: string;
	stage: Stage;
	next_steps: string | null;
	support_needed: string | null;
};

const rows = { due: 12, reported: 16 };
const letters = { all: 2400, least: 60, most: 220, title: 90, words: 1200 };

/** As much of a note as fits on one side of A4; what is left out is counted. */
export function onOneSide<Round extends { initiatives: Named[] }>(note: {
	reported: Reported[];
	due: Round[];
	words: string;
}) {
	let left = rows.due;
	const due = note.due.map((round) => {
		const shown = round.initiatives.slice(0, Math.max(0, left)).map(named);
		left -= shown.length;
		return { ...round, initiatives: shown, more: round.initiatives.length - shown.length };
	});
	const shown = note.reported.slice(0, rows.reported);
	const each = Math.floor(letters.all / Math.max(1, shown.length) / 2);
	const room = Math.min(letters.most, Math.max(letters.least, each));
	return {
		due,
		reported: shown.map((row) => ({
			...named(row),
			next_steps: short(row.next_steps, room),
			support_needed: short(row.support_needed, room)
		})),
		more: note.reported.length - shown.length,
		words: cut(note.words.replace(/\s*\n\s*/g, '\n'), letters.words)
	};
}

const named = <Row extends Named>(row: Row): Row => ({ ...row, title: cut(row.title, letters.title) });
const short = (text: string | null, room: number) => text && cut(text.replace(/\s+/g, ' '), room);
