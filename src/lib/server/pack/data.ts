import type { Reader } from '#db/open.server.ts';
import type { Deck, Slide } from '#lib/charts/deck.ts';
import { dictionary } from '#lib/charts/outputs/dictionary.ts';
import type { Question } from '#lib/charts/spec.ts';
import * as charts from '../charts.ts';
import { asOf, pageOf } from '../export/chart-book.ts';
import * as needs from '../needs.ts';
import * as snapshots from '../snapshots.ts';
import type { Page } from '../workbook.ts';

/** What one sheet of the workbook, or one file of the zip, holds, and what its columns mean. */
export type Sheet = { id: string; page: Page; means: { label: string; means: string }[] };

/** The data behind every slide of a deck, whole: with the parts, rows and words that a slide has no room for. */
export async function dataOf(now: Reader, deck: Deck): Promise<Sheet[]> {
	const db = await snapshots.reading(now, deck.meeting.id, deck.basis);
	const asked = {
		plan: deck.plan.id,
		meeting: deck.meeting.id,
		...(deck.basis === 'presented' && { basis: deck.basis })
	};
	const sheets: Sheet[] = [];
	const chart = async (id: string, name: string, question: Question, more: Record<string, string> = {}) => {
		const spec = await charts.spec(db, question, { ...asked, ...more });
		sheets.push({ id, page: pageOf(spec, name), means: dictionary(spec) });
	};
	for (const slide of deck.slides) {
		if (slide.id === 'overview') await chart('stages', 'Stages', 'stages');
		if (slide.kind === 'area')
			await chart(slide.id, slide.id.slice('area-'.length), 'stages', {
				element: slide.spec!.params.element!
			});
		if (slide.id === 'coverage') await chart('coverage', 'Coverage', 'coverage');
		if (slide.id === 'movement') await chart('movement', 'Movement', 'movement');
		if (slide.id === 'timing') await chart('timing', 'Timing', 'timing');
		if (slide.id === 'matrix') await chart('matrix', 'Matrix', 'matrix');
		if (slide.id === 'needs') sheets.push(await askedFor(db, deck, slide));
		if (slide.kind === 'attention' || slide.kind === 'dates') sheets.push(listed(deck, slide));
	}
	return sheets;
}

const aboutDeck = ({ as_of, method, demonstration }: Deck) =>
	asOf({ provenance: { as_of, method, demonstration, split: null } });

function listed(deck: Deck, { id, title, sentence, notes, list }: Slide): Sheet {
	return {
		id,
		page: {
			name: title,
			head: [sentence, deck.title, aboutDeck(deck)],
			columns: list!.columns,
			rows: list!.rows.map((row) => row.map(({ value }) => value)),
			foot: notes.split('\n')
		},
		means: list!.columns.map(({ key, label }) => ({ label, means: meanings[key] ?? '' }))
	};
}

/** Every need that was raised, in full. */
async function askedFor(db: Reader, deck: Deck, { sentence }: Slide): Promise<Sheet> {
	const at = { scope_id: deck.plan.id, meeting_id: deck.meeting.id, basis: deck.basis };
	const columns = [
		{ key: 'entity', label: 'Member or body' },
		{ key: 'initiative', label: 'Initiative' },
		{ key: 'text', label: 'What would help' }
	];
	return {
		id: 'needs',
		page: {
			name: 'Support needed',
			head: [sentence, deck.title, aboutDeck(deck)],
			columns,
			rows: (await needs.list(db, at)).map(({ name, title, text }) => [name, title, text]),
			foot: [
				'In the words of those who report; only what was raised for this meeting. In alphabetical order.'
			]
		},
		means: columns.map(({ key, label }) => ({ label, means: meanings[key] ?? '' }))
	};
}

const meanings: Record<string, string> = {
	what: 'What it is.',
	count: 'How many there are.',
	which: 'Which they are, as far as they fit.',
	when: 'The day, or from which day to which.',
	entity: 'The Member or regional body that asks.',
	initiative: 'The initiative it asks for.',
	text: 'The support it asks for, in its own words.'
};
