/** What somebody may be. A contributor and a national coordinator are that for one entity, an area coordinator for one plan element. */
export const roles = [
	'contributor',
	'national_coordinator',
	'area_coordinator',
	'vice_chair_office',
	'viewer',
	'administrator'
] as const;
export type Role = (typeof roles)[number];

export const roleName: Record<Role, string> = {
	contributor: 'Contributor',
	national_coordinator: 'National coordinator',
	area_coordinator: 'Area coordinator',
	vice_chair_office: "Vice-Chair's office",
	viewer: 'Viewer',
	administrator: 'Administrator'
};

/**
 * What an act is done to, as one role sees it: of its own entity (or under its own plan element), of another, of the region
 * as a whole, or part of a meeting that is frozen. What was deleted and what never was answer alike: it is not here.
 */
export const kinds = ['own', 'other', 'regional', 'frozen'] as const;
export type Kind = (typeof kinds)[number];

type Line = { sentence: string; allows: Partial<Record<Role, readonly Kind[]>> };

const everything = kinds;
const live = ['own', 'other', 'regional'] as const;

/** Who may do what to what: the one table. It drives the guards, the page /access and the tests. What is not in it is refused. */
export const table = {
	read: {
		sentence: 'Read what has been reported, its figures and charts',
		allows: {
			contributor: everything,
			national_coordinator: everything,
			area_coordinator: everything,
			vice_chair_office: everything,
			viewer: everything,
			administrator: everything
		}
	},
	report: {
		sentence: 'Write status updates, evidence and new initiatives, and read the drafts of them',
		allows: {
			contributor: ['own'],
			national_coordinator: ['own'],
			// On behalf of a Member, shown as such; after a freeze it becomes an addendum.
			vice_chair_office: everything
		}
	},
	submit: {
		sentence: "Submit an entity's answer to a round, or excuse it",
		allows: { national_coordinator: ['own'], vice_chair_office: live }
	},
	invite: {
		sentence: 'Invite colleagues of an entity, and remove them',
		allows: { national_coordinator: ['own'], vice_chair_office: live, administrator: live }
	},
	open_round: {
		sentence: 'Open a round of reporting, and say who is asked for what',
		allows: { vice_chair_office: ['regional'] }
	},
	follow: {
		sentence: 'See who has answered, and who was reminded',
		allows: { area_coordinator: ['own', 'regional', 'frozen'], vice_chair_office: everything }
	},
	remind: {
		sentence: 'Remind those who have not answered',
		allows: { area_coordinator: ['own'], vice_chair_office: live }
	},
	review: {
		sentence: 'Review status updates: confirm, query, or record a differing view',
		allows: { area_coordinator: ['own'], vice_chair_office: live }
	},
	settle: {
		sentence: "Return an entity's answer with a note, or accept it",
		allows: { vice_chair_office: live }
	},
	arrange: {
		sentence: "Keep a meeting's page: its agenda, papers, deck and words",
		allows: { vice_chair_office: ['regional', 'frozen'] }
	},
	freeze: {
		sentence: "Freeze a meeting's figures",
		allows: { vice_chair_office: ['regional'] }
	},
	unfreeze: {
		sentence: 'Undo a freeze, with a reason',
		allows: { administrator: ['frozen'] }
	},
	share: {
		sentence: 'Publish a frozen chart by a link, and revoke it',
		allows: { vice_chair_office: ['regional', 'frozen'] }
	},
	read_trail: {
		sentence: 'Read who changed what',
		allows: {
			contributor: ['own'],
			national_coordinator: ['own'],
			vice_chair_office: everything,
			administrator: everything
		}
	},
	manage: {
		sentence: 'Add and disable people, give roles, and see what mail went out',
		allows: { administrator: live }
	}
} as const satisfies Record<string, Line>;

export type Act = keyof typeof table;
export const acts = Object.keys(table) as Act[];

const kindWord: Record<Kind, string> = {
	own: 'their own',
	other: "others'",
	regional: "the region's",
	frozen: 'what is frozen'
};

/** To which kinds of object a role may do something, in words. Own of an area coordinator is what lies under its element. */
export function allowedInWords(role: Role, act: Act): string {
	const given = allowed(role, act);
	if (given.length === kinds.length) return 'everything';
	if (live.every((kind) => given.includes(kind))) return 'everything that is not frozen';
	return given.map((kind) => kindWord[kind]).join(', ') || 'no';
}

/** A role as somebody holds it today. */
export type Grant = { role: Role; entity_id: string | null; element_id: string | null };

/**
 * Somebody who is signed in, with the roles in force today. Whoever comes with a token for programs may do only what the
 * token is for: then `scopes` says what.
 */
export type User = {
	id: string;
	name: string;
	email: string;
	grants: Grant[];
	scopes?: readonly Act[] | undefined;
};

/** What an act is done to: whose it is, under which elements it counts, and whether its meeting is frozen. */
export type Target = {
	entity_id?: string | null | undefined;
	scopes?: readonly string[] | undefined;
	frozen?: boolean | undefined;
};

/** What a target is to somebody holding this role. */
export function kindOf({ entity_id, element_id }: Grant, target: Target): Kind {
	if (target.frozen) return 'frozen';
	if (element_id !== null) return belongsUnder(element_id, target);
	if (target.entity_id == null) return 'regional';
	return target.entity_id === entity_id ? 'own' : 'other';
}

function belongsUnder(element_id: string, { scopes, entity_id }: Target): Kind {
	if (scopes?.includes(element_id)) return 'own';
	return entity_id == null && scopes === undefined ? 'regional' : 'other';
}

/** May they do this, to this? Without a target: to what belongs to the region. Nobody signed in may nothing. */
export function may(user: User | undefined, act: Act, target: Target = {}): user is User {
	return (
		inScope(user, act) &&
		Boolean(user?.grants.some((grant) => allowed(grant.role, act).includes(kindOf(grant, target))))
	);
}

/** May they do this to anything at all? What is asked before it is known what it would be done to. */
export function mayEver(user: User | undefined, act: Act): user is User {
	return inScope(user, act) && Boolean(user?.grants.some(({ role }) => allowed(role, act).length > 0));
}

function inScope(user: User | undefined, act: Act) {
	return user?.scopes === undefined || user.scopes.includes(act);
}

/** The kinds of object a role may do this to; none is the rule. */
export function allowed(role: Role, act: Act): readonly Kind[] {
	return (table[act] as Line).allows[role] ?? [];
}

/** The entities somebody acts for. */
export function entitiesOf(user: User | undefined): string[] {
	return [...new Set((user?.grants ?? []).flatMap(({ entity_id }) => entity_id ?? []))];
}

/** The plan elements somebody coordinates. */
export function elementsOf(user: User | undefined): string[] {
	return [...new Set((user?.grants ?? []).flatMap(({ element_id }) => element_id ?? []))];
}
