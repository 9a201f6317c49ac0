/** How fresh is what we know? Computed, never typed. Every expectation is exactly one of these. */
export const freshnesses = ['reported', 'confirmed', 'carried', 'missing'] as const;
export type Freshness = (typeof freshnesses)[number];

export const label: Record<Freshness, string> = {
	reported: 'Reported',
	confirmed: 'Confirmed unchanged',
	carried: 'Carried forward',
	missing: 'No report'
};

export const explanation: Record<Freshness, string> = {
	reported: 'A status update came in for this meeting.',
	confirmed: 'The reporter confirmed for this meeting that nothing has changed.',
	carried: 'Nothing came in for this meeting; the status of the meeting before is shown, one round at most.',
	missing: 'Nothing came in for this meeting or for the one before.'
};

/** Fresh means said for this very meeting. */
export function isFresh(freshness: Freshness | null | undefined) {
	return freshness === 'reported' || freshness === 'confirmed';
}
