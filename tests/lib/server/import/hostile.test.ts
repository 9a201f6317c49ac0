import { randomBytes } from 'node:crypto';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { tables } from '#lib/domain/package/tables.ts';
import { sentence } from '#lib/domain/package/problem.ts';
import type { Db } from '#db/open.server.ts';
import { importPackage } from '#lib/server/import/package.ts';
import { emptyDatabase } from '../../../support/database.ts';
import { asFolder, asForgedZip, asZip, csv, good, scratch, type Files } from '../../../support/packages.ts';

/** What a file is changed to; the problem that must be told: rule, file, row, column. */
type Case = [
	name: string,
	files: Files,
	rule: string,
	file: string,
	row?: number | null,
	column?: string | null
];

const file = (name: string) => String(good()[name]);
const edit = (name: string, from: string | RegExp, to: string): Files => {
	const changed = file(name).replace(from, to);
	if (changed === file(name)) throw new Error(`Nothing to change in ${name}`);
	return { [name]: changed };
};
const line = (name: string, row: string): Files => ({ [name]: `${file(name)}${row}\n` });
const latin1 = (text: string) => Buffer.from(text, 'latin1');
const cover = (path: unknown, more: object = {}): Files => ({
	'datapackage.json': JSON.stringify({ name: 'x', resources: [{ name: 'entities', path }], ...more })
});

