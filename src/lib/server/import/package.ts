import { deferReferences } from '#db/dialect.ts';
import { transact, type Db } from '#db/open.server.ts';
import { shown, type Problem } from '#lib/domain/package/problem.ts';
import type { Table } from '#lib/domain/package/table.ts';
import { dependencyOrder, tables } from '#lib/domain/package/tables.ts';
import { basename } from 'node:path';
import * as audit from '../audit.ts';
import { rebuild } from '../standings.ts';
import * as descriptor from './package/descriptor.ts';
import { Demonstration } from './package/demonstration.ts';
import { Merge, type Counts, type Valid } from './package/merge.ts';
import { Problems, Refusal, type Complaint } from './package/problems.ts';
import { References } from './package/references.ts';
import * as rows from './package/rows.ts';
import { Seen } from './package/seen.ts';
import * as sources from './package/source.ts';
import { Supersessions } from './package/supersessions.ts';
import { Tree } from './package/trees.ts';
import * as searchTexts from './search-texts.ts';

export interface Progress {
	/** What is being worked on: a file's name, or what is done after the last one. */
	step: string;
	done: number;
	of: number;
}

export interface Options {
	/** Only say what would happen. */
	dryRun?: boolean;
	onProgress?: (progress: Progress) => void;
	/** Who brings it; the command line when left out. */
	actor?: audit.Actor;
}

export interface Outcome {
	/** Nothing stood in the way. With `dryRun`, nothing was written all the same. */
	ok: boolean;
	/** Per table of the package that was there, by its name. */
	counts: Record<string, Counts>;
	/** The first thousand. */
	problems: Problem[];
	problemCount: number;
	/** What was found and not read, a sentence each. */
	notes: string[];
}

/** Brings a data package in, from a folder or a .zip: all of it or, when anything is wrong, nothing. */
export async function importPackage(db: Db, path: string, options: Options = {}): Promise<Outcome> {
	if (db.isTransaction) throw new Error('An import is a transaction of its own.');
	const problems = new Problems();
	const outcome: Outcome = { ok: false, counts: {}, problems: [], problemCount: 0, notes: [] };
	try {
		const source = await sources.open(path, problems);
		try {
			const contents = await descriptor.contents(source, problems);
			outcome.notes = contents.notes;
			await transact(db, async (trx) => {
				outcome.counts = await new Import(trx, problems, contents, options).run();
				// Nothing to keep: leave no trace, not even a new revision.
				if (problems.count > 0 || options.dryRun || !hasChanged(outcome.counts)) throw new Nothing();
				const object = `data package ${basename(path)}`;
				await audit.record(trx, options.actor ?? audit.commandLine, {
					act: 'import',
					object,
					after: outcome.counts
				});
			});
		} finally {
			await source.close();
		}
	} catch (error) {
		if (error instanceof Refusal) problems.add(basename(path), error.complaint);
		else if (isConstraint(error)) problems.add(basename(path), refusedByDatabase(error));
		else if (!(error instanceof Nothing)) throw error;
	}
	return { ...outcome, ok: problems.count === 0, problems: problems.list(), problemCount: problems.count };
}

/** The rules of the database stand behind ours. Whoever meets one has found a gap in ours. */
function isConstraint(error: unknown): error is Error {
	return error instanceof Error && 'code' in error && /^(SQLITE_CONSTRAINT|23)/.test(String(error.code));
}

function refusedByDatabase(error: Error): Complaint {
	const message = `The database refused the package: ${shown(error.message, 200)}.`;
	return { rule: 'database', message, remedy: 'Please report this, with the package if you can.' };
}

/** Ends the transaction without a trace. */
class Nothing extends Error {}

function hasChanged(counts: Record<string, Counts>, names = Object.keys(counts)) {
	return names.some((name) => counts[name] && counts[name].added + counts[name].changed > 0);
}

/** One run over the files of a package, in the order in which tables refer to each other. */
class Import {
	readonly #trx: Db;
	readonly #problems: Problems;
	readonly #contents: descriptor.Contents;
	readonly #options: Options;
	readonly #seen = new Map<string, Seen>();
	readonly #unread = new Set<string>();
	readonly #references: References;
	readonly #counts: Record<string, Counts> = {};
	#bytes = 0;
	#demonstration!: Demonstration;

