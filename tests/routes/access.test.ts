import { expect, test } from 'vitest';
import { allowed, kindOf, type Act, type Role, type Target } from '#lib/domain/access.ts';
import { routes, type Rule } from '#lib/server/access/routes.ts';
import { rebuild } from '#lib/server/standings.ts';
import { installation, visitors, type Installation, type Visitor } from '../support/installation.ts';
import { person, signedIn } from '../support/people.ts';
import { add } from '../support/story.ts';

const kinds = ['own', 'other', 'regional', 'frozen', 'deleted', 'guessed'] as const;
type Kind = (typeof kinds)[number];

type Objects = {
	meeting: string;
	entity: string;
	initiative: string;
	plan: string;
	code: string;
	target: Target | null;
};

const here = { plan: 'rsp-2022-2024', code: 'FA1' };
const there = { plan: 'sp-2022-2025', code: 'SO1' };
/** Nothing of this name is there: it was deleted, or somebody guessed it. */
const absent = (name: string): Objects => ({
	meeting: name,
	entity: name,
	initiative: name,
	plan: name,
	code: name,
	target: null
});

/** One thing of each kind, seen from Fiji and from the coordinator of trade facilitation. */
const objects: Record<Kind, Objects> = {
	own: {
		...here,
		meeting: 'rcp-40',
		entity: 'FJI',
		initiative: 'single-window',
		target: { entity_id: 'FJI', scopes: ['rsp-2022-2024:FA1'] }
	},
	other: {
		...there,
		meeting: 'rcp-40',
		entity: 'JPN',
		initiative: 'scanner',
		target: { entity_id: 'JPN', scopes: ['sp-2022-2025:SO1'] }
	},
	regional: { ...here, meeting: 'rcp-40', entity: 'rocb-ap', initiative: 'training', target: {} },
	frozen: {
		...here,
		meeting: 'rcp-32',
		entity: 'FJI',
		initiative: 'single-window',
		target: { entity_id: 'FJI', scopes: ['rsp-2022-2024:FA1'], frozen: true }
	},
	deleted: absent('gone-for-good'),
	guessed: absent('never-was-one')
};

/** What stands in an address, by route where a word means several things. A new word has to be taught here. */
function filled(route_id: string, kind: Kind, ids: Record<string, Record<Kind, string>>): string | undefined {
	const of = objects[kind];
	const words: Record<string, string> = {
		...of,
		entity: of.entity,
		question: 'stages',
		format: route_id.endsWith('pack.[format]') ? 'zip' : 'svg',
		token: 'no-such-token',
		'...path': 'v1/nothing'
	} as never;
	const own = Object.entries(ids).find(([name]) => route_id.endsWith(name))?.[1];
	let known = true;
	const path = route_id.replace(/\/\([^)]+\)/g, '').replace(/\[([^\]]+)\]/g, (_, word: string) => {
		const value = (own && ['id', 'token', 'reference'].includes(word) ? own[kind] : undefined) ?? words[word];
		known &&= value !== undefined;
		return encodeURIComponent(value ?? '').replaceAll('%2F', '/');
	});
	return known ? path || '/' : undefined;
}

/** Which words of a route name something that is there or not, so that another name answers otherwise. */
const names = (route_id: string) =>
	[...route_id.matchAll(/\[([^\]]+)\]/g)]
		.map(([, word]) => word!)
		.filter((word) => !['question', 'format', '...path'].includes(word));

type Expected = 'in' | 'sign_in' | 'refuse';

/** What the table says of somebody at a door, worked out here once more. */
function atDoor(rule: Rule, who: Visitor): Expected {
	if (rule === 'anyone') return 'in';
	if (who === 'nobody') return 'sign_in';
	if (rule === 'signed_in') return 'in';
	return allowed(who, rule === 'published' ? 'read' : rule).length > 0 ? 'in' : 'refuse';
}

const grant = (role: Role) => ({
	role,
	entity_id: role === 'contributor' || role === 'national_coordinator' ? 'FJI' : null,
	element_id: role === 'area_coordinator' ? 'rsp-2022-2024:FA1' : null
});

