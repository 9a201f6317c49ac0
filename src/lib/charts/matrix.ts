import { isFresh, label as freshnessLabel, type Freshness } from '#lib/domain/freshness.ts';
import { label } from '#lib/domain/stage.ts';
import { fresh, medianStage, sum, type Tally } from '#lib/domain/tally.ts';
import { byName } from '#lib/domain/text.ts';
import { list } from './address.ts';
import * as say from './sentence.ts';
import { provenance, type Setting } from './setting.ts';
import type { MatrixCell, MatrixSpec } from './spec.ts';

export type MatrixRow = {
	entity: { id: string; name: string; kind: string; subregion: string | null };
	/** Everything asked of it under the plan. */
	total: Tally;
	cells: { element_id: string; tally: Tally }[];
};

/** Where does each Member stand on each part of the plan? Grouped by sub-region, alphabetical, never ranked. */
export function matrix(
	columns: { id: string; code: string; title: string; href: string }[],
	rows: readonly MatrixRow[],
	meeting: say.MeetingRef,
	setting: Setting
): MatrixSpec {
	const name = say.meetingName(meeting);
	const total = sum(rows.map((row) => row.total));
	return {
		kind: 'matrix',
		question: 'matrix',
		params: setting.params,
		title: title(rows, name),
		subtitle: `Median stage of each Member's initiatives under ${setting.of} · ${name}, ${say.dayOf(meeting.starts_on)} · ${say.nOfN(total)}`,
		columns: columns.map(({ id, code, title, href }) => ({ key: id, label: code, title, href })),
		groups: grouped(rows).map(({ title, rows }) => ({
			title,
			rows: rows.map(({ entity, cells }) => ({
				key: entity.id,
				label: entity.name,
				href: `/members/${encodeURIComponent(entity.id)}`,
				cells: cells.map((cell) => cellOf(cell, entity.id, meeting.id, setting))
			}))
		})),
		provenance: provenance(setting, total),
		notes: [
			'A cell shows the middle one of what the Member reported on for this meeting; of two middle stages the lower. The number is how many were reported on, of how many expected.',
			'Members are in alphabetical order within their sub-region. The order says nothing about progress.'
		]
	};
}

/** What the matrix says aloud. */
function title(rows: readonly MatrixRow[], meeting: string) {
	const asked = rows.filter(({ entity, total }) => entity.kind === 'member' && total.expected > 0);
	const heard = asked.filter(({ total }) => fresh(total) > 0).length;
	if (asked.length === 0) return `No Member was expected to report for ${meeting}`;
	if (asked.length === 1)
		return `The one Member expected to report for ${meeting} ${heard ? 'did' : 'did not'}`;
	if (heard === asked.length)
		return `All ${asked.length} Members expected to report for ${meeting} did, on at least one initiative`;
	return `${heard === 0 ? 'None' : say.number(heard)} of the ${say.number(asked.length)} Members expected to report for ${meeting} did, on at least one initiative`;
}

const bodies = 'Regional bodies';
const unplaced = 'Other Members';

type Entity = MatrixRow['entity'];

/** By sub-region, the regional bodies last; alphabetical within. */
export function grouped<Row extends { entity: Entity }>(rows: readonly Row[]) {
	const of = ({ entity }: Row) => (entity.kind === 'member' ? (entity.subregion ?? unplaced) : bodies);
	const last = [unplaced, bodies];
	const titles = [...new Set(rows.map(of))].sort(
		(a, b) => last.indexOf(a) - last.indexOf(b) || byName({ name: a }, { name: b })
	);
	return titles.map((title) => ({
		title,
		rows: rows.filter((row) => of(row) === title).sort((a, b) => byName(a.entity, b.entity))
	}));
}

type Where = { element_id: string; tally: Tally };

function cellOf({ element_id, tally }: Where, entity: string, meeting: string, setting: Setting): MatrixCell {
	const freshness = freshest(tally);
	const stage = medianStage(tally);
	return {
		element_id,
		stage,
		freshness,
		word: word(stage, freshness),
		expected: tally.expected,
		fresh: fresh(tally),
		href: tally.expected > 0 ? list(setting.filter, { meeting, element: element_id, entity }) : null
	};
}

function freshest(tally: Tally): MatrixCell['freshness'] {
	const order: Freshness[] = ['reported', 'confirmed', 'carried', 'missing'];
	return order.find((freshness) => tally[freshness] > 0) ?? 'not_expected';
}

function word(stage: MatrixCell['stage'], freshness: MatrixCell['freshness']) {
	if (freshness === 'not_expected') return 'Not asked';
	if (stage) return label[stage];
	return isFresh(freshness) ? 'Off the ladder' : freshnessLabel[freshness];
}
