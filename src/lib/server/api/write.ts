import type { RequestEvent } from '@sveltejs/kit';
import type { z } from 'zod';
import { transact, type Db } from '#db/open.server.ts';
import type { User } from '#lib/domain/access.ts';
import { statusOf, TooLarge } from '#lib/domain/errors.ts';
import { isTooLarge } from '#lib/server/http/body.ts';
import { ownOrigin } from '#lib/server/http/origin.ts';
import { problem } from '#lib/server/http/problem.ts';
import { doubled } from './doubled.ts';
import { fingerprint, keyOf, once, type Said } from './idempotency.ts';

type Event = Pick<RequestEvent, 'url' | 'locals' | 'request'>;

/** What is wrong with a body, field by field. */
export type FieldError = { field: string; message: string };

/**
 * A route that takes something: reads the body with its schema and hands it on, with whoever sent it, inside a transaction.
 * Answers 201 with what `respond` gives; with an `Idempotency-Key`, sending it again answers the same and does nothing more.
 */
export function write<Body extends z.ZodType>(
	schema: Body,
	respond: (trx: Db, user: User, body: z.infer<Body>, origin: string | null) => Promise<object>
) {
	return async ({ request, url, locals: { db, settings, user } }: Event): Promise<Response> => {
		try {
			if (!user) return problem(401, 'Send a token: Authorization: Bearer followed by it.', url);
			const key = keyOf(request);
			if (!isJson(request))
				return problem(415, 'Send JSON, with the header Content-Type: application/json.', url);
			const text = await request.text().catch(tooLarge);
			const given = parsed(text);
			if (given === undefined) return problem(400, 'What was sent is not JSON. Nothing was done.', url);
			const body = schema.safeParse(given);
			if (!body.success) return misfit(body.error, url);
			const twice = doubled(text, given);
			if (twice !== undefined) return refusal([{ field: twice, message: sentTwice(twice) }], url);
			const work = async (trx: Db): Promise<Said> => ({
				status: 201,
				body: JSON.stringify(await respond(trx, user, body.data, ownOrigin(settings, url)))
			});
			const done = await transact(db, async (trx) => {
				if (key === undefined) return { ...(await work(trx)), replayed: false };
				const request_hash = fingerprint(request.method, url.pathname, text);
				return once(trx, { user_id: user.id, key, request_hash }, () => work(trx));
			});
			return new Response(done.body, {
				status: done.status,
				headers: {
					'content-type': 'application/json',
					'cache-control': 'no-store',
					...(done.replayed && { 'idempotency-replayed': 'true' })
				}
			});
		} catch (error) {
			const status = statusOf(error);
			if (status === undefined) throw error;
			return problem(status, (error as Error).message, url, missingOf(error));
		}
	};
}

function tooLarge(cause: unknown): never {
	throw isTooLarge(cause)
		? new TooLarge('This is larger than can be sent at once. Nothing was done.')
		: cause;
}

function isJson(request: Request) {
	return /^application\/json\s*(;|$)/i.test(request.headers.get('content-type') ?? '');
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function misfit(error: z.ZodError, url: URL) {
	return refusal(
		error.issues.map(({ path, message }) => ({ field: path.join('.'), message })),
		url
	);
}

function refusal(errors: FieldError[], url: URL) {
	const sentences = new Set(errors.map(({ message }) => message));
	return problem(422, [...sentences].join(' '), url, { errors });
}

const sentTwice = (field: string) => `The field "${field.slice(0, 60)}" was sent twice. Send it once.`;

/** An answer that is not complete says what each initiative lacks. */
function missingOf(error: unknown) {
	return error instanceof Error && 'missing' in error ? { missing: error.missing } : {};
}
