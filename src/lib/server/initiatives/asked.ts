import type { Reader } from '#db/open.server.ts';
import type { Basis } from '#db/schema.ts';
import type { Filters } from '#lib/domain/schemas/filters.ts';
import * as meetings from '../meetings.ts';
import { basisHere, rounds, settled } from '../progress.ts';
import * as renewals from '../renewals.ts';

export type At = { meeting_id: string; basis: Basis };

/** What is asked for, with the meetings meant by it. */
export type Asked = {
	filters: Filters;
	/** A row is an expectation, an initiative asked of an entity, as soon as something about a meeting is asked. */
	expectations: boolean;
	at: At | undefined;
	from: At | undefined;
	/** The rounds before, in order. */
	before: At[];
	/** Over a plan's renewal, the scopes of the earlier plan that are continued: only what counted there was expected. */
	joined?: string[];
};

const aboutMeetings = ['meeting', 'freshness', 'stage', 'timing', 'moved', 'stalled'] as const;

/** Settles which meetings a list speaks of: the one asked for or the latest reported to, and the rounds before it. */
export async function settle(db: Reader, filters: Filters): Promise<Asked> {
	const expectations = aboutMeetings.some((key) => filters[key] !== undefined);
	const meeting_id = filters.meeting ?? (await meetings.latest(db))?.id;
	if (meeting_id === undefined) return { filters, expectations, at: undefined, from: undefined, before: [] };

	const as = async (id: string): Promise<At> => ({
		meeting_id: id,
		basis: await settled(db, id, filters.basis ?? 'known')
	});
	const all = await rounds(db);
	const place = all.findIndex(({ id }) => id === meeting_id);
	const from_id = filters.from ?? all[place - 1]?.id;
	return {
		filters,
		expectations,
		at: await as(meeting_id),
		from: from_id === undefined ? undefined : await as(from_id),
		before: all.slice(0, Math.max(0, place)).map((round) => ({
			meeting_id: round.id,
			basis: basisHere(round, filters.basis ?? 'known')
		})),
		...(filters.from_plan && { joined: await joined(db, filters) })
	};
}

async function joined(db: Reader, { from_plan, plan, element }: Filters) {
	const plan_id = plan ?? element?.split(':')[0];
	if (!from_plan || !plan_id || from_plan === plan_id) return undefined;
	return renewals.scopesBefore(await renewals.between(db, from_plan, plan_id), element ?? plan_id);
}