const cases: Case[] = [
	[
		'a header twice',
		{ 'entities.csv': csv('id,kind,name,name', 'FJI,member,A,A', 'VNM,member,A,A') },
		'duplicate-column',
		'entities.csv',
		1,
		'name'
	],
	[
		'an update that supersedes itself',
		line('status_updates.csv', 'u3,i1,rcp-32,VNM,pilot,on_track,changed,More,2022-10-02T08:00:00.000Z,u3'),
		'supersedes',
		'status_updates.csv',
		4,
		'supersedes'
	],
	[
		'updates that supersede each other in a circle',
		edit('status_updates.csv', 'u2,i1,rcp-32,VNM,pilot,on_track,new,Begun,2022-09-30T08:00:00.000Z,', '$&u1'),
		'supersedes',
		'status_updates.csv',
		2,
		'supersedes'
	],
	[
		'an update that supersedes one of another initiative',
		{
			...line('initiatives.csv', 'i2,Other,national,,'),
			...line('status_updates.csv', 'u3,i2,rcp-32,VNM,pilot,on_track,new,,2022-10-02T08:00:00.000Z,u1')
		},
		'supersedes',
		'status_updates.csv',
		4,
		'supersedes'
	],
	[
		'a ratio out of nought',
		edit('observations.csv', '36.25,,', '36.25,0,'),
		'denominator',
		'observations.csv',
		2,
		'denominator'
	],
	[
		'an unknown header',
		edit('entities.csv', 'name_variants', 'variants'),
		'unknown-column',
		'entities.csv',
		1,
		'variants'
	],
	[
		'a header in capitals',
		edit('entities.csv', 'id,', 'ID,'),
		'unknown-column missing-column',
		'entities.csv',
		1,
		'ID'
	],
	[
		'a required column missing',
		edit('plans.csv', ',level,', ',owner,'),
		'missing-column',
		'plans.csv',
		1,
		'level'
	],
	[
		'a column named __proto__',
		{ 'entities.csv': csv('id,kind,name,__proto__', 'FJI,member,A,{}', 'VNM,member,A,') },
		'unknown-column',
		'entities.csv',
		1,
		'__proto__'
	],
	[
		'a column named constructor',
		{ 'entities.csv': csv('id,kind,name,constructor', 'FJI,member,A,x', 'VNM,member,A,') },
		'unknown-column',
		'entities.csv',
		1,
		'constructor'
	],
	[
		'a column without a name',
		{ 'entities.csv': csv('id,kind,name,', 'FJI,member,A,', 'VNM,member,A,') },
		'unknown-column',
		'entities.csv',
		1,
		''
	],
	['semicolons', { 'entities.csv': csv('id;kind;name', 'A;member;A') }, 'delimiter', 'entities.csv', 1],
	['an empty file', { 'entities.csv': '' }, 'empty-file', 'entities.csv'],
	['a file of a byte order mark', { 'entities.csv': '\uFEFF' }, 'empty-file', 'entities.csv'],
	[
		'UTF-16 with a mark',
		{ 'entities.csv': Buffer.from('\uFEFFid,kind,name\nA,member,A\n', 'utf16le') },
		'encoding',
		'entities.csv'
	],
	[
		'UTF-16 without one',
		{ 'entities.csv': Buffer.from('id,kind,name\nA,member,A\n', 'utf16le') },
		'encoding',
		'entities.csv'
	],
	[
		'UTF-16, big-endian',
		{ 'entities.csv': Buffer.from('id,kind,name\nA,member,A\n', 'utf16le').swap16() },
		'encoding',
		'entities.csv'
	],
	[
		'Latin-1',
		{ 'entities.csv': latin1('id,kind,name\nA,member,A\nB,member,Québec\n') },
		'encoding',
		'entities.csv',
		3
	],
	[
		'a cut-off character at the end',
		{ 'entities.csv': Buffer.concat([Buffer.from('id,kind,name\nA,member,A'), Buffer.from([0xe2, 0x82])]) },
		'encoding',
		'entities.csv',
		2
	],
	[
		'an overlong encoding',
		{
			'entities.csv': Buffer.concat([
				Buffer.from('id,kind,name\nA,member,A'),
				Buffer.from([0xc0, 0x80, 0x0a])
			])
		},
		'encoding',
		'entities.csv',
		2
	],
	[
		'a NUL byte',
		{ 'entities.csv': csv('id,kind,name', 'FJI,member,A\0B', 'VNM,member,A') },
		'nul',
		'entities.csv',
		2,
		'name'
	],
	[
		'a NUL byte in a header',
		edit('entities.csv', 'name_variants', 'name_\0variants'),
		'unknown-column nul',
		'entities.csv',
		1
	],
	[
		'a row too short that others refer to',
		edit('entities.csv', 'FJI,member,Fiji,Fiji Islands', 'FJI,member,Fiji'),
		'ragged-row',
		'entities.csv',
		2
	],
	['a row too short', line('entities.csv', 'A,member,A'), 'ragged-row', 'entities.csv', 4],
	['a row too long', line('entities.csv', 'A,member,A,,'), 'ragged-row', 'entities.csv', 4],
	['an unclosed quote', line('entities.csv', 'A,member,"A,'), 'unclosed-quote', 'entities.csv', 4],
	['a quote in a plain cell', line('entities.csv', 'A,member,5" pipe,'), 'quote', 'entities.csv', 4, 'name'],
	['text after a quote', line('entities.csv', 'A,member,"A"B,'), 'quote', 'entities.csv', 4],
	[
		'carriage returns alone',
		{ 'entities.csv': 'id,kind,name\rA,member,A\r' },
		'line-ending',
		'entities.csv',
		1
	],
	[
		'a cell of 2 MB',
		line('entities.csv', `A,member,${'a'.repeat(2_000_000)},`),
		'cell-size',
		'entities.csv',
		4
	],
	[
		'a quoted cell of 2 MB',
		line('entities.csv', `A,member,"${'a\n'.repeat(1_000_000)}",`),
		'cell-size',
		'entities.csv',
		4
	],
	[
		'a cell a little too long',
		line('entities.csv', `A,member,${'a'.repeat(100_001)},`),
		'cell-size',
		'entities.csv',
		4,
		'name'
	],
	['a required cell empty', line('entities.csv', 'A,member,,'), 'required', 'entities.csv', 4, 'name'],
	['a required cell of spaces', line('entities.csv', 'A,member, ,'), 'required', 'entities.csv', 4, 'name'],
	[
		'a word that is not on the list',
		edit('status_updates.csv', 'pilot', 'pilott'),
		'enum',
		'status_updates.csv',
		3,
		'stage'
	],
	[
		'a word from an object',
		edit('status_updates.csv', 'pilot', 'constructor'),
		'enum',
		'status_updates.csv',
		3,
		'stage'
	],
	[
		'a day that never was',
		edit('initiatives.csv', '2024-01-01', '2023-02-29'),
		'date',
		'initiatives.csv',
		2,
		'target_on'
	],
	[
		'a year of the Buddhist calendar',
		edit('meetings.csv', '2022-11-14', '2566-11-14'),
		'date',
		'meetings.csv',
		2,
		'starts_on'
	],
	[
		'a day the other way round',
		edit('initiatives.csv', '2024-01-01', '01/02/2024'),
		'date',
		'initiatives.csv',
		2,
		'target_on'
	],
	[
		'month thirteen',
		edit('initiatives.csv', '2024-01-01', '2024-13-01'),
		'date',
		'initiatives.csv',
		2,
		'target_on'
	],
	[
		'a moment without a zone',
		edit('reviews.csv', '08:00:00.000Z', '08:00:00'),
		'moment',
		'reviews.csv',
		2,
		'recorded_at'
	],
	[
		'a moment elsewhere',
		edit('reviews.csv', '08:00:00.000Z', '08:00:00+09:00'),
		'moment',
		'reviews.csv',
		2,
		'recorded_at'
	],
	['a day for a moment', edit('freezes.csv', 'T00:00:00.000Z', ''), 'moment', 'freezes.csv', 2, 'frozen_at'],
	[
		'an hour that is not',
		edit('reviews.csv', 'T08:00:00.000Z', 'T24:00:00.000Z'),
		'moment',
		'reviews.csv',
		2,
		'recorded_at'
	],
	[
		'a fraction for a count',
		edit('attendance.csv', '20,members', '20.5,members'),
		'integer',
		'attendance.csv',
		2,
		'count'
	],
	[
		'fewer than nobody',
		edit('attendance.csv', '20,members', '-1,members'),
		'integer',
		'attendance.csv',
		2,
		'count'
	],
	[
		'a number too large',
		edit('meetings.csv', 'RCP,32,', 'RCP,99999999999,'),
		'integer',
		'meetings.csv',
		2,
		'number'
	],
	[
		'a strength of four',
		edit('alignments.csv', 'equal,3', 'equal,4'),
		'integer',
		'alignments.csv',
		2,
		'strength'
	],
	[
		'a decimal comma',
		{ 'indicators.csv': file('indicators.csv').replace('48.5', '"48,5"') },
		'number',
		'indicators.csv',
		2,
		'baseline_numerator'
	],
	['infinity', edit('observations.csv', '36.25', 'Infinity'), 'number', 'observations.csv', 2, 'numerator'],
	[
		'a number beyond all',
		edit('observations.csv', '36.25', '1e999'),
		'number',
		'observations.csv',
		2,
		'numerator'
	],
	['an id with a space behind', line('entities.csv', '"A ",member,A,'), 'id', 'entities.csv', 4, 'id'],
	['an id over two lines', line('entities.csv', '"A\nB",member,A,'), 'id', 'entities.csv', 4, 'id'],
	['an id that stands for all', line('entities.csv', 'all,member,All,'), 'id', 'entities.csv', 4, 'id'],
	[
		'a script for a source',
		edit('attendance.csv', 'https://a.example', 'javascript:alert(1)'),
		'url',
		'attendance.csv',
		2,
		'source_url'
	],
	[
		'an entity nobody knows',
		edit('initiative_entities.csv', 'i1,VNM', 'i1,VMN'),
		'reference',
		'initiative_entities.csv',
		2,
		'entity'
	],
	[
		'a plan nobody knows',
		line('plan_elements.csv', 'x:A,x,A,,action,A,'),
		'reference',
		'plan_elements.csv',
		5,
		'plan'
	],
	[
		'a parent nobody knows',
		edit('plan_elements.csv', 'FA1.1,rsp:FA1,', 'FA1.1,rsp:FA2,'),
		'reference',
		'plan_elements.csv',
		2,
		'parent'
	],
	[
		'an alignment from nothing',
		edit('alignments.csv', 'a1,rsp:FA1,', 'a1,rsp:FA7,'),
		'reference',
		'alignments.csv',
		2,
		'from'
	],
	[
		'an alignment to nothing',
		edit('alignments.csv', 'rsp,old,', 'rsp,older,'),
		'reference',
		'alignments.csv',
		3,
		'to'
	],
	[
		'an update superseding nothing',
		edit('status_updates.csv', 'Z,u2', 'Z,u3'),
		'reference',
		'status_updates.csv',
		2,
		'supersedes'
	],
	['a review of nothing', edit('reviews.csv', 'u1,', 'u9,'), 'reference', 'reviews.csv', 2, 'update'],
	['a host nobody knows', edit('meetings.csv', 'FJI', 'FIJ'), 'reference', 'meetings.csv', 2, 'host'],
	[
		'one id twice with other content',
		line('entities.csv', 'FJI,member,Fidji,'),
		'duplicate-id',
		'entities.csv',
		4,
		'id'
	],
	[
		'one key twice with other content',
		line('memberships.csv', 'FJI,1997-07-01,2020-01-01'),
		'duplicate-key',
		'memberships.csv',
		4,
		'entity'
	],
	[
		'one update twice with other content',
		line('status_updates.csv', 'u1,i1,rcp-32,VNM,pilot,,new,,2022-10-01T08:00:00Z,'),
		'duplicate-id',
		'status_updates.csv',
		4,
		'id'
	],
	[
		'an element above itself',
		edit('plan_elements.csv', 'rsp,FA1,,', 'rsp,FA1,rsp:FA1.1,'),
		'cycle',
		'plan_elements.csv',
		2,
		'parent'
	],
	[
		'an element that is its own parent',
		edit('plan_elements.csv', 'rsp,FA1,,', 'rsp,FA1,rsp:FA1,'),
		'cycle',
		'plan_elements.csv',
		3,
		'parent'
	],
	[
		'plans succeeding each other',
		edit('plans.csv', 'predecessor,,', 'predecessor,rsp,'),
		'cycle',
		'plans.csv',
		2,
		'succeeds'
	],
	[
		'a parent of another plan',
		edit('plan_elements.csv', 'FA1.1,rsp:FA1,', 'FA1.1,old:FA1,'),
		'parent-plan',
		'plan_elements.csv',
		2,
		'parent'
	],
	[
		'an id that is not plan and code',
		line('plan_elements.csv', 'rsp-FA2,rsp,FA2,,focus_area,A,'),
		'element-id',
		'plan_elements.csv',
		5,
		'id'
	],
	['a colon in the id of a plan', line('plans.csv', 'a:b,A,A,regional,,,,'), 'id', 'plans.csv', 4, 'id'],
	[
		'an initiative that ends before it starts',
		edit('initiatives.csv', '2022-01-01,2024-01-01', '2024-01-01,2022-01-01'),
		'ends-before-start',
		'initiatives.csv',
		2,
		'target_on'
	],
	[
		'a plan that ends before it starts',
		edit('plans.csv', '2022-07-01,2024-06-30', '2024-07-01,2024-06-30'),
		'ends-before-start',
		'plans.csv',
		3,
		'ends_on'
	],
	[
		'a membership that ends before it starts',
		edit('memberships.csv', '1997-07-01,', '1997-07-01,1996-01-01'),
		'ends-before-start',
		'memberships.csv',
		2,
		'to_on'
	],
	[
		'a meeting that ends before it starts',
		edit('meetings.csv', '2022-11-18', '2022-11-13'),
		'ends-before-start',
		'meetings.csv',
		2,
		'ends_on'
	],
	[
		'reports due before the round opens',
		edit('meetings.csv', '2022-10-15', '2022-08-15'),
		'due-before-open',
		'meetings.csv',
		2,
		'due_on'
	],
	['a way out in datapackage.json', cover('../../etc/passwd'), 'unsafe-path', 'datapackage.json'],
	['an absolute path in datapackage.json', cover('/etc/passwd'), 'unsafe-path', 'datapackage.json'],
	['a way out the Windows way', cover('..\\entities.csv'), 'unsafe-path', 'datapackage.json'],
	['a drive in datapackage.json', cover('C:/entities.csv'), 'unsafe-path', 'datapackage.json'],
	[
		'an address in datapackage.json',
		cover('https://example.org/entities.csv'),
		'unsafe-path',
		'datapackage.json'
	],
	['a detour in datapackage.json', cover('a/../../entities.csv'), 'unsafe-path', 'datapackage.json'],
	['a number for a path', cover(7), 'descriptor', 'datapackage.json'],
	['a file that is listed and not there', cover('members.csv'), 'missing-file', 'datapackage.json'],
	['a cover that is not JSON', { 'datapackage.json': '{"resources":' }, 'descriptor', 'datapackage.json'],
	['a cover that is a list', { 'datapackage.json': '[]' }, 'descriptor', 'datapackage.json'],
	[
		'a cover with other resources',
		{ 'datapackage.json': '{"resources": {"a": 1}}' },
		'descriptor',
		'datapackage.json'
	],
	['a cover in Latin-1', { 'datapackage.json': latin1('{"title":"é"}') }, 'encoding', 'datapackage.json']
];

