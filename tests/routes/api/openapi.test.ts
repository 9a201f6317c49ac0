import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, test } from 'vitest';
import { document } from '#lib/server/api/openapi.ts';
import { story } from '../../support/story.ts';
import { openRound } from '../../support/round.ts';
import { ask, paths, send } from './ask.ts';

type Answers = Record<string, { content?: Record<string, { schema: object }> }>;
type Described = {
	operationId: string;
	security?: object[];
	parameters?: { in: string; name: string }[];
	responses: Answers;
};
type Document = {
	openapi: string;
	components: { schemas: Record<string, object> };
	paths: Record<string, { get?: Described; post?: Described }>;
};

let openapi: Document;
let ajv: Ajv2020;

beforeAll(async () => {
	openapi = (await document()) as Document;
	ajv = new Ajv2020({ strict: false, allErrors: true });
	ajv.addSchema({ $id: 'doc', ...openapi });
});

/** Checks an answer against what the document says of its address and status. */
function expectAsDescribed(
	path: string,
	{ status, headers, body }: Awaited<ReturnType<typeof ask>>,
	method: 'get' | 'post' = 'get'
) {
	const type = status < 300 ? 'application/json' : 'application/problem+json';
	expect(headers.get('content-type')).toContain(type);
	const { responses } = openapi.paths[path]![method]!;
	expect(Object.keys(responses), `${path} describes ${status}`).toContain(String(status));
	const pointer = ['paths', path, method, 'responses', String(status), 'content', type, 'schema']
		.map(escaped)
		.join('/');
	const validate = ajv.compile({ $ref: `doc#/${pointer}` });
	validate(body);
	expect(validate.errors ?? [], `${path} ${status}`).toEqual([]);
}

const escaped = (part: string) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));

/** An address for every route in the document, and more where what is asked changes the answer. */
const addresses: Record<string, string[]> = {
	plans: ['', '?limit=1'],
	'plans/{id}': ['rsp-2022-2024', 'sp-2022-2025', 'rsp-2018-2020'],
	alignments: ['', '?limit=2'],
	entities: ['', '?kind=member&limit=2', '?kind=secretariat'],
	meetings: ['', '?limit=1'],
	initiatives: [
		'',
		'?q=vietnam',
		'?plan=rsp-2022-2024&subregion=Pacific&limit=1',
		'?element=rsp-2022-2024:FA1&role=contributing'
	],
	'initiatives/{id}': ['single-window', 'drill', 'reef', 'scanner'],
	'status-updates': ['', '?limit=3', '?meeting=rcp-32&entity=FJI'],
	progress: [
		'',
		'?plan=sp-2022-2025&meeting=rhca-24',
		'?meeting=rcp-32&basis=presented',
		'?meeting=council-2022'
	],
	matrix: ['', '?meeting=rcp-33', '?meeting=council-2022', '?plan=rsp-2018-2020'],
	movement: ['', '?from=rhca-23&to=rcp-32', '?to=rhca-24&basis=presented', '?from=council-2022&to=rhca-23'],
	'openapi.json': ['']
};

const refused: Record<string, [number, string][]> = {
	plans: [
		[400, '?limit=0'],
		[400, '?cursor=nonsense']
	],
	'plans/{id}': [
		[404, 'nothing'],
		[404, '%00']
	],
	alignments: [[400, '?limit=501']],
	entities: [
		[400, '?kind=country'],
		[400, '?limit=1e2']
	],
	meetings: [[400, `?cursor=${Buffer.from('plans\nrsp').toString('base64url')}`]],
	initiatives: [
		[400, '?scope=world'],
		[400, '?q=%00'],
		[400, '?limit=-1']
	],
	'initiatives/{id}': [[404, 'nothing']],
	'status-updates': [
		[400, '?limit=many'],
		[400, `?meeting=${'x'.repeat(201)}`]
	],
	progress: [
		[404, '?plan=nothing'],
		[404, '?meeting=nothing'],
		[400, '?basis=guessed'],
		[400, '?plan=%00']
	],
	matrix: [
		[404, '?plan=nothing'],
		[404, '?meeting=nothing']
	],
	movement: [
		[404, '?from=nothing'],
		[404, '?to=nothing'],
		[400, '?to=rhca-23']
	]
};

const join = (path: string, rest: string) =>
	path.includes('{id}') ? path.replace('{id}', rest) : path + rest;

