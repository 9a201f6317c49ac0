import './runtime.ts';
import { enableCompileCache } from 'node:module';

enableCompileCache();

// Loaded after the check above: what follows needs the Node it asks for.
const { run } = await import('./program.ts');
await run(process.argv);
