import { expect, test } from 'vitest';
import type { Db } from '#db/open.server.ts';
import type { Role } from '#lib/domain/access.ts';
import { blank } from '#lib/domain/draft.ts';
import { routes } from '#lib/server/access/routes.ts';
import { rebuild } from '#lib/server/standings.ts';
import * as sessions from '#lib/server/sessions.ts';
import * as tokens from '#lib/server/tokens.ts';
import { installation } from '../support/installation.ts';
import { person } from '../support/people.ts';
import { add } from '../support/story.ts';

// Addresses are walked by access.test.ts; here it is what stands inside a form or a body that names somebody else's thing.

const absent = 'never-was-one';
const at = '2026-10-01T00:00:00.000Z';
type Case = {
	/** As `routes` has it: `/(app)/report POST ?/ready`. */
	door: string;
	as: Role;
	path: string;
	/** What is sent, with the id in it. */
	fields: (id: string) => Record<string, string>;
	/** Names of things that are there and are others'. */
	foreign: string[];
	json?: boolean;
};

/** Doors whose forms name nothing that belongs to somebody: texts, choices and days, or what the address says already. */
const nameNothing = [
	'/(public)/setup/[token] POST',
	'/(public)/sign-in POST ?/ask',
	'/(public)/sign-in POST ?/demonstration',
	'/(public)/sign-in/code POST',
	'/(public)/sign-in/link/[token] POST',
	'/(public)/sign-in/once/[token] POST',
	'/(public)/sign-in/passkey POST',
	'/(public)/sign-out POST',
	'/(public)/unsubscribe/[token] POST',
	'/(app)/account POST ?/describe',
	'/(app)/account POST ?/end_others',
	'/(app)/account/passkeys POST ?/keep',
	'/(app)/account/tokens POST ?/issue',
	'/(app)/account/mail POST ?/choose',
	'/(app)/account/mail POST ?/make_calendar',
	'/(app)/account/mail POST ?/revoke_calendar',
	'/(app)/admin/people/[id] POST ?/disable',
	'/(app)/admin/people/[id] POST ?/enable',
	'/(app)/report/[meeting]/new POST ?/begin',
	'/(app)/report/[meeting]/unchanged POST ?/confirm',
	'/(app)/report/[meeting]/check POST ?/submit',
	'/(app)/report/[meeting]/check POST ?/nothing',
	'/(app)/report/[meeting]/check POST ?/excuse',
	'/(app)/review/[meeting]/[entity] POST ?/return',
	'/(app)/review/[meeting]/[entity] POST ?/accept',
	'/(app)/meetings/[meeting]/round POST ?/open',
	'/(app)/meetings/[meeting]/round POST ?/move',
	'/(app)/meetings/[meeting]/papers POST',
	'/(app)/meetings/[meeting]/freeze POST',
	'/(app)/meetings/[meeting]/unfreeze POST',
	'/(app)/meetings/[meeting]/changes/words POST ?/keep',
	'/(app)/meetings/[meeting]/changes/words POST ?/restore',
	'/(public)/meetings/[meeting]/present POST ?/keep',
	'/(public)/meetings/[meeting]/present POST ?/restore'
];

/** Doors only for those to whom nothing of what their forms can name is another's: the office, of the region; the administrator, of people. */
const nothingForeign = [
	'/(app)/meetings/[meeting]/round POST ?/take_out',
	'/(app)/meetings/[meeting]/round POST ?/add',
	'/(app)/meetings/new POST',
	'/(app)/meetings/[meeting]/links/new POST',
	'/(app)/admin POST ?/add',
	'/(app)/admin/people/[id] POST ?/give',
	'/(app)/admin/mail POST ?/again'
];