/** What the table says of a thing, once through the door. */
function mayDo(rule: Rule, who: Visitor, kind: Kind, route_id: string): boolean {
	const { target } = objects[kind];
	// Whoever may write a report or review it may open what backs it.
	if (route_id === '/(app)/evidence/[id]')
		return (['report', 'review'] as const).some((act) => mayDo(act, who, kind, '[entity]'));
	if (rule === 'anyone' || rule === 'signed_in' || rule === 'published') return true;
	if (who === 'nobody' || target === null) return false;
	// A person is no part of a meeting, a page without a thing is the region's, and so is a meeting as a whole.
	if (route_id.includes('/people/') || names(route_id).length === 0)
		return allowed(who, rule).includes('regional');
	// What became of one's own answers, whoever asks.
	if (route_id === '/(app)/report/[meeting]/review') return true;
	// To look at an answer is to follow it, frozen or not; what is done there is to review it.
	const act: Act = route_id.startsWith('/(app)/review/') ? 'follow' : rule;
	const isMeetings = !/\[(entity|initiative|reference|id)\]|^\/\(app\)\/report/.test(route_id);
	const isReport = route_id.startsWith('/(app)/report');
	// What was said at a frozen meeting is shown to its people, and says that it is frozen; nothing new is begun there.
	const isLive = isReport && !route_id.endsWith('/new');
	const frozen = route_id.includes('[meeting]') && !isLive ? target.frozen : false;
	// The training is led by the regional office, and Fiji takes part.
	const shared = {
		entity_id: route_id.includes('[entity]') || isReport ? 'rocb-ap' : 'FJI',
		scopes: ['rsp-2022-2024:FA2']
	};
	// A page about a meeting says itself when it is too early or too late for what it is for.
	if (isMeetings) return ['regional', 'frozen'].some((one) => allowed(who, act).includes(one as 'frozen'));
	const of = { ...(kind === 'regional' ? shared : target), frozen };
	return allowed(who, act).includes(kindOf(grant(who), of));
}

/** Addresses that are their own key, or not about things that belong to somebody. */
const apart = [
	'/(public)/setup/[token]',
	'/(public)/sign-in/link/[token]',
	'/(public)/sign-in/once/[token]',
	'/(public)/unsubscribe/[token]'
];

async function region(): Promise<Installation & { ids: Record<string, Record<Kind, string>> }> {
	const made = await installation(async (db) => {
		await add(db, 'entity', [{ id: 'gone-for-good', kind: 'member', name: 'Gone', search_text: '' }]);
		await db.deleteFrom('entity').where('id', '=', 'gone-for-good').execute();
		await add(db, 'initiative', [{ id: 'gone-for-good', title: 'Gone', search_text: '' }]);
		await db.deleteFrom('initiative').where('id', '=', 'gone-for-good').execute();
		const sent = { meeting_id: 'rcp-40', state: 'submitted' as const, channel: 'web' as const };
		await add(
			db,
			'submission',
			['FJI', 'JPN', 'rocb-ap'].map((entity_id) => ({ ...sent, entity_id }))
		);
		const said = { meeting_id: 'rcp-40', stage: 'pilot' as const, change: 'changed' as const };
		await add(db, 'status_update', [
			{
				id: 'own',
				...said,
				initiative_id: 'single-window',
				entity_id: 'FJI',
				recorded_at: '2026-10-01T00:00:00.000Z'
			},
			{
				id: 'other',
				...said,
				initiative_id: 'scanner',
				entity_id: 'JPN',
				recorded_at: '2026-10-01T00:00:00.000Z'
			}
		]);
		await rebuild(db);
		const at = '2026-10-01T00:00:00.000Z';
		for (const { entity, initiative, target } of Object.values(objects)) {
			if (target === null || target.frozen) continue;
			const place = { meeting_id: 'rcp-40', entity_id: entity, initiative_id: initiative };
			const file = { name: 'a.txt', type: 'text/plain', size: 1, added_by_name: 'A', added_at: at };
			const from = {
				side: 'member' as const,
				update_id: entity === 'JPN' ? 'other' : 'own',
				removed_at: null
			};
			await db
				.insertInto('evidence')
				.values({ id: `evidence-${entity}`, ...place, ...from, ...file, content: Buffer.from('a') })
				.execute();
			for (const meeting_id of ['rcp-40', 'rcp-32']) {
				const receipt = { meeting_id, entity_id: entity, submitted_at: at, submitted_by_name: 'A' };
				const reference = `R-${meeting_id}-${entity}`;
				await add(db, 'receipt', [{ reference, ...receipt, channel: 'web', update_ids: '[]' }]);
			}
		}
	});
	const each = (pick: (kind: Kind) => string) =>
		Object.fromEntries(kinds.map((kind) => [kind, pick(kind)])) as Record<Kind, string>;
	const people = [
		await person(made.db, 'viewer'),
		await person(made.db, 'contributor', { entity_id: 'JPN' })
	];
	const gone = (kind: Kind) => kind === 'deleted' || kind === 'guessed';
	const ids = {
		'initiatives/[id]/history': each((kind) => objects[kind].initiative),
		'initiatives/[id]': each((kind) => objects[kind].initiative),
		'plans/[id]': each((kind) => objects[kind].plan),
		'people/[id]': each((kind) => (gone(kind) ? objects[kind].entity : people[kind === 'own' ? 0 : 1]!.id)),
		'receipt/[reference]': each((kind) =>
			gone(kind) ? objects[kind].entity : `R-${objects[kind].meeting}-${objects[kind].entity}`
		),
		'evidence/[id]': each((kind) => (gone(kind) ? objects[kind].entity : `evidence-${objects[kind].entity}`)),
		'calendar/[token].ics': each((kind) => objects[kind].entity)
	};
	return { ...made, ids };
}

