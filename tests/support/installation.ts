import { migrate } from '#db/migrate.server.ts';
import { open, type Db } from '#db/open.server.ts';
import { roles, type Role, type User } from '#lib/domain/access.ts';
import * as secret from '#lib/server/secret.ts';
import { rebuild } from '#lib/server/standings.ts';
import { ownDatabase } from './database-url.ts';
import { person, signedIn } from './people.ts';
import { serve } from './process.ts';
import { add, tell } from './story.ts';

export type Visitor = Role | 'nobody';
export const visitors: Visitor[] = ['nobody', ...roles];

export type Installation = Awaited<ReturnType<typeof installation>>;

/**
 * The story on the built server, closed to the public, with somebody of each role signed in: those of one entity for Fiji, the
 * area coordinator for trade facilitation. A round is open, and one is frozen.
 */
export async function installation(
	more: (db: Db) => Promise<void> = async () => {},
	env: Record<string, string> = {}
) {
	const settings = { DATABASE_URL: await ownDatabase(), SECRET: 'a secret of the test, long enough for it' };
	secret.use(settings);
	const db = await open(settings.DATABASE_URL);
	await migrate(db);
	await tell(db);
	await openRound(db);
	await more(db);
	const users = {} as Record<Role, User>;
	const cookies: Partial<Record<Visitor, string>> = {};
	for (const role of roles) {
		const of = { entity_id: 'FJI', element_id: 'rsp-2022-2024:FA1' };
		const needs: Partial<Record<Role, Partial<typeof of>>> = {
			contributor: { entity_id: of.entity_id },
			national_coordinator: { entity_id: of.entity_id },
			area_coordinator: { element_id: of.element_id }
		};
		users[role] = await person(db, role, needs[role]);
		cookies[role] = await signedIn(db, users[role]);
	}
	const server = await serve({ ...settings, LOG_LEVEL: 'error', ...env });
	const { url } = server;
	/** Asks as somebody, as a browser would; redirects are not followed. */
	function ask(path: string, who: Visitor, init: RequestInit = {}) {
		const headers = new Headers(init.headers);
		if (!headers.has('accept')) headers.set('accept', 'text/html');
		if (init.method && init.method !== 'GET') headers.set('origin', url);
		if (cookies[who]) headers.set('cookie', cookies[who]);
		return fetch(url + path, { redirect: 'manual', ...init, headers });
	}
	async function close() {
		server.child.kill('SIGTERM');
		await server.ended;
		await db.destroy();
	}
	return { db, url, users, cookies, ask, close, server };
}

async function openRound(db: Db) {
	const due = new Date(Date.now() + 20 * 86_400_000).toISOString();
	const round = { series: 'RCP' as const, starts_on: due.slice(0, 10), due_on: due.slice(0, 10) };
	await add(db, 'meeting', [{ id: 'rcp-40', number: 40, title: '40th RCP', ...round }]);
	const opened = { opened_at: '2022-10-01T00:00:00.000Z', time_zone: 'Pacific/Fiji' };
	await add(db, 'round_opening', [
		{ meeting_id: 'rcp-40', due_at: due, ...opened },
		{ meeting_id: 'rcp-32', due_at: '2022-11-01T05:00:00.000Z', ...opened }
	]);
	await rebuild(db);
}
