import { CompiledQuery } from 'kysely';
import type { Db } from './open.server.ts';

type Job = {
	change: (trx: Db) => Promise<unknown>;
	resolve: (value: unknown) => void;
	reject: (cause: unknown) => void;
};

/** So many at most before the rest of the world gets a turn. */
const most = 32;

const lines = new WeakMap<Db, Job[]>();

/**
 * One transaction around `change`, for SQLite: whatever else wants one at this moment reaches the disk with it. Only one can
 * write at a time anyway, and waiting for the disk takes longer than most changes do. Each is told of its success only when it
 * is on the disk, and one that fails undoes what it did itself and nothing else.
 */
export function together<T>(db: Db, change: (trx: Db) => Promise<T>): Promise<T> {
	return new Promise<unknown>((resolve, reject) => {
		const job = { change, resolve, reject };
		const line = lines.get(db);
		if (line) {
			line.push(job);
			return;
		}
		lines.set(db, [job]);
		void serve(db);
	}) as Promise<T>;
}

async function serve(db: Db) {
	const line = lines.get(db)!;
	while (line.length > 0) {
		await settled(line);
		await commit(db, line.splice(0, most));
	}
	lines.delete(db);
}

/** What is refused at the very end, as a reference to nothing, is refused for all: then each is done by itself. */
async function commit(db: Db, jobs: readonly Job[]) {
	try {
		const outcomes = await db.transaction().execute((trx) => each(trx, jobs));
		for (const tell of outcomes) tell();
	} catch (cause) {
		if (jobs.length > 1) for (const job of jobs) await commit(db, [job]);
		else jobs[0]!.reject(cause);
	}
}

/** Whoever comes in the same moment is read first, so that they need not wait for another round. */
async function settled(line: readonly Job[]) {
	let before;
	do {
		before = line.length;
		await new Promise(setImmediate);
	} while (line.length > before && line.length < most);
}

const savepoint = CompiledQuery.raw('savepoint one');
const back = CompiledQuery.raw('rollback to one');
const release = CompiledQuery.raw('release one');

async function each(trx: Db, jobs: readonly Job[]) {
	const outcomes: (() => void)[] = [];
	for (const { change, resolve, reject } of jobs) {
		await trx.executeQuery(savepoint);
		try {
			const value = await change(trx);
			outcomes.push(() => resolve(value));
		} catch (cause) {
			await trx.executeQuery(back);
			outcomes.push(() => reject(cause));
		}
		await trx.executeQuery(release);
	}
	return outcomes;
}