	constructor(trx: Db, problems: Problems, contents: descriptor.Contents, options: Options) {
		this.#trx = trx;
		this.#problems = problems;
		this.#contents = contents;
		this.#options = options;
		this.#references = new References(trx, this.#seen, this.#unread);
		// A file that was refused would have held what the others refer to.
		if (problems.count > 0) tables.forEach(({ name }) => contents.files.has(name) || this.#unread.add(name));
	}

	async run() {
		await deferReferences(this.#trx);
		this.#demonstration = await Demonstration.begin(this.#trx, this.#contents.layer);
		for (const table of dependencyOrder) {
			if (this.#contents.files.has(table.name)) await this.#table(table);
		}
		if (this.#problems.count === 0 && !this.#options.dryRun && hasChanged(this.#counts)) await this.#settle();
		return Object.fromEntries(
			tables.filter(({ name }) => this.#counts[name]).map(({ name }) => [name, this.#counts[name]!])
		);
	}

	async #table(table: Table) {
		const file = this.#contents.files.get(table.name)!;
		const complain = (complaint: Complaint) => {
			// Without its key or a required column a table tells little: what refers to it is not to blame.
			if (complaint.rule === 'missing-column') this.#unread.add(table.name);
			this.#problems.add(file.path, complaint);
		};
		const seen = new Seen();
		const merge = await Merge.begin(this.#trx, table);
		const tree = Tree.of(table);
		const supersessions = table.name === 'status_updates' ? new Supersessions() : undefined;
		this.#seen.set(table.name, seen);
		try {
			for await (const batch of rows.read(table, file, complain, (bytes) => this.#read(file.path, bytes))) {
				const fresh = unseen(table, batch, seen, complain);
				if (supersessions) for (const found of batch) supersessions.note(found);
				await this.#references.check(table, batch, complain);
				const valid = fresh.filter((found): found is Valid & rows.Found => found.values !== null);
				if (tree) for (const { row, values } of valid) tree.note(row, values);
				const { added, changed } = await merge.take(valid, this.#problems.count === 0, complain);
				this.#demonstration.check(table, added, complain);
				this.#demonstration.check(table, changed, complain);
			}
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			complain(error.complaint);
			this.#unread.add(table.name);
		}
		this.#references.finish(this.#unread.has(table.name) ? () => {} : complain);
		await tree?.finish(this.#trx, complain);
		await supersessions?.finish(this.#trx, (id) => seen.has([id]), complain);
		this.#counts[table.name] = merge.counts;
	}

	/** What is worked out from the rows. */
	async #settle() {
		await this.#demonstration.settle(this.#trx);
		this.#seen.clear();
		if (hasChanged(this.#counts, ['entities', 'initiatives', 'initiative_entities'])) {
			this.#options.onProgress?.({ step: 'search', done: 0, of: 1 });
			await searchTexts.refresh(this.#trx);
		}
		await rebuild(this.#trx, (done, of) => this.#options.onProgress?.({ step: 'standings', done, of }));
	}

	#read(step: string, bytes: number) {
		this.#bytes += bytes;
		const of = [...this.#contents.files.values()].reduce((sum, { size }) => sum + size, 0);
		this.#options.onProgress?.({ step, done: Math.min(this.#bytes, of), of });
	}
}

/** The rows whose key is met for the first time. The same row twice is harmless; one key with two contents is not. */
function unseen(table: Table, batch: rows.Found[], seen: Seen, complain: (complaint: Complaint) => void) {
	return batch.filter(({ row, cells, values }) => {
		if (table.keyColumns.some(({ column, required }) => required && cells[column] === null)) return false;
		const content = values ?? cells;
		const before = seen.add(
			table.keyColumns.map(({ column }) => content[column]),
			Object.values(content),
			row
		);
		if (before && !before.same) complain({ row, ...twice(table, cells, before.row) });
		return before === undefined;
	});
}

function twice(table: Table, cells: Record<string, string | null>, row: number): Complaint {
	const [column] = table.keyColumns;
	const value = table.keyColumns.map(({ column }) => cells[column] ?? '').join(', ');
	return {
		column: column!.name,
		value: value.slice(0, 80),
		rule: table.key.length === 1 ? 'duplicate-id' : 'duplicate-key',
		message: `The same ${table.key.join(', ')} stands in row ${row} with other content.`,
		remedy: 'Keep one of the rows, or correct the id.'
	};
}
