import { setTimeout as pause } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { transactAside, type Db } from '#db/open.server.ts';
import type { User } from '#lib/domain/access.ts';
import { blank, type Fields } from '#lib/domain/draft.ts';
import * as audit from '#lib/server/audit.ts';
import * as drafts from '#lib/server/drafts.ts';
import * as evidence from '#lib/server/evidence.ts';
import * as expectations from '#lib/server/rounds/expectations.ts';
import * as rounds from '#lib/server/rounds.ts';
import * as settlements from '#lib/server/settlements.ts';
import * as standings from '#lib/server/standings.ts';
import * as receipts from '#lib/server/submissions/receipts.ts';
import { Incomplete } from '#lib/server/submissions/complete.ts';
import * as readiness from '#lib/server/submissions/readiness.ts';
import * as submissions from '#lib/server/submissions.ts';
import { tasks } from '#lib/server/submissions/tasks.ts';
import * as updates from '#lib/server/updates.ts';
import { person } from '../../support/people.ts';
import { story } from '../../support/story.ts';

const fiji = { meeting_id: 'rcp-33', entity_id: 'FJI' };
const due = { due_at: '2099-11-01T05:00:00.000Z', due_on: '2099-11-01', time_zone: 'Pacific/Fiji' };

let db: Db;
let office: User, ana: User, ben: User;

beforeEach(async () => {
	db = await story();
	office = await person(db, 'vice_chair_office');
	ana = await person(db, 'contributor', { entity_id: 'FJI', name: 'Ana' });
	ben = await person(db, 'national_coordinator', { entity_id: 'FJI', name: 'Ben' });
	await rounds.open(db, audit.actorOf(office), 'rcp-33', due);
});

/** Types into the form as it stands. */
async function write(who: User, initiative_id: string, typed: Partial<Fields>, entity_id = 'FJI') {
	const place = { meeting_id: 'rcp-33', initiative_id, entity_id, side: drafts.sideOf(who, entity_id) };
	const draft = await drafts.find(db, place);
	const fields = { ...(draft?.fields ?? blank), ...typed };
	return drafts.save(db, audit.actorOf(who), place, { version: draft?.version ?? 0, fields });
}
const standing = async (initiative_id: string, entity_id = 'FJI') =>
	db
		.selectFrom('standing')
		.select(['freshness', 'stage'])
		.where('meeting_id', '=', 'rcp-33')
		.where('initiative_id', '=', initiative_id)
		.where('entity_id', '=', entity_id)
		.where('basis', '=', 'known')
		.executeTakeFirst();

const sound = async () => {
	expect(await standings.verify(db)).toEqual([]);
	expect(await audit.verify(db)).toEqual([]);
};

