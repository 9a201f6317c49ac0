import type { RequestEvent } from '@sveltejs/kit';
import type { z } from 'zod';
import type { Reader } from '#db/open.server.ts';
import { statusOf } from '#lib/domain/errors.ts';
import { read } from '#lib/domain/schemas/filters.ts';
import { problem } from '#lib/server/http/problem.ts';

type Event = Pick<RequestEvent, 'url' | 'locals'> & { params: { id?: string } };

/**
 * A route of the API: reads the parameters, answers with what `respond` gives as JSON, and turns an error of ours into a
 * problem document. Answers are not checked against their schemas here: tests do that.
 */
export function answer<Query extends z.ZodType>(
	query: Query,
	respond: (db: Reader, query: z.infer<Query>, id: string) => unknown
) {
	return async ({ url, params, locals }: Event): Promise<Response> => {
		try {
			const { id = '' } = params;
			return Response.json(await respond(locals.db, read(query, given(url)), id));
		} catch (error) {
			const status = statusOf(error);
			if (status === undefined) throw error;
			return problem(status, (error as Error).message, url);
		}
	};
}

/** Most of the API only answers to reading. */
export function fallback({ url }: Pick<RequestEvent, 'url'>) {
	return notThus(url, 'This address can only be read: use GET.', 'GET, HEAD');
}

export function readOrAdd({ url }: Pick<RequestEvent, 'url'>) {
	return notThus(url, 'This address can be read with GET and added to with POST.', 'GET, HEAD, POST');
}

export function onlyAdd({ url }: Pick<RequestEvent, 'url'>) {
	return notThus(url, 'This address can only be added to: use POST.', 'POST');
}

function notThus(url: URL, sentence: string, allow: string) {
	const response = problem(405, sentence, url);
	response.headers.set('allow', allow);
	return response;
}

export function nothing({ url }: Pick<RequestEvent, 'url'>) {
	return problem(404, 'There is nothing at this address. /api/v1/openapi.json lists what there is.', url);
}

/** The parameters of an address: the first of each name, and what is empty counts as left out. */
function given(url: URL) {
	const found: Record<string, string> = {};
	for (const [key, value] of url.searchParams)
		if (value !== '' && !Object.hasOwn(found, key)) found[key] = value;
	return found;
}
