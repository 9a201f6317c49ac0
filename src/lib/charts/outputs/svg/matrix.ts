import { ladder } from '#lib/domain/stage.ts';
import type { MatrixSpec } from '../../spec.ts';
import { described } from './cell.ts';
import { glyph, silentGlyph } from './glyphs.ts';
import { fitted, hatching, line, narrowFrom, pc, r, text, titled, wideFrom, type Drawing } from './marks.ts';
import { measure } from './text.ts';

const pitch = 24;
const aside = 34;

/** Members down, plan elements across: how full the circle is says the stage, and the word beside it where it fits. */
export function matrix(spec: MatrixSpec, uid: string): Drawing {
	const width = (100 - aside) / Math.max(spec.columns.length, 1);
	const middle = (i: number) => aside + width * (i + 0.5);
	const worded = (wideFrom * width) / 100 - 24 >= measure('Partly implemented', 11);
	const at = (i: number) => (worded ? aside + width * i + 3 : middle(i));
	const head = spec.columns.map(
		({ label, title }, i) =>
			`<g>${titled(`${label} ${title}`)}${fitted(label, { wide: (wideFrom * width) / 100, narrow: Math.max((narrowFrom * width) / 100, 22) }, 12, { x: at(i), y: 14, ...(worded ? { dx: -6 } : { anchor: 'middle' as const }), class: 'b' })}</g>`
	);
	let y = 22;
	const body = spec.groups.map((group) => {
		const heading = fitted(group.title, { wide: wideFrom, narrow: narrowFrom }, 11, {
			x: 0,
			y: y + 20,
			class: 's'
		});
		y += 28;
		const rows = group.rows.map((row) => {
			const name = fitted(
				row.label,
				{ wide: (wideFrom * aside) / 100 - 8, narrow: (narrowFrom * aside) / 100 - 4 },
				12,
				{ x: 0, y: y + 16 }
			);
			const cells = row.cells.map((cell, i) => {
				const said = `${row.label}, ${spec.columns[i]?.label ?? ''}: ${described(cell)}`;
				const word =
					worded && cell.expected > 0 ? text(cell.word, { x: at(i), dx: 14, y: y + 16, class: 'n0' }) : '';
				return `<g data-n="${cell.fresh}">${titled(said)}<use x="${pc(at(i))}" y="${r(y + 12)}" href="#${uid}-${cell.stage ?? cell.freshness}"/>${word}</g>`;
			});
			const drawn = line(0, y, 100, y, 'grid') + name + cells.join('');
			y += pitch;
			return drawn;
		});
		return heading + rows.join('');
	});
	const marks = [
		...ladder.map((stage) => [stage, glyph(stage)]),
		...['carried', 'missing', 'not_expected', 'reported', 'confirmed'].map((one) => [
			one,
			silentGlyph(one, uid)
		])
	];
	// What is used elsewhere is styled by what it brings along: the class comes with it.
	const defs = marks.map(([name, mark]) => `<g id="${uid}-${name}" class="wm">${mark}</g>`).join('');
	return { height: y + 4, body: `<defs>${hatching(uid)}${defs}</defs>${head.join('')}${body.join('')}` };
}
