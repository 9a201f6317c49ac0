import { globSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { verdict } from '#lib/server/access/guard.ts';
import { routes, ruleOf } from '#lib/server/access/routes.ts';

const root = new URL('../../../../src/routes', import.meta.url).pathname;

/** Every door that src/routes has: pages can be read, actions and methods called. */
function doors() {
	const found: string[] = [];
	for (const file of globSync('**/{+page.svelte,+page.server.ts,+server.ts}', { cwd: root })) {
		const folder = dirname(file);
		const id = folder === '.' ? '/' : `/${folder}`;
		const source = readFileSync(`${root}/${file}`, 'utf8');
		if (file.endsWith('+page.svelte')) found.push(`${id} GET`);
		if (file.endsWith('+page.server.ts')) found.push(...actions(source).map((door) => `${id} ${door}`));
		if (file.endsWith('+server.ts')) {
			for (const [, method] of source.matchAll(/\b(GET|POST|PUT|PATCH|DELETE)\b(?= =|:|,| }|\()/g))
				found.push(`${id} ${method}`);
		}
	}
	return [...new Set(found)].sort();
}

/** The actions a page takes, read from its source: the keys of the one object, one tab in. */
function actions(source: string) {
	const body = /export const actions[^=]*= \{\n([\s\S]*?)\n\};/.exec(source)?.[1] ?? '';
	return [...body.matchAll(/^\t(\w+)(?=[:(,]|$)/gm)].map(([, name]) =>
		name === 'default' ? 'POST' : `POST ?/${name}`
	);
}

test('the table has every door there is, and no other', () => {
	const listed = Object.entries(routes).flatMap(([id, of]) => Object.keys(of).map((door) => `${id} ${door}`));
	expect(listed.sort()).toEqual(doors());
});

const at = (path: string) => new URL(path, 'http://localhost');

test('a door is known by its action, and what is not in the table is nothing', () => {
	expect(ruleOf('/(public)/members', 'HEAD', at('/members'))).toBe('published');
	expect(ruleOf('/(public)/sign-in', 'POST', at('/sign-in?/demonstration'))).toBe('anyone');
	for (const [id, method, path] of [
		['/(public)/sign-in', 'POST', '/sign-in?/toString'],
		['/(public)/members', 'POST', '/members'],
		['/(public)/members', 'DELETE', '/members'],
		['/(app)/forgotten', 'GET', '/forgotten'],
		['constructor', 'GET', '/']
	] as const)
		expect(ruleOf(id, method, at(path))).toBeUndefined();
});

const viewer = {
	id: 'v',
	name: 'V',
	email: 'v',
	grants: [{ role: 'viewer' as const, entity_id: null, element_id: null }]
};

test('without sign-in one sees what is published, and on a closed installation not even what there is', () => {
	const ask = (route_id: string, open: boolean, user?: typeof viewer, method = 'GET') =>
		verdict({ route_id, method, url: at('/x'), user, open });
	expect(ask('/(public)/members', true)).toBe('in');
	expect(ask('/(public)/members', false)).toBe('sign_in');
	expect(ask('/(public)/members', false, viewer)).toBe('in');
	expect(ask('/(public)/sign-in', false)).toBe('in');
	expect(ask('/(app)/forgotten', false)).toBe('sign_in');
	expect(ask('/(app)/forgotten', true)).toBe('nothing');
	expect(ask('/(public)/members', true, viewer, 'POST')).toBe('nothing');
	expect(ask('/(public)/members', false, { ...viewer, grants: [] })).toBe('refuse');
});
