import type { Settings } from './settings.ts';

/** The address of this installation, as far as the settings tell. */
export function base({ ORIGIN, HOST, PORT }: Pick<Settings, 'ORIGIN' | 'PORT'> & { HOST?: string }) {
	if (ORIGIN) return ORIGIN;
	const name = ['0.0.0.0', '::', '127.0.0.1', '::1', undefined].includes(HOST) ? 'localhost' : HOST;
	return `http://${name}:${PORT}`;
}
