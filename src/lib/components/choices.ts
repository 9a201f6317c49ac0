import { meetingName, monthOf, type MeetingRef } from '#lib/charts/sentence.ts';

type Plan = { id: string; short_title: string; role: string | null };

/** The plans to choose from, those the region tracks first. */
export function plan(plans: readonly Plan[], value: string) {
	const options = plans.map(({ id, short_title, role }) => ({
		value: id,
		label: short_title,
		group: role === 'tracked' ? 'Tracked plans' : 'Other plans'
	}));
	return { name: 'plan', label: 'Plan', value, options };
}

/** The rounds to choose from, in order. */
export function meeting(
	rounds: readonly Pick<MeetingRef, 'id' | 'title' | 'series' | 'number' | 'starts_on'>[],
	value: string,
	{ name = 'meeting', label = 'Meeting' } = {}
) {
	const options = rounds.map((round) => ({
		value: round.id,
		label: `${meetingName(round)}, ${monthOf(round.starts_on)}`
	}));
	return { name, label, value, options, steps: name === 'meeting' };
}

/** As known now, or as it was when the meeting was frozen. Nothing to choose where it never was. */
export function basis(value: string, frozen: boolean) {
	if (!frozen) return [];
	const options = [
		{ value: 'known', label: 'As known now' },
		{ value: 'presented', label: 'As presented' }
	];
	return [{ name: 'basis', label: 'Figures', value, options }];
}

/** Count initiatives, or each Member once. */
export function weighting(value: string) {
	const options = [
		{ value: 'initiative', label: 'Initiatives' },
		{ value: 'member', label: 'Each Member once' }
	];
	return { name: 'weighting', label: 'Count', value, options };
}
