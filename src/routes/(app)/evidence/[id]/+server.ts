import { may, type User } from '#lib/domain/access.ts';
import type { Reader } from '#db/open.server.ts';
import { NotFound } from '#lib/domain/errors.ts';
import * as drafts from '#lib/server/drafts.ts';
import * as evidence from '#lib/server/evidence.ts';
import type { RequestHandler } from './$types';

/** A file that backs a report, to those who may: never opened in the page, always saved. */
export const GET: RequestHandler = async ({ locals: { db, user }, params: { id } }) => {
	const file = await evidence.get(db, id);
	if (!(await mayOpen(db, user, file))) throw new NotFound('There is no such file.');
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

/** Before it is submitted, the side that wrote it; afterwards the entity's own people and whoever reviews. */
async function mayOpen(
	db: Reader,
	user: User | undefined,
	{ entity_id, initiative_id, side, update_id }: Awaited<ReturnType<typeof evidence.get>>
) {
	if (may(user, 'report', { entity_id }) && (update_id !== null || drafts.sideOf(user, entity_id) === side))
		return true;
	if (update_id === null) return false;
	const scopes = await db
		.selectFrom('initiative_scope')
		.select('scope_id')
		.where('initiative_id', '=', initiative_id)
		.execute();
	return may(user, 'review', { entity_id, scopes: scopes.map(({ scope_id }) => scope_id) });
}

const ascii = (name: string) => name.replace(/[^\x20-\x7e]|["\\]/g, '_');
const encoded = (name: string) =>
	encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
