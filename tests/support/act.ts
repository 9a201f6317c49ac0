import { isActionFailure, isHttpError, isRedirect } from '@sveltejs/kit';
import type { Db } from '#db/open.server.ts';
import type { User } from '#lib/domain/access.ts';
import { statusOf } from '#lib/domain/errors.ts';
import { read, type Settings } from '#lib/server/settings.ts';

type Fields = Record<string, string | string[]>;
export type Outcome = { status: number; to?: string; data?: Record<string, unknown>; message?: string };

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each page's actions have an event type of their own
type Action = (event: any) => any;

/** An event as a page's load or action gets one, in the name of somebody. Cookies set are kept in `jar`. */
export function event(
	db: Db,
	path: string,
	of: {
		user?: User | undefined;
		params?: Record<string, string>;
		settings?: Partial<Settings>;
		jar?: Map<string, string>;
		client?: string;
		form?: Fields;
	} = {}
) {
	const url = new URL(path, 'http://localhost');
	const body = new FormData();
	for (const [name, value] of Object.entries(of.form ?? {}))
		for (const each of [value].flat()) body.append(name, each);
	const jar = of.jar ?? new Map<string, string>();
	return {
		url,
		params: of.params ?? {},
		locals: { db, user: of.user, settings: { ...read({}), ...of.settings }, id: 'test' },
		request: of.form ? new Request(url, { method: 'POST', body }) : new Request(url),
		cookies: {
			get: (name: string) => jar.get(name),
			set: (name: string, value: string) => void jar.set(name, value),
			delete: (name: string) => void jar.delete(name)
		},
		getClientAddress: () => of.client ?? '192.0.2.1',
		setHeaders: () => {}
	};
}

/** What somebody is answered who sends a form to an action: where they are led, or what is said. */
export async function act(action: Action | undefined, given: ReturnType<typeof event>): Promise<Outcome> {
	try {
		const result = (await action!(given)) as unknown;
		if (isActionFailure(result))
			return { status: result.status, data: result.data as unknown as Record<string, unknown> };
		return { status: 200, data: result as Record<string, unknown> };
	} catch (thrown) {
		if (isRedirect(thrown)) return { status: thrown.status, to: thrown.location };
		if (isHttpError(thrown)) return { status: thrown.status };
		const status = statusOf(thrown);
		if (status) return { status, message: (thrown as Error).message };
		throw thrown;
	}
}
