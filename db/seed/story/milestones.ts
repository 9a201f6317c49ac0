import { ladder, type Stage } from '#lib/domain/stage.ts';
import { daysBetween, plusDays } from '../days.ts';
import type { Row } from '../tables.ts';
import { dice } from './dice.ts';
import { label } from './texts.ts';
import type { Update } from './updates.ts';
import type { Item } from './works.ts';

const steps = ['rules drafted', 'trial in one office', 'officers trained', 'all offices covered'];

/** Two to four dated steps for most items, taken in order, as many as the highest reported stage allows. */
export function milestones(items: Item[], updates: Update[]): Row[] {
	const reported = Map.groupBy(updates, ({ initiative }) => String(initiative));
	return items.flatMap((item) => {
		const luck = dice(`milestones ${item.id}`);
		if (!luck.chance(0.6)) return [];
		const titles = steps.slice(luck.between(0, 1), luck.between(3, 4));
		const own = reported.get(item.id) ?? [];
		const height = Math.max(0, ...own.map(({ stage }) => (ladder as readonly Stage[]).indexOf(stage)));
		const taken = Math.floor((height / (ladder.length - 1)) * titles.length);
		const known = own.map(({ recorded_at }) => recorded_at.slice(0, 10)).sort();
		const length = daysBetween(item.starts_on, item.target_on);
		return titles.map((title, index) => {
			const due_on = plusDays(item.starts_on, Math.floor((length * (index + 1)) / titles.length));
			// Taken early or late, but after the start and before the last report that can have known of it.
			const kept = plusDays(due_on, luck.between(-25, 70));
			const day = [item.starts_on, kept, known.at(-1) ?? kept].sort()[1]!;
			return {
				id: `${item.id}-m${index + 1}`,
				initiative: item.id,
				title: label(title),
				due_on,
				done_on: index < taken ? day : null
			};
		});
	});
}
