import fc from 'fast-check';
import { routes } from '#lib/server/access/routes.ts';
import { fieldNames } from '#lib/domain/draft.ts';
import { visitors, type Visitor } from './installation.ts';

export type Odd = {
	who: Visitor;
	method: string;
	path: string;
	headers: Record<string, string>;
	body: string | FormData | undefined;
};

const values = [
	...['rcp-40', 'rcp-32', 'rhca-24', 'FJI', 'JPN', 'rocb-ap', 'single-window', 'scanner', 'training'],
	...[
		'rsp-2022-2024',
		'FA1',
		'rsp-2022-2024:FA1',
		'implemented',
		'pilot',
		'on_track',
		'at_risk',
		'changed',
		'no_change',
		'new',
		'ended'
	],
	...[
		'',
		' ',
		'0',
		'-1',
		'1e999',
		'NaN',
		'99999999999999999999',
		'null',
		'true',
		'[]',
		'{}',
		'__proto__',
		'constructor'
	],
	...[
		'2023-02-29',
		'29-02-2023',
		'2566-01-01',
		'2026-12-01',
		'2026-12-01T10:00',
		'Pacific/Fiji',
		'Mars/Olympus'
	],
	...[
		"' or 1=1 --",
		'<svg onload=alert(1)>',
		'\u0000',
		'\ud800',
		'🦘',
		'ทะเล',
		'עברית',
		'%00',
		'../..',
		'a'.repeat(5000)
	]
];
const fields = [
	...fieldNames,
	...[
		'id',
		'email',
		'name',
		'role',
		'entity',
		'entity_id',
		'element_id',
		'from_on',
		'to_on',
		'choice',
		'deputy_id',
		'code',
		'to',
		'time_zone'
	],
	...[
		'version',
		'base',
		'opened',
		'update',
		'note',
		'reason',
		'partly',
		'due_on',
		'due_at',
		'due_time',
		'scopes',
		'days',
		'verdict',
		'stage',
		'timing'
	],
	...[
		'words',
		'text',
		'title',
		'series',
		'starts_on',
		'ends_on',
		'meeting',
		'initiative',
		'recorded_at',
		'updates',
		'x',
		'__proto__'
	]
];
const value = fc.oneof(
	{ weight: 6, arbitrary: fc.constantFrom(...values) },
	{ weight: 1, arbitrary: fc.string({ unit: 'binary' }) }
);
const pairs = fc.array(fc.tuple(fc.constantFrom(...fields), value), { maxLength: 8 });

const doors = Object.entries(routes)
	.filter(([id]) => !id.includes('sign-out'))
	.flatMap(([id, of]) => Object.keys(of).map((door) => ({ id, door })));

const json = fc.oneof(
	fc.json({ maxDepth: 3 }),
	pairs.map((list) => JSON.stringify(Object.fromEntries(list))),
	fc.constantFrom('', '{', 'null', '[]', '"x"', '{"__proto__":1}')
);

/** One request that nobody in their right mind would send, or that somebody might. */
export const odd: fc.Arbitrary<Odd> = fc
	.record({
		who: fc.constantFrom(...visitors),
		door: fc.constantFrom(...doors),
		method: fc.oneof(
			{ weight: 9, arbitrary: fc.constant(null) },
			{ weight: 1, arbitrary: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE') }
		),
		words: fc.array(value, { minLength: 4, maxLength: 4 }),
		query: fc.array(
			fc.tuple(fc.constantFrom(...fields, 'plan', 'from', 'page', 'state', 'basis', 'q'), value),
			{ maxLength: 3 }
		),
		form: pairs,
		json,
		shape: fc.constantFrom('form', 'form', 'multipart', 'json', 'none'),
		key: fc.option(fc.constantFrom('a', 'b', 'x'.repeat(500), '')),
		lone: fc.boolean()
	})
	.map(({ who, door: { id, door }, method, words, query, form, json, shape, key, lone }) => {
		const [way, action] = door.split(' ?');
		let at = 0;
		const safe = (text: string) => encodeURIComponent(text.toWellFormed());
		const path =
			id.replace(/\/\([^)]+\)/g, '').replace(/\[[^\]]+\]/g, () => safe(words[at++ % 4]!) || 'x') || '/';
		const asked = [...(action ? [action] : []), ...query.map(([name, one]) => `${name}=${safe(one)}`)].join(
			'&'
		);
		const verb = method ?? way!;
		const isApi = path.startsWith('/api/');
		const headers: Record<string, string> = key === null ? {} : { 'idempotency-key': key };
		let body: Odd['body'];
		if (verb !== 'GET' && shape !== 'none') {
			if (isApi || shape === 'json') {
				headers['content-type'] = lone ? 'application/json' : 'text/plain';
				body = json;
			} else if (shape === 'form') {
				headers['content-type'] = 'application/x-www-form-urlencoded';
				body = form.map(([name, one]) => `${name}=${safe(one)}`).join('&');
			} else {
				body = new FormData();
				for (const [name, one] of form)
					body.append(
						name,
						lone ? one.toWellFormed() : new Blob([one], { type: 'application/pdf' }),
						...((lone ? [] : ['x.pdf']) as [])
					);
			}
		}
		return { who, method: verb, path: asked ? `${path}?${asked}` : path, headers, body };
	});
