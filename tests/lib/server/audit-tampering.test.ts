import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { isSqlite } from '#db/dialect.ts';
import { transact, type Db } from '#db/open.server.ts';
import type { AuditEventTable } from '#db/schema.ts';
import * as audit from '#lib/server/audit.ts';
import { emptyDatabase } from '../../support/database.ts';
import { add } from '../../support/story.ts';

type Line = AuditEventTable;
/** The trail as it lies in the database: all of it can be written by somebody who has the database, and not the key. */
type Trail = { lines: Line[]; head: { seq: number; hash: string } };
type Tampering = { what: string; change: (trail: Trail) => Trail };

const length = 12;
const texts = [
	'user_id',
	'actor',
	'act',
	'object',
	'entity_id',
	'meeting_id',
	'initiative_id',
	'before',
	'after'
] as const;
const columns = [...texts, 'at', 'key_id', 'hash', 'seq'] as const;
const canBeNull = new Set(['user_id', 'entity_id', 'meeting_id', 'initiative_id', 'before', 'after']);

const headOf = (lines: Line[]) => ({ seq: lines.at(-1)?.seq ?? 0, hash: lines.at(-1)?.hash ?? '' });
const renumbered = (lines: Line[]) => lines.map((line, i) => ({ ...line, seq: i + 1 }));
const isPair = ([a, b]: number[]) => a !== b;

const place = fc.nat({ max: length - 1 });
const column = fc.constantFrom(...columns);

/** Signs everything anew, as somebody would who does not have the key. */
function forged(lines: Line[], key: string): Line[] {
	let last = '';
	return lines.map((line) => {
		const { hash: _, key_id: __, ...said } = line;
		last = createHmac('sha256', key)
			.update(JSON.stringify([last, ...Object.values(said)]))
			.digest('base64url');
		return { ...line, hash: last };
	});
}

const changeOfValue = fc
	.record({ at: place, column, value: fc.string({ maxLength: 12 }), how: fc.nat(5) })
	.map(({ at, column, value, how }): Tampering => ({
		what: `${column} of line ${at + 1}`,
		change: ({ lines, head }) => {
			const was = lines[at]![column];
			const next =
				column === 'seq'
					? Number(was) + 100 + how
					: ([value, `${was ?? ''} `, String(was ?? '').slice(0, -1), String(was).toUpperCase(), null, ''][
							how
						] ?? null);
			const safe = next === null && !canBeNull.has(column) ? 'x' : next;
			return { lines: lines.map((line, i) => (i === at ? { ...line, [column]: safe } : line)), head };
		}
	}));

const swap = fc
	.record({ pair: fc.tuple(place, place).filter(isPair), whole: fc.boolean(), column })
	.map(({ pair: [a, b], whole, column }): Tampering => ({
		what: `lines ${a + 1} and ${b + 1} change places${whole ? '' : ` in ${column}`}`,
		change: ({ lines, head }) => {
			const mixed = (mine: Line, other: Line): Line =>
				whole ? { ...other, seq: mine.seq } : column === 'seq' ? mine : { ...mine, [column]: other[column] };
			return {
				lines: lines.map((line, i) =>
					i === a ? mixed(line, lines[b]!) : i === b ? mixed(line, lines[a]!) : line
				),
				head
			};
		}
	}));

const taken = fc
	.record({ gone: fc.uniqueArray(place, { minLength: 1 }), renumber: fc.boolean(), mend: fc.boolean() })
	.map(({ gone, renumber, mend }): Tampering => ({
		what: `lines ${gone.map((at) => at + 1)} taken out`,
		change: ({ lines, head }) => {
			const left = lines.filter((_, i) => !gone.includes(i));
			const next = renumber ? renumbered(left) : left;
			return { lines: next, head: mend ? headOf(next) : head };
		}
	}));

const putIn = fc
	.record({
		at: fc.nat({ max: length }),
		like: place,
		act: fc.constantFrom('grant', 'submit', 'x'),
		mend: fc.boolean()
	})
	.map(({ at, like, act, mend }): Tampering => ({
		what: `a line put in at ${at + 1}`,
		change: ({ lines, head }) => {
			const next = renumbered([...lines.slice(0, at), { ...lines[like]!, act }, ...lines.slice(at)]);
			return { lines: next, head: mend ? headOf(next) : head };
		}
	}));

