import '../src/cli/runtime.ts';

// `npm run demo`: Waymark with data on screen. A second run keeps what was changed; `-- --fresh` starts over.

process.env.DATABASE_URL ||= 'sqlite:data/demo.db';
process.env.MODE = 'demo';
process.env.LOG_LEVEL ||= 'warn';

try {
	const { become } = await import('../src/cli/become.ts');
	const { prepareDemo } = await import('../src/cli/prepare-demo.ts');
	await prepareDemo(process.argv.slice(2));
	await become('server.js');
} catch (cause) {
	console.error(cause instanceof Error ? cause.message : cause);
	process.exit(1);
}
