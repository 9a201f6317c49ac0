import { z } from 'zod';
import { BadInput } from '#lib/domain/errors.ts';

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** Every setting, read from the environment. `docs/running.md` has the table for people. */
const schema = z.object({
	DATABASE_URL: z
		.string()
		.regex(
			/^(sqlite:.|postgres(ql)?:\/\/.)/,
			'must begin with "sqlite:" or "postgres://", for example sqlite:data/waymark.db'
		)
		.default('sqlite:data/waymark.db'),
	HOST: z
		.string()
		.regex(/^[\w.:-]+$/, 'must be an address or a host name to listen on, for example 127.0.0.1')
		.default('0.0.0.0'),
	PORT: z
		.string()
		.regex(/^\d+$/, 'must be a number between 1 and 65535')
		.transform(Number)
		.refine((port) => port > 0 && port < 65_536, 'must be a number between 1 and 65535')
		.default(3000),
	ORIGIN: z
		.string()
		.refine(
			isOrigin,
			'must be the address people type, without a path, for example https://waymark.example.org'
		)
		.transform((value) => new URL(value).origin)
		.optional(),
	SECRET: z.string().min(32, 'must have at least 32 characters; `openssl rand -hex 32` makes one').optional(),
	SMTP_URL: z
		.string()
		.regex(
			/^smtps?:\/\/./,
			'must begin with smtp:// or smtps://, for example smtps://user:word@mail.example.org'
		)
		.optional(),
	MAIL_FROM: z
		.string()
		.regex(
			/^([^<>"\r\n]+ <[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/,
			'must be an address, or a name and an address, for example Waymark <waymark@example.org>'
		)
		.optional(),
	OIDC_ISSUER: z
		.string()
		.refine(
			isIssuer,
			'must be the https address of your identity provider, for example https://id.example.org'
		)
		.refine(
			(value) => !/microsoftonline\.com\/(common|organizations|consumers)\b/.test(value),
			'must name your own tenant of Entra ID, for example https://login.microsoftonline.com/<tenant id>/v2.0; anybody could come through another'
		)
		.optional(),
	OIDC_CLIENT_ID: z.string().optional(),
	OIDC_CLIENT_SECRET: z.string().optional(),
	OIDC_NAME: z.string().max(60, 'must be at most 60 characters: it stands on a button').optional(),
	MODE: z.literal('demo', 'must be "demo", or be left out').optional(),
	PUBLIC_READ: z
		.enum(['true', 'false'], 'must be "true" or "false"')
		.transform((value) => value === 'true')
		.default(false),
	LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).default('info')
});

export type Settings = z.infer<typeof schema>;

/** Reads the settings. Throws every wrong one at once, a sentence each; an empty one counts as left out. */
export function read(env: Record<string, string | undefined> = process.env): Settings {
	const given = Object.fromEntries(
		Object.keys(schema.shape)
			.map((name) => [name, env[name]?.trim()] as const)
			.filter(([, value]) => value)
	);
	const result = schema.superRefine(together).safeParse(given);
	if (result.success) return result.data;
	throw new BadInput(
		result.error.issues
			.map((issue) => `${String(issue.path[0])} ${issue.message}${shown(issue.path[0], given)}.`)
			.join('\n')
	);
}

/** Signing in through an organisation needs all that it told you. */
function together(given: Record<string, unknown>, context: z.RefinementCtx) {
	if (given.OIDC_ISSUER === undefined) return;
	for (const name of ['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'])
		if (given[name] === undefined)
			context.addIssue({
				code: 'custom',
				path: [name],
				message: 'must be set where OIDC_ISSUER is: your identity provider tells it'
			});
}

/** May anyone read? In demo mode they may: nothing in it is real. */
export function isOpen(settings: Settings) {
	return settings.PUBLIC_READ || settings.MODE === 'demo';
}

function isOrigin(value: string) {
	const url = URL.parse(value);
	return url !== null && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.hash;
}

function isIssuer(value: string) {
	const url = URL.parse(value);
	if (url?.search || url?.hash) return false;
	return (
		url?.protocol === 'https:' ||
		(url?.protocol === 'http:' && /^(localhost|127\.0\.0\.1)$/.test(url.hostname))
	);
}

/** What was given, unless it may hold a password. */
function shown(name: PropertyKey | undefined, given: Record<string, string | undefined>) {
	const secrets = ['SECRET', 'SMTP_URL', 'DATABASE_URL', 'OIDC_CLIENT_SECRET'];
	return secrets.includes(String(name)) || given[String(name)] === undefined
		? ''
		: `; it is "${given[String(name)]}"`;
}
