import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { build } from '#db/seed/build.ts';
import * as packages from '#db/seed/packages.ts';
import { tables, type Field, type Table } from '#db/seed/tables.ts';
import { shipped, together } from '../support/seed-tables.ts';

const names = Object.keys(tables) as Table[];
const folders = { reference: packages.reference, demonstration: packages.demonstration };
const reference = (name: Table) => shipped(packages.reference, name);

test('building the data again gives the very bytes that are shipped', () => {
	const temporary = mkdtempSync(join(tmpdir(), 'waymark-seed-'));
	const built = { reference: join(temporary, 'reference'), demonstration: join(temporary, 'demonstration') };
	build(built);
	for (const layer of ['reference', 'demonstration'] as const) {
		const files = readdirSync(built[layer]).sort();
		expect(readdirSync(folders[layer]).sort()).toEqual(files);
		for (const file of files)
			expect(
				readFileSync(join(folders[layer], file)).equals(readFileSync(join(built[layer], file))),
				file
			).toBe(true);
	}
	rmSync(temporary, { recursive: true });
});

describe.each(Object.entries(folders))('the %s package', (layer, folder) => {
	const descriptor = JSON.parse(readFileSync(join(folder, 'datapackage.json'), 'utf8'));

	test('says which layer it is and lists each of its files', () => {
		expect(descriptor.layer).toBe(layer);
		const listed = descriptor.resources.map(({ path }: { path: string }) => path);
		expect(listed.toSorted()).toEqual(readdirSync(folder).filter((file) => file.endsWith('.csv')));
	});

	test('has the columns of the data package, in their order', () => {
		for (const { name, path } of descriptor.resources) {
			const header = readFileSync(join(folder, path), 'utf8').split('\n')[0];
			expect(header, path).toBe(Object.keys(tables[name as Table].columns).join(','));
		}
	});

	test('is UTF-8 with plain line ends and stays under two megabytes', () => {
		const bytes = readdirSync(folder).map((file) => readFileSync(join(folder, file)));
		for (const each of bytes) {
			expect(new TextDecoder('utf-8', { fatal: true }).decode(each)).not.toMatch(/\r|\0|\uFEFF/);
		}
		expect(bytes.reduce((sum, each) => sum + each.length, 0)).toBeLessThan(2_000_000);
	});
});

describe('both packages together', () => {
	const rows = Object.fromEntries(names.map((name) => [name, together(name)])) as Record<
		Table,
		ReturnType<typeof together>
	>;
	const ids = new Map(names.map((name) => [name, new Set(rows[name].map((row) => row.id))]));

	test('fill every required cell and choose every word from its list', () => {
		for (const name of names)
			for (const [column, field] of Object.entries<Field>(tables[name].columns))
				for (const row of rows[name]) {
					const cell = row[column] ?? '';
					if (field.required) expect(cell, `${name}.${column}`).not.toBe('');
					if (field.list && cell) expect(field.list, `${name}.${column}`).toContain(cell);
					if (field.type === 'date' && cell) expect(cell, `${name}.${column}`).toMatch(/^\d{4}-\d\d-\d\d$/);
				}
	});

	test('refer only to what is there', () => {
		for (const name of names)
			for (const [column, field] of Object.entries<Field>(tables[name].columns))
				for (const row of rows[name])
					if (field.table && row[column])
						expect(ids.get(field.table as Table)!.has(row[column]), `${name}.${column}: ${row[column]}`).toBe(
							true
						);
		const ends = new Set([...ids.get('plans')!, ...ids.get('plan_elements')!]);
		for (const { from, to } of rows.alignments) expect([ends.has(from), ends.has(to)]).toEqual([true, true]);
	});

	test('use each id once in each package', () => {
		for (const folder of Object.values(folders))
			for (const name of names) {
				const { key } = tables[name] as { key: readonly string[] };
				if (key.length === 0) continue;
				const keys = shipped(folder, name).map((row) => key.map((column) => row[column]).join('\n'));
				expect(new Set(keys).size, name).toBe(keys.length);
			}
	});

	test('have no initiative that ends before it starts, and one main element per plan at most', () => {
		for (const { id, starts_on, target_on } of rows.initiatives)
			if (starts_on && target_on) expect(target_on >= starts_on, id).toBe(true);
		const main = rows.contributions.filter(({ role }) => role === 'main');
		const perPlan = main.map(({ initiative, element }) => `${initiative} ${element!.split(':')[0]}`);
		expect(new Set(perPlan).size).toBe(perPlan.length);
	});
});

