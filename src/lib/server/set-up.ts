import type { Db } from '#db/open.server.ts';
import { base } from './own-address.ts';
import type { Settings } from './settings.ts';

/** Prints the address that sets up an installation nobody can sign in to yet. To whoever starts it, and not to the log. */
export async function offerSetup(db: Db, settings: Settings) {
	const { forSetup } = await import('./one-time.ts');
	const token = await forSetup(db);
	if (token === undefined) return;
	console.log(
		`Nobody can sign in yet. This address makes the first administrator; it works once, within 24 hours:\n${base(settings)}/setup/${token}`
	);
}
