import { destination, pino, type Logger } from 'pino';

/** JSON lines on standard output. They are written in the background: a request does not wait for its log line. */
export const log: Logger = pino(
	{
		level: process.env.LOG_LEVEL || 'info',
		base: null,
		timestamp: () => `,"time":"${new Date().toISOString()}"`,
		formatters: { level: (label) => ({ level: label }) }
	},
	destination({ sync: false })
);
