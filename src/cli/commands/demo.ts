import type { Command } from 'commander';
import { isEmpty, prepare } from '#lib/server/database.ts';
import { BadInput } from '#lib/domain/errors.ts';
import { read } from '#lib/server/settings.ts';

export function register(program: Command) {
	program
		.command('demo')
		.description('fill an empty database with the data that ships and the demonstration reports')
		.addHelpText(
			'after',
			`
Fills the database that DATABASE_URL names (sqlite:data/waymark.db when it is left out) and ends. The reports in it
are made up, and every page says so. To fill one and look at it in one go: npm run demo`
		)
		.action(async () => {
			const { DATABASE_URL, SECRET } = read();
			const db = await prepare({ DATABASE_URL, SECRET });
			try {
				if (!(await isEmpty(db))) {
					throw new BadInput(
						'This database is not empty. The demonstration is loaded into an empty one only: name another DATABASE_URL.'
					);
				}
				const { fill } = await import('#lib/server/demonstration/fill.ts');
				await fill(db, (step) => console.log(`Loading ${step}.`));
				console.log('The demonstration is loaded. MODE=demo npm start shows it.');
			} finally {
				await db.destroy();
			}
		});
}
