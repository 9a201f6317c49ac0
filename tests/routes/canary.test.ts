import { expect, test } from 'vitest';
import { insertMany } from '#db/dialect.ts';
import type { Db } from '#db/open.server.ts';
import { blank } from '#lib/domain/draft.ts';
import { questions } from '#lib/charts/spec.ts';
import { routes } from '#lib/server/access/routes.ts';
import * as audit from '#lib/server/audit.ts';
import * as feeds from '#lib/server/calendar/feeds.ts';
import { paths } from './api/ask.ts';
import type { Role } from '#lib/domain/access.ts';
import * as digests from '#lib/server/mail/digests.ts';
import { post } from '#lib/server/mail/outbox.ts';
import * as reminders from '#lib/server/reminders.ts';
import * as sessions from '#lib/server/sessions.ts';
import * as users from '#lib/server/users.ts';
import { crawl } from '../support/crawl.ts';
import { installation, visitors, type Visitor } from '../support/installation.ts';
import { add } from '../support/story.ts';

const entities = ['AUS', 'FJI', 'JPN', 'PLW', 'VNM', 'rocb-ap'];

/** What each entity works at, so that what it writes stands somewhere. */
const own: Record<string, string> = {
	AUS: 'drill',
	FJI: 'single-window',
	JPN: 'scanner',
	PLW: 'reef',
	VNM: 'aeo',
	'rocb-ap': 'training'
};

/** A string that stands in one private field of one entity and nowhere else. No word hides it from a search. */
const canary = (field: string, entity: string) => `zq${field}zq${entity.replace('-', '').toLowerCase()}zq`;

/** Where something private stands. */
type Field =
	| 'draft'
	| 'kept'
	| 'onbehalf'
	| 'evidence'
	| 'bytes'
	| 'note'
	| 'settled'
	| 'person'
	| 'address'
	| 'device'
	| 'token'
	| 'mail'
	| 'reminder'
	| 'trail'
	| 'ready'
	| 'editing'
	| 'receipt'
	| 'parting';

/** Puts a string of its own into every private field of every entity. */
async function plant(db: Db) {
	const at = '2026-10-01T00:00:00.000Z';
	for (const entity_id of entities) {
		const of = (field: Field) => canary(field, entity_id);
		const place = { meeting_id: 'rcp-40', initiative_id: own[entity_id]!, entity_id };
		const user = await users.add(db, audit.commandLine, {
			name: of('person'),
			email: `${of('address')}@example.org`
		});
		await users.grant(db, audit.commandLine, user.id, {
			role: 'national_coordinator',
			entity_id,
			from_on: '2000-01-01'
		});
		await sessions.start(db, user.id, { way: 'mail', device: of('device') });
		const who = { saved_at: at, saved_by: user.id, saved_by_name: of('person') };
		for (const side of ['member', 'office'] as const) {
			const words = of(side === 'member' ? 'draft' : 'onbehalf');
			const id = `${entity_id}-${side}`;
			const text = JSON.stringify({ ...blank, progress_note: words, support_needed: words, title: words });
			await add(db, 'draft', [{ id, ...place, side, version: 1, fields: text, ...who }]);
			const revision = { draft_id: id, version: 1, kind: 'saved' as const, ...who };
			await add(db, 'draft_revision', [
				{ id, ...revision, fields: JSON.stringify({ ...blank, progress_note: of('kept') }) }
			]);
		}
		const file = { type: 'text/plain', size: 30, added_by_name: of('person'), added_at: at };
		await db
			.insertInto('evidence')
			.values({
				id: `evidence-${entity_id}`,
				...place,
				side: 'member',
				update_id: null,
				name: `${of('evidence')}.txt`,
				content: Buffer.from(of('bytes')),
				removed_at: null,
				...file
			})
			.execute();
		await add(db, 'editing', [
			{ ...place, side: 'member', user_id: user.id, name: of('editing'), seen_at: new Date().toISOString() }
		]);
		await add(db, 'readiness', [
			{ meeting_id: 'rcp-40', entity_id, said_by: user.id, said_by_name: of('ready'), said_at: at }
		]);
		await db
			.insertInto('submission')
			.values({
				meeting_id: 'rcp-32',
				entity_id,
				state: 'returned',
				channel: 'web',
				submitted_at: at,
				reason: null
			})
			.onConflict((c) => c.doNothing())
			.execute();
		await add(db, 'settlement', [
			{
				meeting_id: 'rcp-32',
				entity_id,
				settled_at: at,
				settled_by: user.id,
				state: 'returned',
				note: of('settled')
			}
		]);
		await add(db, 'receipt', [
			{
				reference: `R-${entity_id}`,
				meeting_id: 'rcp-32',
				entity_id,
				submitted_at: at,
				submitted_by_name: of('receipt'),
				channel: 'web',
				update_ids: '[]'
			}
		]);
		await add(db, 'parting_word', [{ user_id: user.id, entity_id, text: of('parting'), written_at: at }]);
		await add(db, 'api_token', [
			{
				id: `t-${entity_id}`,
				user_id: user.id,
				name: of('token'),
				token_hash: entity_id,
				scopes: 'read',
				created_at: at,
				expires_at: '2030-01-01T00:00:00.000Z'
			}
		]);
		await add(db, 'reminder', [
			{
				user_id: user.id,
				reminded_on: '2026-10-01',
				meeting_id: 'rcp-40',
				entity_id,
				reminded_at: at,
				reminded_by: user.id,
				text: of('reminder')
			}
		]);
		await post(db, {
			to: `${of('address')}@example.org`,
			user_id: user.id,
			kind: 'returned',
			subject: of('mail'),
			text: of('mail')
		});
		await audit.record(db, audit.commandLine, {
			act: 'record',
			object: 'draft',
			entity_id,
			meeting_id: 'rcp-40',
			initiative_id: own[entity_id]!,
			after: { words: of('trail') }
		});
		await feeds.make(db, (await users.find(db, { id: user.id }))!);
	}
	const notes = await db.selectFrom('status_update').select(['id', 'entity_id', 'recorded_at']).execute();
	await insertMany(
		db,
		'review',
		['update_id', 'verdict', 'note', 'recorded_at', 'stage'],
		notes.map(({ id, entity_id }) => ({
			update_id: id,
			verdict: 'differs',
			note: canary('note', entity_id),
			recorded_at: at,
			stage: 'committed'
		}))
	);
}