const cutOff = fc.integer({ min: 0, max: length - 1 }).map((kept): Tampering => ({
	what: `everything after line ${kept} cut off, and the head with it`,
	change: ({ lines }) => ({ lines: lines.slice(0, kept), head: headOf(lines.slice(0, kept)) })
}));

const otherHead = fc
	.record({ hash: fc.base64String({ maxLength: 43 }), seq: fc.nat(20) })
	.map((head): Tampering => ({ what: 'another head', change: ({ lines }) => ({ lines, head }) }));

const signedAnew = fc
	.record({ from: place, key: fc.string(), object: fc.string() })
	.map(({ from, key, object }): Tampering => ({
		what: `signed anew from line ${from + 1} with another key`,
		change: ({ lines }) => {
			const next = forged(
				lines.map((line, i) => (i === from ? { ...line, object } : line)),
				key
			);
			const mixed = [...lines.slice(0, from), ...next.slice(from)];
			return { lines: mixed, head: headOf(mixed) };
		}
	}));

const tamperings = fc.oneof(changeOfValue, swap, taken, putIn, cutOff, otherHead, signedAnew);

async function written(db: Db, { lines, head }: Trail) {
	await db.deleteFrom('audit_event').execute();
	if (lines.length > 0) await add(db, 'audit_event', lines);
	await db.updateTable('audit_head').set(head).execute();
}

async function trail(db: Db): Promise<Trail> {
	for (let n = 1; n <= length; n++)
		await transact(db, (trx) =>
			audit.record(trx, n % 2 ? audit.commandLine : { user_id: 'u1', name: 'Ana' }, {
				act: n % 3 ? 'rename' : 'grant',
				object: `entity ${n}`,
				entity_id: n % 4 ? 'FJI' : null,
				meeting_id: n % 5 ? null : 'rcp-32',
				initiative_id: n % 2 ? 'i1' : 'i2',
				...(n % 3 && { before: { name: `old ${n}` } }),
				after: { name: `new ${n}` }
			})
		);
	for (const event of ['update', 'delete']) {
		const name = sql.id(`audit_event_refuses_${event}`);
		await (isSqlite(db) ? sql`drop trigger ${name}` : sql`drop trigger ${name} on audit_event`).execute(db);
	}
	return {
		lines: await db.selectFrom('audit_event').selectAll().orderBy('seq').execute(),
		head: await audit.head(db)
	};
}

test('whatever is done to the trail in the database is found: changed, taken out, put in, swapped, signed anew or cut off', async () => {
	const db = await emptyDatabase();
	const whole = await trail(db);
	let found = 0;
	await fc.assert(
		fc.asyncProperty(tamperings, async ({ what, change }) => {
			const tampered = change(structuredClone(whole));
			fc.pre(JSON.stringify(tampered) !== JSON.stringify(whole));
			await written(db, tampered);
			expect(await audit.verify(db, whole.head.hash), what).not.toEqual([]);
			found++;
		}),
		{ numRuns: isSqlite(db) ? 1000 : 100 }
	);
	expect(found).toBe(isSqlite(db) ? 1000 : 100);
	await written(db, whole);
	expect(await audit.verify(db, whole.head.hash), 'and untouched it holds').toEqual([]);
});

test('a tail that is cut off and written on by the application is found by the head printed before', async () => {
	const db = await emptyDatabase();
	const whole = await trail(db);
	for (let kept = 0; kept < length; kept++) {
		const lines = whole.lines.slice(0, kept);
		await written(db, { lines, head: headOf(lines) });
		for (let n = kept; n < length + 2; n++)
			await transact(db, (trx) => audit.record(trx, audit.waymark, { act: 'later', object: `thing ${n}` }));
		expect(await audit.verify(db), 'by itself it looks whole').toEqual([]);
		expect((await audit.verify(db, whole.head.hash)).join()).toContain('cut off or replaced');
	}
});
