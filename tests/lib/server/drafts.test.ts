import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blank, both, fieldsOf, merge, type Fields } from '#lib/domain/draft.ts';
import * as audit from '#lib/server/audit.ts';
import * as drafts from '#lib/server/drafts.ts';
import { unsettled } from '#lib/server/drafts/unsettled.ts';
import { person } from '../../support/people.ts';
import { story } from '../../support/story.ts';

const place = {
	meeting_id: 'rcp-33',
	initiative_id: 'single-window',
	entity_id: 'FJI',
	side: 'member'
} as const;

const told = (fields: Fields) => Object.values(fields).join('\n');

async function office() {
	const db = await story();
	const ana = await person(db, 'contributor', { entity_id: 'FJI', name: 'Ana' });
	const ben = await person(db, 'national_coordinator', { entity_id: 'FJI', name: 'Ben' });
	const save = (who: typeof ana, version: number, fields: Partial<Fields>) =>
		drafts.save(db, audit.actorOf(who), place, { version, fields: { ...blank, ...fields } });
	return { db, ana, ben, save };
}

test('a stale save takes along what only one side touched, and shows both where two wrote', async () => {
	const { db, ana, ben, save } = await office();
	const first = await save(ana, 0, { progress_note: 'Begun.', stage: 'pilot' });
	await save(ben, first.version, { progress_note: 'Begun.', stage: 'pilot', next_steps: 'Train.' });
	const merged = await save(ana, first.version, { progress_note: 'Begun in May.', stage: 'pilot' });
	expect(merged.conflicts).toEqual([]);
	expect(merged.fields).toMatchObject({ progress_note: 'Begun in May.', next_steps: 'Train.' });

	const stale = await save(ben, first.version, { progress_note: 'Begun in June.', stage: 'pilot' });
	expect(stale.conflicts).toMatchObject([
		{
			field: 'progress_note',
			theirs: 'Begun in May.',
			mine: 'Begun in June.',
			offer: 'Begun in May.\nBegun in June.'
		}
	]);
	expect(stale.fields.progress_note).toBe('Begun in May.');
	const draft = await drafts.find(db, place);
	const kept = await drafts.history(db, draft!.id);
	expect(kept.filter(({ kind }) => kind === 'aside')).toMatchObject([
		{ fields: { progress_note: 'Begun in June.' }, saved_by_name: 'Ben' }
	]);
	expect(await audit.verify(db)).toEqual([]);
});

test('words that were taken and changed since do not come back with a copy of an earlier visit', async () => {
	const { db, ana, ben, save } = await office();
	const copy = { version: 0, fields: { ...blank, progress_note: 'Begun.', next_steps: 'Train.' } };
	const first = await save(ana, 0, { progress_note: 'Begun.' });
	await save(ben, first.version, { progress_note: 'Begun in May.' });
	const saved = await drafts.save(db, audit.actorOf(ana), place, { ...copy, again: true });
	expect(saved.conflicts).toEqual([]);
	expect(saved.fields).toMatchObject({ progress_note: 'Begun in May.', next_steps: 'Train.' });
	const pressed = await drafts.save(db, audit.actorOf(ana), place, copy);
	expect(pressed.conflicts, 'pressed once more on purpose').toMatchObject([{ mine: 'Begun.' }]);
});

test('what was set aside is shown to its writer again until somebody has changed that field', async () => {
	const { db, ana, ben, save } = await office();
	const first = await save(ana, 0, { progress_note: 'Begun.', next_steps: 'Train.' });
	await save(ben, first.version, { progress_note: 'Begun in May.', next_steps: 'Train the trainers.' });
	await save(ana, first.version, { progress_note: 'Begun in June.', next_steps: 'Train.' });
	const left = async (who: typeof ana) => unsettled(db, await drafts.find(db, place), who.id);
	expect((await left(ana)).conflicts).toEqual([
		{
			field: 'progress_note',
			theirs: 'Begun in May.',
			mine: 'Begun in June.',
			offer: 'Begun in May.'
		}
	]);
	expect((await left(ben)).conflicts).toEqual([]);
	const { version, fields } = (await drafts.find(db, place))!;
	await save(ana, version, { ...fields, progress_note: 'Begun in May or June.' });
	expect(await left(ana)).toEqual({ at: null, conflicts: [] });
});

test('neither side reads what the other writes', async () => {
	const { db, ana, save } = await office();
	const aide = await person(db, 'vice_chair_office');
	await save(ana, 0, { progress_note: 'Ours.' });
	expect(drafts.sideOf(aide, 'FJI')).toBe('office');
	expect(await drafts.find(db, { ...place, side: 'office' })).toBeUndefined();
	await drafts.save(db, audit.actorOf(aide), { ...place, side: 'office' }, { version: 0, fields: blank });
	expect((await drafts.find(db, place))!.fields.progress_note).toBe('Ours.');
});

