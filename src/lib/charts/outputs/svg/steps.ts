import { isFresh } from '#lib/domain/freshness.ts';
import { label, ladder, rank } from '#lib/domain/stage.ts';
import { monthOf } from '../../sentence.ts';
import type { MilestoneMark, Step, StepsSpec } from '../../spec.ts';
import { fitted, hatching, line, narrowFrom, pc, r, text, titled, wideFrom, type Drawing } from './marks.ts';
import { measure } from './text.ts';

const rung = 26;
const pitch = 38;

type Scale = (day: string) => number;

/** Stage steps on a true time axis, one ladder for each that reports, and the milestones on the same axis below. */
export function steps(spec: StepsSpec, uid: string): Drawing {
	const x = timeScale(spec);
	let y = 0;
	const tracks = spec.tracks.map((track) => {
		const title =
			spec.tracks.length > 1
				? fitted(track.label, { wide: wideFrom, narrow: narrowFrom }, 12, { x: 0, y: y + 13, class: 'b' })
				: '';
		if (title) y += 18;
		const drawn = ladderOf(track.steps, x, y, uid);
		y += ladder.length * rung + 24 + 44;
		return title + drawn;
	});
	const bottom = y;
	if (spec.milestones.length > 0) y += 20;
	const heading = spec.milestones.length > 0 ? text('Milestones', { x: 0, y: bottom + 12, class: 'b' }) : '';
	const marks = spec.milestones.map((one, i) => milestone(one, x, y + i * pitch));
	const target = spec.target_on
		? `<g>${titled(`To be done by ${spec.target_on}`)}${line(x(spec.target_on), 0, x(spec.target_on), ladder.length * rung, 'break')}</g>`
		: '';
	return {
		height: y + spec.milestones.length * pitch,
		body: hatching(uid) + target + tracks.join('') + heading + marks.join('')
	};
}

/** From the first day there is to the last, true to time. */
function timeScale(spec: StepsSpec): Scale {
	const days = [
		spec.starts_on,
		spec.target_on,
		...spec.tracks.flatMap(({ steps }) => steps.map(({ date }) => date)),
		...spec.milestones.flatMap(({ due_on, done_on }) => [due_on, done_on])
	].flatMap((day) => (day ? [Date.parse(day)] : []));
	const [from, to] = [Math.min(...days), Math.max(...days)];
	return (day) => (to > from ? 6 + (88 * (Date.parse(day) - from)) / (to - from) : 50);
}

function ladderOf(steps: readonly Step[], x: Scale, top: number, uid: string) {
	const height = (place: number) => top + (ladder.length - place) * rung;
	const floor = height(0) + 24;
	const grid = ladder.map(
		(stage, place) =>
			line(0, height(place), 100, height(place), 'grid') +
			text(label[stage], { x: 0, y: height(place) - 5, class: 's halo' })
	);
	const rest =
		line(0, floor, 100, floor, 'axis') + text('No report', { x: 0, y: floor - 5, class: 's halo' });
	const place = (step: Step) => {
		const known = step.freshness === 'missing' || !step.stage ? null : rank(step.stage);
		return known === null ? floor : height(known);
	};
	const lines = steps.slice(1).map((step, i) => {
		const before = steps[i]!;
		if (place(before) === floor || place(step) === floor) return '';
		const [x1, x2, y1, y2] = [x(before.date), x(step.date), place(before), place(step)];
		const name = isFresh(step.freshness) ? 'step' : 'step carried-on';
		return line(x1, y1, x2, y1, name) + (y1 === y2 ? '' : line(x2, y1, x2, y2, name));
	});
	return (
		grid.join('') +
		rest +
		lines.join('') +
		steps.map((step) => dot(step, x(step.date), place(step), uid)).join('') +
		labels(steps, x, floor)
	);
}

function dot(step: Step, x: number, y: number, uid: string) {
	const stage = step.stage ? label[step.stage].toLowerCase() : 'nothing known';
	const said = {
		reported: stage,
		confirmed: `${stage}, confirmed unchanged`,
		carried: `${stage}, carried forward`,
		missing: 'no report'
	}[step.freshness];
	const mark = {
		reported: 'class="dot"',
		confirmed: 'class="dot same"',
		carried: `class="h" fill="url(#${uid})"`,
		missing: 'class="o"'
	}[step.freshness];
	const off =
		isFresh(step.freshness) && step.stage && rank(step.stage) === null
			? text(label[step.stage], { x, y: y - 10, anchor: 'middle', class: 'halo' })
			: '';
	const back = step.back ? text('▼', { x, dx: 12, y: y + 4, class: 'halo' }) : '';
	return `<g data-key="${encodeURIComponent(step.key)}" data-stage="${step.stage ?? ''}" data-freshness="${step.freshness}">${titled(`${step.label}: ${said}${step.back ? ', a step back' : ''}`)}<circle cx="${pc(x)}" cy="${r(y)}" r="5.5" ${mark}/>${back}${off}</g>`;
}

/** Meetings at their dates, from the last backwards; a name that would touch the next is left out. */
function labels(steps: readonly Step[], x: Scale, y: number) {
	const placed = (lines: (step: Step) => string[], room: number, name: string) => {
		let free = Infinity;
		return [...steps].reverse().map((step) => {
			const half = Math.max(...lines(step).map((words) => measure(words, 11))) / 2;
			const at = (x(step.date) / 100) * room;
			if (at + half > free) return '';
			free = at - half - 4;
			return lines(step)
				.map((words, i) =>
					text(words, {
						x: x(step.date),
						y: y + 20 + i * 13,
						anchor: 'middle',
						class: `${name}${i > 0 ? ' s' : ''}`
					})
				)
				.join('');
		});
	};
	const short = (step: Step) => step.label.split('-').slice(0, 2);
	return [
		...placed((step) => [step.label, monthOf(step.date)], wideFrom, 'w'),
		...placed(short, narrowFrom, 'n')
	].join('');
}

function milestone(one: MilestoneMark, x: Scale, y: number) {
	const [due, done] = [one.due_on && x(one.due_on), one.done_on && x(one.done_on)];
	const late = (one.slip_days ?? 0) > 0;
	const said = `${one.label}: ${one.word}`;
	const slip =
		due !== null && done !== null && due !== done
			? line(due as number, y + 25, done as number, y + 25, late ? 'slip' : 'early')
			: '';
	const diamond = (at: number, name: string) =>
		`<svg x="${pc(at)}" y="${r(y + 25)}" overflow="visible"><path d="M-5 0L0-5L5 0L0 5z" class="${name}"/></svg>`;
	const room = (width: number) => width - measure(one.word, 12) - 14;
	return (
		`<g data-key="${encodeURIComponent(one.key)}" data-slip="${one.slip_days ?? ''}">${titled(said)}` +
		fitted(one.label, { wide: room(wideFrom), narrow: room(narrowFrom) }, 12, { x: 0, y: y + 12 }) +
		text(one.word, { x: 100, y: y + 12, anchor: 'end', class: late ? 'b' : 's' }) +
		line(0, y + 25, 100, y + 25, 'grid') +
		slip +
		(due !== null ? diamond(due as number, 'due') : '') +
		(done !== null ? diamond(done as number, 'done') : '') +
		'</g>'
	);
}
