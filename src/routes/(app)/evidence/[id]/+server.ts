import { NotFound } from '#lib/domain/errors.ts';
import * as evidence from '#lib/server/evidence.ts';
import type { RequestHandler } from './$types';

/** A file that backs a report, to those who may: never opened in the page, always saved. */
export const GET: RequestHandler = async ({ locals: { db, user }, params: { id } }) => {
	const file = await evidence.get(db, id);
	if (!(await evidence.mayOpen(db, user, file))) throw new NotFound('There is no such file.');
	return new Response(new Uint8Array(file.content), {
		headers: {
			'content-type': file.type,
			'content-disposition': `attachment; filename="${ascii(file.name)}"; filename*=UTF-8''${encoded(file.name)}`,
			'content-security-policy': "sandbox; default-src 'none'",
			'x-content-type-options': 'nosniff',
			'cache-control': 'private, no-store'
		}
	});
};

const ascii = (name: string) => name.replace(/[^\x20-\x7e]|["\\]/g, '_');
const encoded = (name: string) =>
	encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
