import { steadily } from '#db/dialect.ts';
import type { Db, Reader } from '#db/open.server.ts';
import { BadInput } from '#lib/domain/errors.ts';
import { describe, type Cover } from '#lib/domain/package/descriptor.ts';
import { tables } from '#lib/domain/package/tables.ts';
import { toFolder } from './package/folder.ts';
import { rows } from './package/rows.ts';
import { toZip } from './package/zip.ts';

/** A file to be written: its name, and its bytes as they become known. */
export interface OutFile {
	name: string;
	bytes: AsyncIterable<Buffer>;
}

export interface Options {
	onProgress?: (progress: { step: string; done: number; of: number }) => void;
}

export interface Written {
	/** Rows per table, by its name in the package. */
	counts: Record<string, number>;
	isDemonstration: boolean;
}

const plain: Cover = { name: 'waymark', title: 'Waymark data package' };
const demonstration: Cover = {
	name: 'waymark-demonstration',
	title: 'Waymark data package with demonstration reports',
	description: 'Some of these reports are made up, so that every page can be tried. Do not quote them.',
	layer: 'demonstration'
};

/**
 * Writes everything the data package holds into a folder, or into one file when the path ends in .zip. The same
 * database always gives the same bytes. People and secrets are never part of it.
 */
export function exportPackage(db: Db, path: string, options: Options = {}): Promise<Written> {
	return steadily(db, async (steady) => {
		const isDemonstration = await holdsDemonstration(steady);
		const counts: Record<string, number> = {};
		const of = options.onProgress ? await total(steady) : 0;
		let done = 0;
		const files = [
			{ name: 'datapackage.json', bytes: once(describe(isDemonstration ? demonstration : plain, tables)) },
			...tables.map((table) => ({
				name: table.file,
				bytes: rows(steady, table, (count) => {
					counts[table.name] = (counts[table.name] ?? 0) + count;
					options.onProgress?.({ step: table.file, done: (done += count), of });
				})
			}))
		];
		await (/\.zip$/i.test(path) ? toZip : toFolder)(path, files).catch((cause: NodeJS.ErrnoException) => {
			if (!cause.syscall) throw cause;
			const reasons: Record<string, string> = {
				EACCES: 'no right to write there',
				ENOSPC: 'the disk is full'
			};
			throw new BadInput(`${path} can't be written (${reasons[cause.code ?? ''] ?? cause.code}).`, { cause });
		});
		return { counts, isDemonstration };
	});
}

async function* once(text: string) {
	yield Buffer.from(text);
}

/** A package with made-up reports says so on its cover. */
async function holdsDemonstration(db: Reader) {
	const row = await db
		.selectFrom('submission')
		.select('channel')
		.where('channel', '=', 'demonstration')
		.limit(1)
		.executeTakeFirst();
	return row !== undefined;
}

async function total(db: Reader) {
	let sum = 0;
	for (const { table } of tables) {
		const { count } = await db
			.selectFrom(table as 'entity')
			.select((eb) => eb.fn.countAll<number>().as('count'))
			.executeTakeFirstOrThrow();
		sum += count;
	}
	return sum;
}
