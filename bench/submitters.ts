import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { open, type Db } from '#db/open.server.ts';
import { issue } from '#lib/server/tokens.ts';
import * as audit from '#lib/server/audit.ts';
import * as rounds from '#lib/server/rounds.ts';
import * as secret from '#lib/server/secret.ts';
import * as users from '#lib/server/users.ts';
import { start, type Server } from '../scripts/servers.ts';

const root = new URL('..', import.meta.url).pathname;
const meeting = 'bench-round';
const SECRET = 'a secret of the bench, long enough for it';

/** Whom each connection reports for, on which initiatives in turn, and the token it comes with. */
export type Submitter = { token: string; entity: string; initiatives: string[]; said: number };

/** The demonstration with an open round in it, and so many people who submit to it. */
export async function region(folder: string, connections = 32) {
	const DATABASE_URL = `sqlite:${join(folder, 'submitters.db')}`;
	spawnSync(process.execPath, [join(root, 'src/cli/waymark.ts'), 'demo'], {
		env: { ...process.env, DATABASE_URL, SECRET }
	});
	secret.use({ DATABASE_URL, SECRET });
	const db = await open(DATABASE_URL);
	const day = new Date(Date.now() + 30 * 86_400_000).toISOString();
	const empty = {
		ends_on: null,
		date_precision: null,
		place: null,
		country: null,
		host_id: null,
		mode: null,
		joint_with: null
	};
	await db
		.insertInto('meeting')
		.values({
			id: meeting,
			series: 'other',
			number: null,
			title: 'Bench round',
			starts_on: day.slice(0, 10),
			opens_on: null,
			due_on: null,
			source_url: null,
			certainty: null,
			...empty
		})
		.execute();
	await rounds.open(db, audit.commandLine, meeting, {
		due_at: day,
		due_on: day.slice(0, 10),
		time_zone: 'UTC'
	});
	const asked = await db
		.selectFrom('standing')
		.select(['initiative_id', 'entity_id'])
		.where('meeting_id', '=', meeting)
		.where('basis', '=', 'known')
		.orderBy('initiative_id')
		.orderBy('entity_id')
		.execute();
	const byEntity = [...Map.groupBy(asked, ({ entity_id }) => entity_id)];
	const submitters: Submitter[] = [];
	for (const [i, [entity_id, rows]] of byEntity.slice(0, connections).entries()) {
		const { id } = await users.add(db, audit.commandLine, {
			email: `bench.${i}@example.org`,
			name: `Officer ${i}`
		});
		await users.grant(db, audit.commandLine, id, { role: 'national_coordinator', entity_id });
		const token = await issue(db, (await users.find(db, { id }))!, {
			name: 'bench',
			scopes: ['report', 'submit'],
			days: 7
		});
		submitters.push({ token, entity: entity_id, initiatives: rows.map((row) => row.initiative_id), said: 0 });
	}
	return {
		db,
		submitters,
		serve: () => start([join(root, 'server.js')], { path: '/readyz', env: { DATABASE_URL, SECRET } })
	};
}

/** Reports once. Gives the id of the update when it was acknowledged, and nothing when the server went away. */
export async function submit(
	{ url }: Pick<Server, 'url'>,
	submitter: Submitter
): Promise<string | undefined> {
	const { token, entity, initiatives, said } = submitter;
	submitter.said++;
	const body = {
		meeting,
		entity,
		initiative: initiatives[said % initiatives.length],
		// Another stage each time round, so that the figures move with every report.
		stage: Math.floor(said / initiatives.length) % 2 === 0 ? 'pilot' : 'partly_implemented',
		timing: 'on_track',
		change: 'changed',
		progress_note: `Done so far: ${said}.`
	};
	const answer = await post(`${url}/api/v1/status-updates`, token, JSON.stringify(body)).catch(
		() => undefined
	);
	if (!answer) return undefined;
	if (answer.status !== 201) throw new Error(`${answer.status} ${answer.text.slice(0, 300)}`);
	return (JSON.parse(answer.text) as { id: string }).id;
}

const agent = new Agent({ keepAlive: true });

/** By the plain client: `fetch` takes half as much of the machine as the server does, and both share it. */
async function post(url: string, token: string, body: string) {
	const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
	const sent = request(url, { method: 'POST', agent, headers });
	sent.end(body);
	const [answer] = (await once(sent, 'response')) as [IncomingMessage];
	return { status: answer.statusCode, text: await text(answer) };
}

/** The acknowledged updates that the database does not have. */
export async function lost(db: Db, ids: string[]): Promise<string[]> {
	const found = new Set<string>();
	for (let at = 0; at < ids.length; at += 500) {
		const some = await db
			.selectFrom('status_update')
			.select('id')
			.where('id', 'in', ids.slice(at, at + 500))
			.execute();
		for (const { id } of some) found.add(id);
	}
	return ids.filter((id) => !found.has(id));
}
