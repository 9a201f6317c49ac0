import type { Problem } from '#lib/domain/package/problem.ts';
import { limits } from './limits.ts';

export type Complaint = Pick<Problem, 'rule' | 'message' | 'remedy'> & Partial<Problem>;

/** Ends the reading of one file, or of the package: what comes after could not be trusted. */
export class Refusal extends Error {
	readonly complaint: Complaint;

	constructor(complaint: Complaint) {
		super(complaint.message);
		this.complaint = complaint;
	}
}

/** What is wrong with a package. Keeps the first thousand and counts the rest. */
export class Problems {
	count = 0;
	readonly #kept: Problem[] = [];

	add(file: string, complaint: Complaint) {
		this.count++;
		if (this.#kept.length >= limits.problems) return;
		this.#kept.push({ row: null, column: null, value: null, ...complaint, file });
	}

	/** Those kept, file by file in the order they were read, and row by row. */
	list(): Problem[] {
		const files = [...new Set(this.#kept.map(({ file }) => file))];
		const order = (problem: Problem) => files.indexOf(problem.file);
		return this.#kept.toSorted((a, b) => order(a) - order(b) || (a.row ?? 0) - (b.row ?? 0));
	}
}
