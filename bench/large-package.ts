import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { named } from '#lib/domain/package/tables.ts';
import { ladder } from '#lib/domain/stage.ts';
import { reasons, timings } from '#lib/domain/timing.ts';

export interface Scale {
	entities: number;
	initiatives: number;
	meetings: number;
	updates: number;
}

type Row = Record<string, string | number | null>;

/** Writes a made-up package of any size, always the same for the same numbers, never more than a little of it in memory. */
export async function writeLargePackage(scale: Scale, folder: string) {
	await mkdir(folder, { recursive: true });
	const files: Record<string, Iterable<Row>> = {
		entities: entities(scale),
		memberships: memberships(scale),
		plans: plans(),
		plan_elements: elements(),
		alignments: alignments(),
		meetings: meetings(scale),
		initiatives: initiatives(scale),
		initiative_entities: leads(scale),
		contributions: contributions(scale),
		milestones: milestones(scale),
		submissions: submissions(scale),
		status_updates: updates(scale)
	};
	for (const [name, rows] of Object.entries(files)) {
		await pipeline(Readable.from(csv(name, rows)), createWriteStream(join(folder, `${name}.csv`)));
	}
}

function* csv(name: string, rows: Iterable<Row>) {
	const columns = named(name)!.columns.map((column) => column.name);
	let piece = columns.join(',') + '\n';
	for (const row of rows) {
		piece += columns.map((column) => row[column] ?? '').join(',') + '\n';
		if (piece.length < 65_536) continue;
		yield piece;
		piece = '';
	}
	yield piece;
}

const padded = (n: number, width: number) => String(n).padStart(width, '0');
const entity = (n: number) => `M${padded(n, 3)}`;
const initiative = (n: number) => `i${padded(n, 6)}`;
const meeting = (n: number) => `${n % 2 ? 'rhca' : 'rcp'}-${padded(n, 3)}`;
const subregions = ['North', 'East', 'South', 'West'];
const areas = ['FA1', 'FA2', 'FA3'];
const actions = areas.flatMap((area) => [1, 2, 3, 4].map((n) => `${area}.${n}`));

/** A number that looks drawn by lot and is always the same (the 32-bit finalizer of MurmurHash3). */
function lot(a: number, b: number, below: number) {
	let hash = Math.imul(a + 1, 0x9e3779b1) ^ Math.imul(b + 1, 0x85ebca77);
	hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
	hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
	return ((hash ^ (hash >>> 16)) >>> 0) % below;
}

/** Two meetings a year, the last of them in 2024. */
function dayOf(n: number, count: number, shift = 0) {
	return new Date(Date.UTC(2024, 10 - (count - 1 - n) * 6, 10 + shift)).toISOString().slice(0, 10);
}

function* times<T>(count: number, make: (n: number) => T) {
	for (let n = 0; n < count; n++) yield make(n);
}

const entities = (scale: Scale) =>
	times(scale.entities, (n) => ({
		id: entity(n),
		kind: 'member',
		name: `Member ${n}`,
		name_variants: `Administration ${n} | Mémber ${n}`,
		subregion: subregions[n % subregions.length]!
	}));

const memberships = (scale: Scale) =>
	times(scale.entities, (n) => ({ entity: entity(n), from_on: '1980-01-01' }));

function* plans() {
	for (const [id, level, title] of [
		['rsp-2022-2024', 'regional', 'Regional Strategic Plan'],
		['ip-2022-2023', 'implementation', 'Implementation Plan'],
		['sp-2022-2025', 'global', 'Strategic Plan']
	] as const) {
		yield { id, short_title: title, title: `${title} at scale`, level, role: 'tracked' };
	}
}

function* elements() {
	const of = (plan: string, code: string, kind: string, parent?: string) => ({
		id: `${plan}:${code}`,
		plan,
		code,
		kind,
		parent: parent ? `${plan}:${parent}` : null,
		title: `${code} of ${plan}`
	});
	for (const plan of ['rsp-2022-2024', 'ip-2022-2023', 'sp-2022-2025']) {
		for (const area of areas) yield of(plan, area, 'focus_area');
		for (const action of actions) yield of(plan, action, 'action', action.split('.')[0]);
	}
}

function* alignments() {
	for (const action of actions) {
		yield {
			id: `rsp-ip-${action}`,
			from: `rsp-2022-2024:${action}`,
			to: `ip-2022-2023:${action}`,
			relation: 'supports'
		};
		yield {
			id: `ip-sp-${action}`,
			from: `ip-2022-2023:${action}`,
			to: `sp-2022-2025:${action}`,
			relation: 'supports'
		};
	}
}

