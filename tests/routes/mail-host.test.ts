import { expect, test } from 'vitest';
import * as audit from '#lib/server/audit.ts';
import * as rounds from '#lib/server/rounds.ts';
import { act, event } from '../support/act.ts';
import { reviewed } from '../support/reviewed.ts';
import { actions as board } from '../../src/routes/(app)/meetings/[meeting]/board/+page.server.ts';
import { actions as review } from '../../src/routes/(app)/review/[meeting]/[entity]/+page.server.ts';

test('no mail names a host that whoever asked made up', async () => {
	const { db, office: user } = await reviewed();
	const due_at = new Date(Date.now() + 86_400_000).toISOString();
	await rounds.open(db, audit.commandLine, 'rhca-24', {
		due_at,
		due_on: due_at.slice(0, 10),
		time_zone: 'UTC'
	});
	const at = 'http://evil.example/review/rhca-24/FJI?/return';
	const params = { meeting: 'rhca-24', entity: 'FJI' };
	const form = { note: 'Say which ports.' };
	const back = await act(review.return, event(db, at, { user, params, form }));
	expect(back.data).toMatchObject({ ok: true });

	const wall = 'http://evil.example/meetings/rhca-24/board';
	const asked = { entity: 'FJI', text: 'We look forward to it.' };
	const reminded = await act(board.remind, event(db, wall, { user, params, form: asked }));
	expect(reminded.data).toMatchObject({ ok: true });

	const mails = await db.selectFrom('outbox').select(['kind', 'text']).orderBy('kind').execute();
	expect(new Set(mails.map(({ kind }) => kind))).toEqual(new Set(['reminder', 'returned']));
	for (const { text } of mails) {
		expect(text).not.toContain('evil.example');
		expect(text).toContain('the page Report');
	}
});