describe('an answer', () => {
	test('becomes status updates when it is submitted, and not before', async () => {
		await write(ana, 'single-window', { stage: 'implemented', progress_note: 'Done everywhere.' });
		expect(await standing('single-window')).toMatchObject({ freshness: 'carried' });
		// A page hands over more than which answer it is.
		const origin = 'https://waymark.example.org';
		const { reference } = await submissions.submit(db, ben, { ...fiji, ...{ side: 'member' } }, { origin });
		expect(await standing('single-window')).toMatchObject({ freshness: 'reported', stage: 'implemented' });
		expect(reference).toMatch(/^FJI-[346789ACEFHJKMNPQRTWXY]{4}$/);
		expect(await receipts.get(db, reference)).toMatchObject({
			submitted_by_name: 'Ben',
			channel: 'web',
			updates: [{ initiative_id: 'single-window', progress_note: 'Done everywhere.' }]
		});
		const mails = await db.selectFrom('outbox').selectAll().execute();
		expect(mails).toMatchObject([{ kind: 'copy', to_address: ben.email }]);
		expect(mails[0]!.text).toContain(`: ${origin}/report/${fiji.meeting_id}/receipt/${reference}?entity=FJI`);
		await sound();
	});

	test('is copied by mail with its long texts shortened, which the mail says', async () => {
		const copy = async (progress_note: string) => {
			await write(ana, 'single-window', { stage: 'implemented', progress_note });
			const { reference } = await submissions.submit(db, ben, fiji);
			const mails = await db.selectFrom('outbox').select('text').execute();
			return mails.find(({ text }) => text!.includes(reference))!.text;
		};
		expect(await copy('Done everywhere.')).not.toContain('shortened');
		const long = await copy('Done everywhere. '.repeat(30));
		expect(long).toContain('Long texts are shortened here; the page of the receipt has all of them.');
	});

	test('that comes together with others is taken like theirs, whatever each changes first', async () => {
		const led = [
			['FJI', 'single-window'],
			['VNM', 'aeo'],
			['AUS', 'drill'],
			['JPN', 'scanner'],
			['PLW', 'reef']
		] as const;
		const people = await Promise.all(
			led.map(([entity_id]) => person(db, 'national_coordinator', { entity_id, name: entity_id }))
		);
		for (const [i, [entity_id, initiative_id]] of led.entries()) {
			const said = { stage: 'pilot', timing: 'on_track', progress_note: 'Under way.' } as const;
			await write(
				people[i]!,
				initiative_id,
				{ ...said, ...(i % 2 && { new_milestone: 'First' }) },
				entity_id
			);
		}
		await Promise.all(
			led.map(([entity_id], i) =>
				submissions.submit(db, people[i]!, { meeting_id: 'rcp-33', entity_id }, { partly: true })
			)
		);
		for (const [entity_id, initiative_id] of led)
			expect(await standing(initiative_id, entity_id)).toEqual({ freshness: 'reported', stage: 'pilot' });
		await sound();
	});

	test('that is submitted while a colleague saves has their words, and nothing is taken for submitted unread', async () => {
		await write(ana, 'single-window', { stage: 'implemented', progress_note: 'First words.' });
		const saving = transactAside(db, async (trx) => {
			const place = { ...fiji, initiative_id: 'single-window', side: 'member' } as const;
			const { fields, version } = (await drafts.find(trx, place))!;
			const last = { ...fields, progress_note: 'Last words.' };
			await drafts.save(trx, audit.actorOf(ana), place, { version, fields: last });
			await pause(200);
		});
		await pause(50);
		await Promise.all([saving, submissions.submit(db, ben, fiji)]);
		expect(await updates.list(db, { meeting_id: 'rcp-33', entity_id: 'FJI' })).toMatchObject([
			{ progress_note: 'Last words.' }
		]);
		await sound();
	});

	test('that lacks something is refused with what is missing, and nothing is recorded', async () => {
		await write(ana, 'single-window', { stage: 'pilot', timing: 'at_risk' });
		const refused = await submissions.submit(db, ben, fiji).catch((error) => error);
		expect(refused).toBeInstanceOf(Incomplete);
		expect(refused.missing).toEqual([
			{
				initiative_id: 'single-window',
				title: 'Single window for trade',
				lacks: ['Choose the main reason why it is not on track; “Other” is one.']
			}
		]);
		expect(
			await db.selectFrom('submission').selectAll().where('meeting_id', '=', 'rcp-33').execute()
		).toEqual([]);
		await sound();
	});

	test('of which a part is missing goes out only when that was chosen', async () => {
		await db
			.insertInto('initiative_entity')
			.values({ initiative_id: 'aeo', entity_id: 'FJI', role: 'lead' })
			.execute();
		await standings.rebuild(db);
		await write(ana, 'single-window', { stage: 'implemented' });
		await expect(submissions.submit(db, ben, fiji)).rejects.toThrow('nothing is said yet');
		await submissions.submit(db, ben, fiji, { partly: true });
		expect(await standing('aeo')).toMatchObject({ freshness: 'missing' });
	});

	test('with no change takes over what was said last', async () => {
		await write(ana, 'single-window', { change: 'no_change' });
		await submissions.submit(db, ben, fiji);
		expect(await standing('single-window')).toMatchObject({
			freshness: 'confirmed',
			stage: 'partly_implemented'
		});
		await sound();
	});

	test('is corrected by submitting again: the first word is superseded and kept', async () => {
		await write(ana, 'single-window', { stage: 'implemented' });
		await submissions.submit(db, ben, fiji);
		await expect(submissions.submit(db, ben, fiji)).rejects.toThrow('nothing new to submit');
		await write(ana, 'single-window', { stage: 'pilot', timing: 'on_track' });
		await submissions.submit(db, ben, fiji);
		const said = await updates.list(db, { meeting_id: 'rcp-33', entity_id: 'FJI' });
		expect(said).toHaveLength(2);
		const newest = said.find(({ supersedes_id }) => supersedes_id !== null)!;
		expect(newest).toMatchObject({ stage: 'pilot' });
		expect(said.map(({ id }) => id)).toContain(newest.supersedes_id);
		expect(await standing('single-window')).toMatchObject({ stage: 'pilot' });
		await sound();
	});

	test('with nothing to report is a nil return with its reason', async () => {
		await submissions.submit(db, ben, fiji, { nothing: 'The customs house was closed after the storm.' });
		expect(
			await db.selectFrom('submission').selectAll().where('meeting_id', '=', 'rcp-33').execute()
		).toMatchObject([{ state: 'submitted', reason: 'The customs house was closed after the storm.' }]);
		expect(await standing('single-window')).toMatchObject({ freshness: 'carried' });
	});

	test('with reports in it is no nil return as well, returned or not', async () => {
		await write(ana, 'single-window', { stage: 'implemented' });
		await submissions.submit(db, ben, fiji);
		const nil = () => submissions.submit(db, ben, fiji, { nothing: 'Nothing new.' });
		await expect(nil()).rejects.toThrow('reports for this round are here already');
		await settlements.giveBack(db, office, fiji, { note: 'Say more.', origin: null });
		await expect(nil()).rejects.toThrow('reports for this round are here already');
		await submissions.submit(db, ben, fiji);
	});

	test('that is excused asks for nothing, and may still be given', async () => {
		await submissions.excuse(db, office, fiji, 'Cyclone');
		expect(await standing('single-window')).toBeUndefined();
		expect((await tasks(db, { ...fiji, side: 'member' })).map(({ initiative_id }) => initiative_id)).toEqual([
			'single-window'
		]);
		await write(ana, 'single-window', { stage: 'implemented' });
		await submissions.submit(db, ben, fiji);
		expect(await standing('single-window')).toMatchObject({ freshness: 'reported' });
		await expect(submissions.excuse(db, office, fiji, 'Too late')).rejects.toThrow('needs no excuse');
		await sound();
	});

	test('by the office on behalf is shown as such, and leaves what the Member writes alone', async () => {
		await write(ana, 'single-window', { stage: 'pilot', timing: 'on_track', progress_note: 'Ours.' });
		await write(office, 'single-window', { stage: 'implemented' });
		await submissions.submit(db, office, fiji);
		const [update] = await updates.list(db, { meeting_id: 'rcp-33', entity_id: 'FJI' });
		expect(update).toMatchObject({ stage: 'implemented', channel: 'on_behalf', progress_note: null });
		expect((await drafts.list(db, { ...fiji, side: 'member' }))[0]).toMatchObject({ update_id: null });
	});

	test('is not said to be ready of a Member that is not there', async () => {
		const nobody = { meeting_id: 'rcp-33', entity_id: 'XXX' };
		await expect(readiness.say(db, office, nobody)).rejects.toThrow('There is no Member or body "XXX"');
	});

	test('tells the coordinator when a contributor says it is ready, once a day', async () => {
		await readiness.say(db, ana, fiji, 'https://waymark.example.org');
		await readiness.say(db, ana, fiji, 'https://waymark.example.org');
		expect(await readiness.of(db, fiji)).toMatchObject({ said_by_name: 'Ana' });
		expect(await db.selectFrom('outbox').select(['kind', 'to_address', 'text']).execute()).toEqual([
			{
				kind: 'ready',
				to_address: ben.email,
				text: expect.stringContaining('submit it here: https://waymark.example.org/report?entity=FJI')
			}
		]);
	});
});

