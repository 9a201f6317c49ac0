import { createHash } from 'node:crypto';
import { setImmediate as breath } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { inPages } from '#db/dialect.ts';
import { beside, type Db } from '#db/open.server.ts';
import type { Basis, SnapshotPartTable } from '#db/schema.ts';
import { methodVersion } from '#lib/domain/progress.ts';
import { headLine, nameOf, roundsHeld, rowLine, sheetLine, type Head } from '#lib/domain/snapshot.ts';
import { inOrder } from '../in-order.ts';
import { rounds, type RoundMeeting } from '../progress.ts';
import { version } from '../version.ts';
import { byMeeting, byRound, kept, type Kept, type Scope } from './sheets.ts';

const zip = promisify(gzip);
const unzip = promisify(gunzip);

/** Rows in a part. Small enough that nobody notices when one is written. */
const partSize = 4000;

export type Taken = {
	head: Head;
	sha256: string;
	/** Of the canonical form, in bytes. */
	size: number;
	parts: Pick<SnapshotPartTable, 'place' | 'name' | 'lines'>[];
};

/**
 * Reads what a meeting's charts and pages are made from, in one steady state of the database and without keeping anybody
 * waiting, and gives it its canonical form. Writes nothing.
 */
export function take(db: Db, of: { meeting_id: string; number: number; left_out: readonly string[] }) {
	return beside(db, async (steady): Promise<Taken> => {
		const { number: revision } = await steady
			.selectFrom('revision')
			.select('number')
			.executeTakeFirstOrThrow();
		const head: Head = {
			meeting: of.meeting_id,
			number: of.number,
			// Now that the state is settled: all that is in it was recorded before.
			frozen_at: new Date().toISOString(),
			revision,
			left_out: of.left_out,
			method: methodVersion,
			application: version
		};
		const writing = new Writing();
		await writing.add('head', headLine(head));
		const all = await rounds(steady);
		const held = roundsHeld(all, of.meeting_id);
		const scope: Scope = {
			meetings: await meetingsHeld(steady, held),
			later: all.slice(all.indexOf(held.at(-1)!) + 1).map(({ id }) => id),
			meeting_id: of.meeting_id
		};
		for (const sheet of sheets(held, scope)) await write(steady, writing, sheet, scope);
		return { head, ...(await writing.end()) };
	});
}

/** The rounds held, and all meetings that are no rounds: something may have been said or agreed at them. */
async function meetingsHeld(db: Db, held: readonly RoundMeeting[]) {
	const others = await db.selectFrom('meeting').select('id').where('due_on', 'is', null).execute();
	return [...held, ...others].map(({ id }) => id);
}

type Sheet = { name: string; kept: Kept; meeting?: string; round?: RoundMeeting };

/** Every sheet, in the order of their names. */
function sheets(held: readonly RoundMeeting[], { meetings }: Scope): Sheet[] {
	const named = (kept: Kept, meeting: string, round?: RoundMeeting): Sheet => ({
		name: nameOf({ ...kept, meeting }),
		kept,
		meeting,
		...(round && { round })
	});
	const all = [
		...kept.map((one): Sheet => ({ name: nameOf(one), kept: one })),
		...byMeeting.flatMap((one) => meetings.map((id) => named(one, id))),
		...byRound.flatMap((one) => held.map((round) => named(one, round.id, round)))
	];
	return all.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function write(db: Db, writing: Writing, { name, kept, meeting, round }: Sheet, scope: Scope) {
	if (round && round.id !== scope.meeting_id && round.kept_in !== null) {
		return copy(db, writing, { name, meeting_id: round.id, number: round.kept_in });
	}
	const { table, columns, key, only } = kept;
	let rows = inOrder(db, table, columns, key);
	if (only) rows = rows.where(only(scope) as never);
	if (meeting !== undefined) rows = rows.where('meeting_id' as never, '=', meeting as never);
	if (round) rows = rows.where('basis' as never, '=', basisOf(round) as never);
	// What is known of the meeting now is what it is presented with.
	const settled = round?.id === scope.meeting_id ? { basis: 'presented' } : {};
	let lines = sheetLine({ table, columns, ...(meeting !== undefined && { meeting }) });
	for await (const page of inPages(db, rows, partSize)) {
		lines += page.map((row) => rowLine(columns, { ...row, ...settled })).join('');
		await writing.add(name, lines);
		lines = '';
		await breath();
	}
	if (lines) await writing.add(name, lines);
}

/** A freeze that came in a data package has its figures worked out. */
function basisOf({ frozen_at, kept_in }: RoundMeeting): Basis {
	return frozen_at !== null && kept_in === null ? 'presented' : 'known';
}

/** Takes a sheet over from the snapshot of an earlier meeting, as it lies there. */
async function copy(db: Db, writing: Writing, of: { name: string; meeting_id: string; number: number }) {
	const parts = await db
		.selectFrom('snapshot_part')
		.select('place')
		.where('meeting_id', '=', of.meeting_id)
		.where('number', '=', of.number)
		.where('name', '=', of.name)
		.orderBy('place')
		.execute();
	for (const { place } of parts) {
		const { lines } = await db
			.selectFrom('snapshot_part')
			.select('lines')
			.where('meeting_id', '=', of.meeting_id)
			.where('number', '=', of.number)
			.where('place', '=', place)
			.executeTakeFirstOrThrow();
		await writing.addPacked(of.name, lines);
		await breath();
	}
}

/** Parts as they are written: hashed in order, compressed while the next one is read. */
class Writing {
	readonly #hash = createHash('sha256');
	readonly #parts: Taken['parts'] = [];
	#size = 0;
	#packing: Promise<unknown> = Promise.resolve();

	async add(name: string, lines: string) {
		const plain = Buffer.from(lines);
		this.#count(plain);
		const place = this.#parts.push({ place: this.#parts.length, name, lines: plain }) - 1;
		await this.#packing;
		this.#packing = zip(plain, { level: 2 }).then((packed) => (this.#parts[place]!.lines = packed));
	}

	async addPacked(name: string, packed: Uint8Array) {
		this.#count(await unzip(packed));
		this.#parts.push({ place: this.#parts.length, name, lines: packed });
	}

	async end() {
		await this.#packing;
		return { sha256: this.#hash.digest('hex'), size: this.#size, parts: this.#parts };
	}

	#count(plain: Buffer) {
		this.#hash.update(plain);
		this.#size += plain.length;
	}
}
