import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Db } from '#db/open.server.ts';
import { tables } from '#lib/domain/package/tables.ts';
import { holdsRealReports } from '#lib/server/database.ts';
import { exportPackage } from '#lib/server/export/package.ts';
import { importPackage } from '#lib/server/import/package.ts';
import { emptyDatabase } from '../../../support/database.ts';
import { asFolder, asZip, csv, good, readFolder, scratch, type Files } from '../../../support/packages.ts';

async function revision(db: Db) {
	return (await db.selectFrom('revision').select('number').executeTakeFirstOrThrow()).number;
}

async function rowsIn(db: Db) {
	const counts: Record<string, number> = {};
	for (const { name, table } of tables) {
		const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(db);
		counts[name] = Number(rows[0]!.n);
	}
	return counts;
}

test('a package comes in whole, folder or zip, and a second time changes nothing', async () => {
	const inside = Object.fromEntries(
		Object.entries(good()).map(([name, text]) => [`our region/${name}`, text])
	);
	const ways = [
		await asFolder(good()),
		await asFolder(inside),
		await asZip(good()),
		await asZip(inside),
		await asZip({ ...inside, '__MACOSX/our region/._plans.csv': 'x', 'our region/.DS_Store': 'x' })
	];
	for (const path of ways) {
		const db = await emptyDatabase();

		const first = await importPackage(db, path);
		expect(first).toMatchObject({ ok: true, problemCount: 0, problems: [], notes: [] });
		expect(first.counts.status_updates).toEqual({ added: 2, changed: 0, unchanged: 0 });
		const before = await revision(db);

		const second = await importPackage(db, path);
		expect(second.ok).toBe(true);
		for (const counts of Object.values(second.counts)) expect(counts).toMatchObject({ added: 0, changed: 0 });
		expect(await revision(db)).toBe(before);
	}
});

test('a dry run says what would happen and leaves no trace', async () => {
	const db = await emptyDatabase();
	const path = await asFolder(good());

	const outcome = await importPackage(db, path, { dryRun: true });

	expect(outcome.ok).toBe(true);
	expect(outcome.counts.entities).toEqual({ added: 2, changed: 0, unchanged: 0 });
	expect(Object.values(await rowsIn(db)).every((n) => n === 0)).toBe(true);
	expect(await revision(db)).toBe(0);
});

test('rows that differ are changed, by their ids, and the rest is left alone', async () => {
	const db = await emptyDatabase();
	await importPackage(db, await asFolder(good()));

	const outcome = await importPackage(
		db,
		await asFolder({
			'entities.csv': csv('name,id,kind,iso2', 'Republic of Fiji,FJI,member,FJ', 'Samoa,WSM,member,'),
			'terms.csv': csv(
				'role,entity,element,from_on,to_on',
				'area_coordinator,FJI,rsp:FA1,2022-07-01,2024-06-30'
			)
		})
	);

	expect(outcome.counts).toEqual({
		entities: { added: 1, changed: 1, unchanged: 0 },
		terms: { added: 0, changed: 1, unchanged: 0 }
	});
	const fiji = await db.selectFrom('entity').selectAll().where('id', '=', 'FJI').executeTakeFirstOrThrow();
	expect(fiji).toMatchObject({ name: 'Republic of Fiji', iso2: 'FJ', name_variants: null });
	expect(await db.selectFrom('term').select('to_on').execute()).toEqual([{ to_on: '2024-06-30' }]);
});

test('entities and initiatives are found by every name, also after a name has changed', async () => {
	const db = await emptyDatabase();
	await importPackage(db, await asFolder(good()));
	const texts = async () => ({
		entity: (
			await db.selectFrom('entity').select('search_text').where('id', '=', 'VNM').executeTakeFirstOrThrow()
		).search_text,
		initiative: (await db.selectFrom('initiative').select('search_text').executeTakeFirstOrThrow())
			.search_text
	});
	for (const text of Object.values(await texts())) expect(text).toMatch(/viet nam.*vietnam/);

	await importPackage(db, await asFolder({ 'entities.csv': csv('id,kind,name', 'VNM,member,Annam') }));

	expect((await texts()).initiative).toContain('annam');
	expect((await texts()).initiative).not.toContain('vietnam');
	expect((await texts()).initiative).toContain('single window');
});