describe('an initiative', () => {
	test('that is new is made when it is submitted, and in a listed round asked for from then on', async () => {
		await expectations.takeOut(db, audit.actorOf(office), {
			...fiji,
			initiative_id: 'single-window',
			reason: 'Over'
		});
		await write(ana, 'fji-new', {
			title: 'Drones over reefs',
			stage: 'committed',
			timing: 'on_track',
			serves: 'main rsp-2022-2024:FA2',
			new_milestone: 'First flight',
			new_milestone_due: '31 March 2027',
			new_milestone_3: 'Every reef seen'
		});
		expect(await db.selectFrom('initiative').select('id').where('id', '=', 'fji-new').execute()).toEqual([]);
		await submissions.submit(db, ben, fiji);
		expect(await standing('fji-new')).toMatchObject({ freshness: 'reported', stage: 'committed' });
		expect(
			await db.selectFrom('expectation').selectAll().where('initiative_id', '=', 'fji-new').execute()
		).toMatchObject([{ reason: 'new in this round' }]);
		expect(
			await db
				.selectFrom('milestone')
				.select(['title', 'due_on'])
				.where('initiative_id', '=', 'fji-new')
				.orderBy('title')
				.execute()
		).toEqual([
			{ title: 'Every reef seen', due_on: null },
			{ title: 'First flight', due_on: '2027-03-31' }
		]);
		expect(
			await db
				.selectFrom('initiative_scope')
				.select('scope_id')
				.where('initiative_id', '=', 'fji-new')
				.execute()
		).toContainEqual({ scope_id: 'rsp-2022-2024:FA2' });
		await sound();
	});

	test('that is new and serves no plan counts in the whole', async () => {
		await write(ana, 'fji-new', { title: 'Drones over reefs', stage: 'committed', timing: 'on_track' });
		await submissions.submit(db, ben, fiji, { partly: true });
		expect(await standing('fji-new')).toMatchObject({ freshness: 'reported' });
		await sound();
	});

	test('that ended reaches its milestones, and is said to have ended', async () => {
		await db
			.insertInto('milestone')
			.values({
				id: 'm2',
				initiative_id: 'single-window',
				title: 'Live',
				due_on: '2024-01-01',
				done_on: null
			})
			.execute();
		await write(ana, 'single-window', {
			stage: 'implemented',
			change: 'ended',
			milestones: 'm2',
			as_of: '2023-09-30'
		});
		await submissions.submit(db, ben, fiji);
		expect(await db.selectFrom('milestone').select('done_on').where('id', '=', 'm2').execute()).toEqual([
			{ done_on: '2023-09-30' }
		]);
		const [update] = await updates.list(db, { meeting_id: 'rcp-33', entity_id: 'FJI' });
		expect(update).toMatchObject({ change: 'ended', as_of: '2023-09-30' });
	});
});