async function isUntouched(db: Db) {
	for (const { table } of tables) {
		const { rows } = await sql`select 1 from ${sql.table(table)} limit 1`.execute(db);
		if (rows.length > 0) return false;
	}
	return (await db.selectFrom('revision').select('number').executeTakeFirstOrThrow()).number === 0;
}

async function refusal(path: string) {
	const db = await emptyDatabase();
	const outcome = await importPackage(db, path);
	expect(outcome.ok).toBe(false);
	expect(outcome.problemCount).toBe(outcome.problems.length);
	expect(await isUntouched(db)).toBe(true);
	for (const problem of outcome.problems) {
		expect(sentence(problem)).toMatch(/^[^\p{Cc}]{20,700}$/u);
		expect(problem.message).toMatch(/[.…]$/);
		expect(problem.remedy).toMatch(/[.?]$/);
	}
	return outcome.problems;
}

describe('each is refused with its place, zipped and unzipped alike, and nothing is written', () => {
	test.each(cases)('%s', async (_, files, rule, name, row = null, column) => {
		const whole = { ...good(), ...files };
		const problems = await refusal(await asFolder(whole));
		expect(problems.map((problem) => problem.rule)).toEqual(rule.split(' '));
		expect(problems[0]).toMatchObject({ file: name, row, ...(column !== undefined && { column }) });
		expect(await refusal(await asZip(whole, 'top/'))).toEqual(problems);
	});
});