test('standings are worked out in the same transaction', async () => {
	const db = await emptyDatabase();
	await importPackage(db, await asFolder(good()));
	const standing = await db
		.selectFrom('standing')
		.selectAll()
		.where('basis', '=', 'known')
		.where('meeting_id', '=', 'rcp-32')
		.execute();
	expect(standing).toMatchObject([
		{ initiative_id: 'i1', entity_id: 'VNM', freshness: 'reported', update_id: 'u1' }
	]);
});

test('a BOM, CRLF, other column order, blank lines and missing optional columns are read without fuss', async () => {
	const plain = await emptyDatabase();
	await importPackage(plain, await asFolder(good()));
	const fussy = await emptyDatabase();
	const files = good();
	for (const [name, content] of Object.entries(files)) {
		const lines = String(content)
			.trimEnd()
			.split('\n')
			.map((line) => line.split(',').reverse().join(','));
		files[name] = '\uFEFF' + lines.join('\r\n') + '\r\n\r\n';
	}
	files['entities.csv'] = String(files['entities.csv']).trimEnd();

	expect(await importPackage(fussy, await asFolder(files))).toMatchObject({ ok: true });

	const [a, b] = [await scratch(), await scratch()];
	await exportPackage(plain, a);
	await exportPackage(fussy, b);
	expect(await readFolder(b)).toEqual(await readFolder(a));
});

test('line breaks inside cells are kept, and mended where a program made the whole file CRLF', async () => {
	const db = await emptyDatabase();
	const lf = 'id,kind,name\nA,member,"one\r\ntwo\rthree\nfour"\n';
	expect(await importPackage(db, await asFolder({ 'entities.csv': lf }))).toMatchObject({ ok: true });
	const name = async () => (await db.selectFrom('entity').select('name').executeTakeFirstOrThrow()).name;
	expect(await name()).toBe('one\r\ntwo\rthree\nfour');

	await importPackage(
		db,
		await asFolder({ 'entities.csv': lf.replaceAll('\r\n', '\n').replaceAll('\n', '\r\n') })
	);
	expect(await name()).toBe('one\ntwo\rthree\nfour');
});

test('what a package refers to may be in the database already', async () => {
	const db = await emptyDatabase();
	const {
		'entities.csv': entities,
		'plans.csv': plans,
		'plan_elements.csv': elements,
		'meetings.csv': meetings,
		...rest
	} = good();
	expect(
		await importPackage(
			db,
			await asFolder({
				'entities.csv': entities!,
				'plans.csv': plans!,
				'plan_elements.csv': elements!,
				'meetings.csv': meetings!
			})
		)
	).toMatchObject({ ok: true });
	expect(await importPackage(db, await asFolder(rest))).toMatchObject({ ok: true });
});

test('datapackage.json may name the files, lie in the way of nothing, or be absent', async () => {
	const db = await emptyDatabase();
	const path = await asFolder({
		'datapackage.json': JSON.stringify({
			name: 'x',
			resources: [{ name: 'entities', path: 'data/members.csv' }]
		}),
		'data/members.csv': csv('id,kind,name', 'FJI,member,Fiji'),
		'meetings.csv': good()['meetings.csv']!,
		'status_update.csv': 'nothing of ours',
		'README.md': 'Hello'
	});
	const outcome = await importPackage(db, path);
	expect(outcome.ok).toBe(true);
	expect(Object.keys(outcome.counts)).toEqual(['entities', 'meetings']);
	expect(outcome.notes).toEqual([
		'README.md is not part of the package, and was not read.',
		'status_update.csv is not part of the package, and was not read. Did you mean status_updates.csv?'
	]);
});

test('the same row twice is harmless', async () => {
	const db = await emptyDatabase();
	const path = await asFolder({ 'entities.csv': csv('id,kind,name', 'FJI,member,Fiji', 'FJI,member,Fiji') });
	expect(await importPackage(db, path)).toMatchObject({ ok: true, counts: { entities: { added: 1 } } });
});