describe('a round', () => {
	test('what is taken out or added by hand counts at once, and stays visible with its reason', async () => {
		const by = audit.actorOf(office);
		await expectations.takeOut(db, by, { ...fiji, initiative_id: 'single-window', reason: 'Handed over' });
		expect(await standing('single-window')).toBeUndefined();
		expect(await standing('drill', 'JPN')).toBeDefined();
		await expectations.add(db, by, { ...fiji, initiative_id: 'training', reason: 'Joint work' });
		expect(await standing('training')).toMatchObject({ freshness: 'missing' });
		expect(await expectations.changes(db, 'rcp-33')).toMatchObject([
			{ kind: 'added', reason: 'Joint work' },
			{ kind: 'taken_out', reason: 'Handed over' }
		]);
		await expect(
			expectations.add(db, by, { ...fiji, initiative_id: 'training', reason: 'x' })
		).rejects.toThrow('already');
		await expect(
			expectations.takeOut(db, by, { ...fiji, initiative_id: 'drill', reason: 'x' })
		).rejects.toThrow('nothing to take out');
		await sound();
	});

	test('that was not opened takes nothing, whatever its dates say', async () => {
		await expect(submissions.submit(db, ben, { ...fiji, meeting_id: 'rhca-24' })).rejects.toThrow(
			'is not open'
		);
	});

	test('that is frozen takes an addendum of the office, and nothing else', async () => {
		await db
			.insertInto('freeze')
			.values({ meeting_id: 'rcp-33', frozen_at: new Date().toISOString(), sha256: null })
			.execute();
		await write(ana, 'single-window', { stage: 'implemented' });
		await expect(submissions.submit(db, ben, fiji)).rejects.toThrow('are frozen');
		const report = { ...fiji, initiative_id: 'single-window', stage: 'pilot' as const };
		await expect(updates.record(db, audit.actorOf(ben), report)).rejects.toThrow('are frozen');
		await updates.record(db, audit.actorOf(office), report, { addendum: true });
		expect(await updates.list(db, { meeting_id: 'rcp-33', entity_id: 'FJI' })).toHaveLength(1);
	});

	test('to open it again, to be due in the past, or in no time zone is refused', async () => {
		const by = audit.actorOf(office);
		await expect(rounds.open(db, by, 'rcp-33', due)).rejects.toThrow('open already');
		await expect(rounds.open(db, by, 'rcp-32', due)).rejects.toThrow('frozen');
		await expect(
			rounds.open(db, by, 'council-2022', { ...due, due_at: '2020-01-01T00:00:00.000Z' })
		).rejects.toThrow('in the past');
		await expect(
			rounds.open(db, by, 'council-2022', { ...due, time_zone: 'Pacific/Nowhere' })
		).rejects.toThrow('no time zone');
	});

	test('of a meeting that was no round makes it one', async () => {
		await rounds.open(db, audit.actorOf(office), 'council-2022', due);
		expect(
			await db.selectFrom('meeting').select(['due_on']).where('id', '=', 'council-2022').execute()
		).toEqual([{ due_on: '2099-11-01' }]);
		expect(
			await db.selectFrom('standing').selectAll().where('meeting_id', '=', 'council-2022').execute()
		).not.toEqual([]);
		await sound();
	});
});

