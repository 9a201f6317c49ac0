import { straight } from './clean.ts';

const entities: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;'
};

/** Makes any text safe inside markup and attributes; control characters that XML refuses are dropped. */
export function escape(text: string) {
	return text.replace(/[^\t\n\r\P{Cc}]|[\uFFFE\uFFFF]/gu, '').replace(/[&<>"']/g, (c) => entities[c]!);
}

/** Keeps the direction of a name from turning the text around it. */
export function isolate(text: string) {
	const kept = straight(text);
	return /[\u0590-\u08FF\uFB1D-\uFEFC]/.test(kept) ? `\u2068${kept}\u2069` : kept;
}
