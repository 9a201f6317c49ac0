import { createHash } from 'node:crypto';
import { isForPrograms, problem } from './problem.ts';

const open = new Set(['/healthz', '/readyz', '/method']);

/** Addresses that anyone may read on every installation. */
export function isAlwaysOpen(pathname: string) {
	return open.has(pathname);
}

/** The answer while nothing is published: a page for people, a problem document for programs. */
export function closed(pathname: string, isDataRequest: boolean): Response {
	if (isForPrograms(pathname)) return problem(401, sentence);
	if (isDataRequest)
		return Response.json(
			{ status: 401, message: sentence },
			{ status: 401, headers: { 'cache-control': 'no-store' } }
		);
	return new Response(page, {
		status: 401,
		headers: {
			'content-type': 'text/html; charset=utf-8',
			'cache-control': 'no-store',
			'content-security-policy': `default-src 'none'; img-src 'self'; style-src 'sha256-${styleHash}'; frame-ancestors 'none'; base-uri 'none'`
		}
	});
}

const sentence = 'Nothing is published on this installation yet.';

const style = `
:root { color-scheme: light dark; font: 1.125rem/1.6 system-ui, sans-serif; }
body { margin: 0; padding: 4rem 1.5rem; }
main { max-width: 38rem; margin: 0 auto; }
h1 { font-size: 1.75rem; line-height: 1.25; }
h2 { font-size: 1.25rem; margin-top: 2.5rem; }
code { padding: 0.1em 0.35em; border: 1px solid #8886; border-radius: 0.25em; }
`;
const styleHash = createHash('sha256').update(style).digest('base64');

// It stands alone: on a closed installation no route runs, so none can give anything away.
const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<title>Nothing is published yet - Waymark</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml" />
<style>${style}</style>
</head>
<body>
<main>
<h1>${sentence}</h1>
<p>Waymark tracks the strategic plans of a region from meeting to meeting. This installation keeps its plans, initiatives and reports
to itself until its administrator publishes them.</p>
<p>What anyone may read is <a href="/method">how progress is measured</a>.</p>
<h2>If you run this installation</h2>
<p>Start it with <code>PUBLIC_READ=true</code> and anyone may read the plans and figures. Signing in arrives with a later version.</p>
<p>To look around with made-up reports instead, run <code>npm run demo</code>.</p>
</main>
</body>
</html>
`;