const meetings = (scale: Scale) =>
	times(scale.meetings, (n) => ({
		id: meeting(n),
		series: n % 2 ? 'RHCA' : 'RCP',
		number: n + 1,
		title: `Meeting ${n + 1}`,
		starts_on: dayOf(n, scale.meetings, 10),
		opens_on: dayOf(n, scale.meetings, -30),
		due_on: dayOf(n, scale.meetings)
	}));

const initiatives = (scale: Scale) =>
	times(scale.initiatives, (n) => ({
		id: initiative(n),
		title: `Initiative ${n}: ${['single window', 'risk engine', 'training', 'data exchange'][lot(n, 1, 4)]}`,
		summary: `Made up for measuring. Number ${n}.`,
		scope: 'national',
		starts_on: dayOf(0, scale.meetings, -90),
		target_on: `${2024 + lot(n, 2, 4)}-06-30`
	}));

const leads = (scale: Scale) =>
	times(scale.initiatives, (n) => ({
		initiative: initiative(n),
		entity: entity(n % scale.entities),
		role: 'lead'
	}));

function* contributions(scale: Scale) {
	for (let n = 0; n < scale.initiatives; n++) {
		const action = actions[lot(n, 3, actions.length)];
		yield { initiative: initiative(n), element: `rsp-2022-2024:${action}`, role: 'main' };
		yield { initiative: initiative(n), element: `ip-2022-2023:${action}`, role: 'main' };
		yield {
			initiative: initiative(n),
			element: `sp-2022-2025:${actions[lot(n, 4, actions.length)]}`,
			role: 'contributing'
		};
	}
}

const milestones = (scale: Scale) =>
	times(scale.initiatives, (n) => ({
		id: `${initiative(n)}-m1`,
		initiative: initiative(n),
		title: 'Trial ends',
		due_on: `${2022 + lot(n, 5, 3)}-03-31`
	}));

function* submissions(scale: Scale) {
	for (let m = 0; m < scale.meetings; m++) {
		for (let e = 0; e < Math.min(scale.entities, scale.initiatives); e++) {
			const submitted_at = `${dayOf(m, scale.meetings, -2)}T08:00:00.000Z`;
			yield { meeting: meeting(m), entity: entity(e), state: 'accepted', channel: 'web', submitted_at };
		}
	}
}

/** Spread evenly over initiatives and meetings. Where there is more than one for a pair, the later replaces the earlier. */
function* updates(scale: Scale): Generator<Row> {
	const pairs = scale.initiatives * scale.meetings;
	const before = (pair: number) => Math.floor((pair * scale.updates) / pairs);
	for (let m = 0; m < scale.meetings; m++) {
		for (let n = 0; n < scale.initiatives; n++) {
			const pair = m * scale.initiatives + ((n * 7919) % scale.initiatives);
			const count = before(pair + 1) - before(pair);
			for (let k = 0; k < count; k++) yield update(scale, n, m, k);
		}
	}
}

function update(scale: Scale, n: number, m: number, k: number): Row {
	const id = `u-${padded(m, 3)}-${initiative(n)}`;
	const rank = Math.floor(((m + lot(n, 6, scale.meetings)) / scale.meetings / 2) * (ladder.length + 1));
	const change = m === 0 ? 'new' : lot(n, m, 3) === 0 ? 'no_change' : 'changed';
	const timing = timings[Math.floor(lot(n, m + 100, 10) / 4)]!;
	const said = change === 'changed';
	return {
		id: k === 0 ? id : `${id}-${k + 1}`,
		initiative: initiative(n),
		meeting: meeting(m),
		entity: entity(n % scale.entities),
		stage: ladder[Math.min(rank, ladder.length - 1)]!,
		timing,
		reason_code: timing === 'on_track' ? null : reasons[lot(n, m + 200, reasons.length)]!,
		change,
		progress_note: said
			? `In step ${lot(n, m + 300, 1000)} of the work ${lot(n, m + 400, 100)} offices took part.`
			: null,
		next_steps: said ? `Bring it to ${lot(n, m + 500, 500)} more users` : null,
		as_of: dayOf(m, scale.meetings, -5),
		recorded_at: `${dayOf(m, scale.meetings, -3)}T${padded(lot(n, m, 24), 2)}:${padded(k, 2)}:00.000Z`,
		supersedes: k === 0 ? null : k === 1 ? id : `${id}-${k}`
	};
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
	const [entities, initiatives, meetings, updates, folder] = process.argv.slice(2);
	if (!folder) {
		console.error(
			'Usage: large-package.ts ENTITIES INITIATIVES MEETINGS UPDATES FOLDER, for example 46 400 12 5000 small'
		);
		process.exit(1);
	}
	const scale = {
		entities: +entities!,
		initiatives: +initiatives!,
		meetings: +meetings!,
		updates: +updates!
	};
	await writeLargePackage(scale, folder);
	console.log(`${folder} holds ${scale.updates.toLocaleString('en-GB')} status updates.`);
}
