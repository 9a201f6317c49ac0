import { z } from 'zod';
import { freshnesses } from '../freshness.ts';
import { stages } from '../stage.ts';
import { reasons, timings } from '../timing.ts';
import { changes, channels, contributionRoles, directions, entityRoles, scopes, verdicts } from '../words.ts';
import { certainty, day, id, maybe, moment, number, source_url, text } from './fields.ts';

const columns = {
	id: id('The initiative', 'i001'),
	title: text('Its name'),
	title_fr: maybe('Its name in French'),
	summary: maybe('What it is about'),
	scope: z.enum(scopes).nullable(),
	starts_on: day('When it began'),
	target_on: day('When it is to be done'),
	date_precision: maybe('How exactly the days are known'),
	theme: maybe('Its theme'),
	source_url,
	source_type: maybe('primary, partner, press, mirror or demonstration'),
	certainty,
	entities: z.array(
		z
			.object({ entity: id('Who takes part', 'FJI'), role: z.enum(entityRoles) })
			.meta({ id: 'InitiativeEntity' })
	),
	contributions: z.array(
		z
			.object({
				element: id('What it serves', 'rsp-2022-2024:FA1'),
				role: z.enum(contributionRoles),
				certainty
			})
			.meta({ id: 'Contribution' })
	)
};

export const initiativeInList = z.object(columns).meta({ id: 'Initiative' });

const milestone = z
	.object({
		id: text('The milestone'),
		title: text('What is reached'),
		due_on: day('Due'),
		done_on: day('Done')
	})
	.meta({ id: 'Milestone' });

const observation = z
	.object({
		entity: maybe('Who observed it'),
		meeting: maybe('For which meeting'),
		numerator: z.number(),
		denominator: number('Null for a plain number'),
		as_of: text('The day it was true'),
		source_url
	})
	.meta({ id: 'Observation' });

const indicator = z
	.object({
		id: text('The indicator'),
		element: maybe('What it measures: an element'),
		title: text('What it measures, in words'),
		unit: text('Its unit'),
		direction: z.enum(directions),
		baseline_numerator: number('Where it began'),
		baseline_denominator: number('Null for a plain number'),
		baseline_on: day('When it began'),
		target_numerator: number('Where it is to go'),
		target_denominator: number('Null for a plain number'),
		target_on: day('By when'),
		source_url,
		observations: z.array(observation)
	})
	.meta({ id: 'Indicator' });

const standing = z
	.object({
		meeting: id('The round', 'rcp-32'),
		entity: id('Who was asked', 'FJI'),
		freshness: z.enum(freshnesses),
		stage: z.enum(stages).nullable(),
		timing: z.enum(timings).nullable(),
		change: z.enum(changes).nullable(),
		status_update: maybe('The status update that speaks or is carried')
	})
	.meta({ id: 'Standing' });

export const initiative = z
	.object({
		...columns,
		milestones: z.array(milestone),
		indicators: z.array(indicator),
		standings: z
			.array(standing)
			.meta({ description: 'How it stood at every round it was expected in, oldest first' })
	})
	.meta({ id: 'InitiativeInFull' });

export const statusUpdate = z
	.object({
		id: text('The status update'),
		initiative: id('Of what', 'i001'),
		meeting: id('For which meeting', 'rcp-32'),
		entity: id('By whom', 'FJI'),
		stage: z.enum(stages),
		timing: z.enum(timings).nullable(),
		reason_code: z.enum(reasons).nullable(),
		change: z.enum(changes),
		progress_note: maybe('What was done'),
		next_steps: maybe('What comes next'),
		support_needed: maybe('What would help'),
		as_of: day('The day it was true'),
		recorded_at: moment('When it was learnt'),
		supersedes: maybe('The status update it corrects'),
		source_url,
		channel: z.enum(channels).nullable().meta({ description: 'How it came in' }),
		reviews: z.array(
			z
				.object({
					verdict: z.enum(verdicts),
					recorded_at: moment('When'),
					stage: z.enum(stages).nullable().meta({ description: "The reviewer's own, where it differs" }),
					timing: z.enum(timings).nullable().meta({ description: "The reviewer's own, where it differs" })
				})
				.meta({
					id: 'Review',
					description:
						'The last word of a reviewer, where it is public: confirmed, or a view that differs and that the reporter agreed to show'
				})
		)
	})
	.meta({ id: 'StatusUpdate' });
