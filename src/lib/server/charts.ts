import type { Reader } from '#db/open.server.ts';
import type { BarsSpec, ChartSpec, FlowSpec, MatrixSpec, Question, StepsSpec } from '#lib/charts/spec.ts';
import { settle } from './charts/asked.ts';
import { matrix, movement } from './charts/at-meeting.ts';
import { initiative } from './charts/of-initiative.ts';
import { alignment, unserved } from './charts/of-plans.ts';
import { overRounds } from './charts/over-rounds.ts';

type SpecOf<Q extends Question> = Q extends 'matrix'
	? MatrixSpec
	: Q extends 'alignment'
		? FlowSpec
		: Q extends 'initiative'
			? StepsSpec
			: BarsSpec;

/**
 * The chart that answers a question. `given` are the parts of its address: plan, meeting, from, to, basis, weighting,
 * element, entity, initiative. Without them it is the tracked regional plan at the newest round with a report.
 */
export async function spec<Q extends Question>(
	db: Reader,
	question: Q,
	given: Partial<Record<string, string>> = {}
): Promise<SpecOf<Q>> {
	const named = Object.entries(given).filter((pair): pair is [string, string] => Boolean(pair[1]));
	const asked = await settle(db, Object.fromEntries(named));
	return (await drawn(db, question, asked)) as SpecOf<Q>;
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
