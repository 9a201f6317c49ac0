import { z } from 'zod';
import type { ZodOpenApiPathItemObject, ZodOpenApiPathsObject } from 'zod-openapi';
import { methodVersion } from '#lib/domain/progress.ts';
import { problem } from '#lib/domain/schemas/problem.ts';
import { operations, writes, type Operation, type Write } from './operations.ts';

let made: Promise<object> | undefined;

/** The OpenAPI document. Made from the schemas when it is first asked for, and loads its maker only then. */
export function document(): Promise<object> {
	return (made ??= make());
}

async function make() {
	const { createDocument } = await import('zod-openapi');
	return createDocument({
		openapi: '3.1.0',
		info: {
			title: 'Waymark',
			version: '1',
			summary: 'Plans, initiatives and their progress from meeting to meeting',
			description: `Figures follow version ${methodVersion} of the method at /method. Lists give a page at a time: ask again with
\`cursor\` set to \`next\` until it is null. Every answer has an ETag. Names are those of the data package.`,
			license: { name: 'Apache-2.0', identifier: 'Apache-2.0' }
		},
		servers: [{ url: '/' }],
		tags: ['Plans', 'Region', 'Initiatives', 'Figures', 'Reporting'].map((name) => ({ name })),
		components: {
			securitySchemes: {
				token: { type: 'http', scheme: 'bearer', description: 'A token made on the page /account/tokens' }
			}
		},
		paths: paths()
	});
}

function paths(): ZodOpenApiPathsObject {
	const found: Record<string, ZodOpenApiPathItemObject> = { [at('openapi.json')]: { get: itself } };
	for (const [name, operation] of Object.entries(operations))
		found[at(operation.path)] = { get: describe(name, operation) };
	for (const [name, operation] of Object.entries(writes))
		found[at(operation.path)] = {
			...found[at(operation.path)],
			post: describeWrite(`add_${name}`, operation)
		};
	return found;
}

const at = (path: string) => `/api/v1/${path}`;

const refusal = (description: string) => ({
	description,
	content: { 'application/problem+json': { schema: problem } }
});

/** Without a token where the installation publishes, else with one. */
const readable: Record<string, string[]>[] = [{}, { token: [] }];

const refusals = {
	'401': refusal('Nothing is published on this installation, or the token is good for nothing'),
	'403': refusal('The token may not read'),
	'405': refusal('Another method than GET or HEAD')
};

function describe(name: string, { summary, description, tag, id, query, answer }: Operation) {
	return {
		operationId: name,
		summary,
		...(description && { description }),
		tags: [tag],
		security: readable,
		requestParams: { ...(id && { path: z.object({ id: z.string().meta(id) }) }), query },
		responses: {
			'200': {
				description: 'As asked',
				headers: { ETag: { description: 'Names this answer', schema: { type: 'string' as const } } },
				content: { 'application/json': { schema: answer } }
			},
			'304': { description: 'The answer named in If-None-Match still holds' },
			...(Object.keys(query.shape).length > 0 && { '400': refusal('A parameter can not be understood') }),
			...((id || tag === 'Figures') && { '404': refusal('Something asked for is not here') }),
			...refusals
		}
	};
}

function describeWrite(name: string, { summary, description, tag, body, answer }: Write) {
	return {
		operationId: name,
		summary,
		description,
		tags: [tag],
		security: [{ token: [] }],
		requestParams: {
			header: z.object({
				'Idempotency-Key': z.string().max(200).optional().meta({
					description: 'Sent again with the same key, a request is answered the same and does nothing more'
				})
			})
		},
		requestBody: { required: true, content: { 'application/json': { schema: body } } },
		responses: {
			'201': {
				description: 'Done',
				headers: {
					'Idempotency-Replayed': {
						description: 'true where this was done before, under the same key',
						schema: { type: 'string' as const }
					}
				},
				content: { 'application/json': { schema: answer } }
			},
			'400': refusal('It can not be done as things are'),
			'401': refusal('No token, or one that is good for nothing'),
			'403': refusal('The token may not do this'),
			'404': refusal('Something named is not here, or not yours'),
			'405': refusal('Another method'),
			'413': refusal('Larger than is taken at once'),
			'415': refusal('Not JSON'),
			'422': refusal('A field is wrong; `errors` says which')
		}
	};
}

const itself = {
	operationId: 'openapi',
	summary: 'This document',
	security: readable,
	responses: {
		'200': {
			description: 'OpenAPI 3.1',
			content: { 'application/json': { schema: { type: 'object' as const } } }
		},
		...refusals
	}
};
