/** Every page a reader can open, with the demonstration data on it. Used wherever "every page" is meant. */
export const pages: Record<string, string> = {
	overview: '/',
	plans: '/plans',
	plan: '/plans/rsp-2022-2024',
	'plan-scaffold': '/plans/ip-2022-2023',
	element: '/plans/rsp-2022-2024/FA2',
	'element-one-page': '/plans/rsp-2022-2024/FA2/one-page',
	members: '/members',
	member: '/members/FJI',
	'member-one-page': '/members/FJI/one-page',
	initiatives: '/initiatives',
	'initiatives-none': '/initiatives?q=nothing+is+called+this',
	initiative: '/initiatives/i001',
	meetings: '/meetings',
	meeting: '/meetings/rcp-32',
	report: '/meetings/rcp-32/report',
	changes: '/meetings/rcp-32/changes',
	present: '/meetings/rcp-33/present',
	pack: '/meetings/rcp-32/pack',
	matrix: '/matrix',
	replay: '/replay?at=rcp-33',
	'replay-matrix': '/replay?show=matrix&at=rcp-33',
	alignment: '/alignment',
	method: '/method',
	access: '/access',
	'sign-in': '/sign-in',
	'sign-in-code': '/sign-in/code?email=somebody%40example.org',
	'sign-in-passkey': '/sign-in/passkey',
	'ended-session': '/account',
	'not-found': '/plans/no-such-plan'
};

/** What an address answers with that is in the list to show how Waymark says no. Every other page answers 200. */
export const refusals: Record<string, number> = {
	'not-found': 404,
	'office-not-found': 404,
	'viewer-refused': 403
};

/** The pages for whoever is signed in, by the name on the button that lets one look around as them. */
export const ownPages: Record<string, Record<string, string>> = {
	'Coordinator, Fiji': {
		'fiji-overview': '/',
		'fiji-report': '/report',
		'fiji-report-form': '/report/demonstration-round/demo-fji-1',
		'fiji-report-new': '/report/demonstration-round/new?entity=FJI',
		'fiji-report-unchanged': '/report/demonstration-round/unchanged?entity=FJI',
		'fiji-report-check': '/report/demonstration-round/check?entity=FJI',
		'fiji-report-review': '/report/rhca-25/review',
		'fiji-people': '/people',
		'fiji-handover': '/handover',
		'fiji-handover-note': '/handover?step=note',
		'fiji-initiative': '/initiatives/demo-fji-1',
		'fiji-history': '/initiatives/demo-fji-1/history'
	},
	"Vice-Chair's office": {
		'office-overview': '/',
		'office-report': '/report',
		'office-board': '/meetings/rhca-25/board',
		'office-board-open': '/meetings/demonstration-round/board',
		'office-board-wall': '/meetings/rhca-25/board?view=wall',
		'office-review': '/review',
		'office-review-answer': '/review/rhca-25/FJI',
		'office-audit': '/audit',
		'office-history': '/initiatives/i001/history',
		'office-meeting': '/meetings/rhca-25',
		'office-meeting-new': '/meetings/new',
		'office-freeze': '/meetings/rhca-25/freeze',
		'office-round': '/meetings/demonstration-round/round',
		'office-round-new': '/meetings/rcp-33/round',
		'office-papers': '/meetings/rhca-25/papers',
		'office-links': '/meetings/rhca-25/links',
		'office-words': '/meetings/rhca-25/changes/words',
		'office-people': '/people',
		'office-present': '/meetings/rcp-33/present',
		'office-not-found': '/meetings/no-such-meeting/freeze'
	},
	Administrator: {
		admin: '/admin',
		unfreeze: '/meetings/rhca-25/unfreeze',
		'admin-mail': '/admin/mail',
		account: '/account',
		'account-mail': '/account/mail',
		'account-passkeys': '/account/passkeys',
		'account-tokens': '/account/tokens',
		'sign-in-again': '/sign-in',
		'sign-out': '/sign-out'
	},
	'Area coordinator, capacity building': { 'area-board': '/board', 'area-review': '/review' },
	'Contributor, Fiji': { 'contributor-check': '/report/demonstration-round/check?entity=FJI' },
	Viewer: { 'viewer-account': '/account', 'viewer-refused': '/admin' }
};

/** A laptop, a small laptop or tablet, a telephone. */
export const widths = [1440, 1024, 360];
