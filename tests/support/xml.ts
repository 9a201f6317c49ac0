const entities: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

/** Text as it was before it was put into XML. */
export function unescape(text: string) {
	return text.replace(/&(#x?[\da-f]+|\w+);/gi, (whole, name: string) => {
		if (name.startsWith('#x')) return String.fromCodePoint(parseInt(name.slice(2), 16));
		if (name.startsWith('#')) return String.fromCodePoint(Number(name.slice(1)));
		return entities[name] ?? whole;
	});
}

/** Every element of a name: its attributes, and what is inside. Elements of one name must not lie in each other. */
export function elements(xml: string, name: string) {
	const pattern = new RegExp(`<${name}((?:\\s[^>]*?)?)(?:/>|>([\\s\\S]*?)</${name}>)`, 'g');
	return [...xml.matchAll(pattern)].map(([, head = '', body = '']) => ({
		body,
		attributes: Object.fromEntries(
			[...head.matchAll(/([\w:]+)="([^"]*)"/g)].map(([, key, value]) => [key!, unescape(value!)])
		) as Record<string, string>
	}));
}

/** The text inside, all of it. */
export function textOf(xml: string) {
	return unescape(xml.replace(/<[^>]*>/g, ''));
}

/** Throws where the tags do not close each other, or a character is none that XML knows. */
export function expectWellFormed(xml: string) {
	// eslint-disable-next-line no-control-regex -- that is what is looked for
	const odd = /[\x00-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]|&(?!#?\w+;)/.exec(xml);
	if (odd) throw new Error(`No XML: ${JSON.stringify(xml.slice(odd.index - 20, odd.index + 20))}`);
	if (!xml.isWellFormed()) throw new Error('No XML: half a pair of surrogates.');
	const open: string[] = [];
	for (const [tag, end, name, , closed] of xml
		.replace(/<\?[\s\S]*?\?>|<!--[\s\S]*?-->/g, '')
		.matchAll(/<(\/?)([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|<[^>]*>/g)) {
		if (name === undefined) throw new Error(`No XML: ${tag}`);
		if (end) {
			if (open.pop() !== name) throw new Error(`No XML: ${tag} closes nothing`);
		} else if (!closed) open.push(name);
	}
	if (open.length > 0) throw new Error(`No XML: ${open.join(', ')} stay open`);
}
