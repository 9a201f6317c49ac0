import { availableParallelism } from 'node:os';
import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';

export default defineConfig({
	plugins: [
		sveltekit({
			adapter: adapter({ precompress: true }),
			// We look at every change ourselves (http/origin.ts): Kit would look at forms only, and answer in plain text.
			csrf: { trustedOrigins: ['*'] },
			// Hashes rather than nonces: a page that anyone may read can then be kept and sent again as it is.
			csp: {
				mode: 'hash',
				directives: {
					'default-src': ['self'],
					'script-src': ['self'],
					'style-src': ['self'],
					'style-src-elem': ['self'],
					'style-src-attr': ['unsafe-inline'],
					'img-src': ['self', 'data:'],
					'connect-src': ['self'],
					'object-src': ['none'],
					'base-uri': ['self'],
					'form-action': ['self'],
					'frame-ancestors': ['none']
				}
			},
			// A page's styles come inside it: one round trip less before anything can be drawn.
			inlineStyleThreshold: 64 * 1024,
			compilerOptions: { runes: true }
		})
	],
	// Hundreds of small modules: read from one file each, the server is ready in a third of the time.
	ssr: { noExternal: ['kysely', 'zod', 'zod-openapi'] },
	environments: { client: { build: { rolldownOptions: { output: { codeSplitting: fewFiles() } } } } },
	test: {
		include: ['tests/**/*.test.ts'],
		exclude: ['tests/e2e/**'],
		// A drawing that travels alone carries its style sheet; without this the tests would see an empty one.
		css: true,
		testTimeout: 60_000,
		// Of two processors the runner would use one.
		maxWorkers: Math.max(2, availableParallelism() - 1)
	}
});

/** Few files rather than many small ones: on a slow line a request costs more than its bytes. */
function fewFiles() {
	return {
		groups: [
			// The files Kit starts itself by, one after the other, must stay apart.
			{
				name: 'svelte',
				test: /vite[\\/]preload-helper|node_modules[\\/](svelte|devalue|esm-env|clsx|@sveltejs[\\/]kit[\\/]src[\\/]runtime(?![\\/]client[\\/](entry|client-entry|payload)\.js))[\\/]/
			},
			// What many pages use, except what is not for the overview; what only two or three share would make it weigh more
			// than all the rest. Charts, and the canvas that comes after them, stay apart.
			{
				name: 'parts',
				test: /src[\\/]lib[\\/](domain|components)[\\/](?!InitiativeTable|filter-words|package|access|certainty|markup|text|zones|Certainty|FreshnessBadge|Source|StageBadge|TimingBadge|When)[^\\/]+$/,
				minShareCount: 4
			},
			// What draws a chart before anything moves on it, and the small bars beside figures: they come together.
			{
				name: 'chart',
				test: /src[\\/]lib[\\/](charts[\\/]outputs[\\/](html|table|svg[\\/](bars|glyphs|legend|picture))\.ts|components[\\/]chart[\\/](Basis|Chart|ChartTable|Publish)\.svelte)/
			},
			{ name: 'figures', test: /src[\\/]lib[\\/]components[\\/](FreshnessBar|StageBar|StageKey)\.svelte/ }
		]
	};
}
