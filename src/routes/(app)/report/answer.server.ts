import { entitiesOf, may, mayEver } from '#lib/domain/access.ts';
import { address } from '#lib/domain/address.ts';
import { BadInput, NotFound } from '#lib/domain/errors.ts';
import { canExist } from '#lib/domain/names.ts';
import { permit } from '#lib/server/access/guard.ts';
import * as audit from '#lib/server/audit.ts';
import * as drafts from '#lib/server/drafts.ts';
import * as meetings from '#lib/server/meetings.ts';
import { ownOrigin } from '#lib/server/http/origin.ts';
import { ownZone } from '#lib/server/own-zone.ts';
import * as rounds from '#lib/server/rounds.ts';

type Event = { locals: App.Locals; params: { meeting: string }; url: URL };

/** Whose answer to which round an address is about. Of a Member that is not one's own it answers as if there were none. */
export async function answerOf({ locals: { db, settings, user }, params, url }: Event) {
	permit(mayEver(user, 'report'));
	const own = entitiesOf(user);
	const entity_id = url.searchParams.get('entity') || own[0];
	if (!entity_id)
		throw new BadInput('Say for which Member or body you report: choose it on the page “Report”.');
	const entity =
		may(user, 'report', { entity_id }) && canExist(entity_id)
			? await db
					.selectFrom('entity')
					.select(['id', 'name', 'time_zone'])
					.where('id', '=', entity_id)
					.executeTakeFirst()
			: undefined;
	if (!entity) throw new NotFound(`There is no answer of "${entity_id}" to see here.`);
	const meeting = await meetings.get(db, params.meeting);
	const frozen = meeting.frozen_at !== null;
	const side = drafts.sideOf(user, entity.id);
	const kept = own.length === 1 && own[0] === entity.id ? null : entity.id;
	return {
		db,
		user,
		actor: audit.actorOf(user),
		entity,
		/** Our own address, where we know it, for the links in mails. */
		origin: ownOrigin(settings, url),
		meeting,
		frozen,
		/** What was opened; where nothing was, what is shown or sent here ends with a sentence. */
		round: frozen ? null : await rounds.taking(db, meeting.id),
		answer: { meeting_id: meeting.id, entity_id: entity.id, side },
		maySubmit: may(user, 'submit', { entity_id, frozen }),
		mayAdd: may(user, 'report', { entity_id, frozen }),
		onBehalf: side === 'office',
		/** The part of an address that says for whom, where it has to be said. */
		kept,
		to: (path: string) => address(`/report/${encodeURIComponent(meeting.id)}${path}`, { entity: kept })
	};
}

/** When an answer is due, for the host and for the reader; nothing once the meeting is frozen. */
export async function dueOf({ db, user, round }: Pick<Answer, 'db' | 'user' | 'round'>) {
	if (!round) return null;
	const { due_at, time_zone } = round;
	return { due_at, time_zone, own: await ownZone(db, user), now: new Date().toISOString() };
}

export type Answer = Awaited<ReturnType<typeof answerOf>>;
