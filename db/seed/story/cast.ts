import type { Row } from '../tables.ts';
import { dice } from './dice.ts';

/** How an entity behaves in the story. Drawn by lot: nobody chose who is silent, and it says nothing about anyone. */
export type Part = {
	entity: string;
	from_on: string;
	works: number;
	habit: 'steady' | 'usual' | 'silent';
	/** The higher, the fewer rounds are answered. */
	reluctance: number;
	late: boolean;
};

const reporting = ['vco-ap', 'rocb-ap', 'rilo-ap', 'rpsg-ap', 'wco-sec'];

export function cast(memberships: Row[]): Part[] {
	const members = memberships.map(({ entity, from_on }) => ({
		entity: String(entity),
		from_on: String(from_on)
	}));
	const joined = members.filter(({ from_on }) => from_on >= '2021');
	const lot = dice('who plays which part').shuffle(members.filter((member) => !joined.includes(member)));
	const silent = new Set(lot.slice(0, 3).map(({ entity }) => entity));
	const late = new Set(lot.slice(3, 8).map(({ entity }) => entity));
	const steady = new Set(lot.slice(8, 17).map(({ entity }) => entity));

	return [...members, ...reporting.map((entity) => ({ entity, from_on: '2011-11-01' }))].map((each) => {
		const luck = dice(`part ${each.entity}`);
		const isBody = reporting.includes(each.entity);
		const works = isBody
			? luck.between(4, 7)
			: joined.includes(each)
				? luck.between(4, 6)
				: luck.between(10, 14);
		return {
			...each,
			works,
			habit: silent.has(each.entity) ? 'silent' : steady.has(each.entity) || isBody ? 'steady' : 'usual',
			reluctance: luck.roll(),
			late: late.has(each.entity)
		};
	});
}
