import type { Reader } from '#db/open.server.ts';
import type { Slide, SlideList } from '#lib/charts/deck.ts';
import type { Cell } from '#lib/charts/outputs/table.ts';
import * as say from '#lib/charts/sentence.ts';
import { address } from '#lib/domain/address.ts';
import { day, span } from '#lib/domain/dates.ts';
import { cut } from '#lib/domain/text.ts';
import * as attentions from '../attention.ts';
import * as entities from '../entities.ts';
import * as initiatives from '../initiatives.ts';
import * as meetings from '../meetings.ts';
import * as needed from '../needs.ts';
import * as plans from '../plans.ts';
import type { Place } from './place.ts';

/** As many as can be read at a glance; the list behind has the rest. */
const named = 12;

const column = (key: string, label: string, numeric = false) => ({ key, label, numeric });

/** Members that said nothing, work that stands still, elements nobody serves: how many, and which. */
export async function attention(db: Reader, place: Place): Promise<Slide> {
	const { at, params, plan, name } = place;
	const counted = await attentions.read(db, at);
	const silent = await entities.silent(db, at);
	const stalled = await initiatives.top(
		db,
		{ ...(params as { plan: string; meeting: string }), stalled: '1' },
		{ limit: named }
	);
	const unserved = await plans.unserved(db, plan.id);
	const row = (what: string, { count, href }: attentions.Attention, which: string[]): Cell[] => [
		{ value: what },
		{ value: count, href },
		{ value: few(which, count) }
	];
	const { silent: s, stalled: t, unserved: u } = counted;
	return {
		id: 'attention',
		kind: 'attention',
		title: 'What needs attention',
		sentence: `For ${name}, ${say.together([quiet(s.count), still(t.count), idle(u.count, plan.short_title)])}.`,
		notes: [
			'Said nothing: asked for at least one initiative, and neither reported nor confirmed any.',
			'Stood still: the same stage below implemented at three rounds in a row.',
			'Nobody serves: no initiative has the element, or anything below it, among its aims.'
		].join('\n'),
		list: {
			columns: [column('what', 'What'), column('count', 'How many', true), column('which', 'Which')],
			rows: [
				row(
					'Members that said nothing',
					s,
					silent.map(({ name }) => name)
				),
				row(
					'Initiatives that stood still for two meetings',
					t,
					stalled.rows.map(
						({ title, standings: [one] }) => `${cut(title, 60)}${one ? ` (${one.entity})` : ''}`
					)
				),
				row(
					'Plan elements nobody serves',
					u,
					unserved.map(({ code, title }) => `${code} ${cut(title, 60)}`)
				)
			],
			more: null
		},
		href: address('/', params)
	};
}

/** The support asked for, in the words of those who ask; on two slides at most. */
export async function needs(db: Reader, place: Place): Promise<Slide[]> {
	const { at, name, meeting, params } = place;
	const found = await needed.list(db, { ...at, scope_id: at.plan_id });
	const rows = found.map((need): Cell[] => [
		{ value: need.name, href: `/members/${encodeURIComponent(need.entity_id)}` },
		{ value: cut(need.title, 120), href: `/initiatives/${encodeURIComponent(need.initiative_id)}` },
		{ value: cut(need.text, 240) }
	]);
	const who = new Set(found.map(({ entity_id }) => entity_id)).size;
	const { meeting: _, ...rest } = params;
	const href = `${address(`/meetings/${encodeURIComponent(meeting.id)}/report`, rest)}#needs`;
	const perSlide = 8;
	const shown = [rows.slice(0, perSlide), rows.slice(perSlide, 2 * perSlide)].filter(
		(piece, i) => i === 0 || piece.length > 0
	);
	const left = rows.length - 2 * perSlide;
	return shown.map((piece, i) => ({
		id: i === 0 ? 'needs' : `needs-${i + 1}`,
		kind: 'needs' as const,
		title: `Support needed${shown.length > 1 ? `, ${i + 1} of ${shown.length}` : ''}`,
		sentence:
			found.length === 0
				? `Nobody asked for support for ${name}.`
				: `${say.capital(say.some(found.length, { one: 'request', many: 'requests' }))} for support ${found.length === 1 ? 'was' : 'were'} raised for ${name}, by ${say.some(who, { one: 'Member or body', many: 'Members and bodies' })}.`,
		notes:
			'In the words of those who report, cut short where they are long; only what was raised for this meeting. In alphabetical order.',
		list: {
			columns: [
				column('entity', 'Member or body'),
				column('initiative', 'Initiative'),
				column('text', 'What would help')
			],
			rows: piece,
			more:
				i === shown.length - 1 && left > 0
					? { words: `${say.number(left)} more are in the regional report`, href }
					: null
		} satisfies SlideList,
		href
	}));
}

/** Which meetings follow, and by when to report for them. */
export async function dates(db: Reader, { meeting, plan, name, params }: Place): Promise<Slide> {
	const later = (await meetings.list(db))
		.filter(({ starts_on }) => starts_on > meeting.starts_on)
		.reverse()
		.slice(0, 5);
	const href = (id: string) => `/meetings/${encodeURIComponent(id)}`;
	const rows: { on: string; cells: Cell[] }[] = later.flatMap((next) => [
		...(next.opens_on
			? [
					row(
						next.opens_on,
						`The round for ${say.meetingName(next)} opens`,
						day(next.opens_on),
						href(next.id)
					)
				]
			: []),
		...(next.due_on
			? [row(next.due_on, `Reports for ${say.meetingName(next)} are due`, day(next.due_on), href(next.id))]
			: []),
		row(
			next.starts_on,
			[next.title, next.place].filter(Boolean).join(', '),
			span(next.starts_on, next.ends_on, next.date_precision),
			href(next.id)
		)
	]);
	if (plan.ends_on && plan.ends_on > meeting.starts_on)
		rows.push(
			row(
				plan.ends_on,
				`${plan.short_title} ends`,
				day(plan.ends_on),
				`/plans/${encodeURIComponent(plan.id)}`
			)
		);
	rows.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
	const next = later.find(({ due_on }) => due_on !== null);
	return {
		id: 'dates',
		kind: 'dates',
		title: 'Next dates',
		sentence: next
			? `The next meeting with reports is ${say.meetingName(next)}, ${span(next.starts_on, next.ends_on, next.date_precision)}; reports are due by ${day(next.due_on)}.`
			: `No round of reporting after ${name} is in the calendar yet.`,
		notes:
			'From the calendar of meetings. Where no source gives the dates of a round, they are assumed and said to be.',
		list: {
			columns: [column('when', 'When'), column('what', 'What')],
			rows: rows.slice(0, 10).map(({ cells }) => cells),
			more: null
		},
		href: address('/meetings', params)
	};
}

function row(on: string, what: string, when: string, href: string) {
	return { on, cells: [{ value: when }, { value: what, href }] };
}

const quiet = (n: number) =>
	n === 0 ? 'every Member that was asked said something' : `${say.some(n, say.members)} said nothing`;
const still = (n: number) => `${say.some(n)} stood still for two meetings`;
const idle = (n: number, plan: string) =>
	n === 0
		? `every element of ${plan} is served`
		: `nobody serves ${say.some(n, { one: 'element', many: 'elements' })} of ${plan}`;

/** "Fiji, Japan and 3 more". */
function few(names: readonly string[], of: number) {
	const shown = names.slice(0, named);
	if (of > shown.length) return `${shown.join('; ')} and ${say.number(of - shown.length)} more`;
	return shown.join('; ');
}
