/** Every page a reader can open, with the demonstration data on it. Used wherever "every page" is meant. */
export const pages: Record<string, string> = {
	overview: '/',
	plans: '/plans',
	plan: '/plans/rsp-2022-2024',
	'plan-scaffold': '/plans/ip-2022-2023',
	element: '/plans/rsp-2022-2024/FA2',
	members: '/members',
	member: '/members/FJI',
	initiatives: '/initiatives',
	'initiatives-none': '/initiatives?q=nothing+is+called+this',
	initiative: '/initiatives/i001',
	meetings: '/meetings',
	meeting: '/meetings/rcp-32',
	changes: '/meetings/rcp-32/changes',
	present: '/meetings/rcp-33/present',
	matrix: '/matrix',
	replay: '/replay?at=rcp-33',
	'replay-matrix': '/replay?show=matrix&at=rcp-33',
	alignment: '/alignment',
	method: '/method',
	'not-found': '/plans/no-such-plan'
};

/** A laptop, a small laptop or tablet, a telephone. */
export const widths = [1440, 1024, 360];
