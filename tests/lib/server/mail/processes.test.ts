import { expect, test } from 'vitest';
import { migrate } from '#db/migrate.server.ts';
import { open } from '#db/open.server.ts';
import { post } from '#lib/server/mail/outbox.ts';
import { ownDatabase } from '../../../support/database-url.ts';
import { serve } from '../../../support/process.ts';
import { mailServer } from '../../../support/smtp.ts';

test('two processes on one database send each mail once', async () => {
	const address = await ownDatabase();
	const db = await open(address);
	await migrate(db);
	const server = await mailServer();
	const settings = { DATABASE_URL: address, SMTP_URL: server.url, LOG_LEVEL: 'info', SECRET: 'x'.repeat(32) };
	const wanted = Array.from({ length: 60 }, (_, i) => `person.${i}@example.org`);
	for (const to of wanted) await post(db, { to, kind: 'reminder', subject: `For ${to}`, text: 'Soon due.' });

	const both = await Promise.all([serve(settings), serve(settings)]);
	const waiting = () =>
		db
			.selectFrom('outbox')
			.select('id')
			.where('sent_at', 'is', null)
			.where('failed_at', 'is', null)
			.execute();
	while ((await waiting()).length > 0) await new Promise((resolve) => setTimeout(resolve, 50));
	for (const { child } of both) child.kill('SIGTERM');
	const said = await Promise.all(both.map(({ ended }) => ended));
	await db.destroy();

	expect(server.mails.map(({ address: to }) => to).sort()).toEqual([...wanted].sort());
	for (const { code, out } of said) {
		expect(code, 'ends by itself').toBe(0);
		expect(out, 'the log names nobody').not.toContain('person.');
	}
});
