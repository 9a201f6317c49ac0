import { randomUUID } from 'node:crypto';
import { open, transact, type Db } from '#db/open.server.ts';
import { spec } from '#lib/server/charts.ts';
import * as freezes from '#lib/server/freezes.ts';
import * as snapshots from '#lib/server/snapshots.ts';
import { recount } from '#lib/server/standings.ts';
import { median } from './load.ts';

export type Freezing = {
	/** Of the whole freeze, in seconds. */
	seconds: number;
	/** The longest anybody waited to record a report meanwhile, in milliseconds, and how many did. */
	longestWait: number;
	writes: number;
	/** How long recording a report takes when nothing is frozen. */
	usualWait: number;
	megabytes: number;
	/** Opening the snapshot, in seconds, and drawing a chart from it and from the database, in milliseconds. */
	opening: number;
	frozen: number;
	live: number;
};

/** Freezes the newest meeting of a database while somebody goes on reporting for it in the same process, and draws both ways. */
export async function freezing(database: string): Promise<Freezing> {
	const db = await open(`sqlite:${database}`);
	try {
		const meeting = await db
			.selectFrom('meeting')
			.select('id')
			.orderBy('due_on', 'desc')
			.executeTakeFirstOrThrow();
		const asked = await db.selectFrom('initiative_entity').select(['initiative_id', 'entity_id']).execute();
		const report = (n: number) => write(db, { meeting_id: meeting.id, ...asked[(n * 37) % asked.length]! });
		const usual: number[] = [];
		for (let i = 0; i < 20; i++) usual.push(await timed(() => report(i)));

		const waits: number[] = [];
		let frozen = false;
		const started = performance.now();
		const freeze = freezes
			.freeze(db, { user_id: null, name: 'bench' }, meeting.id, { leaveOutDrafts: true })
			.finally(() => (frozen = true));
		for (let i = 20; !frozen; i++) {
			waits.push(await timed(() => report(i)));
			await new Promise((next) => setTimeout(next, 10));
		}
		const { size } = await freeze;
		const seconds = (performance.now() - started) / 1000;

		const opening = await timed(() => snapshots.reading(db, meeting.id, 'presented'));
		// In turns, and after some of each: what is drawn first pays for all that is compiled on the way.
		const drawn: Record<'known' | 'presented', number[]> = { known: [], presented: [] };
		for (const question of ['stages', 'coverage', 'movement', 'matrix'] as const) {
			const times: typeof drawn = { known: [], presented: [] };
			for (let i = 0; i < 20; i++)
				for (const basis of ['known', 'presented'] as const)
					times[basis].push(await timed(() => spec(db, question, { meeting: meeting.id, basis })));
			for (const basis of ['known', 'presented'] as const) drawn[basis].push(median(times[basis].slice(5)));
		}
		const mean = (list: number[]) => list.reduce((sum, one) => sum + one, 0) / list.length;
		return {
			seconds,
			longestWait: Math.max(...waits),
			writes: waits.length,
			usualWait: median(usual),
			megabytes: size / 1e6,
			opening: opening / 1000,
			frozen: mean(drawn.presented),
			live: mean(drawn.known)
		};
	} finally {
		await db.destroy();
	}
}

/** One report, as the application records it: with its roll-up, in a transaction. */
async function write(db: Db, said: { meeting_id: string; initiative_id: string; entity_id: string }) {
	await transact(db, async (trx) => {
		await trx
			.insertInto('status_update')
			.values({
				id: randomUUID(),
				...said,
				stage: 'pilot',
				timing: null,
				reason_code: null,
				change: 'changed',
				progress_note: 'Recorded while a meeting is frozen.',
				next_steps: null,
				support_needed: null,
				as_of: null,
				recorded_at: new Date().toISOString(),
				supersedes_id: null,
				source_url: null
			})
			.execute();
		await recount(trx, said.initiative_id);
	});
}

async function timed(work: () => Promise<unknown>) {
	const started = performance.now();
	await work();
	return performance.now() - started;
}