/** Whose side somebody is on: what stands in these fields of these entities is written for them too. */
function mayMeet(who: Visitor, field: Field, entity: string): boolean {
	const people: Field[] = ['person', 'address'];
	if (who === 'contributor' || who === 'national_coordinator')
		return entity === 'FJI' && !['onbehalf', 'device', 'token', 'mail'].includes(field);
	// Reviewers, and whoever reminds, are the other side of every answer; what is not submitted is not theirs.
	if (who === 'vice_chair_office')
		return !['draft', 'device', 'token', 'mail', 'editing', 'parting'].includes(field);
	if (who === 'area_coordinator')
		return [...people, 'note', 'settled', 'reminder', 'receipt', 'ready'].includes(field);
	if (who === 'administrator') return [...people, 'trail', 'device'].includes(field);
	return false;
}

test(
	'nobody meets what was written for others, on any page, in any data, chart, file or feed',
	{ timeout: 600_000 },
	async () => {
		const { ask, close, db, users: someone } = await installation(plant);
		const feed = await feeds.make(db, someone.contributor);
		const pages = Object.keys(routes)
			.map((id) => id.replace(/\/\([^)]+\)/g, '') || '/')
			.flatMap((path) => entities.map((entity) => filledFor(path, entity)))
			.filter((path) => !path.includes('['));
		const files = questions.flatMap((question) =>
			['svg', 'csv', 'json', 'xlsx'].map(
				(format) => `/charts/${question}.${format}?plan=rsp-2022-2024&meeting=rcp-32&entity=FJI`
			)
		);
		const api = paths.map(
			(path) => `/api/v1/${path.replace('{id}', 'single-window')}?plan=rsp-2022-2024&meeting=rcp-32`
		);
		const start = [...new Set([...pages, ...files, ...api, `/calendar/${feed}.ics`, '/report?entity=JPN'])];
		const met: string[] = [];
		const seen: Record<string, Set<string>> = {};
		const walked: Record<string, number> = {};
		for (const who of visitors) {
			const answers = await crawl((path) => ask(path, who), start);
			walked[who] = answers.filter(({ status }) => status === 200).length;
			for (const { path, status, text } of answers) {
				if (status >= 500) met.push(`${who}: ${path} answered ${status}`);
				for (const [, field, entity] of text.matchAll(/zq([a-z]+)zq([a-z]+)zq/gi)) {
					const whose = entities.find((id) => canary('x', id) === `zqxzq${entity!.toLowerCase()}zq`)!;
					if (whose === 'FJI') (seen[who] ??= new Set()).add(field!.toLowerCase());
					if (!mayMeet(who, field!.toLowerCase() as Field, whose))
						met.push(`${who}: ${path} tells ${field} of ${whose}`);
				}
			}
		}
		await mailTells(db, (found) => met.push(found));
		await close();
		expect([...new Set(met)]).toEqual([]);
		// What is written for somebody does reach them: otherwise nothing above would prove anything.
		expect([...seen.contributor!]).toEqual(
			expect.arrayContaining(['draft', 'evidence', 'bytes', 'note', 'person', 'parting', 'trail'])
		);
		expect([...seen.vice_chair_office!]).toEqual(expect.arrayContaining(['note', 'onbehalf', 'person']));
		expect([...seen.administrator!]).toEqual(expect.arrayContaining(['address', 'trail']));
		expect(walked.nobody).toBeGreaterThan(3);
		for (const who of visitors.filter((one) => one !== 'nobody'))
			expect(walked[who], who).toBeGreaterThan(100);
	}
);

