import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { tables } from '#lib/domain/package/tables.ts';

const page = readFileSync(new URL('../../../../docs/data-package.md', import.meta.url), 'utf8');

test('the page on the data package lists every table with its columns, in order, and marks the key and what is required', () => {
	for (const { file, columns } of tables) {
		const row = page.split('\n').find((line) => line.startsWith(`| \`${file}\` |`));
		const listed = row!
			.split('|')[2]!
			.replace(/\([^)]*\)/g, '')
			.split(',')
			.map((word) => word.trim());
		expect(listed).toEqual(
			columns.map(({ name, inKey, required }) => `${inKey ? `**${name}**` : name}${required ? '\\*' : ''}`)
		);
		for (const { options } of columns) if (options) expect(row).toContain(`(${options.join(', ')})`);
	}
});

test('the page explains every rule a problem may name', () => {
	const folders = ['src/lib/domain/package', 'src/lib/server/import', 'src/lib/server/import/package'];
	const rules = folders.flatMap((folder) => {
		const path = new URL(`../../../../${folder}/`, import.meta.url);
		return readdirSync(path)
			.filter((name) => name.endsWith('.ts'))
			.flatMap((name) => [...readFileSync(new URL(name, path), 'utf8').matchAll(/\brule: '([a-z-]+)'/g)])
			.map(([, rule]) => rule);
	});
	expect(rules.length).toBeGreaterThan(30);
	for (const rule of new Set(rules)) if (rule !== 'text') expect(page).toContain(`\`${rule}\``);
});
