import { describe, expect, test } from 'vitest';
import * as packages from '#db/seed/packages.ts';
import { key, known, type Calendar, type Update } from '#lib/domain/standing.ts';
import type { EntityRole } from '#lib/domain/words.ts';
import { shipped, together, type Line } from '../support/seed-tables.ts';

const demonstration = (name: string) => shipped(packages.demonstration, name);
const group = (rows: Line[], column: string) => Map.groupBy(rows, (row) => row[column]!);

const meetings = together('meetings').filter(({ due_on }) => due_on);
const rounds = meetings
	.map(({ id, opens_on, due_on }) => ({ id: id!, opens_on: opens_on!, due_on: due_on!, frozen_at: null }))
	.sort((a, b) => a.due_on.localeCompare(b.due_on));
const joined = new Map(together('memberships').map(({ entity, from_on }) => [entity!, from_on!]));
const submissions = new Map(
	together('submissions').map(({ meeting, entity, state }) => [key(meeting!, entity!), state!])
);
const calendar: Calendar = {
	rounds,
	days: new Map(rounds.map(({ id, due_on }) => [id, due_on])),
	listed: new Set(),
	mayBeAsked: (entity, day) => (joined.get(entity) ?? '') <= day,
	submissions
};

const named = group(together('initiative_entities'), 'initiative');
const said = group(together('status_updates'), 'initiative');
const standings = together('initiatives').map(({ id, starts_on }) => ({
	initiative: id!,
	standings: known(
		{
			id: id!,
			starts_on: starts_on || null,
			entities: named.get(id!)!.map(({ entity, role }) => ({ id: entity!, role: role as EntityRole })),
			updates: (said.get(id!) ?? []).map(
				(row) =>
					({
						...row,
						meeting_id: row.meeting,
						entity_id: row.entity,
						reviews: []
					}) as unknown as Update
			),
			expected: []
		},
		calendar
	)
}));

describe('the demonstration', () => {
	test('labels every text a reader can meet', () => {
		const texts = [
			['initiatives', ['title', 'summary']],
			['milestones', ['title']],
			['status_updates', ['progress_note', 'next_steps', 'support_needed']],
			['submissions', ['reason']],
			['reviews', ['note']],
			['indicators', ['title']]
		] as const;
		for (const [name, columns] of texts)
			for (const row of demonstration(name))
				for (const column of columns)
					if (row[column]) expect(row[column], `${name}.${column}`).toMatch(/^Demonstration: /);
		for (const { id, progress_note } of demonstration('status_updates'))
			expect([id!.slice(0, 5), progress_note!.slice(0, 14)]).toEqual(['demo-', 'Demonstration:']);
		for (const { channel } of demonstration('submissions')) expect(channel).toBe('demonstration');
	});

	test('never speaks of a real initiative', () => {
		const own = new Set(demonstration('initiatives').map(({ id }) => id));
		for (const name of ['status_updates', 'milestones', 'contributions', 'initiative_entities'] as const)
			for (const { initiative } of demonstration(name)) expect(own).toContain(initiative);
		const real = new Set(shipped(packages.reference, 'initiatives').map(({ id }) => id));
		for (const id of own) expect(real).not.toContain(id);
	});

	test('hides nothing the public record says: only complete answers replace its submissions', () => {
		const replaced = new Set(
			shipped(packages.reference, 'submissions').map(({ meeting, entity }) => key(meeting!, entity!))
		);
		for (const { meeting, entity, state } of demonstration('submissions'))
			if (replaced.has(key(meeting!, entity!))) expect(['submitted', 'accepted']).toContain(state);
	});

	test('lets only those report who are asked, in both packages', () => {
		const asked = new Set(
			standings.flatMap(({ initiative, standings }) =>
				standings.map(({ meeting_id, entity_id }) => `${initiative} ${key(meeting_id, entity_id)}`)
			)
		);
		for (const { id, initiative, meeting, entity } of together('status_updates'))
			expect(asked.has(`${initiative} ${key(meeting!, entity!)}`), id).toBe(true);
	});

	test('confirms as unchanged only what was said before', () => {
		const rank = new Map(rounds.map(({ id }, place) => [id, place]));
		for (const updates of group(demonstration('status_updates'), 'initiative').values())
			for (const own of group(updates, 'entity').values()) {
				const spoken = own
					.filter(
						({ meeting, entity }) => !/draft|returned/.test(submissions.get(key(meeting!, entity!)) ?? '')
					)
					.sort(
						(a, b) =>
							rank.get(a.meeting!)! - rank.get(b.meeting!)! || a.recorded_at!.localeCompare(b.recorded_at!)
					);
				spoken.forEach(({ id, change, stage, timing }, place) => {
					if (change === 'no_change') expect(spoken[place - 1], id).toMatchObject({ stage, timing });
				});
			}
	});
});

