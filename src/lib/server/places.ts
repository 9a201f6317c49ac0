import type { Reader } from '#db/open.server.ts';
import * as all from './entities.ts';
import * as held from './meetings.ts';
import type { Place } from './suggestions.ts';

// What can be gone to by name, for a page that did not find what it was asked for.

export async function entities(db: Reader): Promise<Place[]> {
	return (await all.list(db)).map(({ id, name, name_fr, name_variants, iso2, administration }) => ({
		label: name,
		href: `/members/${encodeURIComponent(id)}`,
		names: [id, name, name_fr, name_variants, iso2, administration]
	}));
}

export async function meetings(db: Reader): Promise<Place[]> {
	return (await held.list(db)).map(({ id, title, series, number }) => ({
		label: title,
		href: `/meetings/${encodeURIComponent(id)}`,
		names: [id, title, `${series} ${number ?? ''}`]
	}));
}
