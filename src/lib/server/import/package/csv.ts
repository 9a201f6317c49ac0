import { limits } from './limits.ts';
import { Refusal, type Complaint } from './problems.ts';

const quote = 34;
const comma = 44;
const lf = 10;
const cr = 13;

/**
 * RFC 4180, read strictly and a piece at a time: what a forgiving reader would guess at is refused here, since a
 * guess would end up in somebody's report. (csv-parse lets broken UTF-8 through and takes three times as long.)
 */
export class CsvReader {
	/** Records read so far: the row of the last one, as a spreadsheet counts. */
	row = 0;
	/** What ended the reading, if anything did: the records before it are still handed out. */
	failure: Refusal | undefined;
	readonly #complain: (complaint: Complaint, cell: number) => void;
	#rest = '';
	#cells: string[] = [];
	#crlf: boolean | undefined;

	/** `complain` hears of what is wrong in a cell of the row after `row`, while the reading goes on. */
	constructor(complain: (complaint: Complaint, cell: number) => void) {
		this.#complain = complain;
	}

	/** The records that end in this piece. `last` says that nothing follows. */
	push(piece: string, last = false): string[][] {
		const text = this.#rest === '' ? piece : this.#rest + piece;
		const records: string[][] = [];
		let start = 0;
		try {
			while (start < text.length) {
				this.#cells = [];
				const end = this.#record(text, start, last);
				if (end < 0) break;
				records.push(this.#cells);
				this.row++;
				start = end;
			}
			if (text.length - start > limits.row) throw new Refusal(tooLong('row', limits.row));
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			this.failure = error;
		}
		this.#rest = text.slice(start);
		return records;
	}

	/** Reads one record into `#cells` and says where the next begins; below zero when its end isn't in sight. */
	#record(text: string, start: number, last: boolean): number {
		let at = start;
		for (;;) {
			at = text.charCodeAt(at) === quote ? this.#quoted(text, at, last) : this.#plain(text, at, last);
			if (at < 0 || at === text.length) return at;
			const code = text.charCodeAt(at);
			if (code === lf) {
				this.#crlf ??= false;
				return at + 1;
			}
			if (code === cr) {
				if (at + 1 === text.length) return last ? at + 1 : -1;
				if (text.charCodeAt(at + 1) !== lf) throw new Refusal(loneReturn);
				this.#crlf ??= true;
				return at + 2;
			}
			if (code !== comma) throw new Refusal(afterQuote);
			at++;
			if (at === text.length) {
				if (last) this.#cells.push('');
				return last ? at : -1;
			}
		}
	}

	#plain(text: string, start: number, last: boolean): number {
		let at = start;
		let stray = false;
		for (; at < text.length; at++) {
			const code = text.charCodeAt(at);
			if (code === comma || code === lf || code === cr) break;
			if (code === quote) stray = true;
		}
		if (at === text.length && !last) return -1;
		this.#add(text.slice(start, at));
		if (stray) this.#complain(strayQuote, this.#cells.length - 1);
		return at;
	}

	#quoted(text: string, start: number, last: boolean): number {
		let doubled = false;
		let end = text.indexOf('"', start + 1);
		while (end >= 0 && text.charCodeAt(end + 1) === quote) {
			doubled = true;
			end = text.indexOf('"', end + 2);
		}
		if (end < 0 && last) throw new Refusal(unclosed);
		if (end < 0 || (end + 1 === text.length && !last)) return -1;
		let cell = text.slice(start + 1, end);
		if (doubled) cell = cell.replaceAll('""', '"');
		// A file whose rows end in CRLF had its line breaks changed by a program, those inside cells too.
		if (this.#crlf && cell.includes('\r')) cell = cell.replaceAll('\r\n', '\n');
		this.#add(cell);
		return end + 1;
	}

	#add(cell: string) {
		this.#cells.push(cell);
		if (cell.length > limits.cell) {
			this.#cells[this.#cells.length - 1] = cell.slice(0, 100);
			this.#complain(tooLong('cell', limits.cell), this.#cells.length - 1);
		}
		if (cell.includes('\0')) this.#complain(nul, this.#cells.length - 1);
	}
}

const tooLong = (what: 'cell' | 'row', most: number): Complaint => ({
	rule: 'cell-size',
	message: `This ${what} has more than ${most.toLocaleString('en-GB')} characters.`,
	remedy: 'Shorten it. If the text looks short, a quotation mark before it is not closed.'
});

const unclosed: Complaint = {
	rule: 'unclosed-quote',
	message: 'A quotation mark opens a cell in this row and is never closed.',
	remedy: 'Close it, or write it twice if it belongs to the text.'
};

const strayQuote: Complaint = {
	rule: 'quote',
	message: 'There is a quotation mark inside a cell that is not quoted.',
	remedy: 'Put quotation marks around the cell, and write the one inside twice.'
};

const afterQuote: Complaint = {
	rule: 'quote',
	message: 'A cell in this row goes on after its closing quotation mark.',
	remedy: 'Write quotation marks that belong to the text twice.'
};

const loneReturn: Complaint = {
	rule: 'line-ending',
	message: 'This row ends in a carriage return alone.',
	remedy: 'Save the file with line endings LF or CRLF.'
};

const nul: Complaint = {
	rule: 'nul',
	message: 'There is a NUL byte in this cell.',
	remedy: 'Take it out, or save the file anew as UTF-8.'
};
