import './runtime.ts';

// Loaded after the check above: what follows needs the Node it asks for.
const { run } = await import('./program.ts');
await run(process.argv);
