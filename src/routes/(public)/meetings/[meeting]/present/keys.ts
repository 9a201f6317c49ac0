import type { Act } from './state.ts';

/** What only a browser can do. */
export type Effect = 'full' | 'window';

type Key = { keys: string[]; act: Exclude<Act, object> | Effect; does: string };

/** The keys, in the order in which help names them. A remote control sends PageDown and PageUp. */
export const keys: Key[] = [
	{ keys: ['→', '↓', 'Space', 'PageDown'], act: 'next', does: 'Next slide' },
	{ keys: ['←', '↑', 'PageUp'], act: 'previous', does: 'Slide before' },
	{ keys: ['Home'], act: 'first', does: 'First slide' },
	{ keys: ['End'], act: 'last', does: 'Last slide' },
	{ keys: ['/'], act: 'find', does: 'Find a Member' },
	{ keys: ['T'], act: 'table', does: 'Table of figures' },
	{ keys: ['N'], act: 'notes', does: 'Notes' },
	{ keys: ['L'], act: 'list', does: 'List of slides, and their order' },
	{ keys: ['B'], act: 'blank', does: 'Blank the screen' },
	{ keys: ['F'], act: 'full', does: 'Full screen' },
	{ keys: ['W'], act: 'window', does: 'Notes in a second window' },
	{ keys: ['C'], act: 'clock', does: 'Show the clock' },
	{ keys: ['P'], act: 'pause', does: 'Stop or start the clock' },
	{ keys: ['R'], act: 'restart', does: 'Clock from zero' },
	{ keys: ['?'], act: 'help', does: 'These keys' },
	{ keys: ['Esc'], act: 'close', does: 'Close what is on top' }
];

const names: Record<string, string> = {
	ArrowRight: '→',
	ArrowDown: '↓',
	ArrowLeft: '←',
	ArrowUp: '↑',
	' ': 'Space',
	Backspace: '←',
	Escape: 'Esc',
	'.': 'B'
};

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** What a key asks for; nothing where it means nothing here. */
export function pressed({
	key,
	ctrlKey,
	metaKey,
	altKey
}: Pressed): Exclude<Act, object> | Effect | undefined {
	if (ctrlKey || metaKey || altKey) return undefined;
	const name = names[key] ?? (key.length === 1 ? key.toUpperCase() : key);
	return keys.find((one) => one.keys.includes(name))?.act;
}
