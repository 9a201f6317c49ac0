import fc from 'fast-check';
import { expect, test } from 'vitest';
import { key, known, presented, type Calendar, type Subject, type Update } from '#lib/domain/standing.ts';
import { stages } from '#lib/domain/stage.ts';
import { changes } from '#lib/domain/words.ts';

/** Five rounds, half a year apart; R3 is frozen at the end of its month. */
const calendar = (over: Partial<Calendar> = {}): Calendar => {
	const dues = { R1: '2021-10-15', R2: '2022-04-15', R3: '2022-10-15', R4: '2023-04-15', R5: '2023-10-15' };
	return {
		rounds: Object.entries(dues).map(([id, due_on]) => ({
			id,
			opens_on: `${due_on.slice(0, 8)}01`,
			due_on,
			frozen_at: id === 'R3' ? '2022-10-31T12:00:00Z' : null
		})),
		days: new Map([...Object.entries(dues), ['council', '2022-06-24']]),
		listed: new Set(),
		mayBeAsked: () => true,
		submissions: new Map(),
		...over
	};
};

let next = 0;
const said = (meeting_id: string, parts: Partial<Update> = {}): Update => ({
	id: `u${String(++next).padStart(4, '0')}`,
	meeting_id,
	entity_id: 'FJI',
	stage: 'pilot',
	timing: null,
	change: 'changed',
	recorded_at: '2022-01-01T00:00:00Z',
	reviews: [],
	...parts
});

const subject = (parts: Partial<Subject> = {}): Subject => ({
	id: 'single-window',
	starts_on: '2021-01-01',
	entities: [{ id: 'FJI', role: 'lead' }],
	updates: [],
	expected: [],
	...parts
});

/** "R1 reported, R2 carried" … */
const story = (s: Subject, c = calendar()) => known(s, c).map((x) => `${x.meeting_id} ${x.freshness}`);

test('what was said is reported, then carried for one round, then missing', () => {
	expect(story(subject({ updates: [said('R1')] }))).toEqual([
		'R1 reported',
		'R2 carried',
		'R3 missing',
		'R4 missing',
		'R5 missing'
	]);
});

test('an initiative is asked about from the first round due on or after its start', () => {
	expect(story(subject({ starts_on: '2022-10-15' }))).toEqual(['R3 missing', 'R4 missing', 'R5 missing']);
	expect(story(subject({ starts_on: '2022-10-16' }))).toEqual(['R4 missing', 'R5 missing']);
});

test('with no known start it is asked about from its first update on', () => {
	expect(story(subject({ starts_on: null, updates: [said('R3'), said('R4')] }))[0]).toBe('R3 reported');
	expect(story(subject({ starts_on: null, updates: [said('council')] }))[0]).toBe('R3 missing');
	expect(story(subject({ starts_on: null }))).toEqual([]);
});

test('the round of the update that ended it is the last', () => {
	expect(story(subject({ updates: [said('R2', { change: 'ended', stage: 'implemented' })] }))).toEqual([
		'R1 missing',
		'R2 reported'
	]);
});

test('an ending that was taken back by a newer update ends nothing', () => {
	const updates = [said('R2', { change: 'ended' }), said('R2', { recorded_at: '2022-02-01T00:00:00Z' })];
	expect(story(subject({ updates }))).toHaveLength(5);
});

test('each lead is asked; with no lead, everybody it names, once', () => {
	const asked = (entities: Subject['entities']) =>
		known(subject({ entities }), calendar())
			.filter((s) => s.meeting_id === 'R1')
			.map((s) => s.entity_id);
	expect(
		asked([
			{ id: 'FJI', role: 'lead' },
			{ id: 'TON', role: 'lead' },
			{ id: 'JPN', role: 'partner' }
		])
	).toEqual(['FJI', 'TON']);
	expect(
		asked([
			{ id: 'JPN', role: 'partner' },
			{ id: 'JPN', role: 'host' },
			{ id: 'TON', role: 'participant' }
		])
	).toEqual(['JPN', 'TON']);
	expect(asked([])).toEqual([]);
});

test('a Member is asked only if its membership covers the day the round opened, or its due day', () => {
	const days: string[] = [];
	const c = calendar({ mayBeAsked: (_, day) => (days.push(day), day >= '2022-04-01') });
	c.rounds[0]!.opens_on = null;
	expect(story(subject(), c)[0]).toBe('R2 missing');
	expect(days.slice(0, 2)).toEqual(['2021-10-15', '2022-04-01']);
});

test('listed expectations are taken as they are, for the meetings they name', () => {
	const s = subject({ starts_on: '2023-01-01', expected: [{ meeting_id: 'R2', entity_id: 'TON' }] });
	const c = calendar({ listed: new Set(['R2', 'R4']) });
	expect(known(s, c).map((x) => `${x.meeting_id} ${x.entity_id}`)).toEqual(['R2 TON', 'R5 FJI']);
});

test('drafts and returned answers do not speak; an excused entity is not expected', () => {
	const updates = [said('R1'), said('R2'), said('R3')];
	const submissions = new Map([
		[key('R1', 'FJI'), 'draft'],
		[key('R2', 'FJI'), 'returned'],
		[key('R3', 'FJI'), 'accepted'],
		[key('R4', 'FJI'), 'excused']
	]);
	expect(story(subject({ updates }), calendar({ submissions }))).toEqual([
		'R1 missing',
		'R2 missing',
		'R3 reported',
		'R5 missing'
	]);
});

