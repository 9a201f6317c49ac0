/** The closed lists of the data package, in the order they are listed there. */
export const entityKinds = [
	'member',
	'vice_chair_office',
	'regional_office',
	'intelligence_office',
	'private_sector',
	'secretariat',
	'working_group'
] as const;
export const termRoles = ['vice_chair', 'host', 'area_coordinator'] as const;
export const planLevels = ['global', 'implementation', 'regional', 'programme'] as const;
export const planRoles = ['tracked', 'fallback', 'predecessor', 'successor', 'adjacent', 'historic'] as const;
export const elementKinds = [
	'goal',
	'objective',
	'process',
	'focus_area',
	'enabler',
	'action',
	'milestone',
	'indicator'
] as const;
export const relations = ['equal', 'part_of', 'contains', 'overlaps', 'supports', 'succeeds'] as const;
export const seriesNames = ['RCP', 'RHCA', 'other'] as const;
export const attendanceUnits = ['members', 'participants'] as const;
export const scopes = ['national', 'bilateral', 'multilateral', 'regional'] as const;
export const entityRoles = ['lead', 'partner', 'host', 'beneficiary', 'participant'] as const;
export const contributionRoles = ['main', 'contributing'] as const;
export const submissionStates = ['draft', 'submitted', 'returned', 'accepted', 'excused'] as const;
export const channels = [
	'web',
	'xlsx',
	'email',
	'on_behalf',
	'api',
	'public_record',
	'demonstration'
] as const;
export const changes = ['changed', 'no_change', 'new', 'ended'] as const;
export const verdicts = ['confirmed', 'queried', 'differs'] as const;
export const directions = ['up', 'down', 'maintain'] as const;

export type EntityKind = (typeof entityKinds)[number];
export type TermRole = (typeof termRoles)[number];
export type PlanLevel = (typeof planLevels)[number];
export type PlanRole = (typeof planRoles)[number];
export type ElementKind = (typeof elementKinds)[number];
export type Relation = (typeof relations)[number];
export type Series = (typeof seriesNames)[number];
export type Scope = (typeof scopes)[number];
export type EntityRole = (typeof entityRoles)[number];
export type ContributionRole = (typeof contributionRoles)[number];
export type SubmissionState = (typeof submissionStates)[number];
export type Channel = (typeof channels)[number];
export type Change = (typeof changes)[number];
export type Verdict = (typeof verdicts)[number];
export type Direction = (typeof directions)[number];

/** How an update relates to the one before, and how an answer came in, as a reader says it. */
export const changeLabel: Record<Change, string> = {
	changed: 'Changed',
	no_change: 'Confirmed unchanged',
	new: 'First report',
	ended: 'Last report: it ended'
};
export const channelLabel: Record<Channel, string> = {
	web: 'reported on this site',
	xlsx: 'reported in a spreadsheet',
	email: 'reported by e-mail',
	on_behalf: 'entered on its behalf',
	api: 'reported by another system',
	public_record: 'public record: read from a public source; it was not reported',
	demonstration: 'demonstration: made up'
};

/** `focus_area` as a reader says it: "Focus area". */
export function say(word: string) {
	const words = word.replaceAll('_', ' ');
	return words.charAt(0).toUpperCase() + words.slice(1);
}
