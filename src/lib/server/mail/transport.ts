import { isOptional } from '#lib/domain/mail.ts';
import type { Settings } from '../settings.ts';
import { Unsent, type Outgoing, type Send } from './delivery.ts';
import { base, sender } from './sender.ts';
import * as stop from './stop.ts';

type Channel = { send: Send; close: () => void };

/** A line to the mail server. Nothing is loaded and nobody called before there is a mail to send. */
export function connect(settings: Settings): Channel {
	let line: Promise<Line> | undefined;
	return {
		send: async (mail) => {
			line ??= open(settings);
			await (await line).sendMail({ from: sender(settings), ...message(mail, settings) }).catch(refuse);
		},
		close: () => void line?.then((opened) => opened.close())
	};
}

type Line = Awaited<ReturnType<typeof open>>;

async function open({ SMTP_URL }: Settings) {
	const { createTransport } = await import('nodemailer');
	return createTransport({
		url: SMTP_URL!,
		pool: true,
		maxConnections: 1,
		connectionTimeout: 15_000,
		greetingTimeout: 15_000,
		socketTimeout: 30_000,
		disableFileAccess: true,
		disableUrlAccess: true
	} as object);
}

function message(mail: Outgoing, settings: Settings) {
	return {
		to: { name: '', address: mail.to_address },
		subject: mail.subject,
		text: mail.text,
		...(mail.html !== null && { html: mail.html }),
		// The same at each try: whoever gets it twice can tell.
		messageId: `<${mail.id}@${hostOf(sender(settings))}>`,
		date: new Date(),
		headers: {
			'Auto-Submitted': 'auto-generated',
			'X-Auto-Response-Suppress': 'All',
			...(mail.user_id !== null && isOptional(mail.kind) && stop.headers(base(settings), mail.user_id))
		}
	};
}

const hostOf = (from: string) => from.slice(from.lastIndexOf('@') + 1).replace('>', '');

/** Says why in our own words: those of a mail server often quote the address. */
function refuse(cause: unknown): never {
	const { code = '', responseCode = 0 } = cause as { code?: string; responseCode?: number };
	if (code === 'EAUTH')
		throw new Unsent('The mail server refused to let us in. Check the user and the word in SMTP_URL.', {
			nobodyThere: true
		});
	if (responseCode >= 500)
		throw new Unsent(
			code === 'EENVELOPE'
				? `The mail server knows no such address, or does not take mail for it (${responseCode}).`
				: `The mail server refused this mail (${responseCode}).`,
			{ final: true }
		);
	if (responseCode >= 400) throw new Unsent(`The mail server asked to try again later (${responseCode}).`);
	if (code === 'EENVELOPE') throw new Unsent('This is no address that mail can be sent to.', { final: true });
	const known = /^E[A-Z]+$/.test(code) ? ` (${code})` : '';
	throw new Unsent(`The mail server did not answer${known}. Check SMTP_URL.`, { nobodyThere: true });
}
