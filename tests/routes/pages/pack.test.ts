import { expect, test, vi } from 'vitest';
import type { Db } from '#db/open.server.ts';
import { statusOf } from '#lib/domain/errors.ts';
import { file, formats } from '#lib/server/pack.ts';
import { GET } from '../../../src/routes/(public)/meetings/[meeting]/pack.[format]/+server.ts';
import { load } from '../../../src/routes/(public)/meetings/[meeting]/pack/+page.server.ts';
import { story } from '../../support/story.ts';

const origin = 'http://localhost';

async function get(db: Db, meeting: string, format: string, search = '') {
	const url = new URL(`${origin}/meetings/${meeting}/pack.${format}?${search}`);
	const event = { locals: { db }, params: { meeting, format }, url };
	return GET(event as unknown as Parameters<typeof GET>[0]);
}

test('each file has its type and a name that says what it is of', async () => {
	vi.stubEnv('CHROMIUM_PATH', '/nowhere/chromium');
	const db = await story();
	const types: Record<string, string> = {
		pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
		xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
		html: 'text/html; charset=utf-8',
		zip: 'application/zip'
	};
	for (const [format, type] of Object.entries(types)) {
		const { headers } = await get(db, 'rhca-24', format);
		expect(headers.get('content-type')).toBe(type);
		expect(headers.get('content-disposition')).toContain(`filename="rsp-2022-2024-rhca-24.${format}"`);
	}
	const printed = await get(db, 'rcp-32', 'pdf', 'basis=presented');
	expect(printed.headers.get('content-type')).toBe('text/html; charset=utf-8');
	expect(printed.headers.get('content-disposition')).toBe(
		'inline; filename="rsp-2022-2024-rcp-32-as-presented.html"'
	);
	expect(printed.headers.get('content-security-policy')).toContain("default-src 'none'");
	vi.unstubAllEnvs();
});

test('what no file can be made of is refused with a sentence', async () => {
	const db = await story();
	const refused = (meeting: string, format: string, search?: string) =>
		get(db, meeting, format, search).then(
			() => undefined,
			(error: Error & { status?: number; body?: Error }) => [
				statusOf(error) ?? error.status,
				error.body?.message ?? error.message
			]
		);
	expect(await refused('rhca-24', 'exe')).toEqual([
		404,
		`A meeting's pack can't be had as "exe". Ask for pptx, xlsx, html, zip or pdf.`
	]);
	expect(await refused('council-2022', 'pptx')).toEqual([
		400,
		expect.stringContaining('Choose a meeting that is a round')
	]);
	expect(await refused('nothing', 'pptx')).toEqual([404, expect.stringContaining('no meeting "nothing"')]);
	expect(await refused('rhca-24', 'pptx', 'basis=guessed')).toEqual([400, expect.stringContaining('basis')]);
});

test('the page says how far each file is, and is not kept before all are there', async () => {
	vi.stubEnv('CHROMIUM_PATH', '/nowhere/chromium');
	const db = await story();
	const headers: Record<string, string> = {};
	const look = () =>
		load({
			...{ locals: { db }, params: { meeting: 'rhca-24' }, url: new URL(`${origin}/meetings/rhca-24/pack`) },
			...{ setHeaders: (given: object) => Object.assign(headers, given), depends: () => {} }
		} as unknown as Parameters<typeof load>[0]);
	const before = await look();
	expect(before.files.map(({ format, state }) => [format, state])).toEqual(
		formats.map((one) => [one, 'making'])
	);
	expect(headers['cache-control']).toBe('no-store');
	for (const format of formats)
		await file(db, { meeting_id: 'rhca-24', plan_id: 'rsp-2022-2024', basis: 'known', origin }, format);
	delete headers['cache-control'];
	const after = await look();
	expect(after.files.map(({ state }) => state)).toEqual(formats.map(() => 'ready'));
	expect(headers['cache-control']).toBeUndefined();
	vi.unstubAllEnvs();
});
