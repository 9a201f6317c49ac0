import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { open, transact } from '#db/open.server.ts';
import { ensureBuild } from '../../../scripts/build.ts';
import { ownDatabase } from '../../support/database-url.ts';
import { begin, freePort, waymark } from '../../support/process.ts';

beforeAll(ensureBuild, 240_000);

/** `npm run demo`, until its address answers. */
async function demo(DATABASE_URL: string, ...options: string[]) {
	const PORT = String(await freePort());
	const run = begin(['scripts/demo.ts', ...options], { DATABASE_URL, PORT });
	const url = `http://localhost:${PORT}`;
	while (run.child.exitCode === null && !run.out().split('\n').includes(url)) {
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	const stop = () => {
		run.child.kill('SIGTERM');
		return run.ended;
	};
	return { ...run, url, stop };
}

async function change(
	DATABASE_URL: string,
	work: (db: Awaited<ReturnType<typeof open>>) => Promise<unknown>
) {
	const db = await open(DATABASE_URL);
	await work(db);
	await db.destroy();
}

const fiji = async (url: string) => (await (await fetch(`${url}/members/FJI`)).text()).includes('Renamed');

test('the demonstration fills an empty database, keeps what was changed, and starts over when told to', async () => {
	const DATABASE_URL = await ownDatabase();
	const first = await demo(DATABASE_URL);
	expect(first.out()).toContain('Loading the demonstration.');
	expect((await fetch(first.url)).status).toBe(200);
	expect(await fiji(first.url)).toBe(false);
	expect(await first.stop()).toMatchObject({ code: 0, said: '' });
	expect(await waymark(['check'], { DATABASE_URL })).toMatchObject({ code: 0 });

	const rename = sql`update entity set name = 'Renamed' where id = 'FJI'`;
	await change(DATABASE_URL, (db) => transact(db, (trx) => rename.execute(trx)));
	const second = await demo(DATABASE_URL);
	expect(second.out()).not.toContain('Loading');
	expect(await fiji(second.url)).toBe(true);
	expect((await second.stop()).code).toBe(0);

	const third = await demo(DATABASE_URL, '--fresh');
	expect(third.out()).toContain('Loading the demonstration.');
	expect(await fiji(third.url)).toBe(false);
	expect((await third.stop()).code).toBe(0);

	const report = sql`update submission set channel = 'web' where channel = 'demonstration' and entity_id = 'FJI'`;
	await change(DATABASE_URL, (db) => report.execute(db));
	const tried = await demo(DATABASE_URL);
	expect((await fetch(tried.url)).status, 'what is tried out in a demonstration is made up too').toBe(200);
	await tried.stop();

	const inEarnest = sql`update installation set demonstration = 0`;
	await change(DATABASE_URL, (db) => inEarnest.execute(db));
	for (const options of [['--fresh'], []]) {
		const { code, said } = await (await demo(DATABASE_URL, ...options)).ended;
		expect({ code, said }).toEqual({
			code: 1,
			said: expect.stringMatching(/^This database holds real reports[^\n]*\n$/)
		});
	}
}, 240_000);

test('an option the demonstration does not know is refused', async () => {
	const { code, said } = await (await demo('sqlite::memory:', '--frsh')).ended;
	expect({ code, said }).toEqual({
		code: 1,
		said: expect.stringMatching(/^The demonstration takes one option[^\n]*\n$/)
	});
});

test('what is not the demonstration is left alone', async () => {
	const DATABASE_URL = await ownDatabase();
	await waymark(['demo'], { DATABASE_URL });
	await change(DATABASE_URL, (db) => sql`delete from submission where channel = 'demonstration'`.execute(db));
	const { code, said } = await (await demo(DATABASE_URL)).ended;
	expect({ code, said }).toEqual({
		code: 1,
		said: expect.stringMatching(/^This database holds something[^\n]*\n$/)
	});
}, 120_000);

test('the demonstration is signed with the secret that is set', async () => {
	const settings = { DATABASE_URL: await ownDatabase(), SECRET: 'a secret of the test, long enough for it' };
	expect(await waymark(['demo'], settings)).toMatchObject({ code: 0 });
	expect(await waymark(['check'], settings)).toMatchObject({ code: 0 });
});