test('what is wrong with one file is not blamed on those that refer to it', async () => {
	const problems = await refusal(
		await asFolder({ ...good(), 'entities.csv': Buffer.from([0xff, 0xfe, 0x00, 0x61]) })
	);
	expect(problems).toMatchObject([{ file: 'entities.csv', rule: 'encoding' }]);
});

test('paths that are not a package are refused in a sentence', async () => {
	const folder = await scratch();
	await writeFile(join(folder, 'text.zip'), 'This is not a zip.');
	await writeFile(join(folder, 'empty.zip'), '');
	await writeFile(join(folder, 'noise.zip'), randomBytes(10_000));
	await mkdir(join(folder, 'nothing'));
	expect(await refusal(join(folder, 'absent'))).toMatchObject([{ rule: 'path', file: 'absent' }]);
	expect(await refusal(join(folder, 'text.zip', 'more'))).toMatchObject([{ rule: 'path' }]);
	expect(await refusal('/dev/null')).toMatchObject([{ rule: 'path' }]);
	expect(await refusal(join(folder, 'nothing'))).toMatchObject([{ rule: 'no-tables', file: 'nothing' }]);
	for (const name of ['text.zip', 'empty.zip', 'noise.zip']) {
		expect(await refusal(join(folder, name))).toMatchObject([{ rule: 'not-a-zip', file: name }]);
	}
	expect(await refusal(await asZip({}))).toMatchObject([{ rule: 'no-tables' }]);
});