test('a saved state can not be changed or deleted', async () => {
	const { db, ana, save } = await office();
	await save(ana, 0, { progress_note: 'Words.' });
	await expect(db.updateTable('draft_revision').set({ fields: '{}' }).execute()).rejects.toThrow('is kept');
	await expect(db.deleteFrom('draft_revision').execute()).rejects.toThrow('is kept');
});

test('saving a draft leaves what is published as it was', async () => {
	const { db, ana, save } = await office();
	const before = await db.selectFrom('revision').selectAll().execute();
	await save(ana, 0, { progress_note: 'Words.' });
	expect(await db.selectFrom('revision').selectAll().execute()).toEqual(before);
});

test('lists are joined: what either adds is there, what either takes away is gone', () => {
	const f = (milestones: string[]) => fieldsOf({ milestones });
	const { fields, conflicts } = merge(f(['a', 'b']), f(['a', 'b', 'c']), f(['b', 'd']));
	expect(fields.milestones).toBe('b\nc\nd');
	expect(conflicts).toEqual([]);
});

test('an offer holds every line of both texts', () => {
	const text = fc
		.array(fc.constantFrom('a', 'b', 'c', 'd', ''), { maxLength: 6 })
		.map((all) => all.join('\n').trim());
	fc.assert(
		fc.property(text, text, (theirs, mine) => {
			const offer = both(theirs, mine).split('\n');
			for (const one of [theirs, mine]) {
				const left = [...offer];
				for (const line of one.split('\n').filter(Boolean)) {
					expect(left).toContain(line);
					left.splice(0, left.indexOf(line) + 1);
				}
			}
		})
	);
});

test('a thousand interleavings of two to eight editors lose no word', async () => {
	const { db } = await office();
	const prose = ['progress_note', 'next_steps', 'support_needed'] as const;
	const steps = fc.array(
		fc.record({
			who: fc.nat(7),
			field: fc.constantFrom(...prose),
			act: fc.constantFrom('open', 'type', 'type', 'save', 'save', 'resend')
		}),
		{ minLength: 4, maxLength: 30 }
	);
	let run = 0;
	await fc.assert(
		fc.asyncProperty(fc.integer({ min: 2, max: 8 }), steps, async (editors, acts) => {
			const at = { ...place, initiative_id: `run-${++run}` };
			const forms = Array.from({ length: editors }, () => ({ version: 0, fields: blank }));
			const acknowledged = new Set<string>();
			const typed = forms.map(() => new Set<string>());
			let n = 0;
			for (const { who, field, act } of acts) {
				const i = who % editors;
				const form = forms[i]!;
				const actor = { user_id: null, name: `Editor ${i}` };
				if (act === 'type') {
					const word = `word${++n}`;
					typed[i]!.add(word);
					forms[i] = { ...form, fields: { ...form.fields, [field]: `${form.fields[field]} ${word}`.trim() } };
				} else if (act === 'open' && typed[i]!.size === 0) {
					const draft = await drafts.find(db, at);
					if (draft) forms[i] = { version: draft.version, fields: draft.fields };
				} else if (act === 'save' || act === 'resend') {
					const saved = await drafts.save(db, actor, at, form);
					for (const word of typed[i]!) acknowledged.add(word);
					// The answer to the first of two posts may be lost on the way: the same is sent again.
					if (act === 'resend') continue;
					const settled = { ...saved.fields };
					for (const { field, offer } of saved.conflicts) settled[field] = offer;
					forms[i] = { version: saved.version, fields: settled };
					if (saved.conflicts.length === 0) typed[i]!.clear();
				}
			}
			const draft = await drafts.find(db, at);
			const kept = draft ? await drafts.history(db, draft.id) : [];
			const everything = [draft?.fields ?? blank, ...kept.map(({ fields }) => fields)].map(told).join('\n');
			for (const word of acknowledged) expect(everything).toMatch(new RegExp(`\\b${word}\\b`));

			// And once everybody has settled what they were asked to settle, every word stands in the draft itself.
			for (let i = 0; i < editors; i++) {
				for (let turn = 0; ; turn++) {
					expect(turn).toBeLessThan(5);
					const saved = await drafts.save(db, { user_id: null, name: `Editor ${i}` }, at, forms[i]!);
					const settled = { ...saved.fields };
					for (const { field, offer } of saved.conflicts) settled[field] = offer;
					forms[i] = { version: saved.version, fields: settled };
					if (saved.conflicts.length === 0) break;
				}
			}
			const last = told((await drafts.find(db, at))!.fields);
			for (let word = 1; word <= n; word++) expect(last).toMatch(new RegExp(`\\bword${word}\\b`));
		}),
		{ numRuns: 1000 }
	);
});
