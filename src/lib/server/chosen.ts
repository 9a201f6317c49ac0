import type { Reader } from '#db/open.server.ts';
import type { Basis } from '#db/schema.ts';
import * as meetings from './meetings.ts';
import * as plans from './plans.ts';
import { rounds } from './progress.ts';

/**
 * The plan, meeting and basis a page's address asks for, or those shown when it asks for none; with everything there is to
 * choose from. A name that is not here is `NotFound`; plan and meeting are undefined only where there is none at all.
 */
export async function read(db: Reader, params: URLSearchParams) {
	const [plan_id, meeting_id] = [asked(params, 'plan'), asked(params, 'meeting')];
	const latest = meeting_id ?? (await meetings.latest(db))?.id;
	const basis: Basis = params.get('basis') === 'presented' ? 'presented' : 'known';
	return {
		plan: plan_id ? await plans.get(db, plan_id) : await plans.current(db),
		meeting: latest ? await meetings.get(db, latest) : undefined,
		basis,
		/** Each initiative once, or each Member once. */
		weighting: params.get('weighting') === 'member' ? ('member' as const) : ('initiative' as const),
		plans: await plans.list(db),
		rounds: await rounds(db)
	};
}

export type Chosen = Awaited<ReturnType<typeof read>>;

function asked(params: URLSearchParams, name: string) {
	return params.get(name)?.trim() || undefined;
}
