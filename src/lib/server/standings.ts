import { sql } from 'kysely';
import { insertMany } from '#db/dialect.ts';
import { transact, type Db } from '#db/open.server.ts';
import { prepared } from '#db/prepared.ts';
import type { StandingTable, TallyTable } from '#db/schema.ts';
import { known, presented, type Calendar } from '#lib/domain/standing.ts';
import { tallyKeys } from '#lib/domain/tally.ts';
import * as calendars from './standings/calendar.ts';
import * as subjects from './standings/subjects.ts';
import * as tallies from './standings/tallies.ts';

type Of = { initiative_id: string };
export type Progress = (done: number, of: number) => void;

const standingColumns = [
	'basis',
	'meeting_id',
	'initiative_id',
	'entity_id',
	'freshness',
	'update_id',
	'stage',
	'timing',
	'change'
] as const;

/** Works everything out anew from the updates: scopes, standings and tallies. For imports and after a change of the calendar. */
export function rebuild(db: Db, onProgress: Progress = () => {}) {
	return transact(db, async (trx) => {
		await trx.deleteFrom('tally').execute();
		await trx.deleteFrom('standing').execute();
		await trx.deleteFrom('initiative_scope').execute();
		await scopeAll(trx);

		const calendar = await calendars.read(trx);
		const { initiatives } = await trx
			.selectFrom('initiative')
			.select((eb) => eb.fn.countAll<number>().as('initiatives'))
			.executeTakeFirstOrThrow();
		let done = 0;
		for await (const batch of subjects.all(trx)) {
			const rows = batch.flatMap((subject) => standingsOf(subject, calendar));
			for (let at = 0; at < rows.length; at += 5000) {
				await insertMany(trx, 'standing', standingColumns, rows.slice(at, at + 5000));
			}
			onProgress((done += batch.length), initiatives);
		}
		const scopes = await tallies.scopes(trx);
		for (const round of calendar.rounds) await tallies.countMeeting(trx, round.id, scopes);
	});
}

/**
 * Works out one initiative anew and moves the counts by what that changed: the cost follows the initiative, and not how many
 * others count in the same cells. To be called in the transaction of the change.
 */
export function recount(db: Db, initiative_id: string) {
	return transact(db, async (trx) => {
		const before = await rowsOf(trx, { initiative_id });
		const subject = await subjects.one(trx, initiative_id);
		const now = standingsOf(subject, await calendars.read(trx, subject));
		const [was, is] = [byCell(before), byCell(now)];
		const gone = before.filter((standing) => !isAlike(standing, is.get(cellOf(standing))));
		const come = now.filter((standing) => !isAlike(standing, was.get(cellOf(standing))));
		for (const standing of gone) if (!is.has(cellOf(standing))) await forget(trx, standing);
		for (const standing of come) await keep(trx, standing);
		await tallies.shift(trx, await scopesOf(trx, initiative_id), gone, come);
	});
}

/** Finds anew under what an initiative counts, when it is new or serves something else, and moves its counts there. */
export function remap(db: Db, initiative_id: string) {
	return transact(db, async (trx) => {
		const before = await scopesOf(trx, initiative_id);
		const now = await scopesNow(trx, initiative_id);
		await trx.deleteFrom('initiative_scope').where('initiative_id', '=', initiative_id).execute();
		const rows = now.map((scope_id) => ({ initiative_id, scope_id }));
		await insertMany(trx, 'initiative_scope', ['initiative_id', 'scope_id'], rows);
		const standings = await rowsOf(trx, { initiative_id });
		const [left, entered] = [
			before.filter((id) => !now.includes(id)),
			now.filter((id) => !before.includes(id))
		];
		await tallies.shift(trx, left, standings, []);
		await tallies.shift(trx, entered, [], standings);
	});
}

type Cell = Pick<StandingTable, 'basis' | 'meeting_id' | 'initiative_id' | 'entity_id'>;

/** The place of a standing among those of its initiative. */
const cellOf = ({ basis, meeting_id, entity_id }: Cell) => `${basis} ${meeting_id} ${entity_id}`;

const byCell = (standings: StandingTable[]) => new Map(standings.map((each) => [cellOf(each), each]));

function isAlike(one: StandingTable, other: StandingTable | undefined) {
	return other !== undefined && standingColumns.every((column) => one[column] === other[column]);
}

