import type { Command } from 'commander';
import { read } from '#lib/server/settings.ts';
import { ensureBuild } from '../../../scripts/build.ts';
import { become } from '../become.ts';
import { ensurePort } from '../port.ts';

export function register(program: Command) {
	program
		.command('serve')
		.description('start the server: check the settings, bring the database up to date, print the address')
		.addHelpText(
			'after',
			`
The first start builds the pages, which takes about ten seconds; later starts take one.
Stop it with Ctrl+C: it finishes the requests it has.

Settings used most: DATABASE_URL, PORT, ORIGIN, PUBLIC_READ. docs/running.md lists all.

  PORT=8080 npm start
  DATABASE_URL=postgres://waymark@localhost/waymark PUBLIC_READ=true npm start`
		)
		.action(async () => {
			await ensurePort(read());
			await ensureBuild();
			await become('server.js');
		});
}
