import { createHash, createSecretKey, hkdfSync, randomBytes, type KeyObject } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { BadInput } from '#lib/domain/errors.ts';
import type { Settings } from './settings.ts';

// The secret of this installation. It lies outside the database: whoever can change the one can't sign for it with the other.

let secret: string | undefined;
/** Deriving a key takes as long as a small query, and there are a handful of purposes. */
const keys = new Map<string, KeyObject>();
let find = () => randomBytes(32).toString('hex');

/** Says where the secret comes from: the setting, or else a file beside the database, made when it is first needed. */
export function use({
	SECRET,
	DATABASE_URL
}: Pick<Settings, 'DATABASE_URL'> & { SECRET?: string | undefined }) {
	secret = SECRET;
	keys.clear();
	find = () => kept(fileOf(DATABASE_URL));
}

/** A key for one purpose. Keys of different purposes say nothing of each other. */
export function keyFor(purpose: string): KeyObject {
	let key = keys.get(purpose);
	if (!key) {
		secret ??= find();
		key = createSecretKey(Buffer.from(hkdfSync('sha256', secret, 'waymark', purpose, 32)));
		keys.set(purpose, key);
	}
	return key;
}

/** What stands for a token in the database: who reads the database can't use it. */
export function hashOf(token: string) {
	return createHash('sha256').update(token).digest('base64url');
}

/** A token nobody can guess. */
export function token() {
	return randomBytes(32).toString('base64url');
}

function fileOf(url: string) {
	if (!url.startsWith('sqlite:')) return 'data/waymark.key';
	const path = url.slice('sqlite:'.length);
	return path === ':memory:' ? undefined : `${path}.key`;
}

function kept(path: string | undefined): string {
	const made = randomBytes(32).toString('hex');
	if (path === undefined) return made;
	try {
		mkdirSync(dirname(path), { recursive: true });
		writeFileSync(path, `${made}\n`, { mode: 0o600, flag: 'wx' });
	} catch (cause) {
		if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')) {
			throw new BadInput(
				`The key file ${path} can't be written (${cause instanceof Error ? cause.message : cause}). Check the folder's rights, or set SECRET.`,
				{ cause }
			);
		}
	}
	const found = readFileSync(path, 'utf8').trim();
	if (found.length >= 32) return found;
	throw new BadInput(`The key file ${path} is damaged. Put back the one it was, or set SECRET.`);
}