describe('the document', () => {
	test('is OpenAPI 3.1 and lists every route there is', () => {
		expect(openapi.openapi).toMatch(/^3\.1/);
		const files = Object.keys(import.meta.glob('../../../src/routes/api/v1/**/+server.ts'));
		const routes = files.map((file) =>
			file.split('/routes')[1]!.replace('/+server.ts', '').replace('[id]', '{id}')
		);
		expect(Object.keys(openapi.paths).sort()).toEqual(routes.sort());
		expect(Object.keys(addresses).sort()).toEqual([...paths].sort());
	});

	test('names every parameter with a description, and every operation once', () => {
		const operations = Object.values(openapi.paths).flatMap(({ get, post }) =>
			[get ?? [], post ?? []].flat()
		);
		expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
		for (const { parameters = [] } of operations) {
			for (const parameter of parameters) expect(parameter, parameter.name).toHaveProperty('description');
		}
		expect(openapi.paths['/api/v1/progress']!.get!.parameters).toMatchObject([
			{ in: 'query', name: 'plan', schema: { example: 'rsp-2022-2024' } },
			{ name: 'meeting' },
			{ name: 'basis' }
		]);
	});

	test('says of everything that is read what a token, or none, is answered where nothing is published', () => {
		for (const [path, { get }] of Object.entries(openapi.paths)) {
			if (!get) continue;
			expect(get.security, path).toEqual([{}, { token: [] }]);
			expect(Object.keys(get.responses!), path).toEqual(expect.arrayContaining(['401', '403']));
		}
	});

	test('is given as JSON', async () => {
		expect(JSON.parse(JSON.stringify(openapi))).toEqual((await ask(await story(), 'openapi.json')).body);
	});
});

describe('every answer is as the document says', () => {
	test.each(Object.entries(addresses))('%s', async (path, list) => {
		const db = await story();
		for (const rest of list) {
			const answer = await ask(db, join(path, rest));
			expect(answer.status, rest).toBe(200);
			expectAsDescribed(`/api/v1/${path}`, answer);
		}
	});

	test.each(Object.entries(refused))('refusals of %s', async (path, list) => {
		const db = await story();
		for (const [status, rest] of list) {
			const answer = await ask(db, join(path, rest));
			expect(answer.status, rest).toBe(status);
			expect(answer.body.detail).toMatch(/\.$/);
			expectAsDescribed(`/api/v1/${path}`, answer);
		}
	});

	test('what is sent, taken or refused', async () => {
		const { db, ana, ben } = await openRound();
		const report = { meeting: 'rcp-33', initiative: 'single-window', entity: 'FJI', stage: 'pilot' };
		const key = { 'idempotency-key': 'one' };
		const sent: [number, string, Awaited<ReturnType<typeof send>>][] = [
			[201, 'status-updates', await send(db, ana, 'status-updates', report, key)],
			[400, 'status-updates', await send(db, ana, 'status-updates', { ...report, stage: 'committed' }, key)],
			[400, 'status-updates', await send(db, ana, 'status-updates', '{')],
			[401, 'status-updates', await send(db, undefined, 'status-updates', report)],
			[404, 'status-updates', await send(db, ana, 'status-updates', { ...report, entity: 'JPN' })],
			[
				415,
				'status-updates',
				await send(db, ana, 'status-updates', report, { 'content-type': 'text/plain' })
			],
			[422, 'status-updates', await send(db, ana, 'status-updates', { ...report, stage: 'flying' })],
			[403, 'submissions', await send(db, ana, 'submissions', { meeting: 'rcp-33', entity: 'FJI' })],
			[400, 'submissions', await send(db, ben, 'submissions', { meeting: 'rhca-24', entity: 'FJI' })],
			[
				201,
				'submissions',
				await send(db, ben, 'submissions', { meeting: 'rcp-33', entity: 'FJI', partly: true })
			]
		];
		for (const [status, path, answer] of sent) {
			expect(answer.status, JSON.stringify(answer.body)).toBe(status);
			expectAsDescribed(`/api/v1/${path}`, answer, 'post');
		}
		expect((await ask(db, 'submissions', 'PUT')).headers.get('allow')).toBe('POST');
	});

	test.each(paths)('writing to %s', async (path) => {
		const db = await story();
		const answer = await ask(db, path.replace('{id}', 'x'), 'PUT');
		expect(answer.status).toBe(405);
		expect(answer.headers.get('allow')).toBe(path === 'status-updates' ? 'GET, HEAD, POST' : 'GET, HEAD');
		expectAsDescribed(`/api/v1/${path}`, answer);
	});
});