/** What is there, and belongs to Japan or to nobody in particular, beside the story. */
async function furnish(db: Db) {
	const japan = await person(db, 'national_coordinator', { entity_id: 'JPN', name: 'Japan' });
	const fiji = await person(db, 'contributor', { entity_id: 'FJI', name: 'A colleague' });
	const other = await person(db, 'contributor', { entity_id: 'JPN', name: 'Another of Japan' });
	await sessions.start(db, japan.id, { way: 'mail', device: 'theirs' });
	await tokens.issue(db, japan, { name: 'Theirs', scopes: ['report'], days: 30 });
	const passkey = {
		public_key: 'x',
		counter: 0,
		transports: null,
		name: 'Theirs',
		created_at: at,
		used_at: null
	};
	await add(db, 'passkey', [{ id: 'passkey-japan', user_id: japan.id, ...passkey }]);
	await add(db, 'deputy', [
		{ id: 'deputy-japan', user_id: japan.id, deputy_id: other.id, from_on: '2026-01-01', to_on: '2099-01-01' }
	]);
	await add(db, 'milestone', [
		{ id: 'milestone-japan', initiative_id: 'scanner', title: 'Bought', due_on: '2099-01-01', done_on: null }
	]);
	const sent = { meeting_id: 'rcp-40', state: 'submitted' as const, channel: 'web' as const };
	await add(db, 'submission', [
		{ ...sent, entity_id: 'JPN' },
		{ ...sent, entity_id: 'AUS' }
	]);
	const said = { meeting_id: 'rcp-40', stage: 'pilot' as const, change: 'changed' as const, recorded_at: at };
	await add(db, 'status_update', [
		{ id: 'update-japan', ...said, initiative_id: 'scanner', entity_id: 'JPN' }
	]);
	await add(db, 'review', [
		{ update_id: 'update-japan', verdict: 'differs', note: 'n', recorded_at: at, stage: 'committed' }
	]);
	const place = { meeting_id: 'rcp-40', side: 'member' as const, update_id: null };
	for (const [entity_id, initiative_id] of [
		['JPN', 'scanner'],
		['FJI', 'single-window']
	] as const) {
		const who = { saved_at: at, saved_by: null, saved_by_name: 'A' };
		const fields = JSON.stringify({ ...blank, progress_note: 'x' });
		await add(db, 'draft', [
			{ id: `draft-${entity_id}`, ...place, entity_id, initiative_id, version: 1, fields, ...who }
		]);
		await db
			.insertInto('evidence')
			.values({
				id: `file-${entity_id}`,
				...place,
				entity_id,
				initiative_id,
				...{ name: 'a.txt', type: 'text/plain', size: 1, added_by_name: 'A', added_at: at },
				...{ removed_at: null, content: Buffer.from('a') }
			})
			.execute();
	}
	await rebuild(db);
	const one = async (table: 'session' | 'api_token' | 'grant') =>
		(await db.selectFrom(table).select('id').where('user_id', '=', japan.id).executeTakeFirstOrThrow()).id;
	return {
		fiji: fiji.id,
		japan: japan.id,
		session: await one('session'),
		token: await one('api_token'),
		grant: await one('grant')
	};
}

type Ids = Awaited<ReturnType<typeof furnish>>;

