import { createHash } from 'node:crypto';
import { escape } from '#lib/charts/outputs/svg/text.ts';

const style = `
:root { color-scheme: light dark; font: 1.125rem/1.6 system-ui, sans-serif; }
body { margin: 0; padding: 4rem 1.5rem; background: light-dark(#faf9f6, #11171c); color: light-dark(#18222b, #e9edef); }
main { max-width: 38rem; margin: 0 auto; }
h1 { font-size: 1.75rem; line-height: 1.25; }
a { margin-right: 1.5rem; color: light-dark(#0b5c66, #6cc7cc); }
button { padding: 0.5em 1em; border: 0; border-radius: 0.25rem; background: light-dark(#0b5c66, #6cc7cc); color: light-dark(#ffffff, #182026); font: inherit; }
`;
const styleHash = createHash('sha256').update(style).digest('base64');

/** A page of one sentence that needs nothing else: no script, no layout, no database. */
export function page(
	status: number,
	title: string,
	sentence: string,
	links: { href: string; label: string }[] = [],
	/** Markup of our own for below, with everything in it escaped. */
	more = ''
): Response {
	const body = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<title>${escape(title)} - Waymark</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml" />
<style>${style}</style>
</head>
<body>
<main>
<h1>${escape(title)}</h1>
<p>${escape(sentence)}</p>
<p>${links.map(({ href, label }) => `<a href="${escape(href)}">${escape(label)}</a>`).join('')}</p>
${more}
</main>
</body>
</html>
`;
	return new Response(body, {
		status,
		headers: {
			'content-type': 'text/html; charset=utf-8',
			'cache-control': 'no-store',
			'content-security-policy': `default-src 'none'; img-src 'self'; style-src 'sha256-${styleHash}'; frame-ancestors 'none'; base-uri 'none'`
		}
	});
}
