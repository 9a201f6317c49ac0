import { plusDays } from '../days.ts';
import type { Row } from '../tables.ts';
import { dice } from './dice.ts';
import { label } from './texts.ts';
import type { Update } from './updates.ts';

const notes: Record<string, string[]> = {
	confirmed: ['seen at the meeting.', 'the document sent along says the same.'],
	queried: ['please say how many offices.', 'which date is meant?'],
	differs: ['the document sent along shows an earlier stage.', 'the trial seems to go on still.']
};

/** A reviewer looks at one report in eight, and mostly agrees. */
export function reviews(updates: Update[]): Row[] {
	return updates.flatMap((update) => {
		const luck = dice(`review ${update.id}`);
		if (!luck.chance(0.12)) return [];
		const verdict = luck.chance(0.72) ? 'confirmed' : luck.chance(0.65) ? 'queried' : 'differs';
		const day = plusDays(update.recorded_at.slice(0, 10), luck.between(2, 14));
		return [
			{
				update: update.id,
				verdict,
				note: luck.chance(0.8) || verdict !== 'confirmed' ? label(luck.pick(notes[verdict]!)) : null,
				recorded_at: `${day}${update.recorded_at.slice(10)}`
			}
		];
	});
}
