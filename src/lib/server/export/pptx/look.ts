import { light } from '#lib/charts/outputs/svg/palette.ts';
import type { Tone } from '#lib/charts/spec.ts';

// How the slides look. Measures are in inches on a slide of 13.33 by 7.5, type in points.

export const font = 'Arial';
export const slide = { width: 13.333, height: 7.5, edge: 0.55 };
export const inner = slide.width - 2 * slide.edge;
/** Where the body of a slide may stand: below its title, above its source. */
export const body = { top: 1.75, bottom: 6.8 };

export const hex = (name: keyof typeof light & string) => light[name]!.slice(1).toUpperCase();
export const ink = hex('ink');
export const soft = hex('ink-soft');
export const hairline = hex('line');
export const paper = 'FFFFFF';

const tones: Partial<Record<Tone, string>> = {
	not_started: 'stage-not-started',
	committed: 'stage-committed',
	pilot: 'stage-pilot',
	partly_implemented: 'stage-partly-implemented',
	implemented: 'stage-implemented',
	main: 'stage-implemented',
	contributing: 'stage-pilot',
	reported: 'reported',
	confirmed: 'confirmed',
	carried: 'carried',
	missing: 'missing-line',
	on_track: 'on-track',
	at_risk: 'at-risk',
	off_track: 'off-track',
	up: 'up',
	same: 'same',
	down: 'down',
	new: 'carried',
	back: 'carried',
	ended: 'carried',
	silent: 'missing-line'
};

/** The colour of what a series means; what is off the ladder has one for all of it. */
export const colourOf = (tone: Tone) => hex(tones[tone] ?? 'off-ladder');

const deep: Tone[] = [
	...(['partly_implemented', 'implemented', 'main', 'reported'] as const),
	...(['on_track', 'at_risk', 'off_track', 'up', 'down'] as const)
];

/** What can be read on it. */
export const onColour = (tone: Tone) => (deep.includes(tone) ? paper : ink);
