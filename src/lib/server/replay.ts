import type { Reader } from '#db/open.server.ts';
import type { Basis } from '#db/schema.ts';
import { mainLayer } from '#lib/domain/layer.ts';
import { put, track, type Picture, type Seen } from '#lib/domain/replay.ts';
import * as plans from './plans.ts';
import * as progress from './progress.ts';
import * as snapshots from './snapshots.ts';

/** As many meetings as a chart over meetings draws. */
const most = 12;

/** So many initiatives at a time, so that a large plan does not have to be held all at once. */
const atOnce = 500;

/** Pictures by scope and entity: the plan or one of its parts, and `all` or one entity; one for each round. */
export class Pictures {
	readonly #of = new Map<string, Picture[]>();
	readonly #rounds: number;

	constructor(rounds: number) {
		this.#rounds = rounds;
	}

	/** The picture of each round, to be added to. */
	of(scope_id: string, entity_id: string): Picture[] {
		const key = `${scope_id}\n${entity_id}`;
		const found = this.#of.get(key) ?? Array.from({ length: this.#rounds }, () => ({}));
		this.#of.set(key, found);
		return found;
	}

	/** The entities that anything is asked of. */
	get entities() {
		return [...new Set([...this.#of.keys()].map((key) => key.split('\n')[1]!))].filter((id) => id !== 'all');
	}
}

/**
 * Where every expectation of a plan stood at each round, from the first that expected anything: of the plan, of each part it is
 * shown by, and of each entity in them. Only what a fresh report moved is elsewhere than the round before.
 */
export async function read(now: Reader, { plan_id, basis = 'known' }: { plan_id: string; basis?: Basis }) {
	const { db, rounds } = await presented(now, basis);
	const parts = mainLayer(await plans.elements(db, plan_id));
	const pictures = new Pictures(rounds.length);
	const scopes = await scopesOf(db, [plan_id, ...parts.map(({ id }) => id)]);
	const ids = [...scopes.keys()];
	for (let at = 0; at < ids.length; at += atOnce) {
		const batch = await histories(db, rounds, ids.slice(at, at + atOnce), basis);
		for (const { initiative_id, entity_id, seen } of batch) {
			track(seen).forEach((shown, round) => {
				if (!shown) return;
				for (const scope of scopes.get(initiative_id)!) {
					put(pictures.of(scope, 'all')[round]!, shown);
					put(pictures.of(scope, entity_id)[round]!, shown);
				}
			});
		}
	}
	const whole = pictures.of(plan_id, 'all');
	const first = whole.findIndex((picture) => Object.keys(picture).length > 0);
	// What was heard before stays in the picture: only the rounds before are not shown.
	const from = first < 0 ? rounds.length : Math.max(first, rounds.length - most);
	return { reader: db, rounds: rounds.slice(from), from, parts, pictures };
}

/**
 * What is played: as known now, all rounds. As presented, those that the meeting frozen last was presented with, from its
 * snapshot: each as it was frozen itself.
 */
async function presented(db: Reader, basis: Basis) {
	const rounds = await progress.rounds(db);
	const last = basis === 'presented' ? rounds.findLastIndex(({ snapshot }) => snapshot !== null) : -1;
	if (last < 0) return { db, rounds };
	const then = await snapshots.reading(db, rounds[last]!.id, basis);
	const known = await progress.rounds(then);
	return { db: then, rounds: known.slice(0, known.findIndex(({ id }) => id === rounds[last]!.id) + 1) };
}

export type Replay = Awaited<ReturnType<typeof read>>;

async function scopesOf(db: Reader, scope_ids: string[]) {
	const rows = await db
		.selectFrom('initiative_scope')
		.select(['initiative_id', 'scope_id'])
		.where('scope_id', 'in', scope_ids)
		.orderBy('initiative_id')
		.execute();
	const found = new Map<string, string[]>();
	for (const { initiative_id, scope_id } of rows) {
		const list = found.get(initiative_id);
		if (list) list.push(scope_id);
		else found.set(initiative_id, [scope_id]);
	}
	return found;
}

/** What was seen of each expectation of these initiatives, round by round. */
async function histories(db: Reader, rounds: readonly progress.RoundMeeting[], ids: string[], basis: Basis) {
	const place = new Map(rounds.map(({ id }, i) => [id, i]));
	const rows = await db
		.selectFrom('standing')
		.select(['basis', 'initiative_id', 'entity_id', 'meeting_id', 'freshness', 'stage'])
		.where('initiative_id', 'in', ids)
		.execute();
	const found = new Map<string, { initiative_id: string; entity_id: string; seen: Seen[] }>();
	for (const { initiative_id, entity_id, meeting_id, freshness, stage, ...row } of rows) {
		const at = place.get(meeting_id);
		if (at === undefined || row.basis !== progress.basisHere(rounds[at]!, basis)) continue;
		const key = `${initiative_id}\n${entity_id}`;
		const one = found.get(key) ?? { initiative_id, entity_id, seen: rounds.map((): Seen => null) };
		found.set(key, one);
		one.seen[at] = { freshness, stage };
	}
	return found.values();
}
