import { daysBetween, plusDays } from '../days.ts';
import type { Row } from '../tables.ts';
import { dice } from './dice.ts';
import { label } from './texts.ts';
import type { Update } from './updates.ts';
import type { Item } from './works.ts';

const steps = ['rules drafted', 'trial in one office', 'officers trained', 'all offices covered'];

/** Two or three dated steps for most items. What was reported as implemented has taken all of its steps by then. */
export function milestones(items: Item[], updates: Update[], today: string): Row<'milestones'>[] {
	const done = new Map<string, string>();
	for (const update of updates)
		if (update.stage === 'implemented' && !done.has(String(update.initiative)))
			done.set(String(update.initiative), update.recorded_at.slice(0, 10));

	return items.flatMap((item) => {
		const luck = dice(`milestones ${item.id}`);
		if (!luck.chance(0.6)) return [];
		const titles = steps.slice(luck.between(0, 1), luck.between(3, 4));
		const length = daysBetween(item.starts_on, item.target_on);
		return titles.map((title, index) => {
			const due_on = plusDays(item.starts_on, Math.floor((length * (index + 1)) / titles.length));
			const kept = plusDays(due_on, luck.between(-25, 70));
			const by = done.get(item.id);
			const day = by && kept > by ? by : kept;
			const isDone = by ? true : luck.chance(0.72) && day <= today && index < titles.length - 1;
			return {
				id: `${item.id}-m${index + 1}`,
				initiative: item.id,
				title: label(title),
				due_on,
				done_on: isDone ? (day < item.starts_on ? item.starts_on : day) : null
			};
		});
	});
}
