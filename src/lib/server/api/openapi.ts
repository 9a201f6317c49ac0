import { z } from 'zod';
import { methodVersion } from '#lib/domain/progress.ts';
import { problem } from '#lib/domain/schemas/problem.ts';
import { operations, type Operation } from './operations.ts';

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
		tags: ['Plans', 'Region', 'Initiatives', 'Figures'].map((name) => ({ name })),
		paths: {
			...Object.fromEntries(
				Object.entries(operations).map(([name, operation]) => [
					at(operation.path),
					{ get: describe(name, operation) }
				])
			),
			[at('openapi.json')]: { get: itself }
		}
	});
}

const at = (path: string) => `/api/v1/${path}`;

const refusal = (description: string) => ({
	description,
	content: { 'application/problem+json': { schema: problem } }
});

const refusals = {
	'401': refusal('Nothing is published on this installation'),
	'405': refusal('Another method than GET or HEAD')
};

function describe(name: string, { summary, description, tag, id, query, answer }: Operation) {
	return {
		operationId: name,
		summary,
		...(description && { description }),
		tags: [tag],
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

const itself = {
	operationId: 'openapi',
	summary: 'This document',
	responses: {
		'200': {
			description: 'OpenAPI 3.1',
			content: { 'application/json': { schema: { type: 'object' as const } } }
		},
		...refusals
	}
};
