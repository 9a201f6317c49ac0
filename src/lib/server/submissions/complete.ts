import { BadInput } from '#lib/domain/errors.ts';
import { isUnsent, type AnswerState } from '#lib/domain/submission.ts';
import { count } from '#lib/domain/text.ts';
import type { Channel } from '#lib/domain/words.ts';
import type { Task } from './tasks.ts';

export type Missing = { initiative_id: string; title: string; lacks: string[] };

/** An answer that can't be submitted yet, with what each initiative lacks. */
export class Incomplete extends BadInput {
	override name = 'Incomplete';
	missing: Missing[];
	constructor(sentence: string, missing: Missing[]) {
		super(sentence);
		this.missing = missing;
	}
}

/** Can an answer be submitted as it is, with what is ready? Ends with a sentence on what stands in the way. */
export function complete(
	all: Task[],
	ready: Task[],
	{
		state,
		channel,
		partly,
		reason
	}: { state: AnswerState; channel?: Channel; partly: boolean; reason: string }
) {
	const missing = ready
		.filter(({ state }) => state === 'begun')
		.map(({ initiative_id, title, lacks }) => ({ initiative_id, title, lacks: Object.values(lacks) }));
	if (missing.length > 0)
		throw new Incomplete(
			`Nothing was submitted: ${count(missing.length, 'initiative')} ${missing.length === 1 ? 'lacks' : 'lack'} something.`,
			missing
		);
	if (reason !== '') {
		if (ready.length > 0)
			throw new BadInput(
				'You say that there is nothing to report, and reports are written. Submit those instead, or empty them first.'
			);
		// What a public source said was not said by them.
		if (channel !== 'public_record' && all.some(({ now }) => now !== null))
			throw new BadInput(
				'You say that there is nothing to report, and reports for this round are here already. Correct those instead.'
			);
		return;
	}
	// What a program sent before it submits has been recorded already.
	const recorded = isUnsent(state) && all.some(({ now }) => now !== null);
	if (ready.length === 0 && state !== 'returned' && !recorded)
		throw new BadInput(
			'There is nothing new to submit. Write a report, confirm that nothing has changed, or give the reason why there is nothing to report.'
		);
	const silent = all.filter(({ state, asked }) => state === 'todo' && asked);
	if (silent.length > 0 && !partly)
		throw new Incomplete(
			`Nothing was submitted: of ${count(silent.length, 'initiative')} nothing is said yet. Say something of each, or choose to submit without them.`,
			silent.map(({ initiative_id, title }) => ({ initiative_id, title, lacks: ['Nothing is said yet.'] }))
		);
}
