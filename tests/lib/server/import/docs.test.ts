import { readFileSync } from 'node:fs';
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
