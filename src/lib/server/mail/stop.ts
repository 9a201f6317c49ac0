import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Reader } from '#db/open.server.ts';
import { NotFound } from '#lib/domain/errors.ts';
import { canExist } from '#lib/domain/names.ts';
import { keyFor } from '../secret.ts';

// The address in a mail that ends such mail with one press (RFC 8058). It says whose it is and is signed, so nothing need be kept.

const sign = (user_id: string) => createHmac('sha256', keyFor('mail stop')).update(user_id).digest();

export function address(origin: string, user_id: string) {
	return `${origin}/unsubscribe/${user_id}.${sign(user_id).toString('base64url')}`;
}

export function headers(origin: string, user_id: string) {
	return {
		'List-Unsubscribe': `<${address(origin, user_id)}>`,
		'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click'
	};
}

/** Whose mail this address ends. */
export async function find(db: Reader, token: string): Promise<{ id: string; name: string }> {
	const [id = '', signature = ''] = token.split('.');
	const given = Buffer.from(signature, 'base64url');
	const right = sign(id);
	const user =
		canExist(id) && given.length === right.length && timingSafeEqual(given, right)
			? await db.selectFrom('user').select(['id', 'name']).where('id', '=', id).executeTakeFirst()
			: undefined;
	if (!user) throw new NotFound('This address ends no mail. Open the one in the newest mail you got.');
	return user;
}
