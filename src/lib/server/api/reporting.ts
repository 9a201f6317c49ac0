import type { z } from 'zod';
import type { Db } from '#db/open.server.ts';
import { may, type User } from '#lib/domain/access.ts';
import { Forbidden, NotFound } from '#lib/domain/errors.ts';
import type { newStatusUpdate, newSubmission } from '#lib/domain/schemas/report.ts';
import { permit } from '../access/guard.ts';
import * as audit from '../audit.ts';
import * as rounds from '../rounds.ts';
import * as submissions from '../submissions.ts';
import { stateOf } from '../submissions/tasks.ts';
import * as updates from '../updates.ts';
import { statusUpdate } from './shapes.ts';

type Answer = { meeting_id: string; entity_id: string };

/**
 * Takes one status update from a program, by the verb the form uses. Whoever may submit speaks at once, unless the answer waits
 * to be submitted; what others write waits until somebody submits it.
 */
export async function report(trx: Db, user: User, body: z.infer<typeof newStatusUpdate>) {
	const { meeting: meeting_id, initiative: initiative_id, entity: entity_id, ...said } = body;
	const answer = { meeting_id, entity_id };
	// Somebody else's Member answers exactly like one that is not there.
	if (!mayAnswer(user, entity_id)) throw absent(entity_id);
	const addendum =
		may(user, 'report', { entity_id, frozen: true }) && (await rounds.isFrozen(trx, meeting_id));
	if (!addendum && !may(user, 'submit', { entity_id })) await waitToBeSubmitted(trx, user, answer);
	const row = await updates.record(
		trx,
		audit.actorOf(user),
		{ meeting_id, initiative_id, entity_id, ...said },
		{ addendum }
	);
	if (!addendum) await submissions.withdrawReason(trx, answer);
	return statusUpdate(await updates.justRecorded(trx, row));
}

/** Submits an answer, or excuses the entity. */
export async function submit(
	trx: Db,
	user: User,
	body: z.infer<typeof newSubmission>,
	origin: string | null
) {
	const { meeting: meeting_id, entity: entity_id, state, reason, partly } = body;
	const answer = { meeting_id, entity_id };
	if (!mayAnswer(user, entity_id)) throw absent(entity_id);
	permit(
		may(user, 'submit', answer),
		'Your role writes, and does not submit: your national coordinator does.'
	);
	const receipt =
		state === 'excused'
			? await submissions.excuse(trx, user, answer, reason ?? '', { through: 'api' }).then(() => null)
			: await submissions.submit(trx, user, answer, {
					partly,
					nothing: reason ?? '',
					through: 'api',
					origin
				});
	const { submission } = await stateOf(trx, answer);
	return {
		meeting: meeting_id,
		entity: entity_id,
		state: submission!.state,
		channel: submission!.channel,
		submitted_at: submission!.submitted_at,
		reason: submission!.reason,
		reference: receipt?.reference ?? null
	};
}

const mayAnswer = (user: User, entity_id: string) =>
	may(user, 'report', { entity_id }) || may(user, 'submit', { entity_id });

function absent(entity_id: string) {
	return new NotFound(`There is no Member or body "${entity_id}" that you report for.`);
}

/** Has what is written wait until it is submitted. What has been submitted is not changed behind its coordinator's back. */
async function waitToBeSubmitted(trx: Db, user: User, answer: Answer) {
	await rounds.taking(trx, answer.meeting_id);
	const { state } = await stateOf(trx, answer);
	if (state === 'draft' || state === 'returned') return;
	if (state !== 'none')
		throw new Forbidden(
			'The answer has been submitted. Whoever submits for your administration can correct it.'
		);
	await trx
		.insertInto('submission')
		.values({ ...answer, state: 'draft', channel: 'api', submitted_at: null, reason: null })
		.execute();
	await audit.record(trx, audit.actorOf(user), {
		act: 'begin',
		object: `answer ${answer.entity_id} to ${answer.meeting_id}`,
		...answer
	});
}