test('links that lead out of a folder, and things that are not files, are refused', async () => {
	const folder = await asFolder(good());
	const elsewhere = await asFolder({ 'secret.csv': 'root' });
	const { rm } = await import('node:fs/promises');
	await rm(join(folder, 'terms.csv'));
	await symlink(join(elsewhere, 'secret.csv'), join(folder, 'terms.csv'));
	expect(await refusal(folder)).toMatchObject([{ file: 'terms.csv', rule: 'unsafe-path' }]);
	await rm(join(folder, 'terms.csv'));
	await mkdir(join(folder, 'terms.csv'));
	await writeFile(
		join(folder, 'datapackage.json'),
		JSON.stringify({ resources: [{ name: 'terms', path: 'terms.csv' }] })
	);
	expect(await refusal(folder)).toMatchObject([{ file: 'terms.csv', rule: 'path' }]);
});

const rename = (from: string, to: string) => (bytes: Buffer) => {
	const text = bytes.toString('latin1');
	expect(text).toContain(from);
	return Buffer.from(text.replaceAll(from, to), 'latin1');
};

test.each([
	['xx/evil.csv', '../evil.csv'],
	['x/evil.csv', '//evil.csv'],
	['xxx/yyy.csv', 'a/../../.sv'],
	['xx\\evil.csv', '..\\evil.csv'],
	['xxxevil.csv', 'C:/evil.csv']
])('a zip with the name %s turned into %s is refused', async (from, to) => {
	const path = await asForgedZip(
		{ ...good(), [from.replace('\\', '/')]: 'x' },
		rename(from.replace('\\', '/'), to)
	);
	expect(await refusal(path)).toMatchObject([{ rule: 'unsafe-path' }]);
});

