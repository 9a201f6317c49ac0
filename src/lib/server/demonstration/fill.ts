import * as packages from '#db/seed/packages.ts';
import type { Db, Reader } from '#db/open.server.ts';
import { BadInput } from '#lib/domain/errors.ts';
import * as people from './people.ts';
import * as round from './round.ts';
import { importPackage } from '../import/package.ts';

/** Fills an empty database: the reference data with the public record, and the labelled demonstration reports on top. */
export async function fill(db: Db, onStep: (step: string) => void = () => {}) {
	for (const [step, path] of [
		['the plans, Members, meetings and the public record', packages.reference],
		['the demonstration reports', packages.demonstration]
	] as const) {
		onStep(step);
		const outcome = await importPackage(db, path);
		const [first] = outcome.problems;
		if (!outcome.ok)
			throw new BadInput(`The data that ships could not be read: ${first?.file}: ${first?.message}`);
	}
	await db.updateTable('installation').set({ demonstration: 1 }).execute();
	await people.add(db);
	await round.add(db);
}

/** Does it hold demonstration reports? */
export async function isFilled(db: Reader): Promise<boolean> {
	const row = await db
		.selectFrom('submission')
		.select('channel')
		.where('channel', '=', 'demonstration')
		.limit(1)
		.executeTakeFirst();
	return row !== undefined;
}
