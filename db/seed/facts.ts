import { readFileSync } from 'node:fs';

/** The facts as they were collected: this module only names their fields. `glossary.md` beside them explains the words. */
export type Dated = { source_url: string | null; certainty: string };

export type PlanFact = {
	id: string;
	title: string;
	short_title: string;
	role: string;
	owner: string;
	level: string;
	period: { label: string; start: string | null; end: string | null };
	predecessor?: string;
	completeness: string;
	source_urls: string[];
	certainty: string;
	elements: ElementFact[];
};

export type ElementFact = Dated & {
	id: string;
	code: string;
	code_fr?: string;
	title: string;
	kind: string;
	parent: string | null;
	published_level?: string | null;
	summary: string;
	aliases?: string[];
	coordinators?: string[];
	coordinators_certainty?: string;
	coordinator_sources?: string[];
};

export type LinkFact = Dated & { id: string; from: string; to: string; relation: string; rationale: string };

export type MemberFact = Dated & {
	iso3: string;
	iso2: string;
	name: string;
	name_variants: string[];
	administration: string;
	subregion: string;
	wco_joined: string | null;
	wco_joined_source: string | null;
	counted_in_region_from: string | null;
	roles: RoleFact[];
};

export type RoleFact = Dated & { role: string; from: string | null; to: string | null };

export type BodyFact = Dated & {
	id: string;
	name: string;
	abbreviation: string;
	aliases?: string[];
	kind: string;
	hosts?: string[];
	terms: (Dated & { holder: string | null; from: string; to: string | null; role?: string })[];
};

export type MeetingFact = {
	id: string;
	kind: string;
	number: number | null;
	title: string;
	date_start: string | null;
	date_end: string | null;
	date_precision: string;
	city: string | null;
	country: string | null;
	host: string;
	mode: string | null;
	mode_certainty?: string | null;
	joint_with: string | null;
	attendance: {
		count: number;
		unit: string;
		mode: string | null;
		qualifier: string | null;
		source_url: string;
	}[];
	source_urls: string[];
	certainty: string;
};

export type InitiativeFact = Dated & {
	id: string;
	title: string;
	members: string[];
	entities: string[];
	scope: string;
	member_role: string | null;
	date_start: string | null;
	date_end: string | null;
	date_precision: string;
	focus_area: string;
	other_focus_areas: string[];
	sp_elements: string[];
	mapping_certainty: string;
	theme: string;
	summary: string;
	note?: string | null;
	status: string;
	status_as_of: string | null;
	metrics: { name: string; value: number; unit: string; as_of: string }[];
	source_type: string;
};

export type Facts = {
	plans: PlanFact[];
	links: LinkFact[];
	members: MemberFact[];
	counts: { from: string | null; count: number; source_url: string }[];
	bodies: BodyFact[];
	meetings: MeetingFact[];
	initiatives: InitiativeFact[];
};

const file = <T>(name: string) =>
	JSON.parse(readFileSync(new URL(`./facts/${name}.json`, import.meta.url), 'utf8')) as T;

export function read(): Facts {
	const region = file<{ members: MemberFact[]; member_count_history: Facts['counts'] }>('members');
	return {
		plans: file('plans'),
		links: file('crosswalk'),
		members: region.members,
		counts: region.member_count_history,
		bodies: file('entities'),
		meetings: file('meetings'),
		initiatives: file('initiatives')
	};
}

/** The plan's word for a thing where ours is another; stops when the facts use a word nobody has thought about. */
export function translate<T extends string>(words: Record<string, T>, word: string): T {
	const found = words[word];
	if (found === undefined)
		throw new Error(`The facts say "${word}", which has no place in the data package yet`);
	return found;
}
