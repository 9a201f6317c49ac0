import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export type Arrived = ParsedMail & { address: string; raw: string };

export type Ways = {
	/** Called before a mail is taken; what it throws refuses it. */
	refuse?: (address: string) => void;
	/** Called with each mail, before the answer that it was taken. */
	before?: (mail: Arrived) => Promise<void> | void;
};

/** Refuses a mail as a mail server does. */
export function refusal(responseCode: number, message: string) {
	return Object.assign(new Error(message), { responseCode });
}

/** A mail server that keeps what it is sent, until it is stopped. */
export async function startMailServer({ refuse = () => {}, before = () => {} }: Ways = {}) {
	const mails: Arrived[] = [];
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS', 'AUTH'],
		logger: false,
		onRcptTo({ address }, _session, done) {
			try {
				refuse(address);
				done();
			} catch (cause) {
				done(cause as Error);
			}
		},
		onData(stream, session, done) {
			const parts: Buffer[] = [];
			stream.on('data', (part: Buffer) => parts.push(part));
			stream.on('end', async () => {
				const raw = Buffer.concat(parts).toString('utf8');
				const mail = {
					...(await simpleParser(raw)),
					address: session.envelope.rcptTo[0]!.address,
					raw
				} as Arrived;
				mails.push(mail);
				await before(mail);
				done();
			});
		}
	});
	server.on('error', () => {});
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	const stop = () => new Promise<void>((done) => server.close(() => done()));
	const { port } = server.server.address() as { port: number };
	return { mails, url: `smtp://127.0.0.1:${port}`, stop };
}
