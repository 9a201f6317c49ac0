import { expect, test } from 'vitest';
import { z } from 'zod';
import { statusOf } from '#lib/domain/errors.ts';
import { confirmInput } from '#lib/domain/schemas/review.ts';
import { write } from '#lib/server/api/write.ts';
import * as forms from '#lib/server/forms.ts';

const input = z.object({
	stage: z.enum(['pilot', 'committed'], 'Choose where the work stands.'),
	note: z.string().max(10, 'Keep the note under 10 characters.').default(''),
	elements: z.array(z.string()).default([])
});

function post(entries: [string, string | File][]) {
	const body = new FormData();
	for (const [name, value] of entries) body.append(name, value);
	return forms.read(new Request('http://localhost/', { method: 'POST', body }), input);
}

test('a form that is right comes out as its data, with lists and files', async () => {
	const file = new File(['x'], 'x.txt');
	const read = await post([
		['stage', 'pilot'],
		['elements', 'a'],
		['elements', 'b'],
		['paper', file],
		['none', new File([], '')]
	]);
	expect(read).toMatchObject({ ok: true, data: { stage: 'pilot', note: '', elements: ['a', 'b'] } });
	expect(read.ok && read.files).toHaveLength(1);
});

test.each([
	['a missing field', [], { stage: 'Choose where the work stands.' }],
	[
		'a doubled field',
		[
			['stage', 'pilot'],
			['stage', 'committed']
		],
		{ stage: expect.stringContaining('twice') }
	],
	['an unknown value', [['stage', 'flying']], { stage: 'Choose where the work stands.' }],
	[
		'an over-long text',
		[
			['stage', 'pilot'],
			['note', 'x'.repeat(11)]
		],
		{ note: 'Keep the note under 10 characters.' }
	],
	[
		'an unknown field',
		[
			['stage', 'pilot'],
			['__proto__', '1']
		],
		{ '': expect.stringContaining('no field "__proto__"') }
	]
] as [string, [string, string][], object][])(
	'%s is a sentence, and what was typed comes back',
	async (_, entries, errors) => {
		const read = await post(entries);
		expect(read).toMatchObject({ ok: false, errors });
		if (!read.ok && entries.some(([name]) => name === 'note')) expect(read.values.note).toBe('x'.repeat(11));
	}
);

test('a sign that turns the words around a text is left behind, whatever the field', async () => {
	const read = await post([
		['stage', 'pilot'],
		['note', 'a \u202Ebc\u2067 \u05D0\u200F'],
		['elements', '\u202Ax']
	]);
	expect(read).toMatchObject({ data: { note: 'a bc \u05D0\u200F', elements: ['x'] } });
});

test('a list of which nothing was chosen is refused where something has to be', async () => {
	const none = new Request('http://localhost/', { method: 'POST', body: new FormData() });
	const errors = { update: 'Choose at least one status update to confirm.' };
	expect(await forms.read(none, confirmInput)).toMatchObject({ ok: false, errors });
});

test('what is no form is refused', async () => {
	const request = new Request('http://localhost/', {
		method: 'POST',
		body: 'x',
		headers: { 'content-type': 'text/plain' }
	});
	await expect(forms.read(request, input)).rejects.toThrow('no form');
});

test('what is larger than the server takes is told so, and not taken for no form', async () => {
	// As Kit ends a body that goes beyond the limit.
	const ended = Object.assign(new Error('Payload Too Large'), { status: 413 });
	const body = () => new ReadableStream({ pull: (controller) => controller.error(ended) });
	const sent = (type: string) =>
		new Request('http://localhost/', {
			method: 'POST',
			body: body(),
			duplex: 'half',
			headers: { 'content-type': type }
		} as RequestInit);
	for (const type of ['multipart/form-data; boundary=x', 'application/x-www-form-urlencoded']) {
		const refused = await forms.read(sent(type), input).catch((error: unknown) => error);
		expect(statusOf(refused)).toBe(413);
		expect(refused).toMatchObject({ message: expect.stringContaining('what you typed is still there') });
	}
	const event = {
		url: new URL('http://localhost/api/v1/submissions'),
		request: sent('application/json'),
		locals: { user: {}, settings: {} }
	};
	const answer = await write(z.object({}), async () => ({}))(event as never);
	expect(answer.status).toBe(413);
	expect((await answer.json()).detail).toContain('larger than can be sent at once');
});
