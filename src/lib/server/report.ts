import type { Reader } from '#db/open.server.ts';
import type { Deck, SlideList } from '#lib/charts/deck.ts';
import type { Cell } from '#lib/charts/outputs/table.ts';
import * as say from '#lib/charts/sentence.ts';
import type { ChartSpec } from '#lib/charts/spec.ts';
import { address } from '#lib/domain/address.ts';
import { freshnesses, isFresh, label as freshnessLabel } from '#lib/domain/freshness.ts';
import { label as stageLabel } from '#lib/domain/stage.ts';
import { cut } from '#lib/domain/text.ts';
import { label as timingLabel } from '#lib/domain/timing.ts';
import * as charts from './charts.ts';
import { deck } from './deck.ts';
import { placed, type At, type Place } from './deck/place.ts';
import * as entities from './entities.ts';
import * as progress from './progress.ts';
import * as spoken from './spoken.ts';

export type Section = {
	id: string;
	title: string;
	/** Its finding; nothing where a chart says it. */
	sentence?: string;
	spec?: ChartSpec;
	lists: (SlideList & { title: string })[];
	/** What people said, whole. */
	words?: { who: string; what: string; href: string; text: string }[];
};

export type Report = Omit<Deck, 'slides'> & { sections: Section[] };

/** More rows than this are left to the lists on the site. */
const most = 1000;

/** Everything about a meeting in one document, in the order of the deck. Reads as `reading` says. */
export async function report(db: Reader, at: At): Promise<Report> {
	const place = await placed(db, at);
	const { slides, ...about } = await deck(db, at);
	const said = await spoken.list(db, { ...place.at, scope_id: place.plan.id });
	const chart = (question: 'stages' | 'coverage' | 'timing' | 'movement' | 'matrix', more = {}) =>
		charts.spec(db, question, { ...place.params, ...more });
	const sections: Section[] = [];
	for (const slide of slides) {
		const { id, title, sentence, kind } = slide;
		const lists = slide.list ? [{ ...slide.list, title: 'Part by part' }] : [];
		const section = { id, title, lists };
		if (id === 'overview') sections.push({ ...section, spec: await chart('stages') });
		if (id === 'coverage')
			sections.push({
				...section,
				spec: await chart('coverage'),
				lists: [...lists, await byMember(db, place)]
			});
		if (id === 'movement') sections.push({ ...section, spec: await chart('movement') });
		if (id === 'timing') sections.push({ ...section, spec: await chart('timing') });
		if (id === 'matrix')
			sections.push({ id, title: 'Member by Member', lists: [], spec: await chart('matrix') });
		if (kind === 'area') {
			const element = slide.spec!.params.element!;
			sections.push({
				...section,
				spec: await chart('stages', { element }),
				lists: [late(await spoken.list(db, { ...place.at, scope_id: element }), place, element)]
			});
		}
		if (id === 'needs')
			sections.push({ id, title: 'Support needed', sentence, lists: [], words: wordsOf(said) });
		if (kind === 'attention' || kind === 'dates')
			sections.push({ ...section, sentence, lists: [{ ...slide.list!, title }] });
	}
	sections.push(annex(said, place));
	return { ...about, sections };
}

const column = (key: string, label: string, numeric = false) => ({ key, label, numeric });
const initiative = ({ initiative_id, title }: spoken.Spoken): Cell => ({
	value: title,
	href: `/initiatives/${encodeURIComponent(initiative_id)}`
});
const member = (id: string, name: string): Cell => ({
	value: name,
	href: `/members/${encodeURIComponent(id)}`
});

/** How fresh each Member's and body's part of the picture is. */
async function byMember(db: Reader, { at, params }: Place) {
	const tallies = await progress.byEntity(db, { ...at, scope_id: at.plan_id });
	const all = (await entities.list(db)).filter(({ id }) => (tallies.get(id)?.expected ?? 0) > 0);
	return {
		title: 'Who was asked',
		columns: [
			column('entity', 'Member or body'),
			...freshnesses.map((one) => column(one, freshnessLabel[one], true)),
			column('expected', 'Expected', true)
		],
		rows: all.map(({ id, name }): Cell[] => [
			member(id, name),
			...freshnesses.map((one) => ({ value: tallies.get(id)![one] })),
			{ value: tallies.get(id)!.expected, href: address('/initiatives', { ...params, entity: id }) }
		]),
		more: null
	};
}

/** What of a part is off track, all of it. */
function late(said: readonly spoken.Spoken[], { params }: Place, element: string) {
	const rows = said.filter(({ timing, freshness }) => timing === 'off_track' && isFresh(freshness));
	return {
		title: rows.length === 0 ? 'Nothing was reported off track' : 'Off track',
		columns: [
			column('what', 'Initiative'),
			column('entity', 'Reported by'),
			column('stage', 'Stage'),
			column('note', 'What was said')
		],
		rows: rows
			.slice(0, most)
			.map((row): Cell[] => [
				initiative(row),
				member(row.entity_id, row.name),
				{ value: row.stage && stageLabel[row.stage] },
				{ value: row.note && cut(row.note, 600) }
			]),
		more: moreThan(rows.length, address('/initiatives', { ...params, element, timing: 'off_track' }))
	};
}

const moreThan = (n: number, href: string) =>
	n > most ? { words: `${say.number(n - most)} more are in the list`, href } : null;

function wordsOf(said: readonly spoken.Spoken[]) {
	return said
		.filter(({ support }) => support)
		.map(({ initiative_id, title, name, support }) => ({
			who: name,
			what: title,
			href: `/initiatives/${encodeURIComponent(initiative_id)}`,
			text: support!
		}));
}

/** Everything that was expected, and what was said of it. */
function annex(said: readonly spoken.Spoken[], { params, plan, name }: Place): Section {
	return {
		id: 'annex',
		title: 'Annex: every initiative',
		sentence: `${say.capital(say.some(said.length))} ${say.was(said.length)} expected under ${plan.short_title} for ${name}.`,
		lists: [
			{
				title: 'By Member or body',
				columns: [
					column('entity', 'Member or body'),
					column('what', 'Initiative'),
					column('stage', 'Stage'),
					column('timing', 'Timing'),
					column('freshness', 'Report'),
					column('note', 'What was said')
				],
				rows: said
					.slice(0, most)
					.map((row): Cell[] => [
						member(row.entity_id, row.name),
						initiative(row),
						{ value: row.stage && stageLabel[row.stage] },
						{ value: row.timing && isFresh(row.freshness) ? timingLabel[row.timing] : null },
						{ value: freshnessLabel[row.freshness] },
						{ value: row.note && cut(row.note, 300) }
					]),
				more: moreThan(said.length, address('/initiatives', params))
			}
		]
	};
}
