import { transact, type Db, type Reader } from '#db/open.server.ts';
import { prepared } from '#db/prepared.ts';
import { BadInput, NotNow } from '#lib/domain/errors.ts';
import { isZone } from '#lib/domain/zones.ts';
import * as audit from './audit.ts';
import * as meetings from './meetings.ts';
import { rebuild } from './standings.ts';

export type Round = Awaited<ReturnType<typeof list>>[number];

const openings = (db: Reader) =>
	db
		.selectFrom('round_opening as o')
		.innerJoin('meeting as m', 'm.id', 'o.meeting_id')
		.leftJoin('freeze as f', 'f.meeting_id', 'm.id')
		.select(['m.id', 'm.title', 'm.series', 'm.number', 'm.starts_on', 'm.due_on', 'm.host_id'])
		.select(['o.opened_at', 'o.opened_by', 'o.due_at', 'o.time_zone', 'f.frozen_at']);

/** The rounds that take answers now, the one due first on top. */
export function list(db: Reader) {
	return openings(db).where('f.meeting_id', 'is', null).orderBy('o.due_at').orderBy('m.id').execute();
}

/** A meeting's round as it was opened, frozen or not; nothing where it never was. */
export async function find(db: Reader, meeting_id: string) {
	const [round] = await openingOf(db, { meeting_id });
	return round;
}

const openingOf = prepared((db, { meeting_id }: { meeting_id: string }) =>
	openings(db).where('m.id', '=', meeting_id)
);

/** Is this meeting frozen? From then on only the office adds something, as an addendum. */
export async function isFrozen(db: Reader, meeting_id: string) {
	return (await freezeOf(db, { meeting_id })).length > 0;
}

const freezeOf = prepared((db, { meeting_id }: { meeting_id: string }) =>
	db.selectFrom('freeze').select('meeting_id').where('meeting_id', '=', meeting_id)
);

/** The round, when it takes answers; otherwise a sentence on why it does not. */
export async function taking(db: Reader, meeting_id: string): Promise<Round> {
	const round = await find(db, meeting_id);
	if (round && !round.frozen_at) return round;
	const { title, frozen_at } = await meetings.get(db, meeting_id);
	throw new NotNow(
		frozen_at
			? `The figures of ${title} are frozen, so it takes no more reports. Write to the Vice-Chair's office: it can record an addendum.`
			: `Reporting for ${title} is not open. The Vice-Chair's office opens it.`,
		'This round takes no reports now'
	);
}

export type Opening = { due_at: string; due_on: string; time_zone: string };

/** Opens a round: from now on it takes answers. What the meeting's dates left open is filled in. */
export function open(db: Db, actor: audit.Actor, meeting_id: string, { due_at, due_on, time_zone }: Opening) {
	return transact(db, async (trx) => {
		const meeting = await meetings.get(trx, meeting_id);
		if (meeting.frozen_at)
			throw new BadInput(
				`The figures of ${meeting.title} are frozen: its round is over and can not be opened.`
			);
		if (await find(trx, meeting_id)) throw new BadInput(`The round of ${meeting.title} is open already.`);
		fits(due_at, time_zone);
		const opened_at = new Date().toISOString();
		await trx
			.insertInto('round_opening')
			.values({ meeting_id, opened_by: actor.user_id, opened_at, due_at, time_zone })
			.execute();
		await audit.record(trx, actor, {
			act: 'open_round',
			object: `meeting ${meeting_id}`,
			meeting_id,
			after: { due_at, time_zone }
		});
		await date(trx, meeting, due_on, opened_at.slice(0, 10));
	});
}

/** Moves the moment answers are due. */
export function move(db: Db, actor: audit.Actor, meeting_id: string, { due_at, time_zone }: Opening) {
	return transact(db, async (trx) => {
		const round = await taking(trx, meeting_id);
		fits(due_at, time_zone);
		await trx
			.updateTable('round_opening')
			.set({ due_at, time_zone })
			.where('meeting_id', '=', meeting_id)
			.execute();
		await audit.record(trx, actor, {
			act: 'move_due',
			object: `meeting ${meeting_id}`,
			meeting_id,
			before: { due_at: round.due_at, time_zone: round.time_zone },
			after: { due_at, time_zone }
		});
	});
}

function fits(due_at: string, time_zone: string) {
	if (!isZone(time_zone))
		throw new BadInput(`There is no time zone "${time_zone}". Choose one from the list.`);
	if (Date.parse(due_at) <= Date.now())
		throw new BadInput('Answers can not be due in the past. Choose a later day or time.');
}

/** The days of the round, where the meeting had none. They decide who is asked, so all is counted anew. */
async function date(
	trx: Db,
	meeting: { id: string; opens_on: string | null; due_on: string | null },
	due: string,
	today: string
) {
	const due_on = meeting.due_on ?? due;
	const opens_on = meeting.opens_on ?? (today < due_on ? today : due_on);
	if (due_on === meeting.due_on && opens_on === meeting.opens_on) return;
	if (opens_on > due_on)
		throw new BadInput(
			`The meeting says that its round opens on ${opens_on}: answers can not be due before. Choose a later day.`
		);
	await trx.updateTable('meeting').set({ due_on, opens_on }).where('id', '=', meeting.id).execute();
	await rebuild(trx);
}
