import { createHmac } from 'node:crypto';
import { inPages, steadily } from '#db/dialect.ts';
import type { Db, Reader } from '#db/open.server.ts';
import { adding, prepared } from '#db/prepared.ts';
import type { AuditEventTable } from '#db/schema.ts';
import { keyFor } from './secret.ts';

/** Who did it. Nobody in particular for what the server or its command line does by itself. */
export type Actor = { user_id: string | null; name: string };

export const commandLine: Actor = { user_id: null, name: 'command line' };
export const waymark: Actor = { user_id: null, name: 'Waymark' };

export function actorOf({ id, name }: { id: string; name: string }): Actor {
	return { user_id: id, name };
}

export type AuditEvent = {
	/** What was done, as a verb: `submit`, `freeze`, `grant`. */
	act: string;
	/** To what, as a word and a name: `meeting rcp-32`. */
	object: string;
	entity_id?: string | null;
	meeting_id?: string | null;
	initiative_id?: string | null;
	before?: unknown;
	after?: unknown;
};

/** Adds a line to the audit trail, in the transaction of the change it tells of. Each line signs all before it. */
export async function record(trx: Db, actor: Actor, event: AuditEvent) {
	// The head is changed first: on PostgreSQL that makes whoever comes next wait until this line is there.
	const [head] = await nextHead(trx, {});
	const { seq, hash: last } = head!;
	const line = {
		seq,
		at: new Date().toISOString(),
		user_id: actor.user_id,
		actor: actor.name,
		act: event.act,
		object: event.object,
		entity_id: event.entity_id ?? null,
		meeting_id: event.meeting_id ?? null,
		initiative_id: event.initiative_id ?? null,
		before: json(event.before),
		after: json(event.after),
		key_id: keyId()
	};
	const hash = sign(last, line);
	await add(trx, { ...line, hash });
	await close(trx, { hash });
}

const nextHead = prepared((trx: Db) =>
	trx
		.updateTable('audit_head')
		.set((eb) => ({ seq: eb('seq', '+', 1) }))
		.returning(['seq', 'hash'])
);
const add = adding('audit_event', [
	'seq',
	'at',
	'user_id',
	'actor',
	'act',
	'object',
	'entity_id',
	'meeting_id',
	'initiative_id',
	'before',
	'after',
	'key_id',
	'hash'
]);
const close = prepared((trx: Db, { hash }: { hash: string }) => trx.updateTable('audit_head').set({ hash }));

const json = (value: unknown) => (value === undefined || value === null ? null : JSON.stringify(value));

/** The newest link: print it, keep it elsewhere, and a trail cut short afterwards is found out. */
export function head(db: Reader) {
	return headOf(db).executeTakeFirstOrThrow();
}

const headOf = (db: Reader) => db.selectFrom('audit_head').select(['seq', 'hash']);

/**
 * Follows the chain from its first line, and says what is wrong at the first line that does not hold; nothing when all do.
 * `printed` is a head printed earlier, which the chain then has to contain.
 */
export function verify(db: Db, printed?: string): Promise<string[]> {
	return steadily(db, async (steady) => {
		let last = '';
		let seq = 0;
		let met = printed === undefined || printed === '';
		const all = steady.selectFrom('audit_event').selectAll().orderBy('seq');
		for await (const page of inPages<AuditEventTable>(steady, all as never)) {
			for (const { hash, ...line } of page) {
				seq++;
				const wrong = fault(seq, last, line, hash);
				if (wrong) return [wrong];
				last = hash;
				met ||= hash === printed;
			}
		}
		const end = await headOf(steady).executeTakeFirst();
		if (!end) return ['The head of the trail was taken out: nobody can say where it ends.'];
		const { seq: newest, hash } = end;
		if (newest !== seq || hash !== last)
			return [`The trail ends at line ${seq}, and its head says ${newest}: lines were cut off.`];
		return met ? [] : ['The head printed earlier is not in the trail: lines were cut off or replaced.'];
	});
}

type Line = Omit<AuditEventTable, 'hash'>;

function fault(seq: number, last: string, line: Line, hash: string) {
	if (line.seq !== seq) return `Line ${seq} is missing.`;
	if (line.key_id !== keyId())
		return `Line ${seq} was signed with another key: set SECRET, or put the key file back, as it was then.`;
	return sign(last, line) === hash ? undefined : `Line ${seq} (${line.act} ${line.object}) was changed.`;
}

function sign(last: string, line: Line) {
	const { seq, at, user_id, actor, act, object, entity_id, meeting_id, initiative_id, before, after } = line;
	const said = [
		last,
		seq,
		at,
		user_id,
		actor,
		act,
		object,
		entity_id,
		meeting_id,
		initiative_id,
		before,
		after
	];
	return createHmac('sha256', keyFor('audit')).update(JSON.stringify(said)).digest('base64url');
}

/** Tells which key signed, and nothing of the key. */
function keyId() {
	return keyFor('audit key id').export().toString('base64url').slice(0, 12);
}
