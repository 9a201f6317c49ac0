import { sql } from 'kysely';
import { insertMany } from '#db/dialect.ts';
import { transact, type Db } from '#db/open.server.ts';
import type { StandingTable, TallyTable } from '#db/schema.ts';
import { known, presented, type Calendar } from '#lib/domain/standing.ts';
import { tallyKeys } from '#lib/domain/tally.ts';
import * as calendars from './standings/calendar.ts';
import * as subjects from './standings/subjects.ts';
import * as tallies from './standings/tallies.ts';

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

/** Works out one initiative anew and counts again only the cells it touches. To be called in the transaction of the change. */
export function recount(db: Db, initiative_id: string) {
	return transact(db, async (trx) => {
		const scopesNow = () =>
			trx
				.selectFrom('initiative_scope')
				.select('scope_id')
				.where('initiative_id', '=', initiative_id)
				.execute();
		const cellsOf = () =>
			trx
				.selectFrom('standing')
				.select(['meeting_id', 'entity_id'])
				.distinct()
				.where('initiative_id', '=', initiative_id)
				.execute();
		const before = { scopes: await scopesNow(), cells: await cellsOf() };

		await trx.deleteFrom('initiative_scope').where('initiative_id', '=', initiative_id).execute();
		await scopeAll(trx, sql`i.id = ${initiative_id}`);
		await trx.deleteFrom('standing').where('initiative_id', '=', initiative_id).execute();
		const rows = standingsOf(await subjects.one(trx, initiative_id), await calendars.read(trx));
		await insertMany(trx, 'standing', standingColumns, rows);

		const scopes = distinct([...before.scopes, ...(await scopesNow())].map(({ scope_id }) => scope_id));
		const cells = [...before.cells, ...rows];
		const meetings = distinct(cells.map(({ meeting_id }) => meeting_id));
		const entities = distinct(cells.map(({ entity_id }) => entity_id));
		const only = { scopes, entities };
		const scopesOf = await tallies.scopes(trx, only);
		for (const meeting_id of meetings) await tallies.countMeeting(trx, meeting_id, scopesOf, only);
	});
}

const distinct = (values: string[]) => [...new Set(values)];

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
async function scopeAll(trx: Db, which = sql`true`) {
	await sql`
		with recursive above(initiative_id, element_id) as (
			select c.initiative_id, c.element_id from contribution c
				join initiative i on i.id = c.initiative_id where c.role = 'main' and ${which}
			union
			select above.initiative_id, e.parent_id from above
				join plan_element e on e.id = above.element_id where e.parent_id is not null
		)
		insert into initiative_scope (initiative_id, scope_id)
		select initiative_id, element_id from above
		union select above.initiative_id, e.plan_id from above join plan_element e on e.id = above.element_id
		union select i.id, 'all' from initiative i where ${which}
	`.execute(trx);
}
