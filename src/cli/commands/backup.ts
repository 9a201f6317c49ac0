import type { Command } from 'commander';
import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { BadInput } from '#lib/domain/errors.ts';
import { read } from '#lib/server/settings.ts';
import * as file from '../sqlite-file.ts';

const onPostgres =
	'Back up PostgreSQL with its own tool: pg_dump --format=custom --file=waymark.dump "$DATABASE_URL" (and pg_restore to bring it back).';

export function register(program: Command) {
	program
		.command('backup')
		.argument('<path>', 'the file to write, which must not be there yet')
		.description('copy the database to one file, while it is in use, and verify the copy')
		.addHelpText(
			'after',
			`\nThe copy holds everything. It is read back and checked before it gets its name.\n${onPostgres}`
		)
		.action(async (path: string) => {
			const source = file.existing(read().DATABASE_URL, onPostgres);
			if (existsSync(path))
				throw new BadInput(`${path} is there already. Choose another name, or remove it first.`);
			const part = `${path}.part`;
			try {
				const handle = await file.openFile(source, { readonly: true });
				await handle.backup(part).finally(() => handle.close());
				await file.ensureSound(part);
				renameSync(part, path);
			} catch (cause) {
				rmSync(part, { force: true });
				if (cause instanceof BadInput) throw cause;
				throw new BadInput(
					`${path} could not be written (${cause instanceof Error ? cause.message : cause}).`
				);
			}
			console.log(`Copied ${source} to ${path} (${size(path)}). The copy was read back and is sound.`);
		});
}

function size(path: string) {
	return `${(statSync(path).size / 1_000_000).toFixed(1)} MB`;
}
