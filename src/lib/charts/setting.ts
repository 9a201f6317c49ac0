import type { Tally } from '#lib/domain/tally.ts';
import { method } from './sentence.ts';
import type { Filter, Provenance } from './spec.ts';

/** What a chart is told besides its rows: whose initiatives they are, how they were counted, and where it can be had. */
export type Setting = {
	/** "RSP 2022-2024", or "all plans". */
	of: string;
	/** What every list behind a figure asks for: plan, basis … */
	filter: Filter;
	/** The chart's own address. */
	params: Record<string, string>;
	basis: 'known' | 'presented';
	as_of: string;
	/** Its meeting is frozen, so that it can be seen as presented and as known now. */
	frozen?: boolean;
	/** The number of the snapshot it is drawn from. */
	snapshot?: number | null;
	demonstration: boolean;
	sources: { label: string; href: string | null }[];
};

/** The lines every chart ends with. */
export function provenance(setting: Setting, tally: Tally | null): Provenance {
	const { basis, as_of, frozen = false, snapshot = null, demonstration } = setting;
	const sources = setting.sources.map(({ label, href }) => ({
		label,
		href: href && isSafe(href) ? href : null
	}));
	const split = tally && {
		expected: tally.expected,
		reported: tally.reported,
		confirmed: tally.confirmed,
		carried: tally.carried,
		missing: tally.missing
	};
	return { basis, as_of, frozen, snapshot, method, sources, demonstration, split };
}

/** A page of ours or of the web; never a script. */
function isSafe(href: string) {
	return /^(\/(?!\/)|https?:\/\/)/i.test(href);
}
