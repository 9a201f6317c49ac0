import type { Reader } from '#db/open.server.ts';
import { attained, combine } from '#lib/domain/indicator.ts';
import { byDueDate } from '#lib/domain/order.ts';

type Ratio = { numerator: number | null; denominator: number | null };

/**
 * The indicators of a plan element, each with its value at every meeting it was observed for: ratios from summed parts,
 * and how far that is from baseline to target.
 */
export async function ofElement(db: Reader, element_id: string) {
	const rows = await db
		.selectFrom('indicator')
		.selectAll()
		.where('element_id', '=', element_id)
		.orderBy('id')
		.execute();
	const observed = await db
		.selectFrom('observation as o')
		.innerJoin('indicator as i', 'i.id', 'o.indicator_id')
		.innerJoin('meeting as m', 'm.id', 'o.meeting_id')
		.select(['o.indicator_id', 'o.numerator', 'o.denominator', 'm.id', 'm.title', 'm.series', 'm.number'])
		.select((eb) => eb.fn.coalesce('m.due_on', 'm.starts_on').as('due_on'))
		.where('i.element_id', '=', element_id)
		.execute();
	return rows.map((row) => {
		const mine = Map.groupBy(
			observed.filter(({ indicator_id }) => indicator_id === row.id),
			({ id }) => id
		);
		const baseline = { numerator: row.baseline_numerator, denominator: row.baseline_denominator };
		const target = { numerator: row.target_numerator, denominator: row.target_denominator };
		const values = [...mine.values()].map((parts) => {
			const { id, title, series, number, due_on } = parts[0]!;
			const value: Ratio = combine(parts);
			const reached = attained({ direction: row.direction, baseline, target }, value);
			return { id, title, series, number, due_on, answers: parts.length, value, reached };
		});
		return { ...row, baseline, target, values: values.sort(byDueDate) };
	});
}