test('a link in a zip is refused', async () => {
	const path = await asForgedZip({ ...good(), 'terms.csv': '/etc/passwd' }, (bytes) => {
		const at = bytes.lastIndexOf('terms.csv') - 46;
		expect(bytes.readUInt32LE(at)).toBe(0x02014b50);
		bytes.writeUInt32LE((0o120_777 << 16) >>> 0, at + 38);
		return bytes;
	});
	expect(await refusal(path)).toMatchObject([{ file: 'terms.csv', rule: 'unsafe-path' }]);
});

test('the same name twice in a zip is refused', async () => {
	const path = await asForgedZip({ ...good(), 'xntities.csv': 'x' }, rename('xntities.csv', 'entities.csv'));
	expect(await refusal(path)).toMatchObject([{ file: 'entities.csv', rule: 'duplicate-file' }]);
});

test('a damaged or shortened zip is refused', async () => {
	const half = await asForgedZip(good(), (bytes) => bytes.subarray(0, bytes.length / 2));
	expect(await refusal(half)).toMatchObject([{ rule: 'not-a-zip' }]);
	const flipped = await asForgedZip({ 'entities.csv': csv('id,kind,name', 'A,member,A') }, (bytes) => {
		bytes.writeUInt32LE(7, bytes.lastIndexOf('entities.csv') - 46 + 16);
		return bytes;
	});
	expect(await refusal(flipped)).toMatchObject([{ file: 'entities.csv', rule: 'damaged' }]);
});

test('a zip bomb is refused, also one that lies about its size, and one in a file nobody asked for', async () => {
	const row = 'A,member,A\n';
	const bomb = 'id,kind,name\n' + row.repeat(3_000_000);
	expect(await refusal(await asZip({ 'entities.csv': bomb }))).toMatchObject([
		{ file: 'entities.csv', rule: 'zip-bomb' }
	]);
	expect(await refusal(await asZip({ ...good(), 'more.bin': Buffer.alloc(50_000_000) }))).toMatchObject([
		{ file: 'more.bin', rule: 'zip-bomb' }
	]);
	const liar = await asForgedZip({ 'entities.csv': bomb }, (bytes) => {
		for (const at of [bytes.indexOf('entities.csv') - 30 + 22, bytes.lastIndexOf('entities.csv') - 46 + 24]) {
			bytes.writeUInt32LE(900_000, at);
		}
		return bytes;
	});
	expect(await refusal(liar)).toMatchObject([{ file: 'entities.csv' }]);
	const many = Object.fromEntries(Array.from({ length: 1001 }, (_, n) => [`f${n}`, '']));
	expect(await refusal(await asZip(many))).toMatchObject([{ rule: 'zip-bomb' }]);
});