test(
	'every door answers every role, for every kind of thing, as the table says',
	{ timeout: 600_000 },
	async () => {
		const { ask, ids, close, db, cookies, users } = await region();
		const differences: string[] = [];
		let asked = 0;
		for (const [route_id, doors] of Object.entries(routes)) {
			for (const [door, rule] of Object.entries(doors) as [string, Rule][]) {
				const [method, action = ''] = door.split(' ');
				for (const who of visitors) {
					if (who !== 'nobody') cookies[who] = await signedIn(db, users[who]);
					// The absent comes first: whoever may not see a thing must get just this.
					const nothing = new Map<Kind, string>();
					for (const kind of [...kinds].reverse()) {
						if (names(route_id).length === 0 && kind !== 'own') continue;
						const path = filled(route_id, kind, ids);
						if (path === undefined) {
							differences.push(`${route_id}: teach this test what stands in this address`);
							break;
						}
						const entity = route_id.startsWith('/(app)/report') ? `entity=${objects[kind].entity}` : '';
						const query = [action.slice(1), entity].filter(Boolean).join('&');
						const address = query ? `${path}?${query}` : path;
						const body = method === 'GET' ? {} : { method, body: new URLSearchParams({}) };
						const answer = await ask(address, who, body);
						const text = await answer.text();
						asked++;
						const found = `${who}, ${kind}: ${method} ${address} answered ${answer.status}`;
						const expected = atDoor(rule, who);
						if (answer.status >= 500) differences.push(found);
						else if (expected === 'sign_in') {
							const right =
								answer.status === 401 ||
								(answer.status === 303 && answer.headers.get('location')?.startsWith('/sign-in'));
							if (!right) differences.push(`${found}, not the way to sign in`);
						} else if (expected === 'refuse') {
							if (answer.status !== 403) differences.push(`${found}, not 403`);
						} else if (!apart.includes(route_id) && names(route_id).length > 0) {
							const plain = blank(text, kind, ids);
							nothing.set(kind, plain);
							if (kind === 'deleted' || kind === 'guessed') {
								if (method === 'GET' && answer.status !== 404) differences.push(`${found}, not 404`);
								if (method !== 'GET' && answer.status < 400)
									differences.push(`${found}, as if it were there`);
							} else if (method !== 'GET') {
								// An empty form names no thing of its own: what is done to which is asked where it is done.
								if (answer.status === 401) differences.push(found);
							} else if (mayDo(rule, who, kind, route_id)) {
								if ([401, 403].includes(answer.status) || (answer.status === 404 && rule !== 'anyone'))
									differences.push(`${found}, though they may`);
							} else if (answer.status < 400) differences.push(`${found}, though they may not`);
							else if (kind === 'other' && plain !== nothing.get('guessed'))
								differences.push(`${found}, and not in the words of what is absent`);
						} else if ([401, 403].includes(answer.status) && mayDo(rule, who, kind, route_id))
							differences.push(`${found}, though they may`);
					}
				}
			}
		}
		await close();
		expect(differences).toEqual([]);
		expect(asked).toBeGreaterThan(1000);
	}
);

/** An answer without the names that were asked for, and without what differs each time. */
function blank(text: string, kind: Kind, ids: Record<string, Record<Kind, string>>) {
	const { target: _, ...of } = objects[kind];
	const said = [...Object.values(of), ...Object.values(ids).map((one) => one[kind])];
	let plain = text;
	for (const name of said.sort((a, b) => b.length - a.length))
		plain = plain.replaceAll(name, '*').replaceAll(encodeURIComponent(name), '*');
	return plain
		.replace(/sha256-[\w+/=]+/g, '')
		.replace(/"id":"[\w-]{36}"/g, '')
		.replace(/_kit_\w+|__sveltekit_\w+/g, '')
		.replace(/s-[\w-]+/g, '');
}

test('what a door does not take is refused, whoever sends it', { timeout: 300_000 }, async () => {
	const { ask, ids, close } = await region();
	const wrong: string[] = [];
	for (const [route_id, doors] of Object.entries(routes))
		for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
			for (const who of visitors) {
				if (method in doors || route_id === '/healthz' || route_id === '/readyz') continue;
				const answer = await ask(filled(route_id, 'own', ids) ?? '/', who, {
					method,
					body: new URLSearchParams({})
				});
				if (answer.status < 400 || answer.status >= 500)
					wrong.push(`${who}: ${method} ${route_id} answered ${answer.status}`);
			}
	await close();
	expect(wrong).toEqual([]);
});