describe('the reference data', () => {
	test('holds what the facts hold', () => {
		const counts = ['plans', 'plan_elements', 'alignments', 'meetings', 'initiatives'] as const;
		expect(counts.map((name) => reference(name).length)).toEqual([16, 78, 50, 30, 108]);
		const members = reference('entities').filter(({ kind }) => kind === 'member');
		expect(members).toHaveLength(35);
		expect(reference('entities')).toHaveLength(35 + 11);
	});

	test('counts 33, 34 and 35 Members by the day asked', () => {
		const on = (day: string) => reference('memberships').filter(({ from_on }) => from_on! <= day).length;
		expect(['2012-01-01', '2023-01-25', '2023-01-26', '2024-02-01', '2024-02-02'].map(on)).toEqual([
			33, 33, 34, 34, 35
		]);
	});

	test('keeps the three counts of who came to the 32nd contact points meeting, each with its source', () => {
		const counts = reference('attendance').filter(({ meeting }) => meeting === 'rcp-32');
		expect(counts.map(({ count, mode }) => [count, mode])).toEqual([
			['20', ''],
			['24', ''],
			['17', 'in person'],
			['7', 'online']
		]);
		expect(new Set(counts.map(({ source_url }) => source_url)).size).toBe(3);
	});

	test('gives each row of facts a certainty and, where one was found, a source', () => {
		for (const name of [
			'entities',
			'memberships',
			'plans',
			'plan_elements',
			'alignments',
			'meetings'
		] as const)
			for (const row of reference(name)) {
				expect(['documented', 'inferred'], row.id).toContain(row.certainty);
				expect(row.source_url, row.id).toMatch(/^https?:/);
			}
	});

	test('asks for reports before six meetings, and marks the meeting whose date was not found', () => {
		const rounds = reference('meetings').filter(({ due_on }) => due_on);
		expect(rounds.map(({ id }) => id)).toEqual([
			'rcp-31',
			'rhca-23',
			'rcp-32',
			'rhca-24',
			'rcp-33',
			'rhca-25'
		]);
		for (const { opens_on, due_on, starts_on } of rounds)
			expect([opens_on! < due_on!, due_on! < starts_on!]).toEqual([true, true]);
		const rcp33 = rounds.find(({ id }) => id === 'rcp-33')!;
		expect(rcp33).toMatchObject({ date_precision: 'inferred', certainty: 'inferred' });
		expect(rcp33.title).toMatch(/date not found/);
	});

	test('claims no agreement: no link is equal and none was agreed at a meeting', () => {
		for (const { relation, agreed_at, rationale } of reference('alignments')) {
			expect([relation === 'equal', agreed_at]).toEqual([false, '']);
			expect(rationale).toMatch(/^[a-z ]+: /);
		}
	});

	test('says nothing of an initiative earlier than its source did', () => {
		const due = new Map(reference('meetings').map(({ id, due_on }) => [id, due_on!]));
		const updates = reference('status_updates');
		expect(updates.length).toBeGreaterThan(100);
		for (const { meeting, as_of, source_url, progress_note, timing } of updates) {
			expect(as_of! <= due.get(meeting!)!).toBe(true);
			expect(source_url).toMatch(/^https?:/);
			expect(progress_note).toMatch(/^Public record, as of /);
			expect(timing).toBe('');
		}
		for (const { channel } of reference('submissions')) expect(channel).toBe('public_record');
	});
});
