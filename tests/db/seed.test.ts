import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { build } from '#db/seed/build.ts';
import * as packages from '#db/seed/packages.ts';
import { named } from '#lib/domain/package/index.ts';
import { importPackage } from '#lib/server/import/package.ts';
import { emptyDatabase } from '../support/database.ts';
import { shipped, together } from '../support/seed-tables.ts';

const folders = { reference: packages.reference, demonstration: packages.demonstration };
const reference = (name: string) => shipped(packages.reference, name);

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
			expect(header, path).toBe(
				named(name)!
					.columns.map((column) => column.name)
					.join(',')
			);
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
	test('are imported one on top of the other without a problem', async () => {
		const db = await emptyDatabase();
		for (const folder of Object.values(folders)) {
			const { ok, problems } = await importPackage(db, folder);
			expect(problems).toEqual([]);
			expect(ok).toBe(true);
		}
	});

	test('give an initiative one main element per plan at most', () => {
		const main = together('contributions').filter(({ role }) => role === 'main');
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
