import { transactAside, type Db } from '#db/open.server.ts';
import { hashOf } from './secret.ts';

/** So much of something within so many milliseconds. */
export type Limit = { of: string; most: number; within: number };

const day = 86_400_000;

/**
 * Counts one more try of each and says whether all are within their limits. Pages and programs count in one table, and so do
 * several processes. What is counted is kept as a hash: neither addresses of mail nor of machines stay here.
 */
export function within(db: Db, limits: readonly Limit[]): Promise<boolean> {
	const now = Date.now();
	return transactAside(db, async (trx) => {
		let good = true;
		for (const { of, most, within } of limits) {
			const { count } = await trx
				.insertInto('attempt')
				.values({ key: hashOf(of), window_at: at(now - (now % within)), count: 1 })
				.onConflict((c) =>
					c.columns(['key', 'window_at']).doUpdateSet((eb) => ({ count: eb('attempt.count', '+', 1) }))
				)
				.returning('count')
				.executeTakeFirstOrThrow();
			good &&= count <= most;
		}
		await trx
			.deleteFrom('attempt')
			.where('window_at', '<', at(now - 2 * day))
			.execute();
		return good;
	});
}

const at = (ms: number) => new Date(ms).toISOString();
