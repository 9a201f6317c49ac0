import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { Db } from '#db/open.server.ts';
import { codeFrom, shown, typed } from '#lib/domain/code.ts';
import * as audit from '#lib/server/audit.ts';
import * as signIn from '#lib/server/sign-in.ts';
import * as users from '#lib/server/users.ts';
import { person } from '../../support/people.ts';
import { story } from '../../support/story.ts';

const asked = (email: string, more: Partial<signIn.Asked> = {}): signIn.Asked => ({
	email,
	browser: 'this browser',
	client: '192.0.2.1',
	origin: 'https://waymark.example.org',
	...more
});

/** The mail that has come, as its reader sees it. Taken out: of two in one millisecond nobody could tell which is the newest. */
async function mail(db: Db, to: string) {
	const { text } = await db
		.selectFrom('outbox')
		.select('text')
		.where('to_address', '=', to)
		.executeTakeFirstOrThrow();
	await db.deleteFrom('outbox').where('to_address', '=', to).execute();
	return {
		text,
		code: /[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(text)![0],
		link: /sign-in\/link\/([\w-]+)/.exec(text)?.[1]
	};
}

async function officer() {
	const db = await story();
	const user = await person(db, 'contributor', { entity_id: 'FJI', email: 'officer@example.org' });
	return { db, user };
}

const enter = (db: Db, code: string, browser = 'this browser') =>
	signIn.enter(db, { code, browser, client: '192.0.2.1' });

test('the code from the mail signs in, once, however it is typed', async () => {
	const { db, user } = await officer();
	await signIn.ask(db, asked(' Officer@Example.org'));
	const { code } = await mail(db, user.email);
	const sloppy = ` ${code.toLowerCase().replace('-', ' ')} `;
	expect(await enter(db, sloppy)).toEqual({ is: 'in', user_id: user.id });
	expect(await enter(db, sloppy)).toEqual({ is: 'none' });
});

test('the link signs in at a press, once, and only in the browser that asked', async () => {
	const { db, user } = await officer();
	await signIn.ask(db, asked(user.email));
	const { link, code } = await mail(db, user.email);
	for (const elsewhere of [undefined, '', 'another browser']) {
		expect(await signIn.follow(db, link!, elsewhere)).toEqual({ is: 'elsewhere', code: typed(code) });
		expect(await signIn.press(db, link!, elsewhere)).toEqual({ is: 'none' });
	}
	expect(await signIn.follow(db, link!, 'this browser')).toMatchObject({ is: 'here', email: user.email });
	expect(await signIn.press(db, link!, 'this browser')).toEqual({ is: 'in', user_id: user.id });
	expect(await signIn.press(db, link!, 'this browser')).toEqual({ is: 'none' });
	expect(await signIn.follow(db, link!, undefined), 'and shows its code no more').toEqual({ is: 'none' });
	expect(await enter(db, code)).toEqual({ is: 'none' });
});

test('the code is good only in the browser that asked', async () => {
	const { db, user } = await officer();
	await signIn.ask(db, asked(user.email));
	const { code } = await mail(db, user.email);
	expect(await enter(db, code, 'another browser')).toEqual({ is: 'none' });
	expect(await enter(db, code)).toMatchObject({ is: 'in' });
});

test('however often scanners look at a link, it stays good', async () => {
	const { db, user } = await officer();
	await signIn.ask(db, asked(user.email));
	const { link } = await mail(db, user.email);
	for (let i = 0; i < 20; i++) {
		await signIn.follow(db, link!, undefined);
		await signIn.press(db, link!, undefined);
	}
	expect(await signIn.press(db, link!, 'this browser')).toMatchObject({ is: 'in' });
});

test('a mail is good for ten minutes', async () => {
	const { db, user } = await officer();
	await signIn.ask(db, asked(user.email));
	const { link, code } = await mail(db, user.email);
	vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + signIn.goodFor + 1 });
	try {
		expect(await enter(db, code)).toEqual({ is: 'none' });
		expect(await signIn.press(db, link!, 'this browser')).toEqual({ is: 'none' });
		expect(await signIn.follow(db, link!, undefined)).toEqual({ is: 'none' });
	} finally {
		vi.useRealTimers();
	}
});

test('whatever is typed, a code stands five wrong tries and no more', async () => {
	const { db, user } = await officer();
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.string({ maxLength: 12 }), { minLength: 0, maxLength: 9 }),
			async (guesses) => {
				await db.deleteFrom('attempt').execute();
				await db.deleteFrom('sign_in').execute();
				await signIn.ask(db, asked(user.email));
				const { code } = await mail(db, user.email);
				const wrong = guesses.filter((guess) => typed(guess) !== typed(code));
				for (const [i, guess] of wrong.entries())
					expect((await enter(db, guess)).is).toBe(i < 4 ? 'wrong' : 'none');
				expect((await enter(db, code)).is).toBe(wrong.length < 5 ? 'in' : 'none');
			}
		),
		{ numRuns: 25 }
	);
});

