import { createHash } from 'node:crypto';
import type { Db } from '#db/open.server.ts';
import { BadInput } from '#lib/domain/errors.ts';

export type Said = { status: number; body: string };

const kept = 7 * 86_400_000;

/** The key a request names itself with, so that sending it again does nothing more. */
export function keyOf(request: Request): string | undefined {
	const key = request.headers.get('idempotency-key')?.trim();
	if (key === undefined || key === '') return undefined;
	if (key.length > 200 || !/^[\x21-\x7e]+$/.test(key))
		throw new BadInput('Idempotency-Key is up to 200 letters, digits and signs without spaces.');
	return key;
}

/** What a request asks for: the same key with another request is a mistake of whoever sends it. */
export function fingerprint(method: string, path: string, body: string) {
	return createHash('sha256').update(`${method} ${path}\n${body}`).digest('base64url');
}

/**
 * Does the work once for each key of a person, in the transaction of the work, and answers a second time what was answered
 * the first. Whoever comes meanwhile with the same key waits for it. A refusal is not kept: mended, it may be sent again.
 */
export async function once(
	trx: Db,
	{ user_id, key, request_hash }: { user_id: string; key: string; request_hash: string },
	work: () => Promise<Said>
): Promise<Said & { replayed: boolean }> {
	const now = Date.now();
	await trx
		.deleteFrom('idempotency')
		.where('created_at', '<', new Date(now - kept).toISOString())
		.execute();
	const claim = { user_id, key, request_hash, status: 0, body: '', created_at: new Date(now).toISOString() };
	const { numInsertedOrUpdatedRows } = await trx
		.insertInto('idempotency')
		.values(claim)
		.onConflict((c) => c.columns(['user_id', 'key']).doNothing())
		.executeTakeFirstOrThrow();
	const mine = trx
		.selectFrom('idempotency')
		.selectAll()
		.where('user_id', '=', user_id)
		.where('key', '=', key);
	if (Number(numInsertedOrUpdatedRows ?? 0) === 0) {
		const before = await mine.executeTakeFirstOrThrow();
		if (before.request_hash !== request_hash)
			throw new BadInput(
				'This Idempotency-Key was used for another request. Use a new one for each thing you want done.'
			);
		return { status: before.status, body: before.body, replayed: true };
	}
	const said = await work();
	await trx
		.updateTable('idempotency')
		.set(said)
		.where('user_id', '=', user_id)
		.where('key', '=', key)
		.execute();
	return { ...said, replayed: false };
}
