import { createServer } from 'node:net';
import { BadInput } from '#lib/domain/errors.ts';
import type { Settings } from '#lib/server/settings.ts';

/** Throws when the port is taken, before minutes are spent on building and filling. The server itself looks again. */
export async function ensurePort({ HOST, PORT }: Pick<Settings, 'HOST' | 'PORT'>) {
	const probe = createServer();
	await new Promise<void>((free, taken) => {
		probe.once('error', (cause: NodeJS.ErrnoException) =>
			cause.code === 'EADDRINUSE'
				? taken(
						new BadInput(
							`Port ${PORT} is taken. Stop what uses it, or choose another, for example PORT=${PORT + 1}.`
						)
					)
				: free()
		);
		probe.listen({ host: HOST, port: PORT }, free);
	});
	await new Promise((done) => probe.close(done));
}