test('tries that come at once are counted one by one', async () => {
	const { db, user } = await officer();
	await signIn.ask(db, asked(user.email));
	const { code } = await mail(db, user.email);
	await Promise.all(Array.from({ length: 12 }, (_, i) => enter(db, `guess ${i}`)));
	expect(await enter(db, code)).toEqual({ is: 'none' });
});

test('of two who bring the right code at once, one is let in', async () => {
	const { db, user } = await officer();
	await signIn.ask(db, asked(user.email));
	const { code } = await mail(db, user.email);
	const outcomes = await Promise.all([enter(db, code), enter(db, code), enter(db, code)]);
	expect(outcomes.filter(({ is }) => is === 'in')).toHaveLength(1);
});

test('whoever was disabled after asking is not let in', async () => {
	const { db, user } = await officer();
	await signIn.ask(db, asked(user.email));
	const { code } = await mail(db, user.email);
	await users.disable(db, audit.commandLine, user.id);
	expect(await enter(db, code)).toEqual({ is: 'none' });
});

/** What is asked of the database while something is done: each statement's kind and tables, in order. */
async function statements(db: Db, work: (db: Db) => Promise<unknown>) {
	const sent: string[] = [];
	const listening = db.withPlugin({
		transformQuery: ({ node }) => {
			const tables = JSON.stringify(node).match(/"identifier":\{"kind":"IdentifierNode","name":"\w+"/g) ?? [];
			sent.push(`${node.kind} ${tables.map((each) => each.slice(47)).join(' ')}`);
			return node;
		},
		transformResult: async ({ result }) => result
	});
	await work(listening);
	return sent;
}

test('an address that is not known is answered and worked on as one that is', async () => {
	const { db, user } = await officer();
	const before = async () => ({
		rows: await db.selectFrom('sign_in').select(['email', 'tries', 'used_at']).execute(),
		mails: await db.selectFrom('outbox').select(['kind', 'subject']).execute()
	});
	const work = (email: string, browser: string) =>
		statements(db, async (listening) =>
			expect(await signIn.ask(listening, asked(email, { browser }))).toBe(true)
		);
	const done = await work(user.email, 'known');
	expect(done.length).toBeGreaterThan(5);
	expect(await work('nobody@example.org', 'unknown')).toEqual(done);
	const { rows, mails } = await before();
	expect(rows).toHaveLength(2);
	expect(mails[0]).toEqual(mails[1]);
	const kept = await db
		.selectFrom('outbox')
		.select(['text', 'failed_at'])
		.where('failed_at', 'is not', null)
		.execute();
	expect(kept).toMatchObject([{ text: '' }]);
	for (const browser of ['known', 'unknown'])
		for (const is of ['wrong', 'wrong', 'wrong', 'wrong', 'none'])
			expect(await enter(db, 'AAAA-AAAA', browser), browser).toEqual({ is });
});

test('the mail holds the code and the link, and the database holds neither where they are checked', async () => {
	const { db, user } = await officer();
	await signIn.ask(db, asked(user.email, { to: '/report' }));
	const { text, code, link } = await mail(db, user.email);
	expect(text).toContain(`https://waymark.example.org/sign-in/link/${link}?to=%2Freport`);
	const rows = JSON.stringify(await db.selectFrom('sign_in').selectAll().execute());
	for (const secret of [code, typed(code), link!, 'this browser']) expect(rows).not.toContain(secret);
	await signIn.ask(db, asked(user.email, { origin: null }));
	expect((await mail(db, user.email)).link, 'no link where our own address is not certain').toBeUndefined();
});

test('mails and codes are limited, for an address and from a machine', async () => {
	const { db, user } = await officer();
	for (let i = 0; i < 5; i++) expect(await signIn.ask(db, asked(user.email, { client: `m${i}` }))).toBe(true);
	expect(await signIn.ask(db, asked(user.email.toUpperCase(), { client: 'm6' }))).toBe(false);
	for (let i = 0; i < 60; i++) await signIn.ask(db, asked(`a${i}@example.org`, { client: 'one' }));
	expect(await signIn.ask(db, asked('b@example.org', { client: 'one' }))).toBe(false);
	expect(await signIn.ask(db, asked('b@example.org', { client: 'two' }))).toBe(true);
	for (let i = 0; i < 100; i++) await enter(db, 'x', 'no browser');
	expect(await enter(db, 'x', 'no browser')).toEqual({ is: 'often' });
	const rows = JSON.stringify(await db.selectFrom('attempt').selectAll().execute());
	expect(rows).not.toMatch(/example|192\.0/);
});

test('codes are made of letters that are not taken for one another, and read as they are shown', () => {
	fc.assert(
		fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
			const code = codeFrom(bytes);
			expect(code).toMatch(/^[2-9A-Z]{8}$/);
			expect(code).not.toMatch(/[01ILOU]/);
			expect(typed(shown(code))).toBe(code);
		})
	);
});
