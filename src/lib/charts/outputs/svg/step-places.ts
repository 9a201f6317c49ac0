import { ladder, rank } from '#lib/domain/stage.ts';
import type { Step, StepsSpec } from '../../spec.ts';

const rung = 26;
const pitch = 38;
/** Where time begins, in percent: the names of the stages stand before it. */
const start = 23;

export type StepPlace = { step: Step; x: number; y: number };

/** Where everything of one initiative stands: across in percent and true to time, down in pixels. */
export function places(spec: StepsSpec) {
	const x = timeScale(spec);
	const named = spec.tracks.length > 1 ? 18 : 0;
	let y = 0;
	const tracks = spec.tracks.map((track) => {
		const top = y + named;
		const height = (place: number) => top + (ladder.length - place) * rung;
		const floor = height(0) + 24;
		y = floor + 44;
		const level = ({ stage, freshness }: Step) => {
			const known = freshness === 'missing' || !stage ? null : rank(stage);
			return known === null ? floor : height(known);
		};
		const points = track.steps.map((step): StepPlace => ({ step, x: x(step.date), y: level(step) }));
		return {
			track,
			title: top - 5,
			rungs: ladder.map((stage, place) => ({ stage, y: height(place) })),
			floor,
			points
		};
	});
	const heading = y + 12;
	if (spec.milestones.length > 0) y += 20;
	const milestones = spec.milestones.map((milestone, i) => ({
		milestone,
		y: y + i * pitch,
		axis: y + i * pitch + 25,
		due: milestone.due_on === null ? null : x(milestone.due_on),
		done: milestone.done_on === null ? null : x(milestone.done_on)
	}));
	const target = spec.target_on === null ? null : { x: x(spec.target_on), bottom: tracks.at(-1)?.floor ?? 0 };
	return { tracks, heading, milestones, target, height: y + spec.milestones.length * pitch };
}

/** From the first day there is to the last, true to time. */
function timeScale(spec: StepsSpec) {
	const days = [
		spec.starts_on,
		spec.target_on,
		...spec.tracks.flatMap(({ steps }) => steps.map(({ date }) => date)),
		...spec.milestones.flatMap(({ due_on, done_on }) => [due_on, done_on])
	].flatMap((day) => (day ? [Date.parse(day)] : []));
	const [from, to] = [Math.min(...days), Math.max(...days)];
	return (day: string) => (to > from ? start + ((96 - start) * (Date.parse(day) - from)) / (to - from) : 50);
}
