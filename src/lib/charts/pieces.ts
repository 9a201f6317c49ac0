import type { BarsSpec, MatrixSpec } from './spec.ts';

/** A bar chart without its parts: what fits a slide. */
export function whole(spec: BarsSpec): BarsSpec {
	return { ...spec, panels: spec.panels.filter(({ whole }) => whole) };
}

/** A matrix in pieces of so many rows at most. Groups are kept together where they fit. */
export function pages(spec: MatrixSpec, most: number): MatrixSpec[] {
	type Group = MatrixSpec['groups'][number];
	const found: Group[][] = [[]];
	let room = most;
	for (const group of spec.groups) {
		// A heading takes a row of its own.
		const fits = group.rows.length + 1 <= room;
		const small = group.rows.length + 1 <= most;
		if (!fits && small && found.at(-1)!.length > 0) {
			found.push([]);
			room = most;
		}
		for (let rows = group.rows; rows.length > 0;) {
			if (room < 2) {
				found.push([]);
				room = most;
			}
			const taken = rows.slice(0, room - 1);
			found.at(-1)!.push({ title: group.title, rows: taken });
			room -= taken.length + 1;
			rows = rows.slice(taken.length);
		}
	}
	return found.map((groups) => ({ ...spec, groups }));
}
