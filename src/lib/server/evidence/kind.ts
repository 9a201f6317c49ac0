import { fromBuffer, type Entry } from 'yauzl';
import { BadInput } from '#lib/domain/errors.ts';

export const most = 5 * 1024 * 1024;

/** The kinds of file that are taken: how they end, what they are called, and their content type. */
const kinds = {
	pdf: { endings: ['pdf'], type: 'application/pdf' },
	png: { endings: ['png'], type: 'image/png' },
	jpeg: { endings: ['jpg', 'jpeg'], type: 'image/jpeg' },
	docx: {
		endings: ['docx'],
		type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
	},
	xlsx: { endings: ['xlsx'], type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
	pptx: {
		endings: ['pptx'],
		type: 'application/vnd.openxmlformats-officedocument.presentationml.presentation'
	},
	text: { endings: ['txt', 'csv'], type: 'text/plain; charset=utf-8' }
} as const;
type Kind = keyof typeof kinds;

const taken = 'PDF, PNG, JPEG, Word, Excel, PowerPoint, plain text and CSV';

/** What a file is by its content. Refuses what is too large, of a kind not taken, or not what its name says. */
export async function kindOf(name: string, content: Buffer): Promise<{ kind: Kind; type: string }> {
	const shown = safeName(name);
	if (content.length === 0) throw new BadInput(`“${shown}” is empty. Choose the file again.`);
	if (content.length > most) {
		const size = (content.length / 1024 / 1024).toFixed(1);
		throw new BadInput(
			`“${shown}” has ${size} MB, and 5 MB is the most. Make it smaller, or give a link to it.`
		);
	}
	const kind = await found(content);
	if (!kind) throw new BadInput(`“${shown}” is of a kind that is not taken: ${taken} are.`);
	const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase();
	const { endings, type } = kinds[kind];
	if (!(endings as readonly string[]).includes(ending ?? ''))
		throw new BadInput(
			`“${shown}” is not what its name says: by its content it is a ${endings[0].toUpperCase()} file. Give it its right name, or choose another.`
		);
	return { kind, type };
}

async function found(content: Buffer): Promise<Kind | undefined> {
	const begins = (bytes: number[]) => bytes.every((byte, i) => content[i] === byte);
	if (content.subarray(0, 5).toString('latin1') === '%PDF-') return 'pdf';
	if (begins([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png';
	if (begins([0xff, 0xd8, 0xff])) return 'jpeg';
	if (begins([0x50, 0x4b, 3, 4])) return office(await entries(content));
	return isText(content) ? 'text' : undefined;
}

function office(names: string[]): Kind | undefined {
	// Macros run on the reader's machine: a file with any is none of the kinds above.
	if (!names.includes('[Content_Types].xml') || names.some((name) => /vbaProject/i.test(name)))
		return undefined;
	if (names.includes('word/document.xml')) return 'docx';
	if (names.includes('xl/workbook.xml')) return 'xlsx';
	return names.includes('ppt/presentation.xml') ? 'pptx' : undefined;
}

/** The names in a zip; nothing where it is none, or has more than any document would. */
function entries(content: Buffer): Promise<string[]> {
	return new Promise((done) => {
		fromBuffer(content, { lazyEntries: true }, (error, zip) => {
			if (error) return done([]);
			const names: string[] = [];
			zip.on('entry', (entry: Entry) => {
				names.push(entry.fileName);
				if (names.length > 5000) done([]);
				else zip.readEntry();
			});
			zip.on('end', () => done(names));
			zip.on('error', () => done([]));
			zip.readEntry();
		});
	});
}

function isText(content: Buffer) {
	try {
		const text = new TextDecoder('utf-8', { fatal: true }).decode(content);
		// A text with markup in front would be shown as a page by some readers.
		return !/(?![\n\r\t\f])\p{Cc}/u.test(text) && !/^\s*<(?:!doctype|html|svg|script|\?xml)/i.test(text);
	} catch {
		return false;
	}
}

/** A name fit to be shown and sent: no folders, nothing unseen, not too long, its ending kept. */
export function safeName(name: string): string {
	const base = name.toWellFormed().replace(/^.*[\\/]/, '');
	const seen = base.replace(/[\p{Cc}\p{Cf}"<>|:*?]/gu, '').trim() || 'file';
	const letters = [...seen];
	if (letters.length <= 120) return seen;
	const ending = /\.[a-z0-9]{1,5}$/i.exec(seen)?.[0] ?? '';
	return letters.slice(0, 119 - ending.length).join('') + '…' + ending;
}
