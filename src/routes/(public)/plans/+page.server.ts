import * as plans from '#lib/server/plans.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db } }) => ({ plans: await plans.list(db) });
