import fc from 'fast-check';
import { expect, test } from 'vitest';
import { roles } from '#lib/domain/access.ts';
import { scopesFor, issue } from '#lib/server/tokens.ts';
import * as audit from '#lib/server/audit.ts';
import { verify } from '#lib/server/standings.ts';
import { odd } from '../support/fuzz.ts';
import { installation } from '../support/installation.ts';
import { signedIn } from '../support/people.ts';

/** FUZZ_REQUESTS=50000 asks for all that is promised; FUZZ_SEED tries others. */
const requests = Number(process.env.FUZZ_REQUESTS ?? 3000);
const seed = Number(process.env.FUZZ_SEED ?? 20_261_124);
const atOnce = 16;

test(
	`no request, however odd, breaks the server or its books: ${requests} tries`,
	{ timeout: 3_600_000 },
	async () => {
		const { ask, close, db, users, cookies, server } = await installation();
		const tokens = new Map<string, string>();
		for (const role of roles)
			tokens.set(
				role,
				await issue(db, users[role], { name: 'fuzz', scopes: scopesFor(users[role]), days: 7 })
			);
		const all = fc.sample(odd, { numRuns: requests, seed });
		const broken: string[] = [];
		const statuses = new Map<number, number>();
		let done = 0;
		await Promise.all(
			Array.from({ length: atOnce }, async () => {
				for (let next = all.pop(); next !== undefined; next = all.pop()) {
					const { who, method, path, headers, body } = next;
					const token = path.startsWith('/api/') && tokens.get(who);
					// Somebody may have been shut out, or have ended their sessions: they come back.
					if (++done % 200 === 0 && who !== 'nobody') cookies[who] = await signedIn(db, users[who]);
					const answer = token
						? await ask(path, 'nobody', {
								method,
								headers: { ...headers, authorization: `Bearer ${token}` },
								body: body ?? null
							})
						: await ask(path, who, { method, headers, body: method === 'GET' ? null : (body ?? null) });
					const text = await answer.text();
					statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
					if (answer.status >= 500)
						broken.push(
							`${who}: ${method} ${path.slice(0, 200)} ${typeof body === 'string' ? body.slice(0, 300) : ''} answered ${answer.status}`
						);
					else if (answer.status >= 400 && text.length < 20)
						broken.push(`${method} ${path} explains nothing`);
				}
			})
		);
		const faults = [...server.out().matchAll(/"message":"([^"]{0,160})/g)].map(([, message]) => message);
		expect([...new Set(broken)], [...new Set(faults)].join('\n')).toEqual([]);
		expect(await verify(db), 'the figures').toEqual([]);
		expect(await audit.verify(db), 'the trail').toEqual([]);
		await close();
		console.log(Object.fromEntries([...statuses].sort()));
		expect(statuses.get(200) ?? 0).toBeGreaterThan(requests / 20);
	}
);
