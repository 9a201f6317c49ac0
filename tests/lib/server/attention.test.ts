import { expect, test } from 'vitest';
import { readList } from '#lib/domain/schemas/filters.ts';
import * as attention from '#lib/server/attention.ts';
import * as initiatives from '#lib/server/initiatives.ts';
import { story } from '../../support/story.ts';

test('attention goes to silence, to what stands still and to what nobody serves, each with its list', async () => {
	const db = await story();
	const found = await attention.read(db, { plan_id: 'rsp-2022-2024', meeting_id: 'rhca-24' });
	expect(found).toEqual({
		silent: { count: 1, href: '/members?plan=rsp-2022-2024&meeting=rhca-24&silent=1' },
		stalled: { count: 1, href: '/initiatives?plan=rsp-2022-2024&meeting=rhca-24&stalled=1' },
		unserved: { count: 1, href: '/plans/rsp-2022-2024?unserved=1' }
	});
	const { filters } = readList(new URL(found.stalled.href, 'http://localhost').searchParams);
	expect(await initiatives.count(db, filters)).toBe(found.stalled.count);
});
