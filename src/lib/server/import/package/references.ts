import { findMany } from '#db/dialect.ts';
import type { Db } from '#db/open.server.ts';
import { quoted, shown } from '#lib/domain/package/problem.ts';
import type { Column, Table } from '#lib/domain/package/table.ts';
import { named } from '#lib/domain/package/tables.ts';
import type { Complaint } from './problems.ts';
import type { Found } from './rows.ts';
import type { Seen } from './seen.ts';

type Complain = (complaint: Complaint) => void;
type Place = { row: number; column: Column; value: string };

const mostKnown = 100_000;

/** Does everything that is referred to exist, in the package or in the database? */
export class References {
	readonly #trx: Db;
	readonly #seen: ReadonlyMap<string, Seen>;
	readonly #unread: ReadonlySet<string>;
	/** Ids found in the database, by table. */
	readonly #known = new Map<string, Set<string>>();
	/** References to rows of the same file that may still come. */
	#pending: Place[] = [];

	/** `unread` names the tables whose file could not be read: what they should hold is not asked for. */
	constructor(trx: Db, seen: ReadonlyMap<string, Seen>, unread: ReadonlySet<string>) {
		this.#trx = trx;
		this.#seen = seen;
		this.#unread = unread;
	}

	/** Looks up what these rows refer to. The rows themselves have been seen by now. */
	async check(table: Table, rows: readonly Found[], complain: Complain) {
		for (const column of table.columns.filter(({ references }) => references.length > 0)) {
			if (column.references.some((name) => this.#unread.has(name))) continue;
			const open: Place[] = [];
			for (const { row, cells } of rows) {
				const value = cells[column.column];
				if (value != null && !this.#isKnown(column, value)) open.push({ row, column, value });
			}
			if (open.length === 0) continue;
			await this.#ask(column, open);
			for (const place of open) {
				if (this.#isKnown(column, place.value)) continue;
				// A copy: the cell is a slice that would keep its whole piece of the file in memory.
				if (column.references.includes(table.name))
					this.#pending.push({ ...place, value: copy(place.value) });
				else complain(toNothing(place));
			}
		}
	}

	/** After the last row of a file: what it said would come. */
	finish(complain: Complain) {
		for (const place of this.#pending) {
			if (!this.#isKnown(place.column, place.value)) complain(toNothing(place));
		}
		this.#pending = [];
	}

	#isKnown({ references }: Column, value: string) {
		return references.some((name) => this.#seen.get(name)?.has([value]) || this.#known.get(name)?.has(value));
	}

	async #ask(column: Column, places: readonly Place[]) {
		const wanted = [...new Set(places.map(({ value }) => value))].map((id) => ({ id }));
		for (const name of column.references) {
			const key = [{ column: 'id', required: true }];
			const found = await findMany<{ id: string }>(this.#trx, named(name)!.table, key, ['id'], wanted);
			let known = this.#known.get(name);
			if (!known || known.size > mostKnown) this.#known.set(name, (known = new Set()));
			for (const { id } of found) known.add(id);
		}
	}
}

function copy(text: string) {
	return Buffer.from(text).toString();
}

function toNothing({ row, column, value }: Place): Complaint {
	const files = column.references.map((name) => named(name)!.file).join(' or ');
	return {
		row,
		column: column.name,
		value: shown(value),
		rule: 'reference',
		message: `${quoted(value)} is not known, neither in the package nor in the database.`,
		remedy: `Correct it, or add it to ${files}.`
	};
}
