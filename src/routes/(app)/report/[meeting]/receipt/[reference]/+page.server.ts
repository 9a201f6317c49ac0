import { NotFound } from '#lib/domain/errors.ts';
import * as evidence from '#lib/server/evidence.ts';
import * as receipts from '#lib/server/submissions/receipts.ts';
import { may, mayEver } from '#lib/domain/access.ts';
import { wanted } from '#lib/domain/mail.ts';
import { permit } from '#lib/server/access/guard.ts';
import * as choices from '#lib/server/mail/choices.ts';
import { ownZone } from '#lib/server/own-zone.ts';
import * as rounds from '#lib/server/rounds.ts';
import type { PageServerLoad } from './$types';

export const load = (async ({ locals: { db, settings, user }, params: { meeting, reference }, url }) => {
	permit(mayEver(user, 'report'));
	const receipt = await receipts.get(db, reference);
	// To whom it is not shown it is as if it were not there.
	if (receipt.meeting_id !== meeting || !may(user, 'report', { entity_id: receipt.entity_id }))
		throw new NotFound(`There is no receipt "${reference}".`);
	const round = await rounds.find(db, meeting);
	return {
		receipt,
		time_zone: round?.time_zone ?? 'UTC',
		files: await evidence.ofUpdates(
			db,
			receipt.updates.map(({ id }) => id)
		),
		own: await ownZone(db, user),
		/** Does a copy go to whoever looks at it? */
		mailed: settings.SMTP_URL !== undefined && wanted(await choices.get(db, user.id), 'copy'),
		kept: url.searchParams.get('entity')
	};
}) satisfies PageServerLoad;
