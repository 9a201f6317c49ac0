import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tables } from '#lib/domain/package/tables.ts';
import { exportPackage } from '#lib/server/export/package.ts';
import { importPackage } from '#lib/server/import/package.ts';
import { emptyDatabase } from '../../../support/database.ts';
import { asFolder, asZip, good, readFolder, scratch, type Files } from '../../../support/packages.ts';
import { expected, randomPackage, type Cells } from '../../../support/random-package.ts';

const isPostgres = process.env.TEST_DATABASE_URL?.startsWith('postgres') ?? false;

function filesOf(cells: Cells): Files {
	return Object.fromEntries(
		tables.map(({ name, file, columns }) => [
			file,
			stringify(cells[name]!, {
				header: true,
				columns: columns.map((column) => column.name),
				quoted_match: /[\r\n]/
			})
		])
	);
}

test('whatever a package holds comes out as it went in, and a moved database gives the same bytes', async () => {
	await fc.assert(
		fc.asyncProperty(randomPackage, fc.boolean(), async (cells, zipped) => {
			const folder = await scratch();
			const first = await emptyDatabase();
			const path = zipped ? await asZip(filesOf(cells)) : await asFolder(filesOf(cells));
			expect(await importPackage(first, path)).toMatchObject({ problems: [], ok: true });
			await exportPackage(first, join(folder, 'a'));
			await exportPackage(first, join(folder, 'a.zip'));

			const a = await readFolder(join(folder, 'a'));
			for (const table of tables) {
				const found = parse(a[table.file]!, { columns: true, relax_quotes: false }) as Record<
					string,
					string
				>[];
				expect(found).toEqual(expected(table, cells[table.name]!));
			}

			const second = await emptyDatabase();
			expect(await importPackage(second, join(folder, zipped ? 'a' : 'a.zip'))).toMatchObject({ ok: true });
			await exportPackage(second, join(folder, 'b'));
			await exportPackage(second, join(folder, 'b.zip'));
			expect(await readFolder(join(folder, 'b'))).toEqual(a);
			expect((await readFile(join(folder, 'b.zip'))).equals(await readFile(join(folder, 'a.zip')))).toBe(
				true
			);

			const again = await importPackage(second, join(folder, 'a'));
			expect(Object.values(again.counts).every(({ added, changed }) => added + changed === 0)).toBe(true);
		}),
		{ numRuns: isPostgres ? 4 : 25 }
	);
}, 300_000);

test('the same data give the same bytes, whatever their order, the time zone or the folder', async () => {
	const [a, b] = [await emptyDatabase(), await emptyDatabase()];
	const shuffled = Object.fromEntries(
		Object.entries(good()).map(([name, text]) => {
			const [header, ...rows] = String(text).trimEnd().split('\n');
			return [name, [header, ...rows.reverse(), ''].join('\n')];
		})
	);
	await importPackage(a, await asFolder(good()));
	await importPackage(b, await asFolder(shuffled));
	const folder = await scratch();
	const zone = process.env.TZ;
	await exportPackage(a, join(folder, 'a.zip'));
	process.env.TZ = 'Asia/Tokyo';
	try {
		await exportPackage(b, join(folder, 'deep', 'er', 'b.zip'));
	} finally {
		process.env.TZ = zone;
		if (zone === undefined) delete process.env.TZ;
	}
	const bytes = await readFile(join(folder, 'deep', 'er', 'b.zip'));
	expect(bytes.equals(await readFile(join(folder, 'a.zip')))).toBe(true);
});

test('a full export is a Tabular Data Package that describes itself', async () => {
	const db = await emptyDatabase();
	const folder = join(await scratch(), 'out');
	await exportPackage(db, folder);
	const cover = JSON.parse(await readFile(join(folder, 'datapackage.json'), 'utf8'));
	expect(cover.$schema).toBe('https://datapackage.org/profiles/2.0/datapackage.json');
	expect(cover.layer).toBeUndefined();
	expect(cover.resources.map((resource: { path: string }) => resource.path)).toEqual(
		tables.map(({ file }) => file)
	);
	for (const resource of cover.resources) {
		const header = (await readFile(join(folder, resource.path), 'utf8')).split('\n')[0];
		expect(resource.schema.fields.map((field: { name: string }) => field.name).join(',')).toBe(header);
	}
	expect((await readdir(folder)).sort()).toEqual(
		['datapackage.json', ...tables.map(({ file }) => file)].sort()
	);
});

test('only what was listed by hand is exported as expected', async () => {
	const db = await emptyDatabase();
	await importPackage(db, await asFolder(good()));
	const folder = join(await scratch(), 'out');
	await exportPackage(db, folder);
	expect((await readFolder(folder))['expectations.csv']).toBe(
		'meeting,initiative,entity,reason\nrcp-32,i1,VNM,\n'
	);
	expect(
		await db.selectFrom('standing').select('meeting_id').where('meeting_id', '=', 'rhca-24').execute()
	).not.toEqual([]);
});

test('an earlier export may be written over; other folders and files are left alone', async () => {
	const db = await emptyDatabase();
	const folder = await scratch();
	await exportPackage(db, join(folder, 'out'));
	await importPackage(db, await asFolder(good()));
	await exportPackage(db, join(folder, 'out'));
	expect((await readFolder(join(folder, 'out')))['entities.csv']).toContain('Viet Nam');

	await mkdir(join(folder, 'photos'));
	await writeFile(join(folder, 'photos', 'cat.jpg'), '');
	await writeFile(join(folder, 'letter'), '');
	await expect(exportPackage(db, join(folder, 'photos'))).rejects.toThrow(/holds other things/);
	await expect(exportPackage(db, join(folder, 'letter'))).rejects.toThrow(/is a file/);
	await expect(exportPackage(db, join(folder, 'letter', 'out'))).rejects.toThrow(/./);
	expect((await readdir(folder)).sort()).toEqual(['letter', 'out', 'photos']);
});
