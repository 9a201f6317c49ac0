import { parse } from 'csv-parse/sync';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { transact, type Db } from '#db/open.server.ts';
import { questions } from '#lib/charts/spec.ts';
import { isFormula } from '#lib/domain/harmless.ts';
import * as charts from '#lib/server/charts.ts';
import { table } from '#lib/charts/outputs/table.ts';
import { deck } from '#lib/server/deck.ts';
import { file, formats, states, type Format } from '#lib/server/pack.ts';
import { page } from '#lib/server/pack/page.ts';
import { Shelf } from '#lib/server/pack/shelf.ts';
import * as standings from '#lib/server/standings.ts';
import { hostile } from '../charts/kinds.ts';
import { folder } from '../../support/process.ts';
import { readPptx } from '../../support/pptx.ts';
import { add, story } from '../../support/story.ts';
import { unzip } from '../../support/unzip.ts';
import { readXlsx, rowsOf } from '../../support/xlsx.ts';

const origin = 'https://waymark.example.org';
const at = { meeting_id: 'rhca-24', plan_id: 'rsp-2022-2024', origin };
const params = { plan: 'rsp-2022-2024', meeting: 'rhca-24' };

// No browser: what there is of one is tried by the browser tests.
const noBrowser = () => vi.stubEnv('CHROMIUM_PATH', '/nowhere/chromium');
afterEach(() => {
	vi.unstubAllEnvs();
	vi.restoreAllMocks();
});

const bytesOf = async (db: Db, format: Format, of = at) => (await file(db, of, format)).bytes;
const textOf = async (db: Db, format: Format, of = at) =>
	Buffer.from(await bytesOf(db, format, of)).toString('utf8');

