import type { Row } from '../tables.ts';
import type { Part } from './cast.ts';
import { dice } from './dice.ts';
import type { Answer, Round } from './rounds.ts';
import { label } from './texts.ts';

const area = (code: string) => `rsp-2022-2024:${code}`;

export const indicators: Row[] = [
	{
		id: 'demo-released-in-a-day',
		element: area('FA1'),
		title: label('declarations released within a day'),
		unit: 'share of declarations',
		direction: 'up',
		baseline_numerator: 540,
		baseline_denominator: 1000,
		baseline_on: '2021-06-30',
		target_numerator: 800,
		target_denominator: 1000,
		target_on: '2024-06-30'
	},
	{
		id: 'demo-contact-named',
		element: area('FA2'),
		title: label('entities with a named contact for information exchange'),
		unit: 'entities',
		direction: 'maintain',
		baseline_numerator: 30,
		baseline_on: '2021-06-30',
		target_numerator: 30,
		target_on: '2024-06-30'
	},
	{
		id: 'demo-officers-trained',
		element: area('FA3'),
		title: label('officers trained since the start'),
		unit: 'officers',
		direction: 'up',
		baseline_numerator: 0,
		baseline_on: '2021-06-30',
		target_numerator: 1200,
		target_on: '2024-06-30'
	}
];

/** The first is counted by each of a few reporters and summed; the other two once for the region. */
export function observations(parts: Part[], answers: Answer[], rounds: Round[]): Row[] {
	const luck = dice('observations');
	const counting = luck
		.shuffle(parts.filter((part) => part.habit === 'steady' && part.works >= 10))
		.slice(0, 8);
	const speaks = new Set(['submitted', 'accepted']);
	return rounds.flatMap((round, index) => {
		const values = answers
			.filter((answer) => answer.round === round && speaks.has(answer.state))
			.filter((answer) => counting.some((part) => part.entity === answer.entity))
			.map(({ entity, sent_at }) => {
				const denominator = luck.between(400, 3000);
				const share = 0.52 + index * 0.045 + luck.roll() * 0.08;
				const numerator = Math.round(denominator * share);
				const as_of = sent_at.slice(0, 10);
				return {
					indicator: 'demo-released-in-a-day',
					entity,
					meeting: round.meeting,
					numerator,
					denominator,
					as_of
				};
			});
		const regional = (indicator: string, numerator: number) => ({
			indicator,
			meeting: round.meeting,
			numerator,
			as_of: round.due_on
		});
		return [
			...values,
			regional('demo-contact-named', [30, 30, 31, 30, 29, 30][index] ?? 30),
			regional('demo-officers-trained', [90, 240, 455, 690, 820, 1010][index] ?? 0)
		];
	});
}
