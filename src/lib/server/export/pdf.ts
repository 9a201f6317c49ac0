import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { log } from '../log.ts';
import { findBrowser } from './browser.ts';

const run = promisify(execFile);
const patience = 60_000;

/**
 * A page that needs nothing else, printed by a browser as its print styles say. Nothing where there is no browser, or where it
 * fails: then the reader prints.
 */
export async function pdf(html: string): Promise<Buffer | undefined> {
	const browser = findBrowser();
	if (!browser) return undefined;
	const folder = await mkdtemp(join(tmpdir(), 'waymark-print-'));
	try {
		const [from, to] = [join(folder, 'page.html'), join(folder, 'page.pdf')];
		await writeFile(from, html);
		await run(
			browser,
			[
				...['--headless', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
				...['--disable-background-networking', '--disable-component-update', '--disable-dev-shm-usage'],
				// A browser can't shut itself in when it runs as root.
				...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
				...[`--user-data-dir=${folder}/profile`, '--no-pdf-header-footer', '--generate-pdf-document-outline'],
				...[`--print-to-pdf=${to}`, pathToFileURL(from).href]
			],
			{ timeout: patience, killSignal: 'SIGKILL' }
		);
		return undated(await readFile(to));
	} catch (error) {
		log.warn({ err: error }, 'The browser could not print.');
		return undefined;
	} finally {
		await rm(folder, { recursive: true, force: true, maxRetries: 5 });
	}
}

/** Without the moment it was printed, which would make every print another file. As long as before: a PDF counts its bytes. */
function undated(bytes: Buffer) {
	const text = bytes.toString('latin1');
	return Buffer.from(
		text.replace(
			/\((D:)\d{14}([+-]\d\d'\d\d'|Z)?/g,
			(_, d: string, zone = '') => `(${d}19700101000000${zone}`
		),
		'latin1'
	);
}
