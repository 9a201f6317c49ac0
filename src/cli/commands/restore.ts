import type { Command } from 'commander';
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { isEmpty, prepare } from '#lib/server/database.ts';
import { open } from '#db/open.server.ts';
import { BadInput } from '#lib/domain/errors.ts';
import { read } from '#lib/server/settings.ts';
import * as file from '../sqlite-file.ts';

const onPostgres =
	'Restore PostgreSQL with its own tool: pg_restore --clean --if-exists --dbname="$DATABASE_URL" waymark.dump';

export function register(program: Command) {
	program
		.command('restore')
		.argument('<path>', 'a file that `backup` wrote')
		.option('--force', 'also when the database in place holds something; it is kept beside the new one')
		.description('put a backup in the place of the database, after verifying it')
		.addHelpText(
			'after',
			`\nStop the server first. A backup of an older version is brought up to date.\n${onPostgres}`
		)
		.action(async (path: string, options: { force?: boolean }) => {
			const { DATABASE_URL } = read();
			const target = file.pathOf(DATABASE_URL);
			if (target === undefined) throw new BadInput(onPostgres);
			if (!existsSync(path)) throw new BadInput(`There is no file at ${path}.`);

			// On a copy: verifying would leave traces beside the backup, and it may lie where nothing can be written.
			const part = `${target}.part`;
			mkdirSync(dirname(target), { recursive: true });
			try {
				copyFileSync(path, part);
				await file.ensureSound(part).catch((cause: Error) => {
					throw new BadInput(cause.message.replaceAll(part, path));
				});
				const aside = existsSync(target) ? await clear(target, options.force ?? false) : undefined;
				renameSync(part, target);
				if (aside) console.log(`The database that was there is kept as ${aside}.`);
			} finally {
				rmSync(part, { force: true });
			}
			await (await prepare({ DATABASE_URL })).destroy();
			console.log(`Restored ${path} to ${target}.`);
		});
}

async function clear(target: string, force: boolean) {
	if (!force && !(await holdsNothing(target))) {
		throw new BadInput(
			`${target} holds data. Add --force to put the backup in its place; what is there will be kept beside it.`
		);
	}
	return file.setAside(target);
}

/** A file that can't even be read may hold something. */
async function holdsNothing(target: string) {
	const db = await open(`sqlite:${target}`);
	return isEmpty(db)
		.catch(() => false)
		.finally(() => db.destroy());
}