describe('a report', () => {
	const report = (more: object) =>
		updates.record(db, audit.actorOf(ben), {
			...fiji,
			initiative_id: 'single-window',
			stage: 'pilot',
			...more
		});

	test('with something wrong is refused with a sentence', async () => {
		for (const [more, sentence] of [
			[{ stage: 'finished' }, 'Choose where the work stands.'],
			[{ stage: undefined }, 'Choose where the work stands.'],
			[{ timing: 'off_track' }, 'Choose the main reason'],
			[{ timing: 'on_track', reason_code: 'ict' }, 'A reason belongs to'],
			[{ as_of: '29-02-2023' }, 'There is no 29 February 2023.'],
			[{ as_of: '2566-03-01' }, 'Buddhist calendar'],
			[{ as_of: '03/04/2023' }, 'can be read in two ways'],
			[{ progress_note: 'x'.repeat(20_001) }, '20,001 characters'],
			[{ progress_note: 12 }, 'is a text'],
			[{ source_url: 'javascript:alert(1)' }, 'no link to a page'],
			[{ percent: 50 }, 'There is no field "percent" here.'],
			[{ initiative_id: 'reef' }, 'There is no initiative "reef" to report on here.'],
			[{ initiative_id: 'absent' }, 'There is no initiative "absent" to report on here.'],
			[{ change: 'no_change', stage: 'implemented' }, 'the stage or timing is another']
		] as const)
			await expect(report(more)).rejects.toThrow(sentence);
		expect(await updates.list(db, { meeting_id: 'rcp-33', entity_id: 'FJI' })).toEqual([]);
	});

	test('keeps text of any script as it is, markup too', async () => {
		const progress_note = '<svg onload=alert(1)> “جمارك” ไทย 日本 👩‍🔬 {{x}} =1+1';
		await report({ progress_note });
		expect(await updates.list(db, { meeting_id: 'rcp-33', entity_id: 'FJI' })).toMatchObject([
			{ progress_note }
		]);
	});
});

