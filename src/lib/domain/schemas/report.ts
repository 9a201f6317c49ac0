import { z } from 'zod';
import { clean, straight } from '../clean.ts';
import { stages } from '../stage.ts';
import { reasons, timings } from '../timing.ts';
import { longest } from './longest.ts';
import { typedDay } from '../typed-day.ts';
import { changes } from '../words.ts';

const note = (what: string) =>
	z
		.string(`${what} is a text.`)
		.nullish()
		.transform((given, context) => {
			const text = clean(given ?? '');
			if (text.length > longest)
				context.addIssue({
					code: 'custom',
					message: `${what} has ${text.length.toLocaleString('en-GB')} characters, and ${longest.toLocaleString('en-GB')} is the most. Shorten it, or attach the rest as a file; the draft keeps all of it until then.`
				});
			return text || null;
		});

const id = (sentence: string) => z.string(sentence).min(1, sentence).max(200, sentence);

const webAddress = z
	.string('A link is a text.')
	.nullish()
	.transform((given, context) => {
		const text = given?.trim();
		if (!text) return null;
		const url = URL.parse(text);
		if (url && /^https?:$/.test(url.protocol) && text.length <= 2000) return text;
		context.addIssue({
			code: 'custom',
			message: 'This is no link to a page. Copy its whole address, from https:// on.'
		});
		return z.NEVER;
	});

/** What is said, without for which meeting, of what and by whom. */
const said = {
	change: z.enum(changes, `Say what kind of report this is: ${changes.join(', ')}.`).default('changed'),
	stage: z.enum(stages, 'Choose where the work stands.').nullish(),
	timing: z.enum(timings, 'Choose whether it is on time.').nullish(),
	reason_code: z.enum(reasons, 'Choose a reason from the list.').nullish(),
	progress_note: note('The progress note'),
	next_steps: note('The text on next steps'),
	support_needed: note('The text on support needed'),
	as_of: typedDay,
	source_url: webAddress
};

/** What an object says that has a field it should not have, or is none. */
const unknown = {
	error: (issue: { code?: string | undefined; keys?: unknown }) =>
		issue.code === 'unrecognized_keys'
			? `There is no field ${(issue.keys as string[]).map((key) => `"${key.slice(0, 60)}"`).join(', ')} here.`
			: 'This is an object with its fields.'
};

const meeting = id('Name the meeting this is reported for.');
const initiative = id('Name the initiative this is about.');
const entity = id('Name the Member or body that reports.');

/** One entity's report on one initiative for one meeting, however it comes in: by form, by program, by spreadsheet. */
export const report = z
	.strictObject({ meeting_id: meeting, initiative_id: initiative, entity_id: entity, ...said }, unknown)
	.superRefine(hangsTogether);

/** The same as programs send it, under the names of the data package. */
export const newStatusUpdate = z
	.strictObject({ meeting, initiative, entity, ...said }, unknown)
	.superRefine(hangsTogether)
	.meta({ id: 'NewStatusUpdate' });

/** An entity's answer to a round, submitted or excused by a program. */
export const newSubmission = z
	.strictObject(
		{
			meeting,
			entity,
			state: z
				.enum(['submitted', 'excused'], 'An answer is submitted or excused: say which in state.')
				.default('submitted'),
			reason: z
				.string('The reason is a text.')
				.max(2000, 'Keep the reason under 2,000 characters.')
				.nullish()
				.transform((given) => straight(given ?? '').trim() || null)
				.meta({ description: 'Why there is nothing to report, or why the entity is excused' }),
			partly: z
				.boolean('partly is true or false.')
				.default(false)
				.meta({ description: 'Submit although of some initiatives nothing is said yet' })
		},
		unknown
	)
	.meta({ id: 'NewSubmission' });

type Together = {
	change: string;
	stage?: string | null | undefined;
	timing?: string | null | undefined;
	reason_code?: string | null | undefined;
};

function hangsTogether({ change, stage, timing, reason_code }: Together, context: z.RefinementCtx) {
	const say = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
	// Where nothing has changed, all of this is as it was.
	if (change === 'no_change') return;
	if (!stage) say('stage', 'Choose where the work stands.');
	const late = timing === 'at_risk' || timing === 'off_track';
	if (late && !reason_code)
		say('reason_code', 'Choose the main reason why it is not on track; “Other” is one.');
	if (reason_code && !late)
		say(
			'reason_code',
			'A reason belongs to work that is at risk or off track. Leave it out, or change the timing.'
		);
}

export type Report = z.infer<typeof report>;
export type ReportInput = z.input<typeof report>;

/** What is wrong with it, field by field, the first sentence of each; nothing when it is fit to be recorded. */
export function complaints(given: unknown): Record<string, string> {
	const result = report.safeParse(given);
	const found: Record<string, string> = {};
	for (const { path, message } of result.error?.issues ?? []) found[String(path[0] ?? '')] ??= message;
	return found;
}
