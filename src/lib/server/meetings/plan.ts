import { transact, type Db, type Reader } from '#db/open.server.ts';
import type { MeetingTable } from '#db/schema.ts';
import { BadInput } from '#lib/domain/errors.ts';
import { interSessional } from '#lib/domain/life.ts';
import type { PlannedInput } from '#lib/domain/schemas/meeting.ts';
import { fold } from '#lib/domain/text.ts';
import * as audit from '../audit.ts';
import { rebuild } from '../standings.ts';

/** Adds a meeting to come, or a round of reporting without one. With a day by which reports are due it is a round. */
export function plan(db: Db, actor: audit.Actor, planned: PlannedInput): Promise<string> {
	return transact(db, async (trx) => {
		const row = asMeeting(planned);
		const id = await idFor(trx, row);
		await trx
			.insertInto('meeting')
			.values({ ...row, id })
			.execute();
		await audit.record(trx, actor, { act: 'plan', object: `meeting ${id}`, meeting_id: id, after: row });
		if (row.due_on !== null) await rebuild(trx);
		return id;
	});
}

function asMeeting({ kind, number, title, ...rest }: PlannedInput): Omit<MeetingTable, 'id'> {
	const series = kind === 'round' ? 'other' : kind;
	const alone = kind === 'round';
	const named = series === 'other' ? title! : (title ?? `${ordinal(number!)} ${series}`);
	return {
		series,
		number: series === 'other' ? null : number,
		title: named,
		// What a round without a meeting comes to is the day its reports are due.
		starts_on: alone ? rest.due_on! : rest.starts_on!,
		ends_on: alone ? null : rest.ends_on,
		place: alone ? null : rest.place,
		mode: alone ? interSessional : null,
		opens_on: rest.opens_on,
		due_on: rest.due_on,
		date_precision: 'day',
		country: null,
		host_id: null,
		joint_with: null,
		source_url: null,
		certainty: null
	};
}

/** What means something else in an address, and nothing at all. */
const taken = new Set(['', 'all', 'new']);

/** An id people can say: `rcp-34`, `round-2026-03`, or the title's words. */
async function idFor(db: Reader, { series, number, title, due_on, mode }: Omit<MeetingTable, 'id'>) {
	if (series !== 'other') {
		const id = `${series.toLowerCase()}-${number}`;
		if (await exists(db, id)) throw new BadInput(`There is ${series}-${number} already.`);
		return id;
	}
	const words = fold(title)
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-+|-+$/g, '')
		.slice(0, 40);
	const stem =
		mode === interSessional ? `round-${due_on!.slice(0, 7)}` : taken.has(words) ? 'meeting' : words;
	for (let n = 1; ; n++) {
		const id = n === 1 ? stem : `${stem}-${n}`;
		if (!(await exists(db, id))) return id;
	}
}

async function exists(db: Reader, id: string) {
	return (await db.selectFrom('meeting').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;
}

function ordinal(n: number) {
	const ending = n % 100 >= 11 && n % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
	return `${n}${ending}`;
}
