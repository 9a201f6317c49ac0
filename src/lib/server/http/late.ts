const preload = /[ \t]*<link href="[^"]+" rel="modulepreload">\n?/g;

/**
 * Moves the links that fetch the scripts ahead of time from the head to the end of the page. On a slow line they would
 * take the line from the page itself: its text and charts come first, and the scripts while one reads.
 */
export function scriptsLast({ html }: { html: string }) {
	const links = html.match(preload);
	if (!links || !html.includes('</body>')) return html;
	return html.replace(preload, '').replace('</body>', () => `${links.join('').trim()}\n</body>`);
}
