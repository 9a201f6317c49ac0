import type { Stage } from '#lib/domain/stage.ts';
import type { Dice } from './dice.ts';

/** Every text of the story begins with this word, wherever it ends up being read. */
export const label = (text: string) => `Demonstration: ${text}`;

const progress: Record<Stage, string[]> = {
	not_started: ['no decision has been taken yet.', 'the work is on the list and waits for an owner.'],
	committed: ['an owner and a date have been agreed.', 'the mandate was signed and a team named.'],
	pilot: [
		'a trial runs in one office.',
		'two companies try the new procedure.',
		'a first group of officers uses it.'
	],
	partly_implemented: [
		'it is in use in the larger offices.',
		'about half of the users have moved over.',
		'the second group of offices has started.'
	],
	implemented: ['every office uses it in daily work.', 'rule and practice now agree everywhere.'],
	discontinued: ['the work was stopped and its staff moved to other tasks.'],
	superseded: ['another initiative has taken this one in.'],
	not_applicable: ['it was found not to apply.']
};

const preparing = [
	'agree the rules with the other agencies.',
	'prepare the change of the regulation.',
	'name the officers who will carry it.'
];
const spreading = [
	'train the officers of the next offices.',
	'review the trial and decide how to go on.',
	'publish the guide for traders.',
	'connect the remaining offices.'
];

const support = [
	'a visit by an accredited expert.',
	'examples of how others wrote the regulation.',
	'a short course for trainers.',
	'advice on choosing a supplier.',
	'someone to talk to who has done this before.'
];

const noChange = ['nothing has changed since the last report.', 'work goes on as reported before.'];
const stepBack = [
	'a problem came up and the work went back one step.',
	'the trial was halted and will be repeated.'
];
const planEnd = ['ends with the plan; what remains moves to the next one.', 'closed at the end of the plan.'];

export const texts = {
	progress: (luck: Dice, stage: Stage) => label(luck.pick(progress[stage])),
	nextSteps: (luck: Dice, stage: Stage) =>
		label(luck.pick(stage === 'not_started' || stage === 'committed' ? preparing : spreading)),
	support: (luck: Dice) => label(luck.pick(support)),
	correction: (luck: Dice, stage: Stage) =>
		label(`corrects the report before: ${luck.pick(progress[stage])}`),
	noChange: (luck: Dice) => label(luck.pick(noChange)),
	stepBack: (luck: Dice) => label(luck.pick(stepBack)),
	planEnd: (luck: Dice) => label(luck.pick(planEnd))
};
