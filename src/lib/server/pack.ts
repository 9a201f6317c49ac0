import type { Db } from '#db/open.server.ts';
import type { Basis } from '#db/schema.ts';
import { Busy } from '#lib/domain/errors.ts';
import { deck } from './deck.ts';
import { findBrowser } from './export/browser.ts';
import { pdf } from './export/pdf.ts';
import { pptx } from './export/pptx.ts';
import { revision } from './http/revision.ts';
import { log } from './log.ts';
import { book } from './pack/book.ts';
import { csvs } from './pack/csvs.ts';
import { dataOf } from './pack/data.ts';
import { page } from './pack/page.ts';
import { Shelf } from './pack/shelf.ts';

export const formats = ['pptx', 'xlsx', 'html', 'zip', 'pdf'] as const;
export type Format = (typeof formats)[number];

/** What the pack is of, and where its links lead. */
export type Asked = { meeting_id: string; plan_id: string; basis?: Basis; origin: string };

/** A file, or a page to print where there is nothing to make the file with. */
export type Made = { bytes: Uint8Array; instead?: 'page' };

const shelves = new WeakMap<Db, Shelf<Made>>();

/** Each database has a shelf of its own. */
function shelfOf(db: Db) {
	const found =
		shelves.get(db) ?? new Shelf<Made>({ room, waiting: 40, size: ({ bytes }) => bytes.length, lasts });
	shelves.set(db, found);
	return found;
}

const room = 48 * 1024 * 1024;

/** A browser that is there and could not print may do so a little later. */
const lasts = ({ instead }: Made) => (instead && findBrowser() ? 60_000 : undefined);

/** A file of the pack: made once for each state of the data, and then kept. Whoever asks while it is made waits for the same. */
export async function file(db: Db, asked: Asked, format: Format): Promise<Made> {
	const made = shelfOf(db).take(await keyOf(db, asked, format), () => make(db, asked, format));
	if (!made)
		throw new Busy('Too many files are being made just now. Wait a minute, and ask for this one again.');
	return made;
}

export type State = {
	format: Format;
	state: 'making' | 'ready' | 'failed';
	size: number | null;
	/** A page to print in place of the PDF, where that can't be made here. */
	instead: boolean;
};

/** How far each file is. Those that are not there yet are begun; nobody has to wait for them. */
export async function states(db: Db, asked: Asked): Promise<State[]> {
	const found: State[] = [];
	const shelf = shelfOf(db);
	for (const format of formats) {
		const key = await keyOf(db, asked, format);
		const kept = shelf.look(key);
		if (!kept)
			shelf
				.take(key, () => make(db, asked, format))
				?.catch((err: unknown) => log.error({ err, format }, 'A file of a pack could not be made.'));
		found.push({
			format,
			state: kept?.state ?? 'making',
			size: kept?.value ? kept.value.bytes.length : null,
			instead: kept?.value ? kept.value.instead !== undefined : format === 'pdf' && !findBrowser()
		});
	}
	return found;
}

async function keyOf(db: Db, { meeting_id, plan_id, basis = 'known', origin }: Asked, format: Format) {
	return [await revision(db), meeting_id, plan_id, basis, origin, format].join('\n');
}

async function make(db: Db, { origin, ...at }: Asked, format: Format): Promise<Made> {
	const told = await deck(db, at);
	switch (format) {
		case 'pptx':
			return { bytes: await pptx(told, origin) };
		case 'xlsx':
			return { bytes: await book(told, await dataOf(db, told)) };
		case 'zip':
			return { bytes: await csvs(told, await dataOf(db, told)) };
		case 'html':
			return { bytes: Buffer.from(page(told, origin)) };
		case 'pdf': {
			const printed = await pdf(page(told, origin));
			return printed
				? { bytes: printed }
				: { bytes: Buffer.from(page(told, origin, printYourself)), instead: 'page' };
		}
	}
}

const printYourself =
	'No PDF could be made on this server. Print this page, and choose "Save as PDF" as the printer.';
