import { expect, test } from 'vitest';
import { readList } from '#lib/domain/schemas/filters.ts';
import * as attention from '#lib/server/attention.ts';
import * as entities from '#lib/server/entities.ts';
import * as initiatives from '#lib/server/initiatives.ts';
import { recount } from '#lib/server/standings.ts';
import { add, story } from '../../support/story.ts';

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

test('as presented, attention is counted and listed as presented', async () => {
	const db = await story();
	const at = { plan_id: 'rsp-2022-2024', meeting_id: 'rcp-32' };
	const [known, presented] = [
		await attention.read(db, at),
		await attention.read(db, { ...at, basis: 'presented' })
	];
	expect([known.silent.href, known.stalled.href].join()).not.toContain('basis');
	for (const { href } of [presented.silent, presented.stalled]) expect(href).toContain('basis=presented');
});

test('only Members that were asked something and said nothing are silent', async () => {
	const db = await story();
	const names = async (meeting_id: string, basis: 'known' | 'presented' = 'known') =>
		(await entities.silent(db, { plan_id: 'rsp-2022-2024', meeting_id, basis })).map(({ id }) => id);
	// The regional office is silent too, and is no Member; Palau joins later.
	expect(await names('rhca-24')).toEqual(['AUS']);
	expect(await names('rcp-32')).toEqual(['JPN']);
	// A report that came after the freeze breaks the silence in what is known, and not in what was presented.
	await add(db, 'status_update', [
		{
			id: 'drill-jpn-late',
			initiative_id: 'drill',
			entity_id: 'JPN',
			meeting_id: 'rcp-32',
			stage: 'pilot',
			change: 'changed',
			recorded_at: '2022-12-24T00:00:00.000Z'
		}
	]);
	await recount(db, 'drill');
	expect([await names('rcp-32'), await names('rcp-32', 'presented')]).toEqual([[], ['JPN']]);
});
