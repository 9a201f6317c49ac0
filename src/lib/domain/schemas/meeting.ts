import { z } from 'zod';
import { typedDay } from '../typed-day.ts';

/** What can be planned: a meeting of one of the series, another one, or a round of reporting without a meeting. */
export const plannedKinds = ['RCP', 'RHCA', 'other', 'round'] as const;
export type PlannedKind = (typeof plannedKinds)[number];

export const plannedLabel: Record<PlannedKind, string> = {
	RCP: 'Regional Contact Points (RCP)',
	RHCA: 'Regional Heads of Customs Administrations (RHCA)',
	other: 'Another meeting',
	round: 'A round of reporting without a meeting'
};

const words = (most: number) =>
	z
		.string()
		.trim()
		.max(most, `Keep it under ${most} characters.`)
		.transform((text) => text || null)
		.nullish()
		.transform((text) => text ?? null);

/** A meeting or round to come, as the office types it. */
export const plannedInput = z
	.object({
		kind: z.enum(plannedKinds, 'Choose what it is.'),
		title: words(200),
		number: z
			.string()
			.trim()
			.regex(/^\d{0,3}$/, 'The number has at most three digits.')
			.optional()
			.transform((typed) => (typed ? Number(typed) : null)),
		starts_on: typedDay,
		ends_on: typedDay,
		place: words(200),
		opens_on: typedDay,
		due_on: typedDay
	})
	.check(({ value, issues }) => {
		const wrong = (name: keyof typeof value, message: string) =>
			issues.push({ code: 'custom', input: value[name], path: [name], message });
		const { kind, title, number, starts_on, ends_on, opens_on, due_on } = value;
		const series = kind === 'RCP' || kind === 'RHCA';
		if (series && number === null) wrong('number', `Say which ${kind} it is by its number, for example 34.`);
		if (!series && title === null) wrong('title', 'Give it a title.');
		if (kind === 'round' && due_on === null) wrong('due_on', 'Say by which day reports are due.');
		if (kind === 'round' && starts_on !== null)
			wrong('starts_on', 'A round without a meeting has no first day. Leave it empty, or plan a meeting.');
		if (kind !== 'round' && starts_on === null) wrong('starts_on', 'Say on which day it begins.');
		if (starts_on && ends_on && ends_on < starts_on) wrong('ends_on', 'It ends before it begins.');
		if (opens_on && due_on && due_on < opens_on) wrong('due_on', 'Reports are due before the round opens.');
		if (opens_on && !due_on) wrong('due_on', 'A round that opens needs a day by which reports are due.');
	});

export type PlannedInput = z.infer<typeof plannedInput>;