/** Reads what is written to everybody: the digest of a day on which all are told, and what a reviewer gives back. */
async function mailTells(db: Db, tell: (found: string) => void) {
	await db.deleteFrom('outbox').execute();
	const office = await someoneOf(db, 'vice_chair_office');
	const due = await db
		.selectFrom('round_opening')
		.select('due_at')
		.where('meeting_id', '=', 'rcp-40')
		.executeTakeFirstOrThrow();
	// In these hours it is the morning a week before, for everybody.
	const week = Date.parse(due.due_at) - 8 * 86_400_000;
	for (let hour = 0; hour < 48; hour++)
		await digests.queue(db, { ORIGIN: 'http://localhost', PORT: 3000 }, new Date(week + hour * 3_600_000));
	for (const entity_id of entities)
		await reminders.send(db, office, {
			meeting_id: 'rcp-40',
			entity_ids: [entity_id],
			text: canary('reminder', entity_id),
			origin: 'http://localhost'
		});
	const mails = await db
		.selectFrom('outbox as o')
		.innerJoin('grant as g', 'g.user_id', 'o.user_id')
		.select(['o.kind', 'o.subject', 'o.text', 'o.html', 'g.entity_id'])
		.execute();
	for (const kind of ['digest', 'reminder']) {
		const reached = new Set(mails.filter((mail) => mail.kind === kind).map(({ entity_id }) => entity_id));
		if (reached.size < 3) tell(`no ${kind} was written to many, so none could tell anything`);
	}
	for (const { kind, entity_id, ...words } of mails)
		for (const [, field, entity] of JSON.stringify(words).matchAll(/zq([a-z]+)zq([a-z]+)zq/gi)) {
			const whose = entities.find((id) => canary('x', id) === `zqxzq${entity!.toLowerCase()}zq`)!;
			// One is greeted by name, and reads what was written to one's own.
			if (whose !== entity_id || !['person', 'reminder', 'address'].includes(field!.toLowerCase()))
				tell(`${kind} to somebody of ${entity_id} tells ${field} of ${whose}`);
		}
}

async function someoneOf(db: Db, role: Role) {
	const { user_id } = await db
		.selectFrom('grant')
		.select('user_id')
		.where('role', '=', role)
		.executeTakeFirstOrThrow();
	return (await users.find(db, { id: user_id }))!;
}

/** An address with what belongs to an entity in it. */
function filledFor(path: string, entity: string) {
	const words: Record<string, string> = {
		meeting: path.includes('receipt') ? 'rcp-32' : 'rcp-40',
		entity,
		initiative: own[entity]!,
		plan: 'rsp-2022-2024',
		code: 'FA1',
		reference: `R-${entity}`,
		id: path.includes('evidence')
			? `evidence-${entity}`
			: path.includes('plans')
				? 'rsp-2022-2024'
				: own[entity]!
	};
	const filled = path.replace(/\[(\w+)\]/g, (all, word: string) => words[word] ?? all);
	return path.startsWith('/report/') || path.startsWith('/review/') ? `${filled}?entity=${entity}` : filled;
}