const forget = prepared((trx: Db, { basis, meeting_id, initiative_id, entity_id }: Cell) =>
	trx
		.deleteFrom('standing')
		.where('basis', '=', basis)
		.where('meeting_id', '=', meeting_id)
		.where('initiative_id', '=', initiative_id)
		.where('entity_id', '=', entity_id)
);

/** In the place of the one that was there, if there was one. */
const keep = prepared((trx: Db, standing: StandingTable) =>
	trx
		.insertInto('standing')
		.values(Object.fromEntries(standingColumns.map((column) => [column, standing[column]])) as never)
		.onConflict((conflict) =>
			conflict.columns(['basis', 'meeting_id', 'initiative_id', 'entity_id']).doUpdateSet(({ ref }) => ({
				freshness: ref('excluded.freshness'),
				update_id: ref('excluded.update_id'),
				stage: ref('excluded.stage'),
				timing: ref('excluded.timing'),
				change: ref('excluded.change')
			}))
		)
);

async function scopesOf(trx: Db, initiative_id: string) {
	const rows = await scopesKept(trx, { initiative_id });
	return rows.map(({ scope_id }) => scope_id).sort();
}

const scopesOfOne = prepared((_: Db, { initiative_id }: Of) => scopesFound(initiative_id));
const scopesKept = prepared((trx: Db, { initiative_id }: Of) =>
	trx.selectFrom('initiative_scope').select('scope_id').where('initiative_id', '=', initiative_id)
);

async function scopesNow(trx: Db, initiative_id: string) {
	const rows = await scopesOfOne(trx, { initiative_id });
	return rows.map(({ scope_id }) => scope_id).sort();
}

const rowsOf = prepared((trx: Db, { initiative_id }: Of) =>
	trx.selectFrom('standing').select(standingColumns).where('initiative_id', '=', initiative_id)
);

/**
 * Compares what is kept with what the updates say, and gives a sentence for each difference, a hundred at most: none is
 * what one hopes for. Counts again inside a transaction that is never committed.
 */
export async function verify(db: Db): Promise<string[]> {
	let differences: string[] = [];
	await db
		.transaction()
		.execute(async (trx) => {
			await sql`create temporary table kept_tally as select * from tally`.execute(trx);
			await rebuild(trx);
			differences = [
				...(await sentences(trx, 'kept', 'kept_tally', 'tally')),
				...(await sentences(trx, 'counted', 'tally', 'kept_tally'))
			];
			throw new RolledBack();
		})
		.catch((error) => {
			if (!(error instanceof RolledBack)) throw error;
		});
	return differences.sort();
}

class RolledBack extends Error {}

/** Says each tally that stands in one table and not in the other. */
async function sentences(trx: Db, verb: string, here: string, there: string) {
	const { rows } = await sql<TallyTable>`select * from ${sql.id(here)} except select * from ${sql.id(there)}
		limit 50`.execute(trx);
	return rows.map((row) => {
		const counts = tallyKeys.filter((key) => row[key] > 0).map((key) => `${key} ${row[key]}`);
		return `${row.basis} figures of ${row.meeting_id}, ${row.scope_id}, ${row.entity_id}: ${verb} ${counts.join(', ')}.`;
	});
}

function standingsOf(subject: Parameters<typeof known>[0], calendar: Calendar): StandingTable[] {
	const as = (basis: StandingTable['basis']) => (standing: ReturnType<typeof known>[number]) => ({
		basis,
		initiative_id: subject.id,
		...standing
	});
	return [...known(subject, calendar).map(as('known')), ...presented(subject, calendar).map(as('presented'))];
}

/** Where initiatives count: their main elements, everything above those, the plans, and `all`. */
async function scopeAll(trx: Db) {
	await sql`insert into initiative_scope (initiative_id, scope_id) ${scopesFound()}`.execute(trx);
}

function scopesFound(initiative_id?: string) {
	const of = (column: string) =>
		initiative_id === undefined ? sql`true` : sql`${sql.ref(column)} = ${initiative_id}`;
	return sql<{ initiative_id: string; scope_id: string }>`
		with recursive above(initiative_id, element_id) as (
			select c.initiative_id, c.element_id from contribution c where c.role = 'main' and ${of('c.initiative_id')}
			union
			select above.initiative_id, e.parent_id from above
				join plan_element e on e.id = above.element_id where e.parent_id is not null
		)
		select initiative_id, element_id as scope_id from above
		union select above.initiative_id, e.plan_id from above join plan_element e on e.id = above.element_id
		union select i.id, 'all' from initiative i where ${of('i.id')}
	`;
}
