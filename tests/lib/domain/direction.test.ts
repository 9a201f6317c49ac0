import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('where people’s words keep their lines, each line runs in its own direction', () => {
	const styles = globSync('src/**/*.{svelte,css}').map((path) => [path, readFileSync(path, 'utf8')] as const);
	const rules = styles.flatMap(([path, text]) =>
		[...text.matchAll(/\{[^{}]*white-space: pre-(?:line|wrap)[^{}]*\}/g)].map(([rule]) => ({ path, rule }))
	);
	expect(rules.length).toBeGreaterThan(10);
	for (const { path, rule } of rules) expect(rule, path).toContain('unicode-bidi: plaintext');
});
