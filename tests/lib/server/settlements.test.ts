import { describe, expect, test } from 'vitest';
import { roles, may } from '#lib/domain/access.ts';
import { submissionStates } from '#lib/domain/words.ts';
import { table } from '#lib/domain/submission.ts';
import * as audit from '#lib/server/audit.ts';
import * as settlements from '#lib/server/settlements.ts';
import * as standings from '#lib/server/standings.ts';
import { person } from '../../support/people.ts';
import { reviewed } from '../../support/reviewed.ts';

const answer = { meeting_id: 'rhca-24', entity_id: 'FJI' };
const said = { note: 'Say which ports.', origin: 'https://waymark.example.org' };

const freshness = (db: Awaited<ReturnType<typeof reviewed>>['db']) =>
	db
		.selectFrom('standing')
		.select('freshness')
		.where('basis', '=', 'known')
		.where('meeting_id', '=', 'rhca-24')
		.where('initiative_id', '=', 'single-window')
		.executeTakeFirstOrThrow();

test('what is given back stops speaking at once, and its people are told with the note', async () => {
	const { db, office, fiji, officer } = await reviewed();
	expect(await freshness(db)).toEqual({ freshness: 'reported' });
	await settlements.giveBack(db, office, answer, said);
	expect(await freshness(db)).toEqual({ freshness: 'carried' });
	expect(await standings.verify(db)).toEqual([]);
	expect(await settlements.history(db, answer)).toMatchObject([
		{ state: 'returned', note: 'Say which ports.', settled_by: 'The office' }
	]);
	const mails = await db.selectFrom('outbox').selectAll().execute();
	expect(mails.map(({ to_address, kind }) => [to_address, kind]).sort()).toEqual(
		[fiji, officer].map(({ email }) => [email, 'returned']).sort()
	);
	for (const { text } of mails) {
		expect(text).toContain('> Say which ports.');
		expect(text).toContain('https://waymark.example.org/report');
	}
});

test('what is accepted speaks on, and leaves its line', async () => {
	const { db, office } = await reviewed();
	await settlements.accept(db, office, answer, { ...said, note: '' });
	expect(await freshness(db)).toEqual({ freshness: 'reported' });
	expect(await db.selectFrom('outbox').select('subject').distinct().execute()).toEqual([
		{ subject: 'RHCA-24: your answer is accepted' }
	]);
	const line = await db.selectFrom('audit_event').selectAll().where('act', '=', 'accept').executeTakeFirst();
	expect(line).toMatchObject({
		actor: 'The office',
		entity_id: 'FJI',
		meeting_id: 'rhca-24',
		before: '{"state":"submitted"}',
		after: '{"state":"accepted","note":null}'
	});
	expect(await audit.verify(db)).toEqual([]);
});

test('of two who settle at once, one does', async () => {
	const { db, office } = await reviewed();
	const both = await Promise.allSettled([
		settlements.accept(db, office, answer, said),
		settlements.giveBack(db, office, answer, said),
		settlements.accept(db, office, answer, said)
	]);
	const { state } = await db
		.selectFrom('submission')
		.select('state')
		.where('meeting_id', '=', 'rhca-24')
		.where('entity_id', '=', 'FJI')
		.executeTakeFirstOrThrow();
	const [newest] = await settlements.history(db, answer);
	expect(newest!.state, 'what the last one said is what stands').toBe(state);
	expect(both.some(({ status }) => status === 'rejected')).toBe(true);
});

test('a frozen meeting is settled', async () => {
	const { db, office } = await reviewed();
	const frozen = { meeting_id: 'rcp-32', entity_id: 'FJI' };
	await expect(settlements.giveBack(db, office, frozen, said)).rejects.toThrow('frozen');
});

describe.each(submissionStates)('an answer that is %s', (state) => {
	test.each(roles)('moves as the table says for a %s', async (role) => {
		const { db } = await reviewed();
		const own = {
			...(['contributor', 'national_coordinator'].includes(role) && { entity_id: 'FJI' }),
			...(role === 'area_coordinator' && { element_id: 'rsp-2022-2024:FA1' })
		};
		const user = await person(db, role, own);
		for (const [what, settle] of [
			['return', settlements.giveBack],
			['accept', settlements.accept]
		] as const) {
			await db
				.updateTable('submission')
				.set({ state })
				.where('meeting_id', '=', 'rhca-24')
				.where('entity_id', '=', 'FJI')
				.execute();
			const outcome = await settle(db, user, answer, said).then(
				() => 'done',
				(cause: Error) => cause.name
			);
			const expected = !may(user, 'settle', answer) ? 'Forbidden' : table[state][what] ? 'done' : 'BadInput';
			expect(outcome, what).toBe(expected);
			const now = await db
				.selectFrom('submission')
				.select('state')
				.where('meeting_id', '=', 'rhca-24')
				.where('entity_id', '=', 'FJI')
				.executeTakeFirstOrThrow();
			expect(now.state).toBe(expected === 'done' ? table[state][what] : state);
		}
	});
});
