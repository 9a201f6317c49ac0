import { Command } from 'commander';

/** Each command is a module of its own, loaded when it is asked for, or all of them for the list. */
const commands = [
	'serve',
	'import',
	'export',
	'demo',
	'freeze',
	'unfreeze',
	'backup',
	'restore',
	'check',
	'user'
];

/** Runs one command line. Whatever goes wrong ends in one sentence and exit code 1. */
export async function run(argv: string[]) {
	try {
		await (await program(argv[2])).parseAsync(argv);
	} catch (cause) {
		console.error(sentence(cause));
		if (process.env.LOG_LEVEL === 'debug') console.error(cause);
		process.exitCode = 1;
	}
}

async function program(asked = '') {
	const waymark = new Command('waymark')
		.description('Tracks the strategic plans of a region from meeting to meeting.')
		.usage('<command> [options]')
		.showHelpAfterError('(add --help to see what it takes)')
		.addHelpText(
			'after',
			'\nRun it as `npm run waymark -- <command>`. Settings come from the environment; docs/running.md lists them.'
		);
	for (const name of commands.includes(asked) ? [asked] : commands) {
		(await import(`./commands/${name}.ts`)).register(waymark);
	}
	return waymark;
}

function sentence(cause: unknown) {
	return cause instanceof Error ? cause.message : String(cause);
}
