/** What is being shown, and what lies over it. */
export type State = {
	/** The slide of the deck that one is at. */
	at: string;
	/** A Member in the spotlight, over the slide one came from. */
	member: string | null;
	blank: boolean;
	table: boolean;
	notes: boolean;
	panel: Panel | null;
	/** The clock is in sight. */
	clock: boolean;
	/** When the clock was last started, and what it had counted before, in milliseconds. */
	since: number | null;
	before: number;
};
export type Panel = 'list' | 'find' | 'help';

export type Act =
	| 'next'
	| 'previous'
	| 'first'
	| 'last'
	| 'blank'
	| 'table'
	| 'notes'
	| 'clock'
	| 'restart'
	| 'pause'
	| 'list'
	| 'find'
	| 'help'
	| 'close'
	| { go: string }
	| { member: string };

export function begin(at: string, member: string | null = null): State {
	return {
		at,
		member,
		blank: false,
		table: false,
		notes: false,
		panel: null,
		clock: false,
		since: null,
		before: 0
	};
}

/** What comes of an act. `ids` are the slides in their order, `now` the moment. */
export function after(state: State, act: Act, ids: readonly string[], now: number): State {
	if (typeof act === 'object') {
		if ('member' in act) return { ...state, member: act.member, panel: null, blank: false };
		return ids.includes(act.go) ? { ...state, at: act.go, member: null, panel: null, blank: false } : state;
	}
	switch (act) {
		case 'next':
			return step(started(state, now), 1, ids);
		case 'previous':
			return step(state, -1, ids);
		case 'first':
			return { ...state, at: ids[0] ?? state.at, member: null, blank: false };
		case 'last':
			return { ...state, at: ids.at(-1) ?? state.at, member: null, blank: false };
		case 'blank':
		case 'table':
		case 'notes':
		case 'clock':
			return { ...state, [act]: !state[act] };
		case 'restart':
			return { ...state, clock: true, since: now, before: 0 };
		case 'pause':
			return state.since === null
				? { ...state, clock: true, since: now }
				: { ...state, clock: true, since: null, before: elapsed(state, now) };
		case 'list':
		case 'find':
		case 'help':
			return { ...state, panel: state.panel === act ? null : act };
		case 'close':
			return closed(state);
	}
}

/** To the next slide or the one before; from a Member in the spotlight back to the slide one came from. */
function step(state: State, by: 1 | -1, ids: readonly string[]): State {
	if (state.blank) return { ...state, blank: false };
	if (state.member !== null && state.at !== 'spotlight') return { ...state, member: null };
	const place = ids.indexOf(state.at) + by;
	return { ...state, at: ids[place] ?? state.at, member: ids[place] === undefined ? state.member : null };
}

/** The clock starts with the first step forward. */
function started(state: State, now: number): State {
	return state.since === null && state.before === 0 ? { ...state, since: now } : state;
}

/** What lies on top goes first. */
function closed(state: State): State {
	if (state.panel) return { ...state, panel: null };
	if (state.blank) return { ...state, blank: false };
	if (state.member !== null) return { ...state, member: null };
	if (state.table) return { ...state, table: false };
	return { ...state, notes: false };
}

/** How long one has been presenting, in milliseconds. */
export function elapsed({ since, before }: Pick<State, 'since' | 'before'>, now: number) {
	return before + (since === null ? 0 : now - since);
}

/** "12:05", "1:02:05". */
export function clockWords(milliseconds: number) {
	const seconds = Math.max(0, Math.floor(milliseconds / 1000));
	const two = (n: number) => String(n).padStart(2, '0');
	const hours = Math.floor(seconds / 3600);
	const rest = `${hours > 0 ? two(Math.floor(seconds / 60) % 60) : Math.floor(seconds / 60)}:${two(seconds % 60)}`;
	return hours > 0 ? `${hours}:${rest}` : rest;
}
