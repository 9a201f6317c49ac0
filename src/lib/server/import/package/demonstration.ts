import type { Db, Reader } from '#db/open.server.ts';
import type { Row, Table } from '#lib/domain/package/table.ts';
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

	static async begin(db: Reader, layer: string | null) {
		return new Demonstration(layer === 'demonstration', await holdsReal(db));
	}

	private constructor(labelled: boolean, heldReal: boolean) {
		this.#labelled = labelled;
		this.#heldReal = heldReal;
	}

	/** Looks at what an import would add or change. One sentence is enough for a whole package. */
	check(table: Table, rows: readonly Row[], complain: (complaint: Complaint) => void) {
		if (table.name === 'submissions') this.#broughtReal ||= rows.some(isReal);
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
		if (this.#broughtReal) await trx.updateTable('installation').set({ demonstration: 0 }).execute();
	}
}

function isReal({ channel }: Row) {
	return !madeUp.some((word) => word === channel);
}

function isDemonstration({ channel }: Row) {
	return channel === 'demonstration';
}

/** Has anybody really reported: by a submission, or by an update that came without one? */
async function holdsReal(db: Reader) {
	const submission = await db
		.selectFrom('submission')
		.select('channel')
		.where('channel', 'not in', madeUp)
		.limit(1)
		.executeTakeFirst();
	if (submission) return true;
	const update = await db
		.selectFrom('status_update as u')
		.select('u.id')
		.where(({ not, exists, selectFrom }) =>
			not(
				exists(
					selectFrom('submission as s')
						.select('s.channel')
						.whereRef('s.meeting_id', '=', 'u.meeting_id')
						.whereRef('s.entity_id', '=', 'u.entity_id')
				)
			)
		)
		.limit(1)
		.executeTakeFirst();
	return update !== undefined;
}
