import type { Freshness } from '#lib/domain/freshness.ts';
import type { Stage } from '#lib/domain/stage.ts';

/** One initiative as it was asked of one entity: what a list of what moved shows of it. */
export type Row = {
	id: string;
	title: string;
	entity_id: string | null;
	elements: { id: string; plan_id: string; code: string }[];
	standings: {
		entity_id: string;
		entity: string;
		freshness: Freshness;
		stage: Stage | null;
		before: { freshness: Freshness; stage: Stage | null } | null;
	}[];
};