describe('every file of the pack has the figures of the charts', () => {
	const asked = {
		stages: 'Stages',
		coverage: 'Coverage',
		movement: 'Movement',
		timing: 'Timing',
		matrix: 'Matrix'
	};

	test('the workbook: a sheet each, with the parts, and what every column means', async () => {
		const db = await story();
		const book = await readXlsx(await bytesOf(db, 'xlsx'));
		expect([...book.keys()]).toEqual([
			'Contents',
			'Stages',
			'FA1',
			'FA2',
			'Coverage',
			'Movement',
			'Timing',
			'Matrix',
			'What needs attention',
			'Support needed',
			'Next dates',
			'Data dictionary'
		]);
		for (const [question, name] of Object.entries(asked)) {
			const { columns, rows } = table(await charts.spec(db, question as 'stages', params));
			const read = rowsOf(book.get(name)!);
			const top = read.findIndex((row) => row?.[0] === columns[0]!.label);
			for (const [r, row] of rows.entries())
				for (const [c, { value }] of row.entries())
					if (typeof value === 'number') expect(read[top + 1 + r]![c], `${name} ${r} ${c}`).toBe(value);
		}
		const explained = rowsOf(book.get('Data dictionary')!).slice(4);
		for (const [sheet, column, means] of explained)
			expect([sheet, column, means]).toEqual([sheet, column, expect.stringMatching(/\.$/)]);
		expect(new Set(explained.map(([sheet]) => sheet)).size).toBe(book.size - 2);
	});

	test('the zip: a file each, the same rows, and a page to begin with', async () => {
		const db = await story();
		const files = await unzip(await bytesOf(db, 'zip'));
		expect([...files.keys()]).toEqual([
			'README.txt',
			...[
				'stages.csv',
				'area-FA1.csv',
				'area-FA2.csv',
				'coverage.csv',
				'movement.csv',
				'timing.csv',
				'matrix.csv'
			],
			...['attention.csv', 'needs.csv', 'dates.csv', 'data-dictionary.csv']
		]);
		for (const question of Object.keys(asked)) {
			const { columns, rows } = table(await charts.spec(db, question as 'stages', params));
			const read = parse(files.get(`${question}.csv`)!, { relax_column_count: true }) as string[][];
			expect(read[0]).toEqual(columns.map(({ label }) => label));
			expect(read.slice(1, rows.length + 1)).toEqual(
				rows.map((row) => row.map(({ value }) => String(value ?? '')))
			);
		}
		const readme = files.get('README.txt')!.toString();
		expect(readme).toContain('RSP 2022-2024 at RHCA-24');
		expect(readme).toContain('Method 1.0');
	});

	test('the page: every figure of every drawing, all of it inside, and nothing asked for', async () => {
		const db = await story();
		const html = await textOf(db, 'html');
		const told = await deck(db, at);
		for (const { id, sentence, spec } of told.slides) {
			const [section = ''] =
				new RegExp(`<section class="slide" id="${id}">[\\s\\S]*?</section>`).exec(html) ?? [];
			expect(section).toContain(sentence.replaceAll("'", '&#39;'));
			expect(section).toContain(told.as_of);
			expect(section).toContain('Method 1.0');
			if (spec?.kind !== 'bars') continue;
			const [panel] = spec.panels;
			const wanted = panel!.categories
				.flatMap((_, c) => panel!.values.map((of) => of[c] ?? 0))
				.filter((n) => n > 0);
			const drawn = [...section.matchAll(/<rect [^>]*data-n="(\d+)"/g)]
				.map(([, n]) => Number(n))
				.filter((n) => n > 0);
			expect(drawn.sort(), id).toEqual(wanted.sort());
		}
		expect(html.length).toBeLessThan(1_000_000);
		expect(html).not.toMatch(/<(script|link|img|iframe|object)\b|@import|url\((?!data:|#)/);
		for (const [, href = ''] of html.matchAll(/href="([^"]*)"/g))
			expect(href).toMatch(/^(#|https:\/\/waymark\.example\.org\/)/);
	});

	test('the slides: as many as the deck has, and a cover', async () => {
		const db = await story();
		const { slides } = await readPptx(await bytesOf(db, 'pptx'));
		expect(slides).toHaveLength((await deck(db, at)).slides.length + 1);
	});

	test('every question a slide can be about is one that the workbook has', async () => {
		const { slides } = await deck(await story(), at);
		const used = new Set(slides.flatMap(({ spec }) => (spec ? [spec.question] : [])));
		expect([...used].sort()).toEqual(Object.keys(asked).sort());
		expect(questions).toEqual(expect.arrayContaining([...used]));
	});
});

test('text from people reckons in none of the files, and is whole where there is room', async () => {
	const db = await story();
	const narrative = `=cmd|' /C calc'!A0 ${'word '.repeat(3990)}`;
	const said = {
		...{ meeting_id: 'rhca-24', recorded_at: '2023-05-02T00:00:00.000Z', change: 'changed' as const },
		...{ stage: 'pilot' as const, support_needed: narrative }
	};
	await db
		.updateTable('entity')
		.set({ name: `@${'M'.repeat(199)}` })
		.where('id', '=', 'FJI')
		.execute();
	await db
		.updateTable('initiative')
		.set({ title: `+${hostile}` })
		.where('id', '=', 'single-window')
		.execute();
	await add(db, 'status_update', [{ ...said, id: 'n1', initiative_id: 'single-window', entity_id: 'FJI' }]);
	await standings.rebuild(db);

	const book = await readXlsx(await bytesOf(db, 'xlsx'));
	for (const cells of book.values())
		for (const { type, value, format } of cells.values()) {
			expect(type).not.toBe('formula');
			if (isFormula(String(value)) && type === 'text') expect(format).toBe('@');
		}
	expect([...book.get('Support needed')!.values()].map(({ value }) => value)).toContain(narrative.trim());

	for (const [name, bytes] of await unzip(await bytesOf(db, 'zip')))
		if (name.endsWith('.csv'))
			for (const row of parse(bytes, { relax_column_count: true }) as string[][])
				for (const cell of row)
					expect(isFormula(cell) && !/^-?\d+$/.test(cell), `${name}: ${cell}`).toBe(false);

	const html = await textOf(db, 'html');
	expect(html).toContain('&lt;script&gt;');
	expect(html).not.toContain('<script');
	const { slides } = await readPptx(await bytesOf(db, 'pptx'));
	for (const { texts } of slides) for (const text of texts) expect(text.length).toBeLessThan(1000);
});

describe('the files of a pack', () => {
	test('are made once for each state of the data', async () => {
		noBrowser();
		const db = await story();
		const first = await file(db, at, 'xlsx');
		expect(await file(db, at, 'xlsx')).toBe(first);
		await transact(db, (trx) =>
			trx.updateTable('entity').set({ name: 'Viti' }).where('id', '=', 'FJI').execute()
		);
		const second = await file(db, at, 'xlsx');
		expect(second).not.toBe(first);
		expect(rowsOf((await readXlsx(second.bytes)).get('Matrix')!).flat()).toContain('Viti');
	});

	test('are begun by whoever looks how far they are, who need not wait', async () => {
		noBrowser();
		const db = await story();
		const before = await states(db, at);
		expect(before.map(({ format, state, size }) => [format, state, size])).toEqual(
			formats.map((format) => [format, 'making', null])
		);
		for (const format of formats) await file(db, at, format);
		for (const { state, size } of await states(db, at)) {
			expect(state).toBe('ready');
			expect(size).toBeGreaterThan(1000);
		}
	});

	test('are a page to print where there is no browser to make a PDF with', async () => {
		noBrowser();
		const db = await story();
		const { bytes, instead } = await file(db, at, 'pdf');
		for (const format of formats) await file(db, at, format);
		expect(instead).toBe('page');
		expect(Buffer.from(bytes).toString()).toContain('No PDF could be made on this server. Print this page');
		expect((await states(db, at)).find(({ format }) => format === 'pdf')).toMatchObject({ instead: true });
	});

	test('are a page to print where the browser can not print', async () => {
		vi.stubEnv('CHROMIUM_PATH', process.execPath);
		const db = await story();
		expect((await file(db, at, 'pdf')).instead).toBe('page');
		expect((await states(db, at)).find(({ format }) => format === 'pdf')).toMatchObject({ instead: true });
	});

	test('are printed after all when the browser can again', async () => {
		vi.stubEnv('CHROMIUM_PATH', process.execPath);
		const db = await story();
		expect((await file(db, at, 'pdf')).instead).toBe('page');
		const prints = join(folder(), 'browser');
		writeFileSync(
			prints,
			'#!/bin/sh\nfor a; do case $a in --print-to-pdf=*) echo %PDF > "${a#*=}";; esac; done'
		);
		chmodSync(prints, 0o755);
		vi.stubEnv('CHROMIUM_PATH', prints);
		expect((await file(db, at, 'pdf')).instead).toBe('page');
		const later = Date.now() + 61_000;
		vi.spyOn(Date, 'now').mockReturnValue(later);
		const { bytes, instead } = await file(db, at, 'pdf');
		expect([Buffer.from(bytes).toString(), instead]).toEqual(['%PDF\n', undefined]);
	});

	test('as presented are others than as known now', async () => {
		const db = await story();
		const frozen = { ...at, meeting_id: 'rcp-32' };
		const [known, presented] = [
			await textOf(db, 'html', frozen),
			Buffer.from((await file(db, { ...frozen, basis: 'presented' }, 'html')).bytes).toString()
		];
		expect(presented).toContain('As presented: RCP-32 was frozen');
		expect(known).not.toContain('As presented');
		expect(presented).toContain('1 initiative moved up and 1 moved down');
	});
});

test('a page of strange words is still a page', async () => {
	const told = await deck(await story(), at);
	const odd = {
		...told,
		title: hostile,
		slides: told.slides.map((slide) => ({ ...slide, id: '"><x', title: hostile }))
	};
	expect(page(odd, origin)).not.toMatch(/<script|<x\b/);
});

describe('the shelf', () => {
	const shelf = (waiting = 10, room = 100) =>
		new Shelf<string>({ room, waiting, size: (text) => text.length });
	const later = <T>() => {
		let settle!: { resolve: (value: T) => void; reject: (cause: Error) => void };
		const promise = new Promise<T>((resolve, reject) => (settle = { resolve, reject }));
		return { promise, ...settle };
	};

	test('makes one thing after the other, each once', async () => {
		const kept = shelf();
		const [a, b] = [later<string>(), later<string>()];
		const begun: string[] = [];
		const make = (key: string, of: typeof a) => () => (begun.push(key), of.promise);
		const first = kept.take('a', make('a', a));
		expect(kept.take('a', make('a again', a))).toBe(first);
		const second = kept.take('b', make('b', b));
		await Promise.resolve();
		expect([begun, kept.look('b')!.state]).toEqual([['a'], 'making']);
		a.resolve('A');
		b.resolve('B');
		expect([await first, await second, begun]).toEqual(['A', 'B', ['a', 'b']]);
		expect(kept.look('a')).toMatchObject({ state: 'ready', value: 'A' });
	});

	test('tries again what failed, and goes on after it', async () => {
		const kept = shelf();
		await expect(kept.take('a', () => Promise.reject(new Error('No.')))).rejects.toThrow('No.');
		expect(kept.look('a')!.state).toBe('failed');
		expect(await kept.take('a', async () => 'A')).toBe('A');
	});

	test('says no when too many wait', async () => {
		const kept = shelf(2);
		const a = later<string>();
		void kept.take('a', () => a.promise);
		void kept.take('b', async () => 'B');
		expect(kept.take('c', async () => 'C')).toBeUndefined();
		a.resolve('A');
		await kept.take('b', async () => '');
		expect(await kept.take('c', async () => 'C')).toBe('C');
	});

	test('lets go of what nobody has asked for the longest', async () => {
		const kept = shelf(10, 10);
		for (const key of ['a', 'b']) await kept.take(key, async () => 'x'.repeat(5));
		await kept.take('a', async () => 'never');
		await kept.take('c', async () => 'x'.repeat(5));
		await Promise.resolve();
		expect(['a', 'b', 'c'].map((key) => kept.look(key) !== undefined)).toEqual([true, false, true]);
	});
});
