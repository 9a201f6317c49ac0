import type { Reader } from '#db/open.server.ts';
import type { OnePage } from '#lib/charts/one-page.ts';
import type { Cell } from '#lib/charts/outputs/table.ts';
import { whole } from '#lib/charts/pieces.ts';
import { capital, meetingName, number } from '#lib/charts/sentence.ts';
import { address, elementAddress } from '#lib/domain/address.ts';
import { day, span } from '#lib/domain/dates.ts';
import { isFresh, label as freshnessLabel } from '#lib/domain/freshness.ts';
import { classify, sign, type Moved } from '#lib/domain/movement.ts';
import { label as stageLabel } from '#lib/domain/stage.ts';
import { cut } from '#lib/domain/text.ts';
import { label as timingLabel, reasonLabel } from '#lib/domain/timing.ts';
import * as charts from './charts.ts';
import { placed, type At, type Place } from './deck/place.ts';
import * as entities from './entities.ts';
import { asOf } from './export/chart-book.ts';
import { fit, left } from './one-page/room.ts';
import * as spoken from './spoken.ts';

type Of = { id: string; name: string };
type Element = { id: string; plan_id: string; code: string; title: string };

/** One Member or body at a meeting: what stands where, what was said, what is asked for. Reads as `reading` says. */
export async function ofMember(db: Reader, at: At, entity: Of): Promise<OnePage> {
	const place = await placed(db, at);
	const { params, name, plan, previous } = place;
	const asked = { ...params, entity: entity.id };
	const said = await spoken.list(db, {
		...scope(place, plan.id),
		...(previous && { from_id: previous.id }),
		entity_id: entity.id
	});
	const spec = whole(await charts.spec(db, 'member', asked));
	const list = (more: Record<string, string>) => address('/initiatives', { ...asked, ...more });
	const page = {
		title: `${entity.name}: ${plan.short_title} at ${name}`,
		about: about(place),
		sentence: `${spec.title}.`
	};
	const codes = await partOf(db, place, said);
	const support = said.filter((row) => row.support);
	const room = left(page);
	const first = fit(
		{
			title: `Initiatives at ${name}`,
			columns: [
				{ key: 'what', label: 'Initiative', width: 56 },
				{ key: 'part', label: 'Part', width: 12 },
				{ key: 'stage', label: previous ? `Stage, since ${meetingName(previous)}` : 'Stage', width: 36 },
				{ key: 'timing', label: 'Timing', width: 20 },
				{ key: 'freshness', label: 'Report', width: 24 },
				{ key: 'note', label: 'What was said', width: 42 }
			],
			rows: said.map((row): Cell[] => [
				{ value: row.title, href: `/initiatives/${encodeURIComponent(row.initiative_id)}` },
				{ value: codes.get(row.initiative_id) ?? '' },
				{ value: stood(row) },
				{ value: row.timing && isFresh(row.freshness) ? timingLabel[row.timing] : '–' },
				{ value: row.freshness === 'confirmed' ? 'Confirmed' : freshnessLabel[row.freshness] },
				{ value: row.note ?? '–' }
			]),
			href: list({}),
			none: `Nothing was expected of ${entity.name} under ${plan.short_title} for ${name}.`
		},
		room - needed(support)
	);
	const second = needs(support, room - first.height, false, list({}));
	return {
		...page,
		figures: figures(said, list),
		spec,
		lists: [first.list, second],
		paragraphs: [],
		foot: asOf(spec)
	};
}

/** One part of a plan at a meeting: who reported and who did not, what is late, what is asked for. */
export async function ofElement(db: Reader, at: At, element: Element): Promise<OnePage> {
	const place = await placed(db, at);
	const { params, name, plan, previous } = place;
	const asked = { ...params, element: element.id };
	const said = await spoken.list(db, {
		...scope(place, element.id),
		...(previous && { from_id: previous.id })
	});
	const spec = whole(await charts.spec(db, 'stages', asked));
	const list = (more: Record<string, string>) => address('/initiatives', { ...asked, ...more });
	const page = {
		title: `${element.code} ${element.title}: ${plan.short_title} at ${name}`,
		about: about(place),
		sentence: `${spec.title}.`
	};
	const paragraphs = answered(said, await entities.withNothing(db, place.meeting.id));
	const room = left(page, paragraphs);
	const support = said.filter((row) => row.support);
	const late = said.filter(({ timing, freshness }) => timing === 'off_track' && isFresh(freshness));
	const first = fit(
		{
			title: 'Off track',
			columns: [
				{ key: 'what', label: 'Initiative', width: 58 },
				{ key: 'who', label: 'Reported by', width: 34 },
				{ key: 'stage', label: previous ? `Stage, since ${meetingName(previous)}` : 'Stage', width: 36 },
				{ key: 'note', label: 'Why', width: 62 }
			],
			rows: late.map((row): Cell[] => [
				{ value: row.title, href: `/initiatives/${encodeURIComponent(row.initiative_id)}` },
				{ value: row.name, href: `/members/${encodeURIComponent(row.entity_id)}` },
				{ value: stood(row) },
				{ value: [row.reason && reasonLabel[row.reason], row.note].filter(Boolean).join(': ') || '–' }
			]),
			href: list({ timing: 'off_track' }),
			none: `Nothing was reported off track for ${name}.`
		},
		room - needed(support)
	);
	const second = needs(support, room - first.height, true, elementAddress(element, params));
	return {
		...page,
		figures: figures(said, list),
		spec,
		lists: [first.list, second],
		paragraphs,
		foot: asOf(spec)
	};
}

