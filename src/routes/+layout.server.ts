import * as site from '#lib/server/site.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals: { db } }) => ({ site: await site.describe(db) });
