import type { Command } from 'commander';

export function register(program: Command) {
	program
		.command('export')
		.description('write everything as a data package, into a folder or one .zip')
		.argument('<path>', 'a folder, or a file that ends in .zip')
		.addHelpText(
			'after',
			`
An earlier export at this place is replaced; a folder that holds anything else is left alone.
The same data always give the same bytes, from SQLite and from PostgreSQL. People, sessions and secrets are not part
of it. docs/data-package.md describes the format.

  npm run waymark -- export our-region.zip`
		)
		.action(async (path: string) => {
			const [{ prepare }, { read }, { exportPackage }, { progress }, { count }] = await Promise.all([
				import('#lib/server/database.ts'),
				import('#lib/server/settings.ts'),
				import('#lib/server/export/package.ts'),
				import('./progress.ts'),
				import('#lib/domain/text.ts')
			]);
			const db = await prepare(read());
			const waiting = progress();
			try {
				const { counts, isDemonstration } = await exportPackage(db, path, { onProgress: waiting.show });
				waiting.stop();
				const rows = Object.values(counts).reduce((sum, n) => sum + n, 0);
				console.log(`${path} holds ${count(rows, 'row')} in ${count(Object.keys(counts).length, 'table')}.`);
				if (isDemonstration) console.log('Demonstration reports are among them, and the package says so.');
			} finally {
				waiting.stop();
				await db.destroy();
			}
		});
}