test('moments are kept in one spelling, so that their order is the order in time', async () => {
	const db = await emptyDatabase();
	const files = good();
	files['reviews.csv'] = csv(
		'update,verdict,recorded_at',
		'u1,queried,2022-10-05T08:00Z',
		'u1,queried,2022-10-05T08:00:01Z',
		'u1,confirmed,2022-10-05T08:00:01.123456+00:00'
	);
	expect(await importPackage(db, await asFolder(files))).toMatchObject({ ok: true });
	const reviews = await db.selectFrom('review').select('recorded_at').orderBy('recorded_at').execute();
	expect(reviews.map((review) => review.recorded_at)).toEqual([
		'2022-10-05T08:00:00.000Z',
		'2022-10-05T08:00:01.000Z',
		'2022-10-05T08:00:01.123Z'
	]);
});

test('every problem of a package is told at once, with its place and how to mend it', async () => {
	const db = await emptyDatabase();
	const files = good();
	files['entities.csv'] = csv(
		'id,kind,nmae,name',
		'FJI,member,,Fiji',
		'VNM,membr,,Viet Nam',
		',member,,Nobody'
	);
	files['initiatives.csv'] = csv(
		'id,title,scope,starts_on,target_on',
		'i1,Single window,national,2022-02-30,2024-01-01'
	);
	files['contributions.csv'] = csv('initiative,element,role', 'i1,rsp:FA9,main');
	files['reviews.csv'] = 'update,verdict,recorded_at\nu1,"confirmed\n';

	const outcome = await importPackage(db, await asFolder(files));

	expect(outcome.ok).toBe(false);
	expect(outcome.problems.map(({ file, row, column, rule }) => [file, row, column, rule])).toEqual([
		['entities.csv', 1, 'nmae', 'unknown-column'],
		['entities.csv', 3, 'kind', 'enum'],
		['entities.csv', 4, 'id', 'required'],
		['initiatives.csv', 2, 'starts_on', 'date'],
		['contributions.csv', 2, 'element', 'reference'],
		['reviews.csv', 2, null, 'unclosed-quote']
	]);
	expect(outcome.problems[1]).toMatchObject({ value: 'membr', remedy: 'Did you mean "member"?' });
	expect(outcome.problemCount).toBe(6);
	expect(Object.values(await rowsIn(db)).every((n) => n === 0)).toBe(true);
});

test('the first thousand problems are kept and the rest are counted', async () => {
	const db = await emptyDatabase();
	const rows = Array.from({ length: 6000 }, (_, n) => `E${n},nobody,Name`);
	const outcome = await importPackage(db, await asFolder({ 'entities.csv': csv('id,kind,name', ...rows) }));
	expect(outcome.problems).toHaveLength(1000);
	expect(outcome.problemCount).toBe(6000);
});

test('updates are append-only and a freeze stays as it is', async () => {
	const db = await emptyDatabase();
	await importPackage(db, await asFolder(good()));
	const before = await revision(db);

	const outcome = await importPackage(
		db,
		await asFolder({
			'status_updates.csv': String(good()['status_updates.csv']).replace('pilot', 'implemented'),
			'freezes.csv': csv(
				'meeting,frozen_at',
				'rcp-32,2023-11-13T00:00:00.000Z',
				'rhca-24,2023-11-13T00:00:00.000Z'
			)
		})
	);

	expect(outcome.problems).toMatchObject([
		{ file: 'status_updates.csv', row: 3, column: 'stage', value: 'implemented', rule: 'append-only' },
		{ file: 'freezes.csv', row: 2, column: 'frozen_at', rule: 'frozen' }
	]);
	expect(await revision(db)).toBe(before);
	const stages = await db.selectFrom('status_update').select('stage').orderBy('id').execute();
	expect(stages.map(({ stage }) => stage)).toEqual(['committed', 'pilot']);
});