describe('the story of the six rounds', () => {
	const fresh = rounds.map(({ id }) => {
		const of = standings.flatMap(({ standings }) => standings.filter(({ meeting_id }) => meeting_id === id));
		const said = of.filter(({ freshness }) => freshness === 'reported' || freshness === 'confirmed');
		return { expected: of.length, coverage: said.length / of.length };
	});

	test('gives every round a body of expectations', () => {
		for (const { expected } of fresh) {
			expect(expected).toBeGreaterThanOrEqual(250);
			expect(expected).toBeLessThanOrEqual(450);
		}
	});

	test('coverage rises over three meetings, dips below two thirds once and recovers', () => {
		const [rcp31, rhca23, rcp32, , rcp33, rhca25] = fresh.map(({ coverage }) => coverage) as number[];
		expect(rcp31! < rhca23! && rhca23! < rcp32!).toBe(true);
		expect(rcp33).toBeLessThan(2 / 3);
		expect(rhca25).toBeGreaterThan(2 / 3);
	});

	test('some Members are always silent, some late, one excused, one sent back, one still writing', () => {
		const answered = new Set(demonstration('status_updates').map(({ entity }) => entity));
		const silent = [...joined.keys()].filter((entity) => !answered.has(entity));
		expect(silent).toHaveLength(3);
		const due = new Map(rounds.map(({ id, due_on }) => [id, due_on]));
		const late = demonstration('submissions').filter(
			({ meeting, submitted_at }) => submitted_at!.slice(0, 10) > due.get(meeting!)!
		);
		expect(late.length).toBeGreaterThan(10);
		const states = new Set(demonstration('submissions').map(({ state }) => state));
		expect([...states].sort()).toEqual(['accepted', 'draft', 'excused', 'returned', 'submitted']);
		for (const { state, reason } of demonstration('submissions'))
			if (state === 'excused') expect(reason).not.toBe('');
	});

	test('a made-up answer that shares a round with a public record never silences it', () => {
		const recorded = new Set(
			shipped(packages.reference, 'submissions').map(({ meeting, entity }) => key(meeting!, entity!))
		);
		const both = demonstration('submissions').filter(({ meeting, entity }) =>
			recorded.has(key(meeting!, entity!))
		);
		expect(both.length).toBeGreaterThan(0);
		for (const { state } of both) expect(['submitted', 'accepted']).toContain(state);
	});

	test('work steps back, is at risk for a reason, needs support, ends and is corrected', () => {
		const updates = demonstration('status_updates');
		const having = (column: string, pattern: RegExp) =>
			updates.filter((row) => pattern.test(row[column]!)).length;
		expect(having('progress_note', /back one step/)).toBeGreaterThan(10);
		expect(having('support_needed', /./)).toBeGreaterThan(50);
		expect(having('change', /ended/)).toBeGreaterThan(50);
		expect(having('supersedes', /./)).toBeGreaterThan(5);
		for (const { timing, reason_code } of updates)
			expect(reason_code !== '').toBe(timing === 'at_risk' || timing === 'off_track');
	});

	test('a correction is newer than the report it puts right, and of the same round', () => {
		const updates = new Map(demonstration('status_updates').map((row) => [row.id!, row]));
		for (const { supersedes, recorded_at, meeting, entity, initiative } of updates.values()) {
			const before = updates.get(supersedes!);
			if (!before) continue;
			expect(before).toMatchObject({ meeting, entity, initiative });
			expect(recorded_at! > before.recorded_at!).toBe(true);
		}
	});

	test('milestones are done after the start and in order', () => {
		const starts = new Map(demonstration('initiatives').map(({ id, starts_on }) => [id, starts_on!]));
		for (const [initiative, steps] of group(demonstration('milestones'), 'initiative')) {
			const done = steps.map(({ done_on }) => done_on!);
			expect(done.filter(Boolean).every((day) => day >= starts.get(initiative)!)).toBe(true);
			expect(done.findLastIndex(Boolean)).toBe(done.filter(Boolean).length - 1);
		}
	});

	test('every Member has something to report', () => {
		const leads = new Set(demonstration('initiative_entities').map(({ entity }) => entity));
		for (const entity of joined.keys()) expect(leads).toContain(entity);
	});
});
