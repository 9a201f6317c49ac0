import { transact, type Db } from '#db/open.server.ts';
import * as audit from '../audit.ts';
import * as rounds from '../rounds.ts';
import { rebuild } from '../standings.ts';

const id = 'demonstration-round';
const day = 86_400_000;

/**
 * A round that is open, so that reporting can be tried: due in a fortnight. One whose day has passed is moved forward, unless
 * somebody has frozen it.
 */
export async function add(db: Db) {
	const now = Date.now();
	const due_on = on(now + 14 * day);
	const due = { due_at: `${due_on}T09:00:00.000Z`, due_on, time_zone: 'UTC' };
	const dates = { starts_on: on(now + 28 * day), opens_on: on(now), due_on };
	const found = await rounds.find(db, id);
	if (!found) {
		await transact(db, async (trx) => {
			const made = await trx
				.insertInto('meeting')
				.values({
					id,
					series: 'other',
					title: 'Demonstration round',
					...dates,
					date_precision: 'day',
					certainty: 'demonstration'
				})
				.onConflict((c) => c.column('id').doNothing())
				.returning('title')
				.executeTakeFirst();
			if (made)
				await audit.record(trx, audit.commandLine, {
					act: 'add',
					object: `meeting ${id}`,
					meeting_id: id,
					after: { ...made, ...dates }
				});
			await rounds.open(trx, audit.commandLine, id, due);
			await rebuild(trx);
		});
	} else if (!found.frozen_at && Date.parse(found.due_at) < now) {
		await transact(db, async (trx) => {
			await rounds.move(trx, audit.commandLine, id, due);
			await trx.updateTable('meeting').set(dates).where('id', '=', id).execute();
			await rebuild(trx);
		});
	}
}

const on = (ms: number) => new Date(ms).toISOString().slice(0, 10);