test('an update supersedes one that is known only when it is of the same initiative', async () => {
	const db = await emptyDatabase();
	await importPackage(db, await asFolder(good()));
	const update = (id: string, initiative: string) =>
		`${id},${initiative},rcp-32,VNM,pilot,on_track,changed,,2022-10-02T08:00:00.000Z,u1`;
	const [header] = String(good()['status_updates.csv']).split('\n');
	const more = (...updates: string[]) => ({
		'initiatives.csv': csv('id,title', 'i2,Other'),
		'status_updates.csv': csv(header!, ...updates)
	});
	const refused = await importPackage(db, await asFolder(more(update('u3', 'i1'), update('u4', 'i2'))));
	expect(refused.problems).toMatchObject([{ row: 3, column: 'supersedes', value: 'u1', rule: 'supersedes' }]);
	expect(refused.problems[0]!.message).toBe('The update "u1" is of another initiative than this one, "i2".');
	expect(await importPackage(db, await asFolder(more(update('u3', 'i1'))))).toMatchObject({ ok: true });
});

test('demonstration data stay out of a database that holds real reports', async () => {
	const cover = JSON.stringify({ name: 'demo', layer: 'demonstration', resources: [] });
	const made: Files = { ...good(), 'datapackage.json': cover };
	made['submissions.csv'] = String(made['submissions.csv']).replace('web', 'demonstration');

	const fresh = await emptyDatabase();
	expect(await importPackage(fresh, await asFolder(made))).toMatchObject({ ok: true });
	expect(await importPackage(fresh, await asFolder(made))).toMatchObject({ ok: true });

	const real = await emptyDatabase();
	await importPackage(real, await asFolder(good()));
	const labelled = { 'datapackage.json': cover, 'entities.csv': csv('id,kind,name', 'DEM,member,Demo') };
	expect(await importPackage(real, await asFolder(labelled))).toMatchObject({
		ok: false,
		problems: [{ rule: 'demonstration' }]
	});
	const unlabelled = {
		'submissions.csv': csv('meeting,entity,state,channel', 'rhca-24,VNM,accepted,demonstration')
	};
	expect(await importPackage(real, await asFolder(unlabelled))).toMatchObject({
		problems: [{ rule: 'demonstration' }]
	});

	const unasked = await emptyDatabase();
	const { 'submissions.csv': _, ...without } = good();
	await unasked.updateTable('installation').set({ demonstration: 1 }).execute();
	await importPackage(unasked, await asFolder(without));
	expect(await holdsRealReports(unasked), 'an update without a submission is real').toBe(true);
	expect(await importPackage(unasked, await asFolder(labelled))).toMatchObject({
		problems: [{ rule: 'demonstration' }]
	});
});

test('an export of demonstration data says so, and can be moved to another database', async () => {
	const db = await emptyDatabase();
	const files = good();
	files['submissions.csv'] = csv(
		'meeting,entity,state,channel',
		'rcp-32,VNM,accepted,demonstration',
		'rcp-32,FJI,accepted,web'
	);
	await importPackage(db, await asFolder(files));
	const path = join(await scratch(), 'moved');
	expect(await exportPackage(db, path)).toMatchObject({ isDemonstration: true });
	expect(JSON.parse(await readFile(join(path, 'datapackage.json'), 'utf8'))).toMatchObject({
		layer: 'demonstration'
	});

	const other = await emptyDatabase();
	expect(await importPackage(other, path)).toMatchObject({ ok: true });
	expect(await importPackage(other, path)).toMatchObject({ ok: true });
});

test('an import reads a folder whose file was just replaced, in batches, with parents and predecessors further down', async () => {
	const db = await emptyDatabase();
	const chain = Array.from(
		{ length: 5000 },
		(_, n) => `p:${n},p,${n},${n < 4999 ? `p:${n + 1}` : ''},action,Step ${n}`
	);
	const path = await asFolder({
		'plans.csv': csv('id,short_title,title,level', 'p,P,Plan,regional'),
		'plan_elements.csv': csv('id,plan,code,parent,kind,title', ...chain)
	});
	expect(await importPackage(db, path)).toMatchObject({
		ok: true,
		counts: { plan_elements: { added: 5000 } }
	});
	await writeFile(
		join(path, 'plan_elements.csv'),
		csv('id,plan,code,parent,kind,title', ...chain).replace('p:4999,p,4999,,', 'p:4999,p,4999,p:0,')
	);
	expect(await importPackage(db, path)).toMatchObject({
		ok: false,
		problemCount: 1,
		problems: [{ rule: 'cycle' }]
	});
});