describe('evidence', () => {
	const place = { ...fiji, initiative_id: 'single-window', side: 'member' as const };
	const attach = (name: string, content: string | Buffer) =>
		evidence.attach(db, audit.actorOf(ana), place, new File([new Uint8Array(Buffer.from(content))], name));

	test('is taken by what it is, and goes with the update it backs', async () => {
		const { id } = await attach('C:\\papers\\contract.pdf', '%PDF-1.7 …');
		await attach('notes.csv', 'a,b\n1,2\n');
		await evidence.detach(
			db,
			audit.actorOf(ana),
			place,
			(await evidence.list(db, place)).find(({ name }) => name === 'notes.csv')!.id
		);
		await write(ana, 'single-window', { stage: 'implemented' });
		await submissions.submit(db, ben, fiji);
		const kept = await evidence.get(db, id);
		expect(kept.name).toBe('contract.pdf');
		expect(Buffer.from(kept.content).toString()).toBe('%PDF-1.7 …');
		expect(kept.update_id).not.toBeNull();
		await expect(evidence.detach(db, audit.actorOf(ana), place, id)).rejects.toThrow('not here any more');
	});

	test('that lies about its type, or is of no kind that is taken, is refused with a sentence', async () => {
		for (const [name, content, sentence] of [
			['photo.png', '%PDF-1.7', 'by its content it is a PDF file'],
			['contract.pdf', 'MZ\u0000\u0001', 'of a kind that is not taken'],
			['page.txt', '<html><script>alert(1)</script>', 'of a kind that is not taken'],
			['report.docx', 'PK\u0003\u0004 no zip', 'of a kind that is not taken'],
			['plain', 'words', 'is not what its name says'],
			['none.pdf', '', 'is empty'],
			['large.pdf', Buffer.concat([Buffer.from('%PDF-'), Buffer.alloc(5 * 1024 * 1024)]), '5 MB is the most']
		] as const)
			await expect(attach(name, content as string)).rejects.toThrow(sentence);
	});

	test('is opened by its own people and its reviewers once it is submitted, and by nobody else', async () => {
		const { id } = await attach('contract.pdf', '%PDF-1.7 …');
		const visitors = {
			ana,
			ben,
			office,
			japan: await person(db, 'national_coordinator', { entity_id: 'JPN' }),
			area: await person(db, 'area_coordinator', { element_id: 'rsp-2022-2024:FA1' }),
			otherArea: await person(db, 'area_coordinator', { element_id: 'rsp-2022-2024:FA3' }),
			viewer: await person(db, 'viewer'),
			administrator: await person(db, 'administrator')
		};
		const readers = async () => {
			const file = await evidence.get(db, id);
			const names = [];
			for (const [name, user] of Object.entries(visitors)) {
				const listed = await evidence.ofInitiative(db, user, 'single-window');
				const opens = await evidence.mayOpen(db, user, file);
				// What a page lists is what can be opened; of a draft the pages list nothing.
				if (file.update_id) expect(listed.length > 0, name).toBe(opens);
				else expect(listed).toEqual([]);
				if (opens) names.push(name);
			}
			expect(await evidence.mayOpen(db, undefined, file)).toBe(false);
			expect(await evidence.ofInitiative(db, undefined, 'single-window')).toEqual([]);
			return names;
		};
		expect(await readers()).toEqual(['ana', 'ben']);
		await write(ana, 'single-window', { stage: 'implemented', serves: 'main rsp-2022-2024:FA1' });
		await submissions.submit(db, ben, fiji);
		expect(await readers()).toEqual(['ana', 'ben', 'office', 'area']);
	});
});
