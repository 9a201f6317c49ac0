import { beforeEach, describe, expect, test } from 'vitest';
import type { Db } from '#db/open.server.ts';
import type { User } from '#lib/domain/access.ts';
import * as audit from '#lib/server/audit.ts';
import * as standings from '#lib/server/standings.ts';
import * as receipts from '#lib/server/submissions/receipts.ts';
import { person } from '../../support/people.ts';
import { openRound } from '../../support/round.ts';
import { ask, send } from './ask.ts';

let db: Db;
let office: User, ana: User, ben: User;
beforeEach(async () => ({ db, office, ana, ben } = await openRound()));

const report = {
	meeting: 'rcp-33',
	initiative: 'single-window',
	entity: 'FJI',
	stage: 'implemented',
	timing: 'on_track',
	progress_note: 'Done everywhere.'
};
const answer = { meeting: 'rcp-33', entity: 'FJI' };
const reported = async () => (await ask(db, 'progress?meeting=rcp-33')).body.total.reported;
const count = async () => (await ask(db, 'status-updates?meeting=rcp-33')).body.items.length;

describe('a status update', () => {
	test('of somebody who may submit speaks at once, and is in the figures', async () => {
		const before = await reported();
		const sent = await send(db, ben, 'status-updates', report);
		expect(sent).toMatchObject({
			status: 201,
			body: { initiative: 'single-window', stage: 'implemented', channel: null, supersedes: null }
		});
		expect(await reported()).toBe(before + 1);
		expect(await standings.verify(db)).toEqual([]);
		expect(await audit.verify(db)).toEqual([]);
	});

	test('of somebody who may not waits until it is submitted', async () => {
		const before = [await reported(), await count()];
		expect((await send(db, ana, 'status-updates', report)).status).toBe(201);
		expect([await reported(), await count()], 'a draft is in no figure and no list').toEqual(before);
		const submitted = await send(db, ben, 'submissions', { ...answer, partly: true });
		expect(submitted).toMatchObject({ status: 201, body: { state: 'submitted', channel: 'api' } });
		expect(submitted.body.reference).toMatch(/^FJI-/);
		expect(await reported()).toBe(before[0]! + 1);
		expect(await standings.verify(db)).toEqual([]);

		const late = await send(db, ana, 'status-updates', report);
		expect(late).toMatchObject({
			status: 403,
			body: { detail: expect.stringContaining('has been submitted') }
		});
	});

	test("for another's Member answers exactly like one for a Member that is not there", async () => {
		const [foreign, absent] = [
			await send(db, ben, 'status-updates', { ...report, entity: 'JPN' }),
			await send(db, ben, 'status-updates', { ...report, entity: 'XXX' })
		];
		expect(foreign.status).toBe(404);
		expect(JSON.stringify(foreign.body).replaceAll('JPN', 'XXX')).toBe(JSON.stringify(absent.body));
	});

	test.each([
		['a field too many', { ...report, colour: 'red' }, 'no field "colour"'],
		['no stage', { ...report, stage: undefined }, 'Choose where the work stands.'],
		['a wrong type', { ...report, progress_note: 7 }, 'The progress note is a text.'],
		['a day that is none', { ...report, as_of: '29-02-2023' }, '2023'],
		['another calendar', { ...report, as_of: '2566-03-01' }, '2566'],
		['late without a reason', { ...report, timing: 'at_risk' }, 'reason'],
		['an over-long note', { ...report, progress_note: 'x'.repeat(20_001) }, '20,000'],
		['a list', [report], 'object'],
		['nothing', null, 'object']
	])('with %s is refused in a sentence, and nothing is written', async (_, body, sentence) => {
		const before = await count();
		const refused = await send(db, ben, 'status-updates', body);
		expect(refused.status).toBe(422);
		expect(refused.body.detail).toContain(sentence);
		expect(await count()).toBe(before);
	});

	test.each([
		['as it is', '"progress_note": "The first {\\" of two.",', 'progress_note'],
		['spelt in another way', '"st\\u0061ge" : "pilot",', 'stage'],
		['and nothing else wrong', '"entity": "FJI",', 'entity']
	])(
		'with a field sent twice, %s, is refused, and neither of the two is lost in silence',
		async (_, more, field) => {
			const before = await count();
			const refused = await send(db, ben, 'status-updates', JSON.stringify(report).replace('{', `{${more}`));
			expect(refused).toMatchObject({ status: 422, body: { errors: [{ field }] } });
			expect(refused.body.detail).toBe(`The field "${field}" was sent twice. Send it once.`);
			expect(await count()).toBe(before);
		}
	);

	test('with words in it that look like fields is taken as it is', async () => {
		const progress_note = 'a", "stage": "pilot", {"stage": [}\\"\n: "stage":';
		const sent = await send(db, ben, 'status-updates', { ...report, progress_note });
		expect(sent).toMatchObject({ status: 201, body: { stage: 'implemented', progress_note } });
	});

	test('with one field wrong in two ways says so once', async () => {
		const refused = await send(db, ben, 'status-updates', { ...report, entity: [] });
		expect(refused.body.detail).toBe('Name the Member or body that reports.');
	});

	test('for a round that is not open, or frozen, is refused; the office adds to what is frozen', async () => {
		const closed = await send(db, ben, 'status-updates', { ...report, meeting: 'rhca-24' });
		expect(closed).toMatchObject({ status: 400, body: { detail: expect.stringContaining('not open') } });
		const frozen = await send(db, ben, 'status-updates', { ...report, meeting: 'rcp-32' });
		expect(frozen).toMatchObject({ status: 400, body: { detail: expect.stringContaining('frozen') } });
		const added = await send(db, office, 'status-updates', { ...report, meeting: 'rcp-32' });
		expect(added.status).toBe(201);
	});

	test('right to left, in any script, and full of markup stays the text it was', async () => {
		const progress_note = '<b onclick=x>شرح</b> ဖော်ပြချက် =1+1 “x”';
		const sent = await send(db, ben, 'status-updates', { ...report, progress_note });
		expect(sent.body.progress_note).toBe(progress_note);
	});
});