test('nothing is carried over a round in which it was not expected', () => {
	const c = calendar({ listed: new Set(['R1']) });
	expect(story(subject({ updates: [said('R1')] }), c)[0]).toBe('R2 missing');
});

test('the newest record speaks, however the moments are written', () => {
	const updates = [
		said('R1', { stage: 'committed', recorded_at: '2021-10-10T08:00:00Z' }),
		said('R1', { stage: 'implemented', recorded_at: '2021-10-10T08:00:00.250Z' })
	];
	expect(known(subject({ updates }), calendar())[0]).toMatchObject({ stage: 'implemented' });
});

test('an unchanged status is confirmed', () => {
	expect(story(subject({ updates: [said('R1', { change: 'no_change' })] }))[0]).toBe('R1 confirmed');
});

test('as presented, only what was recorded by the freeze counts, of every meeting', () => {
	const late = { recorded_at: '2022-11-05T00:00:00Z' };
	const s = subject({
		updates: [
			said('R2', late),
			said('R3', { stage: 'implemented', ...late }),
			said('R3', { recorded_at: '2022-10-31T12:00:00Z' })
		]
	});
	expect(presented(s, calendar())).toMatchObject([
		{ meeting_id: 'R3', freshness: 'reported', stage: 'pilot' }
	]);
	expect(presented(subject({ updates: [said('R3', late), said('R2')] }), calendar())).toMatchObject([
		{ freshness: 'carried' }
	]);
	expect(known(s, calendar())[2]).toMatchObject({ meeting_id: 'R3', stage: 'implemented' });
});

test('implemented and confirmed by a reviewer stands for a year, marked, and is counted as missing', () => {
	const done = said('R1', {
		stage: 'implemented',
		reviews: [{ verdict: 'confirmed', recorded_at: '2021-10-20T00:00:00Z' }]
	});
	const rows = known(subject({ updates: [done] }), calendar());
	expect(rows.map((x) => [x.freshness, x.stage])).toEqual([
		['reported', 'implemented'],
		['carried', 'implemented'],
		['missing', 'implemented'],
		['missing', null],
		['missing', null]
	]);
});

test('as presented, a review that came after the freeze confirms nothing', () => {
	const reviewed = (recorded_at: string) =>
		said('R1', { stage: 'implemented', reviews: [{ verdict: 'confirmed', recorded_at }] });
	const at = (recorded_at: string) => presented(subject({ updates: [reviewed(recorded_at)] }), calendar())[0];
	expect(at('2022-10-30T00:00:00Z')).toMatchObject({ freshness: 'missing', stage: 'implemented' });
	expect(at('2022-11-30T00:00:00Z')).toMatchObject({ freshness: 'missing', stage: null });
});

test('a reviewer who has come to differ confirms no longer', () => {
	const reviews = [
		{ verdict: 'differs' as const, recorded_at: '2021-11-20T00:00:00Z' },
		{ verdict: 'confirmed' as const, recorded_at: '2021-10-20T00:00:00Z' }
	];
	const rows = known(subject({ updates: [said('R1', { stage: 'implemented', reviews })] }), calendar());
	expect(rows[2]).toMatchObject({ freshness: 'missing', stage: null });
});

const update = fc.record({
	meeting_id: fc.constantFrom('R1', 'R2', 'R3', 'R4', 'R5', 'council'),
	entity_id: fc.constantFrom('FJI', 'TON'),
	stage: fc.constantFrom(...stages),
	change: fc.constantFrom(...changes),
	recorded_at: fc.integer({ min: 0, max: 40 }).map((n) => new Date(Date.UTC(2022, 9, n)).toISOString())
});

test('reordering updates changes nothing', () => {
	fc.assert(
		fc.property(fc.array(update, { maxLength: 12 }), fc.boolean(), (parts, reversed) => {
			const updates = parts.map((part) => said(part.meeting_id, part));
			const shuffled = reversed
				? [...updates].reverse()
				: [...updates].sort((a, b) => (a.stage < b.stage ? -1 : 1));
			const of = (list: Update[]) => {
				const s = subject({
					updates: list,
					starts_on: null,
					entities: [
						{ id: 'FJI', role: 'lead' },
						{ id: 'TON', role: 'lead' }
					]
				});
				return [known(s, calendar()), presented(s, calendar())];
			};
			expect(of(shuffled)).toEqual(of(updates));
		})
	);
});

test('nothing recorded after a freeze changes what was presented', () => {
	fc.assert(
		fc.property(fc.array(update, { maxLength: 12 }), fc.array(update, { maxLength: 6 }), (before, after) => {
			const early = before.map((part) => said(part.meeting_id, part));
			const late = after.map((part) =>
				said(part.meeting_id, { ...part, recorded_at: '2022-11-30T00:00:00Z' })
			);
			const of = (updates: Update[]) => presented(subject({ updates }), calendar());
			expect(of([...early, ...late])).toEqual(of(early));
		})
	);
});
