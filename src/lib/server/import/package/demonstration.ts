import type { Db, Reader } from '#db/open.server.ts';
import type { Row, Table } from '#lib/domain/package/table.ts';
import { holdsLoneUpdates, holdsRealReports } from '#lib/server/database.ts';
import type { Complaint } from './problems.ts';

const madeUp = ['public_record', 'demonstration'] as const;

/**
 * Keeps made-up reports out of a database that holds real ones: everything of a package labelled as a demonstration,
 * and every submission that says so of itself. What is there already may come again.
 */
export class Demonstration {
	readonly #labelled: boolean;
	readonly #heldReal: boolean;
	#told = false;
	#broughtReal = false;
	#broughtUpdates = false;

	static async begin(db: Reader, layer: string | null) {
		return new Demonstration(layer === 'demonstration', await holdsRealReports(db));
	}

	private constructor(labelled: boolean, heldReal: boolean) {
		this.#labelled = labelled;
		this.#heldReal = heldReal;
	}

	/** Looks at what an import would add or change. One sentence is enough for a whole package. */
	check(table: Table, rows: readonly Row[], complain: (complaint: Complaint) => void) {
		if (table.name === 'submissions') this.#broughtReal ||= rows.some(isReal);
		if (table.name === 'status_updates') this.#broughtUpdates ||= rows.length > 0;
		if (!this.#heldReal || this.#told || rows.length === 0) return;
		const isMadeUp = this.#labelled || (table.name === 'submissions' && rows.some(isDemonstration));
		if (!isMadeUp) return;
		this.#told = true;
		complain({
			rule: 'demonstration',
			message: 'These are demonstration data, and this database holds real reports.',
			remedy: 'Import them into a database of their own.'
		});
	}

	/** A database that reports were brought to in earnest is no demonstration any more. */
	async settle(trx: Db) {
		const inEarnest =
			this.#broughtReal || (this.#broughtUpdates && !this.#labelled && (await holdsLoneUpdates(trx)));
		if (inEarnest) await trx.updateTable('installation').set({ demonstration: 0 }).execute();
	}
}

function isReal({ channel }: Row) {
	return !madeUp.some((word) => word === channel);
}

function isDemonstration({ channel }: Row) {
	return channel === 'demonstration';
}