const scope = ({ at, basis }: Place, scope_id: string) => ({ scope_id, meeting_id: at.meeting_id, basis });

function about({ meeting, plan }: Place) {
	const when = span(meeting.starts_on, meeting.ends_on, meeting.date_precision);
	const due = meeting.due_on ? ` Reports were due by ${day(meeting.due_on)}.` : '';
	return `${plan.title}. ${meeting.title}, ${[when, meeting.place].filter(Boolean).join(', ')}.${due}`;
}

/** "Pilot → Partly implemented"; where it stood before is said only where it was heard then. */
function stood({ stage, freshness, before }: spoken.Spoken) {
	if (!stage) return '–';
	const now = stageLabel[stage];
	if (!isFresh(freshness) || !before?.stage || !isFresh(before.freshness) || before.stage === stage)
		return now;
	return `${stageLabel[before.stage]} → ${now}`;
}

/** The counts that the method always shows together, and what moved. */
function figures(said: readonly spoken.Spoken[], list: (more: Record<string, string>) => string) {
	const fresh = said.filter(({ freshness }) => isFresh(freshness));
	const moved = (how: Moved) =>
		said.filter(({ before, ...now }) => classify({ before, now }).includes(how)).length;
	const late = fresh.filter(({ timing }) => timing === 'off_track').length;
	const done = fresh.filter(({ stage }) => stage === 'implemented').length;
	const open = said.length - fresh.length;
	return [
		{ label: 'expected', value: number(said.length), href: list({}) },
		{ label: 'reported or confirmed', value: number(fresh.length), href: list({ freshness: 'fresh' }) },
		{
			label: open > 0 ? `implemented, at most ${number(done + open)} with the silent` : 'implemented',
			value: number(done),
			href: list({ stage: 'implemented' })
		},
		{ label: 'moved up', value: `${sign.up} ${number(moved('up'))}`, href: list({ moved: 'up' }) },
		{ label: 'moved down', value: `${sign.down} ${number(moved('down'))}`, href: list({ moved: 'down' }) },
		{ label: 'off track', value: number(late), href: list({ timing: 'off_track' }) }
	];
}

/** Who answered, and who did not: names, in alphabetical order. */
function answered(said: readonly spoken.Spoken[], withNothing: ReadonlySet<string>) {
	const all = [...Map.groupBy(said, ({ name }) => name)];
	const heard = all.filter(([, rows]) => rows.some(({ freshness }) => isFresh(freshness)));
	const rest = all.filter((one) => !heard.includes(one));
	const nothing = rest.filter(([, [row]]) => withNothing.has(row!.entity_id));
	const silent = rest.filter((one) => !nothing.includes(one));
	const names = (some: typeof all) => cut(some.map(([name]) => name).join(', '), 700) || 'nobody';
	return [
		{ title: `Reported (${number(heard.length)}):`, text: `${names(heard)}.` },
		...(nothing.length > 0
			? [{ title: `Nothing to report (${number(nothing.length)}):`, text: `${names(nothing)}.` }]
			: []),
		{ title: `Said nothing (${number(silent.length)}):`, text: `${names(silent)}.` }
	].map(({ title, text }) => ({ title, text: capital(text) }));
}

/** What is kept free for the support asked for: its heading, and two or three rows of it. */
const needed = (said: readonly unknown[]) => (said.length === 0 ? 13 : 18.5 + Math.min(said.length, 3) * 5.8);

function needs(said: readonly spoken.Spoken[], room: number, named: boolean, href: string) {
	const columns = [
		...(named ? [{ key: 'who', label: 'Member or body', width: 38 }] : []),
		{ key: 'what', label: 'Initiative', width: 60 },
		{ key: 'text', label: 'What would help', width: named ? 92 : 130 }
	];
	const rows = said.map((row): Cell[] => [
		...(named ? [{ value: row.name }] : []),
		{ value: row.title },
		{ value: row.support }
	]);
	return fit({ title: 'Support needed', columns, rows, href, none: 'No support was asked for.' }, room).list;
}

/** The code of the part of the plan each initiative mainly serves. */
async function partOf(db: Reader, { areas }: Place, said: readonly spoken.Spoken[]) {
	const ids = [...new Set(said.map(({ initiative_id }) => initiative_id))];
	if (ids.length === 0 || areas.length === 0) return new Map<string, string>();
	const rows = await db
		.selectFrom('initiative_scope')
		.selectAll()
		.where('initiative_id', 'in', ids)
		.where(
			'scope_id',
			'in',
			areas.map(({ id }) => id)
		)
		.execute();
	const codeOf = new Map(areas.map(({ id, code }) => [id, code]));
	return new Map(
		[...Map.groupBy(rows, ({ initiative_id }) => initiative_id)].map(([id, scopes]) => [
			id,
			scopes
				.map(({ scope_id }) => codeOf.get(scope_id)!)
				.sort()
				.join(', ')
		])
	);
}