describe('an answer', () => {
	test('is submitted by whoever has sent its status updates one by one', async () => {
		const { body } = await send(db, ben, 'status-updates', report);
		const sent = await send(db, ben, 'submissions', answer);
		expect(sent).toMatchObject({ status: 201, body: { state: 'submitted', channel: 'api' } });
		expect((await receipts.get(db, sent.body.reference)).updates).toMatchObject([{ id: body.id }]);
		expect(await send(db, ben, 'submissions', answer)).toMatchObject({
			status: 400,
			body: { detail: expect.stringContaining('nothing new to submit') }
		});
		expect(await standings.verify(db)).toEqual([]);
	});

	test('that had nothing to report no longer says so once something is reported', async () => {
		await send(db, ben, 'submissions', { ...answer, reason: 'Nothing moved.' });
		const reason = async () =>
			(
				await db
					.selectFrom('submission')
					.select('reason')
					.where('meeting_id', '=', 'rcp-33')
					.where('entity_id', '=', 'FJI')
					.executeTakeFirstOrThrow()
			).reason;
		expect(await reason()).toBe('Nothing moved.');
		await send(db, ben, 'status-updates', report);
		expect(await reason()).toBeNull();
		expect(await standings.verify(db)).toEqual([]);
	});

	test('is excused with its reason', async () => {
		const sent = await send(db, ben, 'submissions', { ...answer, state: 'excused', reason: 'A cyclone.' });
		expect(sent).toMatchObject({
			status: 201,
			body: { state: 'excused', channel: 'api', reason: 'A cyclone.', reference: null }
		});
		expect(await standings.verify(db)).toEqual([]);
	});

	test.each([{ partly: true }, { reason: 'Nothing.' }, { state: 'excused', reason: 'A cyclone.' }])(
		'of a Member that is not there is refused, whoever may answer for all: %o',
		async (said) => {
			for (const entity of ['XXX', 'FJI\0']) {
				const sent = await send(db, office, 'submissions', { ...answer, ...said, entity });
				expect(sent).toMatchObject({ status: 404, body: { detail: expect.stringContaining('no Member') } });
			}
		}
	);

	test('that lacks something says what', async () => {
		const refused = await send(db, ben, 'submissions', answer);
		expect(refused.status).toBe(400);
		const viewer = await person(db, 'national_coordinator', { entity_id: 'JPN' });
		expect((await send(db, viewer, 'submissions', answer)).status).toBe(404);
	});
});

describe('a key', () => {
	const key = (name: string) => ({ 'idempotency-key': name });

	test('makes a request that is sent twice one, also when both are on their way at once', async () => {
		const [one, two] = await Promise.all([
			send(db, ben, 'status-updates', report, key('a')),
			send(db, ben, 'status-updates', report, key('a'))
		]);
		expect(one.status).toBe(201);
		expect(two.body).toEqual(one.body);
		expect([one, two].map(({ headers }) => headers.get('idempotency-replayed')).sort()).toEqual(
			[null, 'true'].sort()
		);
		expect(await count()).toBe(1);
	});

	test('is of one person and one request', async () => {
		expect((await send(db, ben, 'status-updates', report, key('a'))).status).toBe(201);
		const other = await send(db, ben, 'status-updates', { ...report, stage: 'pilot' }, key('a'));
		expect(other).toMatchObject({
			status: 400,
			body: { detail: expect.stringContaining('another request') }
		});
		expect(
			(await send(db, office, 'status-updates', report, key('a'))).headers.get('idempotency-replayed')
		).toBeNull();
	});

	test('of a refusal may be used again', async () => {
		expect((await send(db, ben, 'status-updates', { ...report, meeting: 'rhca-24' }, key('a'))).status).toBe(
			400
		);
		expect((await send(db, ben, 'status-updates', report, key('a'))).status).toBe(201);
	});

	test.each(['with space', 'x'.repeat(201), 'ümlaut'])('like "%s" is refused', async (name) => {
		const refused = await send(db, ben, 'status-updates', report, key(name));
		expect(refused).toMatchObject({
			status: 400,
			body: { detail: expect.stringContaining('Idempotency-Key') }
		});
	});
});
