import type { Db, Reader } from '#db/open.server.ts';
import { meetingName } from '#lib/charts/sentence.ts';
import type { Choice } from '#lib/domain/mail.ts';
import { compose, type Asked, type RoundDue } from '#lib/domain/digest.ts';
import { isMorning, reminderOn } from '#lib/domain/reminders.ts';
import { firstZone, isZone, localTime } from '#lib/domain/zones.ts';
import type { Settings } from '../settings.ts';
import * as choices from './choices.ts';
import { missing, openRounds, type Missing, type OpenRound } from './missing.ts';
import { post } from './outbox.ts';
import { reporters, type Reporter } from './reporters.ts';
import { base } from './sender.ts';

/** Writes the digests of this morning, one for each person who has something to do, wherever it is morning. */
export async function queue(db: Db, settings: Pick<Settings, 'ORIGIN' | 'PORT'>, now: Date): Promise<number> {
	const rounds = await openRounds(db);
	if (rounds.length === 0) return 0;
	const today = (await reporters(db, now.toISOString().slice(0, 10)))
		.map((person) => ({ person, ...clockOf(person, rounds[0]!) }))
		.filter(({ zone }) => isMorning(now, zone))
		.map((one) => ({ ...one, day: localTime(now, one.zone).day }))
		.filter(({ zone, day }) => rounds.some((round) => reminderOn(day, round, zone)));
	const people = await withoutDigest(db, today);
	if (people.length === 0) return 0;
	const wanting = new Map<string, Missing>();
	for (const { meeting_id } of rounds) wanting.set(meeting_id, await missing(db, meeting_id));
	let written = 0;
	for (const { person, zone, known, day } of people) {
		const choice = await choices.get(db, person.id);
		const due = rounds.flatMap((round): RoundDue[] => {
			const reminder = reminderOn(day, round, zone);
			const of = (list: Reporter['entities'], wish: Choice) =>
				reminderOn(day, round, zone, wish) ? asked(list, wanting.get(round.meeting_id)!) : [];
			const own = of(person.entities, choice);
			// Whoever wants no mail and stands in for a colleague is told of that one's deadlines all the same.
			const others = of(person.standing_in, choice === 'none' ? 'deadlines' : choice).filter(
				({ entity }) => !own.some((one) => one.entity.id === entity.id)
			);
			return reminder && own.length + others.length > 0 ? [told(round, reminder, [...own, ...others])] : [];
		});
		if (due.length === 0) continue;
		const mail = compose({ name: person.name, day, zone, known, origin: base(settings), rounds: due });
		const address = { to: person.email, user_id: person.id, kind: 'digest', once: onceOf(person, day) };
		if (await post(db, { ...address, ...mail, wanted: true })) written++;
	}
	return written;
}

/** The clock somebody lives by. The host's where nobody has said, which is nearer than any other. */
function clockOf({ time_zone, zones }: Reporter, { time_zone: host }: OpenRound) {
	const own = [time_zone, ...zones].find(isZone);
	return { zone: own ?? firstZone(host), known: own !== undefined };
}

const onceOf = ({ id }: { id: string }, day: string) => `digest ${id} ${day}`;

/** Those who have no digest of their day yet. */
async function withoutDigest<One extends { person: Reporter; day: string }>(
	db: Reader,
	people: One[]
): Promise<One[]> {
	if (people.length === 0) return [];
	const names = people.map(({ person, day }) => onceOf(person, day));
	const written = await db.selectFrom('outbox').select('once').where('once', 'in', names).execute();
	const have = new Set(written.map(({ once }) => once));
	return people.filter(({ person, day }) => !have.has(onceOf(person, day)));
}

function asked(list: Reporter['entities'], wanting: Missing): Asked[] {
	return list.flatMap(({ entity_id, instead_of }) => {
		const found = wanting.get(entity_id);
		return found ? [{ ...found, instead_of }] : [];
	});
}

function told(
	{ meeting_id, due_at, time_zone, ...meeting }: OpenRound,
	reminder: RoundDue['reminder'],
	list: Asked[]
) {
	return {
		meeting: { id: meeting_id, name: meetingName(meeting) },
		reminder,
		due_at,
		time_zone,
		asked: list
	};
}
