import type { Db } from '#db/open.server.ts';
import type { User } from '#lib/domain/access.ts';
import { address } from '#lib/domain/address.ts';
import { day } from '#lib/domain/dates.ts';
import { label as stageLabel } from '#lib/domain/stage.ts';
import { count, cut } from '#lib/domain/text.ts';
import { label as timingLabel, reasonLabel } from '#lib/domain/timing.ts';
import { inZone } from '#lib/domain/zones.ts';
import { post as postMail } from '../mail/outbox.ts';
import type { Round } from '../rounds.ts';
import * as users from '../users.ts';
import * as receipts from './receipts.ts';

type About = { round: Round; reference: string; entity_id: string; origin: string | null };

/** A copy of what was submitted, to whoever submitted it and to the entity's coordinators. */
export async function post(trx: Db, user: User, { round, reference, entity_id, origin }: About) {
	const receipt = await receipts.get(trx, reference);
	const coordinators = (await users.contacts(trx, entity_id)).filter(
		({ role }) => role === 'national_coordinator'
	);
	const text = written(receipt, round, origin && origin + pageOf({ round, reference, entity_id }));
	const readers = new Map([user, ...coordinators].map(({ id, email }) => [id, email]));
	for (const [user_id, to] of readers)
		await postMail(trx, {
			to,
			user_id,
			kind: 'copy',
			subject: `Submitted: ${receipt.entity} for ${receipt.meeting} (${reference})`,
			text,
			once: `copy ${reference} ${user_id}`
		});
}

function pageOf({ round, reference, entity_id }: Omit<About, 'origin'>) {
	const path = `/report/${encodeURIComponent(round.id)}/receipt/${encodeURIComponent(reference)}`;
	return address(path, { entity: entity_id });
}

type Receipt = Awaited<ReturnType<typeof receipts.get>>;

/** The mail in words, each text cut to a length that keeps the whole light; the receipt's page has all of it. */
function written(receipt: Receipt, round: Round, link: string | null) {
	const { entity, meeting, reference, submitted_at, submitted_by_name, channel, reason, updates } = receipt;
	const behalf = channel === 'on_behalf' ? `, on behalf of ${entity}` : '';
	return [
		`The answer of ${entity} for ${meeting} was submitted by ${submitted_by_name}${behalf}.`,
		`Reference: ${reference}`,
		`Received: ${inZone(submitted_at, round.time_zone)}`,
		reason ? `\nNothing to report: ${reason}` : `\n${count(updates.length, 'status update')}:`,
		...updates.slice(0, 40).map(one),
		...(updates.length > 40 ? [`… and ${updates.length - 40} more, on the page of the receipt.`] : []),
		...(updates.some(isCut)
			? ['\nLong texts are shortened here; the page of the receipt has all of them.']
			: []),
		...(link ? [`\nThe receipt: ${link}`] : []),
		'\nThis is a copy for your files. Nothing has to be done.'
	].join('\n');
}

type Update = Receipt['updates'][number];

function one(update: Update) {
	const { title, stage, timing, reason_code, change, as_of } = update;
	const stands = [
		change === 'no_change' ? 'nothing has changed' : null,
		stageLabel[stage],
		timing && timingLabel[timing],
		reason_code && `reason: ${reasonLabel[reason_code].toLowerCase()}`,
		as_of && `true on ${day(as_of)}`,
		change === 'ended' ? 'ended: this is the last report' : null
	].filter(Boolean);
	return [
		`\n${title}`,
		`  ${stands.join(', ')}`,
		...textsOf(update).map(([name, text]) => `  ${name}: ${cut(text, longest)}`)
	].join('\n');
}

const longest = 400;

function textsOf({ progress_note, next_steps, support_needed }: Update) {
	const texts = { Progress: progress_note, 'Next steps': next_steps, 'Support needed': support_needed };
	return Object.entries(texts).filter((one): one is [string, string] => Boolean(one[1]));
}

const isCut = (update: Update) => textsOf(update).some(([, text]) => cut(text, longest) !== text.trim());
