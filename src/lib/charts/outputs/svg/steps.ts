import { isFresh } from '#lib/domain/freshness.ts';
import { label, rank } from '#lib/domain/stage.ts';
import { monthOf } from '../../sentence.ts';
import type { Step, StepsSpec } from '../../spec.ts';
import { fitted, hatching, line, pc, r, text, titled, wideFrom, type Drawing } from './marks.ts';
import { places, type StepPlace } from './step-places.ts';
import { measure } from './text.ts';

/** It is always as wide as the page. */
const narrowFrom = 316;

type Places = ReturnType<typeof places>;

/** Stage steps on a true time axis, one ladder for each that reports, and the milestones on the same axis below. */
export function steps(spec: StepsSpec, uid: string): Drawing {
	const at = places(spec);
	const target = at.target
		? `<g>${titled(`To be done by ${spec.target_on}`)}${line(at.target.x, 0, at.target.x, at.target.bottom, 'break')}</g>`
		: '';
	const tracks = at.tracks.map((one) => {
		const title = fitted(one.track.label, { wide: wideFrom, narrow: narrowFrom }, 12, {
			x: 0,
			y: one.title,
			class: 'b'
		});
		return (at.tracks.length > 1 ? title : '') + ladderOf(one, uid);
	});
	const heading = at.milestones.length > 0 ? text('Milestones', { x: 0, y: at.heading, class: 'b' }) : '';
	return {
		height: at.height,
		body: hatching(uid) + target + tracks.join('') + heading + at.milestones.map(milestone).join('')
	};
}

function ladderOf({ rungs, floor, points }: Places['tracks'][number], uid: string) {
	const grid = rungs.map(
		({ stage, y }) => line(0, y, 100, y, 'grid') + text(label[stage], { x: 0, y: y - 5, class: 's halo' })
	);
	const off = points.some(
		({ step: { freshness, stage } }) => isFresh(freshness) && stage && rank(stage) === null
	);
	const rest =
		line(0, floor, 100, floor, 'axis') +
		text(off ? 'No report, or off the ladder' : 'No report', { x: 0, y: floor - 5, class: 's halo' });
	const lines = points.slice(1).map((now, i) => {
		const before = points[i]!;
		if (before.y === floor || now.y === floor) return '';
		const name = isFresh(now.step.freshness) ? 'step' : 'step carried-on';
		return (
			line(before.x, before.y, now.x, before.y, name) +
			(before.y === now.y ? '' : line(now.x, before.y, now.x, now.y, name))
		);
	});
	return (
		grid.join('') +
		rest +
		lines.join('') +
		points.map((point) => dot(point, uid)).join('') +
		labels(points, floor)
	);
}

/** What a dot says. */
export function described({ label: meeting, stage, freshness, back }: Step) {
	const at = stage ? label[stage].toLowerCase() : 'nothing known';
	const said = {
		reported: at,
		confirmed: `${at}, confirmed unchanged`,
		carried: `${at}, carried forward`,
		missing: 'no report'
	};
	return `${meeting}: ${said[freshness]}${back ? ', a step back' : ''}`;
}

function dot({ step, x, y }: StepPlace, uid: string) {
	const fresh = isFresh(step.freshness);
	const mark = fresh
		? 'class="dot"'
		: step.freshness === 'carried'
			? `class="h" fill="url(#${uid})"`
			: 'class="o"';
	const off =
		fresh && step.stage && rank(step.stage) === null
			? text(label[step.stage], { x, y: y - 10, anchor: 'middle', class: 'halo' })
			: '';
	const back = step.back ? text('↓ a step back', { x, dx: 10, y: y + 16, class: 's halo' }) : '';
	return `<g data-key="${encodeURIComponent(step.key)}" data-stage="${step.stage ?? ''}" data-freshness="${step.freshness}">${titled(described(step))}<circle cx="${pc(x)}" cy="${r(y)}" r="5.5" ${mark}/>${back}${off}</g>`;
}

/** Meetings at their dates, from the last backwards; a name that would touch the next is left out. */
function labels(points: readonly StepPlace[], floor: number) {
	const placed = (lines: (step: Step) => string[], room: number, name: string) => {
		let free = Infinity;
		return [...points].reverse().map(({ step, x }) => {
			const half = Math.max(...lines(step).map((words) => measure(words, 11))) / 2;
			const at = (x / 100) * room;
			if (at + half > free) return '';
			free = at - half - 1;
			const put = (words: string, i: number) =>
				text(words, { x, y: floor + 20 + i * 13, anchor: 'middle', class: `${name}${i > 0 ? ' s' : ''}` });
			return lines(step).map(put).join('');
		});
	};
	const short = (step: Step) => step.label.split('-').slice(0, 2);
	return [
		...placed((step) => [step.label, monthOf(step.date)], wideFrom, 'w'),
		...placed(short, narrowFrom, 'n')
	].join('');
}

function milestone({ milestone: one, y, axis, due, done }: Places['milestones'][number]) {
	const late = (one.slip_days ?? 0) > 0;
	const slip =
		due !== null && done !== null && due !== done ? line(due, axis, done, axis, late ? 'slip' : 'early') : '';
	const diamond = (at: number | null, name: string) =>
		at === null
			? ''
			: `<svg x="${pc(at)}" y="${r(axis)}" overflow="visible"><path d="M-5 0L0-5L5 0L0 5z" class="${name}"/></svg>`;
	const room = (width: number) => width - measure(one.word, 12) - 14;
	return (
		`<g data-key="${encodeURIComponent(one.key)}" data-slip="${one.slip_days ?? ''}">${titled(`${one.label}: ${one.word}`)}` +
		fitted(one.label, { wide: room(wideFrom), narrow: room(narrowFrom) }, 12, { x: 0, y: y + 12 }) +
		text(one.word, { x: 100, y: y + 12, anchor: 'end', class: late ? 'b' : 's' }) +
		line(0, axis, 100, axis, 'grid') +
		slip +
		diamond(due, 'due') +
		diamond(done, 'done') +
		'</g>'
	);
}
