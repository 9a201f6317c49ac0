import type { Reader } from '#db/open.server.ts';
import * as all from './entities.ts';
import * as started from './initiatives.ts';
import * as held from './meetings.ts';
import * as made from './plans.ts';
import type { Place } from './suggestions.ts';

// What can be gone to by name, for a page that did not find what it was asked for.

export async function entities(db: Reader): Promise<Place[]> {
	return (await all.list(db)).map(({ id, name, name_fr, name_variants, iso2, administration }) => ({
		label: name,
		href: `/members/${encodeURIComponent(id)}`,
		names: [id, name, name_fr, name_variants, iso2, administration]
	}));
}

export async function plans(db: Reader): Promise<Place[]> {
	return (await made.list(db)).map(({ id, short_title, title }) => ({
		label: title,
		href: `/plans/${encodeURIComponent(id)}`,
		names: [id, short_title, title]
	}));
}

export async function meetings(db: Reader): Promise<Place[]> {
	return (await held.list(db)).map(({ id, title, series, number }) => ({
		label: title,
		href: `/meetings/${encodeURIComponent(id)}`,
		names: [id, title, `${series} ${number ?? ''}`]
	}));
}

/** Those an id or a few words of a title come near to. */
export async function initiatives(db: Reader, words: string): Promise<Place[]> {
	const { rows } = await started.search(db, { q: words.replaceAll('-', ' ').slice(0, 200) }, { limit: 5 });
	return rows.map(({ id, title }) => ({
		label: title,
		href: `/initiatives/${encodeURIComponent(id)}`,
		names: [id, words]
	}));
}
