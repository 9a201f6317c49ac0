import { expect, test } from '@playwright/test';
import fc from 'fast-check';

const requests = 10_000;
const atOnce = 16;

const words = [
	'plans',
	'members',
	'initiatives',
	'meetings',
	'changes',
	'matrix',
	'alignment',
	'method',
	'charts',
	'api',
	'v1',
	'progress',
	'movement',
	'entities',
	'status-updates',
	'alignments',
	'openapi.json',
	'rsp-2022-2024',
	'FA2',
	'rcp-32',
	'rhca-24',
	'FJI',
	'i001',
	'stages.svg',
	'coverage.csv',
	'timing.json',
	'matrix.svg',
	'initiative.svg',
	'member.json',
	'__data.json',
	'..',
	'%2e%2e',
	'%00',
	'%',
	'%ff',
	'constructor',
	'__proto__',
	'null',
	'-1',
	'🦘',
	'ทะเล'
];
const keys = [
	'plan',
	'meeting',
	'basis',
	'weighting',
	'element',
	'entity',
	'initiative',
	'stage',
	'freshness',
	'timing',
	'moved',
	'from',
	'to',
	'q',
	'sort',
	'cursor',
	'limit',
	'page',
	'theme',
	'scope',
	'subregion',
	'levels',
	'__proto__',
	'x'
];
const values = [
	'rsp-2022-2024',
	'sp-2022-2025',
	'rcp-32',
	'rhca-25',
	'rsp-2022-2024:FA1',
	'FJI',
	'i001',
	'implemented',
	'missing',
	'fresh',
	'up',
	'on_track',
	'presented',
	'known',
	'member',
	'',
	'0',
	'-1',
	'1e999',
	'99999999999999999999',
	"' or 1=1 --",
	'<svg onload=alert(1)>',
	'%00',
	'%',
	'\u0000',
	'🦘',
	'a'.repeat(3000),
	'2023-02-29',
	'null',
	'[]',
	'{}'
];

const text = fc.oneof(
	{ weight: 5, arbitrary: fc.constantFrom(...values) },
	{ weight: 1, arbitrary: fc.string({ unit: 'binary' }) }
);
const path = fc.array(
	fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...words) }, { weight: 1, arbitrary: fc.webSegment() }),
	{ maxLength: 5 }
);
const query = fc.array(fc.tuple(fc.constantFrom(...keys), text), { maxLength: 4 });
const address = fc.tuple(path, query).map(([segments, pairs]) => {
	const safe = (value: string) => encodeURIComponent(value.toWellFormed());
	return `/${segments.join('/')}${pairs.length ? '?' : ''}${pairs.map(([k, v]) => `${k}=${safe(v)}`).join('&')}`;
});

test(`no address, however odd, breaks the server: ${requests} tries`, async ({ baseURL }) => {
	test.setTimeout(600_000);
	// The same each time, so that red means something changed; FUZZ_SEED tries others.
	const seed = Number(process.env.FUZZ_SEED ?? 471_941);
	const addresses = fc.sample(address, { numRuns: requests, seed });
	const broken: string[] = [];
	const statuses = new Map<number, number>();
	await Promise.all(
		Array.from({ length: atOnce }, async () => {
			for (let next = addresses.pop(); next !== undefined; next = addresses.pop()) {
				const answer = await fetch(baseURL + next, { redirect: 'manual' });
				const body = await answer.text();
				statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
				if (answer.status >= 500) broken.push(`${answer.status} ${next}`);
				if (answer.status >= 400 && body.length < 20)
					broken.push(`${answer.status} ${next} explains nothing`);
			}
		})
	);
	expect(broken, `seed ${seed}`).toEqual([]);
	expect(statuses.get(200)).toBeGreaterThan(requests / 20);
	expect(statuses.get(404)).toBeGreaterThan(requests / 20);
});
