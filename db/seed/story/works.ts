import { daysBetween, plusDays } from '../days.ts';
import type { Rows } from '../tables.ts';
import type { Part } from './cast.ts';
import { catalogue, type Work } from './catalogue.ts';
import { dice } from './dice.ts';
import { label } from './texts.ts';

/** One made-up initiative, and the entities asked for it. */
export type Item = {
	id: string;
	work: Work;
	asked: string[];
	partner: string | null;
	starts_on: string;
	target_on: string;
};

/** When the two regional plans of the story end: work is often promised for the end of the plan it was begun under. */
export const planEnds = ['2022-06-30', '2024-06-30'] as const;
const lastStart = '2024-03-20';

export function works(parts: Part[]): Item[] {
	return [...parts.flatMap(own), ...joint(parts)];
}

function own({ entity, from_on, works }: Part): Item[] {
	const luck = dice(`works ${entity}`);
	return luck
		.shuffle(catalogue)
		.slice(0, works)
		.map((work, index) => {
			const earliest = from_on > '2020-07-01' ? from_on : '2020-07-01';
			const old = luck.chance(0.6) && earliest < '2021-09-01';
			const starts_on = old
				? plusDays(earliest, luck.between(0, daysBetween(earliest, '2021-10-15')))
				: between(luck.roll(), earliest > '2021-10-20' ? earliest : '2021-10-20', lastStart);
			return {
				id: `demo-${entity.toLowerCase()}-${index + 1}`,
				work,
				asked: [entity],
				partner: luck.chance(0.12)
					? luck.pick(['rocb-ap', 'rilo-ap', 'wco-sec'].filter((each) => each !== entity))
					: null,
				starts_on,
				target_on: target(luck.roll(), luck.between(300, 1100), starts_on)
			};
		});
}

/** A few that several Members carry with no lead, so that each of them is asked. */
function joint(parts: Part[]): Item[] {
	const luck = dice('joint works');
	const members = parts.filter((part) => part.works >= 10).map((part) => part.entity);
	return luck
		.shuffle(catalogue)
		.slice(0, 6)
		.map((work, index) => ({
			id: `demo-joint-${index + 1}`,
			work,
			asked: luck.shuffle(members).slice(0, luck.between(3, 5)).sort(),
			partner: null,
			starts_on: between(luck.roll(), '2021-01-01', '2022-09-30'),
			target_on: planEnds[1]
		}));
}

const between = (share: number, from: string, to: string) =>
	plusDays(from, Math.floor(share * daysBetween(from, to)));

function target(share: number, length: number, starts_on: string) {
	if (share < 0.2 && starts_on < '2021-10-01') return planEnds[0];
	return share < 0.6 && starts_on < '2023-12-01' ? planEnds[1] : plusDays(starts_on, length);
}

/** The tables an item makes. What was promised for the end of the plan of 2020-2022 belongs to that plan alone. */
export function rows(
	items: Item[]
): Required<Pick<Rows, 'initiatives' | 'initiative_entities' | 'contributions'>> {
	return {
		initiatives: items.map(({ id, work, asked, starts_on, target_on }) => ({
			id,
			title: label(work.title),
			summary: label('made up so that every page can be tried. No Member reported it.'),
			scope: asked.length > 1 ? 'multilateral' : /^[A-Z]/.test(asked[0]!) ? 'national' : 'regional',
			starts_on,
			target_on,
			date_precision: 'day',
			theme: work.theme,
			source_type: 'demonstration',
			certainty: 'demonstration'
		})),
		initiative_entities: items.flatMap(({ id, asked, partner }) => [
			...asked.map((entity) => ({ initiative: id, entity, role: asked.length > 1 ? 'partner' : 'lead' })),
			...(partner ? [{ initiative: id, entity: partner, role: 'partner' }] : [])
		]),
		contributions: items.flatMap(serves)
	};
}

function serves({ id, work, starts_on, target_on }: Item) {
	const to = (element: string, role: string) => ({
		initiative: id,
		element,
		role,
		certainty: 'demonstration'
	});
	const area = work.regional.split('.')[0]!;
	if (target_on <= planEnds[0]) return [to(`rsp-2020-2022:${area}`, 'main')];
	return [
		to(`rsp-2022-2024:${work.regional}`, 'main'),
		...(starts_on < '2023-06-30' ? [to(`ip-2022-2023:${work.implementation}`, 'main')] : []),
		...work.global.map((code, index) => to(`sp-2022-2025:${code}`, index === 0 ? 'main' : 'contributing'))
	];
}