function cases(ids: Ids): Case[] {
	const place = { meeting: 'rcp-40', entity: 'FJI', initiative: 'single-window' };
	const report = '/report/rcp-40/single-window';
	const form = { version: '1' };
	const list: Case[] = [
		...(['contributor', 'national_coordinator'] as const).flatMap((as): Case[] => [
			...['no_change', 'undo'].flatMap((act): Case[] =>
				(['entity', 'initiative', 'meeting'] as const).map((field) => ({
					door: `/(app)/report POST ?/${act}`,
					as,
					path: `/report?/${act}`,
					fields: (id) => ({ ...place, [field]: id }),
					foreign: { entity: ['JPN', 'rocb-ap', 'AUS'], initiative: ['scanner', 'reef'], meeting: [] }[field]
				}))
			),
			{
				door: '/(app)/report POST ?/ready',
				as,
				path: '/report?/ready',
				fields: (entity) => ({ meeting: 'rcp-40', entity }),
				foreign: ['JPN', 'AUS']
			},
			...['save', 'later', 'attach'].map((act): Case => ({
				door: `/(app)/report/[meeting]/[initiative] POST ?/${act}`,
				as,
				path: `${report}?/${act}`,
				fields: (milestones) => ({ ...form, stage: 'pilot', timing: 'on_track', milestones }),
				foreign: ['milestone-japan']
			})),
			{
				door: '/(app)/report/[meeting]/[initiative] POST ?/detach',
				as,
				path: `${report}?/detach`,
				fields: (file) => ({ ...form, file }),
				foreign: ['file-JPN']
			},
			{
				door: '/(app)/report/[meeting]/[initiative]/draft POST',
				as,
				path: `${report}/draft`,
				fields: (milestones) => ({ ...form, milestones }),
				foreign: ['milestone-japan']
			},
			{
				door: '/(app)/report/[meeting]/review POST ?/agree',
				as,
				path: '/report/rcp-40/review?/agree',
				fields: (update) => ({ update, recorded_at: at }),
				foreign: ['update-japan']
			},
			{
				door: '/(app)/handover POST ?/say',
				as,
				path: '/handover?/say',
				fields: (entity_id) => ({ entity_id, text: 'x' }),
				foreign: ['JPN']
			},
			{
				door: '/(app)/account/mail POST ?/name_deputy',
				as,
				path: '/account/mail?/name_deputy',
				fields: (deputy_id) => ({ deputy_id, from_on: '2099-01-01', to_on: '2099-02-01' }),
				foreign: [ids.japan]
			}
		]),
		...(['contributor', 'area_coordinator', 'vice_chair_office', 'viewer', 'administrator'] as const).flatMap(
			(as): Case[] => [
				{
					door: '/(app)/handover POST ?/leave',
					as,
					path: '/handover?/leave',
					fields: (grant_id) => ({ grant_id, to_on: '2099-01-01' }),
					foreign: [ids.grant]
				},
				{
					door: '/(app)/account POST ?/end',
					as,
					path: '/account?/end',
					fields: (id) => ({ id }),
					foreign: [ids.session]
				},
				{
					door: '/(app)/account/tokens POST ?/revoke',
					as,
					path: '/account/tokens?/revoke',
					fields: (id) => ({ id }),
					foreign: [ids.token]
				},
				{
					door: '/(app)/account/passkeys POST ?/remove',
					as,
					path: '/account/passkeys?/remove',
					fields: (id) => ({ id }),
					foreign: ['passkey-japan']
				},
				{
					door: '/(app)/account/mail POST ?/end_deputy',
					as,
					path: '/account/mail?/end_deputy',
					fields: (id) => ({ id }),
					foreign: ['deputy-japan']
				}
			]
		),
		{
			door: '/(app)/people POST ?/invite',
			as: 'national_coordinator',
			path: '/people?/invite',
			fields: (entity_id) => ({ email: 'new@example.org', name: 'New', role: 'contributor', entity_id }),
			foreign: ['JPN', 'rocb-ap']
		},
		{
			door: '/(app)/people POST ?/remove',
			as: 'national_coordinator',
			path: '/people?/remove',
			fields: (grant_id) => ({ grant_id }),
			foreign: [ids.grant]
		},
		{
			door: '/(app)/admin/people/[id] POST ?/end',
			as: 'administrator',
			path: `/admin/people/${ids.fiji}?/end`,
			fields: (grant_id) => ({ grant_id }),
			foreign: [ids.grant]
		},
		// What the office writes on behalf of Fiji can't touch what is Japan's, nor what Fiji itself writes.
		{
			door: '/(app)/report/[meeting]/[initiative] POST ?/detach',
			as: 'vice_chair_office',
			path: `${report}?/detach&entity=FJI`,
			fields: (file) => ({ version: '0', file }),
			foreign: ['file-JPN', 'file-FJI']
		},
		{
			door: '/(app)/report/[meeting]/[initiative] POST ?/addendum',
			as: 'vice_chair_office',
			path: '/report/rcp-32/single-window?/addendum&entity=FJI',
			fields: (milestones) => ({ version: '0', milestones }),
			foreign: ['milestone-japan']
		},
		{
			door: '/(app)/meetings/[meeting]/links POST ?/revoke',
			as: 'vice_chair_office',
			path: '/meetings/rcp-32/links?/revoke',
			fields: (id) => ({ id }),
			foreign: ['update-japan']
		},
		{
			door: '/(app)/review POST ?/confirm',
			as: 'area_coordinator',
			path: '/review?/confirm',
			fields: (update) => ({ update }),
			foreign: ['update-japan']
		},
		...['confirm', 'query', 'differ'].map((act): Case => ({
			door: `/(app)/review/[meeting]/[entity] POST ?/${act}`,
			as: 'area_coordinator',
			path: `/review/rcp-40/AUS?/${act}`,
			fields: (update) =>
				act === 'confirm'
					? { update }
					: { update, note: 'n', ...(act === 'differ' && { stage: 'committed' }) },
			foreign: ['update-japan']
		})),
		{
			door: '/(app)/meetings/[meeting]/board POST ?/remind',
			as: 'area_coordinator',
			path: '/meetings/rcp-40/board?/remind',
			fields: (entity) => ({ entity, text: 'Please.' }),
			foreign: ['PLW']
		},
		...(['contributor', 'national_coordinator'] as const).flatMap((as): Case[] =>
			(['entity', 'initiative'] as const).map((field) => ({
				door: '/api/v1/status-updates POST',
				as,
				path: '/api/v1/status-updates',
				json: true,
				fields: (id) => ({ ...place, stage: 'pilot', timing: 'on_track', [field]: id }),
				foreign: { entity: ['JPN', 'AUS'], initiative: ['scanner', 'reef'] }[field]
			}))
		),
		{
			door: '/api/v1/submissions POST',
			as: 'national_coordinator',
			path: '/api/v1/submissions',
			json: true,
			fields: (entity) => ({ meeting: 'rcp-40', entity }),
			foreign: ['JPN', 'AUS']
		}
	];
	return list;
}

