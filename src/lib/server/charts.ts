import type { Reader } from '#db/open.server.ts';
import type { BarsSpec, ChartSpec, FlowSpec, MatrixSpec, Question, StepsSpec } from '#lib/charts/spec.ts';
import { settle } from './charts/asked.ts';
import { matrix, movement } from './charts/at-meeting.ts';
import { initiative } from './charts/of-initiative.ts';
import { alignment, unserved } from './charts/of-plans.ts';
import { overRounds } from './charts/over-rounds.ts';
import * as meetings from './meetings.ts';
import * as snapshots from './snapshots.ts';

type SpecOf<Q extends Question> = Q extends 'matrix'
	? MatrixSpec
	: Q extends 'alignment'
		? FlowSpec
		: Q extends 'initiative'
			? StepsSpec
			: BarsSpec;

/**
 * The chart that answers a question. `given` are the parts of its address: plan, meeting, from, to, basis, weighting,
 * element, entity, initiative. Without them it is the tracked regional plan at the newest round with a report. As presented,
 * a frozen meeting is drawn from its snapshot.
 */
export async function spec<Q extends Question>(
	db: Reader,
	question: Q,
	given: Partial<Record<string, string>> = {}
): Promise<SpecOf<Q>> {
	const named = Object.entries(given).filter((pair): pair is [string, string] => Boolean(pair[1]));
	const params = Object.fromEntries(named);
	const { reader, meeting } = await source(db, params);
	const asked = await settle(reader, { ...params, ...(meeting && { meeting }) });
	return (await drawn(reader, question, asked)) as SpecOf<Q>;
}

/** What to draw from, and of which meeting where none is named. */
async function source(db: Reader, { basis, meeting, to }: Partial<Record<string, string>>) {
	const named = to ?? meeting;
	const id = basis === 'presented' ? (named ?? (await meetings.latest(db))?.id) : undefined;
	const reader = id === undefined ? db : await snapshots.reading(db, id, 'presented');
	return { reader, meeting: reader !== db && named === undefined ? id : undefined };
}

type Settled = Awaited<ReturnType<typeof settle>>;

function drawn(db: Reader, question: Question, asked: Settled): Promise<ChartSpec> {
	switch (question) {
		case 'movement':
			return movement(db, asked);
		case 'matrix':
			return matrix(db, asked);
		case 'unserved':
			return unserved(db, asked);
		case 'alignment':
			return alignment(db, asked);
		case 'initiative':
			return initiative(db, asked);
		default:
			return overRounds(db, question, asked);
	}
}
