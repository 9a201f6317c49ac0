import type { Act } from '#lib/domain/access.ts';

/**
 * What a request needs. `anyone`: nothing. `published`: an installation that is open to all, or somebody signed in. `signed_in`:
 * somebody. An act: somebody who may do it to something; to what exactly is asked where it is done.
 */
export type Rule = 'anyone' | 'published' | 'signed_in' | Act;

type Doors = { GET?: Rule } & { [method in 'POST' | 'PUT' | 'PATCH' | 'DELETE' | `POST ?/${string}`]?: Rule };

/** Every route with every way to call it. What is not here is refused; a test compares it with src/routes. */
export const routes: Record<string, Doors> = {
	'/healthz': { GET: 'anyone' },
	'/readyz': { GET: 'anyone' },
	'/(public)/method': { GET: 'anyone' },
	'/(public)/setup/[token]': { GET: 'anyone', POST: 'anyone' },
	'/(public)/sign-in': { GET: 'anyone', 'POST ?/ask': 'anyone', 'POST ?/demonstration': 'anyone' },
	'/(public)/sign-in/code': { GET: 'anyone', POST: 'anyone' },
	'/(public)/sign-in/link/[token]': { GET: 'anyone', POST: 'anyone' },
	'/(public)/sign-in/once/[token]': { GET: 'anyone', POST: 'anyone' },
	'/(public)/sign-in/oidc': { GET: 'anyone' },
	'/(public)/sign-in/oidc/callback': { GET: 'anyone' },
	'/(public)/sign-in/passkey': { GET: 'anyone', POST: 'anyone' },
	'/(public)/replay': { GET: 'published' },
	'/(public)/sign-out': { GET: 'anyone', POST: 'anyone' },

	'/(app)/account': {
		GET: 'signed_in',
		'POST ?/describe': 'signed_in',
		'POST ?/end': 'signed_in',
		'POST ?/end_others': 'signed_in'
	},
	'/(app)/account/passkeys': { GET: 'signed_in', 'POST ?/keep': 'signed_in', 'POST ?/remove': 'signed_in' },
	'/(app)/account/tokens': { GET: 'signed_in', 'POST ?/issue': 'signed_in', 'POST ?/revoke': 'signed_in' },
	'/(app)/handover': { GET: 'signed_in', 'POST ?/say': 'signed_in', 'POST ?/leave': 'signed_in' },
	'/(app)/people': { GET: 'invite', 'POST ?/invite': 'invite', 'POST ?/remove': 'invite' },
	'/(app)/admin': { GET: 'manage', 'POST ?/add': 'manage' },
	'/(app)/admin/people/[id]': {
		GET: 'manage',
		'POST ?/give': 'manage',
		'POST ?/end': 'manage',
		'POST ?/disable': 'manage',
		'POST ?/enable': 'manage'
	},

	'/(app)/report': {
		GET: 'report',
		'POST ?/no_change': 'report',
		'POST ?/undo': 'report',
		'POST ?/ready': 'report'
	},
	'/(app)/report/[meeting]/[initiative]': {
		GET: 'report',
		'POST ?/save': 'report',
		'POST ?/later': 'report',
		'POST ?/attach': 'report',
		'POST ?/detach': 'report',
		'POST ?/addendum': 'report'
	},
	'/(app)/report/[meeting]/[initiative]/draft': { POST: 'report' },
	'/(app)/report/[meeting]/new': { GET: 'report', 'POST ?/begin': 'report' },
	'/(app)/report/[meeting]/unchanged': { GET: 'report', 'POST ?/confirm': 'report' },
	'/(app)/report/[meeting]/check': {
		GET: 'report',
		'POST ?/submit': 'submit',
		'POST ?/nothing': 'submit',
		'POST ?/excuse': 'submit'
	},
	'/(app)/report/[meeting]/receipt/[reference]': { GET: 'report' },
	'/(app)/evidence/[id]': { GET: 'signed_in' },
	'/(app)/meetings/[meeting]/round': {
		GET: 'open_round',
		'POST ?/open': 'open_round',
		'POST ?/move': 'open_round',
		'POST ?/take_out': 'open_round',
		'POST ?/add': 'open_round'
	},

	'/(public)': { GET: 'published' },
	'/(public)/access': { GET: 'published' },
	'/(public)/alignment': { GET: 'published' },
	'/(public)/initiatives': { GET: 'published' },
	'/(public)/initiatives/[id]': { GET: 'published' },
	'/(public)/matrix': { GET: 'published' },
	'/(public)/meetings': { GET: 'published' },
	'/(public)/meetings/[meeting]': { GET: 'published' },
	'/(public)/meetings/[meeting]/calendar.ics': { GET: 'published' },
	'/(public)/meetings/[meeting]/pack': { GET: 'published' },
	'/(public)/meetings/[meeting]/report': { GET: 'published' },
	'/(public)/meetings/[meeting]/pack.[format]': { GET: 'published' },
	'/(public)/meetings/[meeting]/changes': { GET: 'published' },
	'/(app)/meetings/new': { GET: 'arrange', POST: 'arrange' },
	'/(app)/meetings/[meeting]/links': { GET: 'share', 'POST ?/revoke': 'share' },
	'/(app)/meetings/[meeting]/links/new': { GET: 'share', POST: 'share' },
	'/(app)/meetings/[meeting]/papers': { GET: 'arrange', POST: 'arrange' },
	'/(app)/meetings/[meeting]/freeze': { GET: 'freeze', POST: 'freeze' },
	'/(app)/meetings/[meeting]/unfreeze': { GET: 'unfreeze', POST: 'unfreeze' },
	'/(app)/meetings/[meeting]/changes/words': {
		GET: 'arrange',
		'POST ?/keep': 'arrange',
		'POST ?/restore': 'arrange'
	},
	'/(public)/meetings/[meeting]/present': {
		GET: 'published',
		'POST ?/keep': 'arrange',
		'POST ?/restore': 'arrange'
	},
	'/(public)/members': { GET: 'published' },
	'/(public)/members/[entity]': { GET: 'published' },
	'/(public)/members/[entity]/one-page': { GET: 'published' },
	'/(public)/plans': { GET: 'published' },
	'/(public)/plans/[plan]': { GET: 'published' },
	'/(public)/plans/[plan]/[code]': { GET: 'published' },
	'/(public)/plans/[plan]/[code]/one-page': { GET: 'published' },
	'/charts/[question].[format]': { GET: 'published' },

	'/(app)/review': { GET: 'review', 'POST ?/confirm': 'review' },
	'/(app)/review/[meeting]/[entity]': {
		GET: 'review',
		'POST ?/confirm': 'review',
		'POST ?/query': 'review',
		'POST ?/differ': 'review',
		'POST ?/return': 'settle',
		'POST ?/accept': 'settle'
	},
	'/(app)/board': { GET: 'follow' },
	'/(app)/meetings/[meeting]/board': { GET: 'follow', 'POST ?/remind': 'remind' },
	'/(app)/meetings/[meeting]/board/stamp': { GET: 'follow' },
	'/(app)/audit': { GET: 'read_trail' },
	'/(app)/initiatives/[id]/history': { GET: 'read_trail' },
	'/(app)/report/[meeting]/review': { GET: 'report', 'POST ?/agree': 'report' },

	'/api/[...path]': { GET: 'published' },
	'/api/v1/alignments': { GET: 'published' },
	'/api/v1/entities': { GET: 'published' },
	'/api/v1/initiatives': { GET: 'published' },
	'/api/v1/initiatives/[id]': { GET: 'published' },
	'/api/v1/matrix': { GET: 'published' },
	'/api/v1/meetings': { GET: 'published' },
	'/api/v1/movement': { GET: 'published' },
	'/api/v1/openapi.json': { GET: 'published' },
	'/api/v1/plans': { GET: 'published' },
	'/api/v1/plans/[id]': { GET: 'published' },
	'/api/v1/progress': { GET: 'published' },
	'/api/v1/status-updates': { GET: 'published', POST: 'report' },
	'/api/v1/submissions': { POST: 'submit' },

	// Their address is the key to them.
	'/shared/[token]': { GET: 'anyone' },
	'/(public)/unsubscribe/[token]': { GET: 'anyone', POST: 'anyone' },
	'/calendar/[token].ics': { GET: 'anyone' },

	'/(app)/account/mail': {
		GET: 'signed_in',
		'POST ?/choose': 'signed_in',
		'POST ?/name_deputy': 'signed_in',
		'POST ?/end_deputy': 'signed_in',
		'POST ?/make_calendar': 'signed_in',
		'POST ?/revoke_calendar': 'signed_in'
	},
	'/(app)/admin/mail': { GET: 'manage', 'POST ?/again': 'manage' }
};

/** What a request to a route needs; nothing where the route does not take such a request, or is not known. */
export function ruleOf(route_id: string | null, method: string, url: URL): Rule | undefined {
	const doors = route_id === null ? undefined : routes[route_id];
	if (!doors || method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return doors?.GET;
	const action = method === 'POST' && [...url.searchParams.keys()].find((key) => key.startsWith('/'));
	const door = (action ? `POST ?${action}` : method) as keyof Doors;
	return Object.hasOwn(doors, door) ? doors[door] : undefined;
}

/** Every method that an address takes from somebody. */
export function methodsOf(route_id: string | null, url: URL): string[] {
	const all = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
	return all.filter((method) => ruleOf(route_id, method, url) !== undefined);
}
