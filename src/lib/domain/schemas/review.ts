import { z } from 'zod';
import { stages } from '../stage.ts';
import { timings } from '../timing.ts';

const longest = 5000;
const tooLong = 'Keep the note under 5,000 characters.';
const note = (empty: string) => z.string(empty).trim().min(1, empty).max(longest, tooLong);
const choice = <const Values extends readonly [string, ...string[]]>(values: Values, sentence: string) =>
	z
		.union([z.enum(values), z.literal('')], sentence)
		.default('')
		.transform((value) => (value === '' ? null : (value as Values[number])));

const update = z.string('Choose the status update to review.').min(1, 'Choose the status update to review.');

/** Updates to be confirmed, one or many. */
export const confirmInput = z.object({
	update: z.array(update).min(1, 'Choose at least one status update to confirm.').prefault([])
});

export const queryInput = z.object({
	update,
	note: note('Write what you would like to know: they see it as you write it.')
});

/** A reviewer's own view. Which of the two fields differs from what was reported is asked where the update is known. */
export const differInput = z.object({
	update,
	stage: choice(stages, 'Choose where you see the work, from the list.'),
	timing: choice(timings, 'Choose how you see its timing, from the list.'),
	note: note('Write why you see it differently: they see it as you write it.')
});

export const returnInput = z.object({
	note: note('Write what is to be mended: the answer goes back with this note.')
});

export const acceptInput = z.object({ note: z.string().trim().max(longest, tooLong).default('') });

export const agreeInput = z.object({
	update,
	recorded_at: z.string('Reload the page and try again.').min(1, 'Reload the page and try again.')
});

/** The words of a reminder, and to whose people they go: one entity, or several as `FJI | JPN`. */
export const remindInput = z.object({
	entity: z
		.string('Choose whom to remind.')
		.transform((ids) => ids.split(' | ').filter(Boolean))
		.refine((ids) => ids.length > 0, 'Choose whom to remind.'),
	text: z
		.string('Write what the reminder is to say.')
		.trim()
		.min(1, 'Write what the reminder is to say.')
		.max(longest, 'Keep the reminder under 5,000 characters.')
});
