import type { Command } from 'commander';
import type { Outcome } from '#lib/server/import/package.ts';

export function register(program: Command) {
	program
		.command('import')
		.description(
			'bring a data package in, from a folder or a .zip: all of it or, when anything is wrong, nothing'
		)
		.argument('<path>', 'the folder or the .zip')
		.option('--dry-run', 'only say what would be added, changed and left alone')
		.addHelpText(
			'after',
			`
What is known by its id is changed where it differs; nothing is ever deleted. docs/data-package.md describes the format.

  npm run waymark -- import our-region.zip --dry-run
  npm run waymark -- import our-region.zip`
		)
		.action(async (path: string, { dryRun = false }: { dryRun?: boolean }) => {
			const { existsSync } = await import('node:fs');
			const { BadInput } = await import('#lib/domain/errors.ts');
			if (!existsSync(path))
				throw new BadInput(`There is nothing at ${path}. Give the path of a folder or a .zip file.`);
			const { sweepOften } = await import('../modest.ts');
			sweepOften();
			const [{ prepare }, { read }, { importPackage }, { progress }] = await Promise.all([
				import('#lib/server/database.ts'),
				import('#lib/server/settings.ts'),
				import('#lib/server/import/package.ts'),
				import('./progress.ts')
			]);
			const db = await prepare(read());
			const waiting = progress();
			try {
				const outcome = await importPackage(db, path, { dryRun, onProgress: waiting.show });
				waiting.stop();
				await print(outcome, path, dryRun);
			} finally {
				waiting.stop();
				await db.destroy();
			}
		});
}

async function print(outcome: Outcome, path: string, dryRun: boolean) {
	const { sentence } = await import('#lib/domain/package/problem.ts');
	const { count } = await import('#lib/domain/text.ts');
	for (const note of outcome.notes) console.error(`Note: ${note}`);
	if (!outcome.ok) {
		for (const problem of outcome.problems) console.error(sentence(problem));
		const more = outcome.problemCount - outcome.problems.length;
		if (more > 0) console.error(`… and ${more.toLocaleString('en-GB')} more.`);
		console.error(`${count(outcome.problemCount, 'problem')} in ${path}. Nothing was imported.`);
		process.exitCode = 1;
		return;
	}
	const lines = Object.entries(outcome.counts).map(([name, counts]) => [
		name,
		...[counts.added, counts.changed, counts.unchanged].map((n) => n.toLocaleString('en-GB'))
	]);
	console.log(
		aligned([
			['table', dryRun ? 'to add' : 'added', dryRun ? 'to change' : 'changed', 'left alone'],
			...lines
		])
	);
	const touched = Object.values(outcome.counts).some(({ added, changed }) => added + changed > 0);
	console.log(
		dryRun
			? 'This was a dry run: nothing was written.'
			: touched
				? `${path} is imported.`
				: `Everything in ${path} was there already: nothing has changed.`
	);
}

/** Names to the left, numbers to the right. */
function aligned(lines: string[][]) {
	const widths = lines[0]!.map((_, i) => Math.max(...lines.map((line) => line[i]!.length)));
	return lines
		.map((line) =>
			line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]! + 2))).join('')
		)
		.join('\n');
}
