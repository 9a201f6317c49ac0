import { findMany } from '#db/dialect.ts';
import type { Db } from '#db/open.server.ts';
import { quoted, shown } from '#lib/domain/package/problem.ts';
import { circles, drawn } from './circles.ts';
import type { Complaint } from './problems.ts';
import type { Found } from './rows.ts';
import { Seen } from './seen.ts';

type Link = { row: number; id: string; above: string; initiative: string };

/** Watches that an update puts right an earlier one of the same initiative, and that none leads back to itself. */
export class Supersessions {
	/** Which update is of which initiative: there may be a million, so only their hashes are kept. */
	readonly #updates = new Seen();
	readonly #unclear = new Set<string>();
	readonly #links = new Map<string, Link>();

	note({ row, cells }: Found) {
		const { id, initiative_id: initiative, supersedes_id: above } = cells;
		if (!id) return;
		if (!initiative) return this.#unclear.add(copy(id));
		this.#updates.add([id, initiative], [], row);
		if (above && above !== id) {
			const link = { row, id: copy(id), above: copy(above), initiative: copy(initiative) };
			this.#links.set(link.id, link);
		}
	}

	/** After the last row. `isHere` says whether the file has an update of this id. */
	async finish(trx: Db, isHere: (id: string) => boolean, complain: (complaint: Complaint) => void) {
		for (const link of await this.#strays(trx, isHere)) complain(elsewhere(link));
		for (const circle of circles(this.#links.keys(), (id) => this.#links.get(id)?.above)) {
			complain(round(circle, this.#links.get(circle[0]!)!));
		}
	}

	/** Those that supersede an update of another initiative. What leads to nothing has been told already. */
	async #strays(trx: Db, isHere: (id: string) => boolean) {
		const open = [...this.#links.values()].filter(
			({ above, initiative }) => !this.#updates.has([above, initiative]) && !this.#unclear.has(above)
		);
		const absent = open.filter(({ above }) => !isHere(above));
		const of = new Map<string, string>();
		const wanted = [...new Set(absent.map(({ above }) => above))].map((id) => ({ id }));
		for (let at = 0; at < wanted.length; at += 2000) {
			for (const { id, initiative_id } of await stored(trx, wanted.slice(at, at + 2000)))
				of.set(id, initiative_id);
		}
		return open.filter(({ above, initiative }) =>
			isHere(above) ? true : of.has(above) && of.get(above) !== initiative
		);
	}
}

function stored(trx: Db, wanted: { id: string }[]) {
	const key = [{ column: 'id', required: true }];
	type Known = { id: string; initiative_id: string };
	return findMany<Known>(trx, 'status_update', key, ['id', 'initiative_id'], wanted);
}

/** A cell is a slice that would keep its whole piece of the file in memory. */
function copy(text: string) {
	return Buffer.from(text).toString();
}

function elsewhere({ row, above, initiative }: Link): Complaint {
	return {
		row,
		column: 'supersedes',
		value: shown(above),
		rule: 'supersedes',
		message: `The update ${quoted(above)} is of another initiative than this one, ${quoted(initiative)}.`,
		remedy: 'Name the earlier update of the same initiative that it puts right, or leave the cell empty.'
	};
}

function round(circle: string[], { row, above }: Link): Complaint {
	return {
		row,
		column: 'supersedes',
		value: shown(above),
		rule: 'supersedes',
		message: `These updates supersede each other in a circle: ${drawn(circle, (id) => shown(id))}.`,
		remedy: 'An update puts an earlier one right: correct "supersedes" in one of them.'
	};
}