/** What is kept of others, in full: nothing sent above may change a letter of it. */
async function others(db: Db) {
	const of = async (table: 'draft' | 'submission' | 'status_update' | 'evidence' | 'parting_word') =>
		db.selectFrom(table).selectAll().where('entity_id', '<>', 'FJI').execute();
	const all = async (
		table: 'milestone' | 'grant' | 'passkey' | 'api_token' | 'deputy' | 'review' | 'reminder'
	) => db.selectFrom(table).selectAll().execute();
	const kept: unknown[] = [];
	for (const table of ['draft', 'submission', 'status_update', 'evidence', 'parting_word'] as const)
		kept.push(await of(table));
	for (const table of ['milestone', 'grant', 'passkey', 'api_token', 'deputy', 'review', 'reminder'] as const)
		kept.push(await all(table));
	kept.push((await db.selectFrom('session').select('id').where('device', '=', 'theirs').execute()).length);
	const lines = (await all('audit_event' as never)) as { entity_id: string | null }[];
	kept.push(lines.filter(({ entity_id }) => entity_id !== null && entity_id !== 'FJI'));
	return JSON.stringify(kept);
}

test(
	'what a form or a body names of others answers exactly like what is not there, and stays as it was',
	{ timeout: 300_000 },
	async () => {
		let ids!: Ids;
		const { ask, close, db, users } = await installation(async (made) => {
			ids = await furnish(made);
		});
		const bearer = new Map<Role, string>();
		for (const role of ['contributor', 'national_coordinator'] as const) {
			const scopes = role === 'contributor' ? (['report'] as const) : (['report', 'submit'] as const);
			bearer.set(role, await tokens.issue(db, users[role], { name: 'T', scopes: [...scopes], days: 30 }));
		}
		const all = cases(ids);
		const send = async ({ as, path, fields, foreign, json }: Case, id: string) => {
			const answer = json
				? await ask(path, 'nobody', {
						method: 'POST',
						headers: { authorization: `Bearer ${bearer.get(as)}`, 'content-type': 'application/json' },
						body: JSON.stringify(fields(id))
					})
				: await ask(path, as, { method: 'POST', body: new URLSearchParams(fields(id)) });
			// What was sent before stays in the draft beside what is sent now: both stand for one.
			const text = [id, absent, ...foreign, encodeURIComponent(id)]
				.reduce((all, name) => all.replaceAll(name, '*'), await answer.text())
				.replace(/\*(?:\\*n|\n)\*/g, '*');
			return {
				status: answer.status,
				to: answer.headers.get('location')?.replaceAll(encodeURIComponent(id), '*'),
				text: text
					.replace(/sha256-[\w+/=]+|_kit_\w+|__sveltekit_\w+|s-[\w-]+|"id":"[\w-]{36}"/g, '')
					.replace(/\d\d:\d\d(:[\d.]+Z)?|version"?:?( value=)?"?\d+/g, '')
			};
		};
		const differences: string[] = [];
		for (const one of all) {
			// The first sending may change what the page itself shows of one's own: it is sent twice.
			await send(one, absent);
			const before = await others(db);
			const nothing = await send(one, absent);
			for (const id of one.foreign) {
				const answer = await send(one, id);
				const found = `${one.as}: ${one.path} with ${id} answered ${answer.status}`;
				if (answer.status >= 500) differences.push(found);
				if (answer.status !== nothing.status || answer.to !== nothing.to)
					differences.push(
						`${found} ${answer.to ?? ''}, and what is absent ${nothing.status} ${nothing.to ?? ''}`
					);
				else if (answer.text !== nothing.text)
					differences.push(`${found}, in other words than what is absent`);
				if ((await others(db)) !== before) differences.push(`${found}, and changed what is not theirs`);
			}
		}
		await close();
		expect(differences).toEqual([]);
		const doors = Object.entries(routes).flatMap(([route, of]) =>
			Object.keys(of)
				.filter((door) => door !== 'GET')
				.map((door) => `${route} ${door}`)
		);
		// A door that is new has to be tried above, or be said to name nothing.
		const known = new Set([...nameNothing, ...nothingForeign, ...all.map(({ door }) => door)]);
		expect(doors.filter((door) => !known.has(door))).toEqual([]);
		expect([...known].filter((door) => !doors.includes(door))).toEqual([]);
	}
);
