import type { Db } from '#db/open.server.ts';

export type Lease = { name: string; holder: string };

/** Longer than handing over one mail can take, so that a lease in use is never thought abandoned. */
export const term = 120_000;

/** Takes a job for a while, or goes on holding it. False while another process has it. */
export async function take(db: Db, { name, holder }: Lease, now: Date): Promise<boolean> {
	const until = new Date(now.getTime() + term).toISOString();
	const { numInsertedOrUpdatedRows } = await db
		.insertInto('lease')
		.values({ name, holder, until })
		.onConflict((c) =>
			c
				.column('name')
				.doUpdateSet({ holder, until })
				.where((eb) => eb.or([eb('lease.holder', '=', holder), eb('lease.until', '<', now.toISOString())]))
		)
		.executeTakeFirstOrThrow();
	return Number(numInsertedOrUpdatedRows ?? 0) > 0;
}

/** Lets the job go, so that the next need not wait for the term to run out. */
export async function release(db: Db, { name, holder }: Lease) {
	await db.deleteFrom('lease').where('name', '=', name).where('holder', '=', holder).execute();
}
