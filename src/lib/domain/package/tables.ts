import { quoted } from './problem.ts';
import * as words from '../words.ts';
import { stages } from '../stage.ts';
import { reasons, timings } from '../timing.ts';
import { day, denominator, id, integer, list, moment, must, number, oneOf, ref, text, url } from './cells.ts';
import { inOrder, table, type Row, type Table } from './table.ts';

const source = { source_url: url, certainty: text };

/** The tables of the data package, with their columns, in the order they are written. */
export const tables: readonly Table[] = [
	table({
		name: 'entities',
		table: 'entity',
		title: 'A Member administration or a regional body.',
		key: ['id'],
		columns: {
			id: must(id),
			kind: must(oneOf(words.entityKinds)),
			name: must(text),
			name_fr: text,
			name_variants: list,
			iso2: text,
			administration: text,
			subregion: text,
			time_zone: text,
			...source
		},
		rules: [isNotReserved]
	}),
	table({
		name: 'memberships',
		table: 'membership',
		title: 'An entity counted as a Member of the region from a day, until another.',
		key: ['entity', 'from_on'],
		columns: { entity: must(ref('entities')), from_on: must(day), to_on: day, basis: text, ...source },
		rules: [inOrder('from_on', 'to_on', 'ends-before-start', 'The membership ends before it starts')]
	}),
	table({
		name: 'terms',
		table: 'term',
		title: 'An office held for a time: Vice-Chair, host of a body, area coordinator.',
		key: ['role', 'entity', 'body', 'element', 'from_on'],
		columns: {
			role: must(oneOf(words.termRoles)),
			entity: must(ref('entities')),
			body: text,
			element: ref('plan_elements'),
			from_on: day,
			to_on: day,
			...source
		},
		rules: [inOrder('from_on', 'to_on', 'ends-before-start', 'The term ends before it starts')]
	}),
	table({
		name: 'plans',
		table: 'plan',
		title: 'A plan of some body for some years.',
		key: ['id'],
		columns: {
			id: must(id),
			short_title: must(text),
			title: must(text),
			title_fr: text,
			level: must(oneOf(words.planLevels)),
			owner: text,
			role: oneOf(words.planRoles),
			starts_on: day,
			ends_on: day,
			period_label: text,
			succeeds: ref('plans'),
			completeness: text,
			...source
		},
		rules: [
			isNotReserved,
			hasNoColon,
			inOrder('starts_on', 'ends_on', 'ends-before-start', 'The plan ends before it starts')
		]
	}),
	table({
		name: 'plan_elements',
		table: 'plan_element',
		title: "One node of a plan's tree.",
		key: ['id'],
		columns: {
			id: must(id),
			plan: must(ref('plans')),
			code: must(text),
			aliases: list,
			parent: ref('plan_elements'),
			kind: must(oneOf(words.elementKinds)),
			published_level: text,
			title: must(text),
			title_fr: text,
			summary: text,
			position: integer(),
			due_on: day,
			...source
		},
		rules: [isPlanAndCode]
	}),
	table({
		name: 'alignments',
		table: 'alignment',
		title: 'A typed link between plan elements, or whole plans.',
		key: ['id'],
		columns: {
			id: must(id),
			from: must(ref('plan_elements', 'plans')),
			to: must(ref('plan_elements', 'plans')),
			relation: must(oneOf(words.relations)),
			strength: integer(1, 3),
			rationale: text,
			agreed_at: ref('meetings'),
			...source
		}
	}),
	table({
		name: 'meetings',
		table: 'meeting',
		title: 'A meeting; with a due date it is also a round of reporting.',
		key: ['id'],
		columns: {
			id: must(id),
			series: must(oneOf(words.seriesNames)),
			number: integer(),
			title: must(text),
			starts_on: must(day),
			ends_on: day,
			date_precision: text,
			place: text,
			country: text,
			host: ref('entities'),
			mode: text,
			joint_with: text,
			opens_on: day,
			due_on: day,
			...source
		},
		rules: [
			inOrder('starts_on', 'ends_on', 'ends-before-start', 'The meeting ends before it starts'),
			inOrder('opens_on', 'due_on', 'due-before-open', 'Reports are due before the round opens')
		]
	}),
	table({
		name: 'attendance',
		table: 'attendance',
		title: 'One count of who came, as one source states it.',
		// Sources that disagree are all kept, so another count is another row.
		key: ['meeting', 'count', 'unit', 'mode', 'qualifier', 'source_url'],
		columns: {
			meeting: must(ref('meetings')),
			count: must(integer(0)),
			unit: must(oneOf(words.attendanceUnits)),
			mode: text,
			qualifier: text,
			source_url: url
		}
	}),
	table({
		name: 'initiatives',
		table: 'initiative',
		title: 'Something entities do for a plan.',
		key: ['id'],
		columns: {
			id: must(id),
			title: must(text),
			title_fr: text,
			summary: text,
			scope: oneOf(words.scopes),
			starts_on: day,
			target_on: day,
			date_precision: text,
			theme: text,
			source_url: url,
			source_type: text,
			certainty: text
		},
		rules: [inOrder('starts_on', 'target_on', 'ends-before-start', 'The initiative ends before it starts')]
	}),
	table({
		name: 'initiative_entities',
		table: 'initiative_entity',
		title: 'Who takes part in an initiative, and as what.',
		key: ['initiative', 'entity', 'role'],
		columns: {
			initiative: must(ref('initiatives')),
			entity: must(ref('entities')),
			role: must(oneOf(words.entityRoles))
		}
	}),
	table({
		name: 'contributions',
		table: 'contribution',
		title: 'What an initiative serves.',
		key: ['initiative', 'element'],
		columns: {
			initiative: must(ref('initiatives')),
			element: must(ref('plan_elements')),
			role: must(oneOf(words.contributionRoles)),
			certainty: text
		}
	}),
	table({
		name: 'milestones',
		table: 'milestone',
		title: 'A dated step of an initiative.',
		key: ['id'],
		columns: {
			id: must(id),
			initiative: must(ref('initiatives')),
			title: must(text),
			due_on: day,
			done_on: day
		}
	}),
	table({
		name: 'expectations',
		table: 'expectation',
		title: 'Who is asked for what in a round, where it was listed by hand.',
		key: ['meeting', 'initiative', 'entity'],
		columns: {
			meeting: must(ref('meetings')),
			initiative: must(ref('initiatives')),
			entity: must(ref('entities')),
			reason: text
		}
	}),
	table({
		name: 'submissions',
		table: 'submission',
		title: "One entity's answer to one round.",
		key: ['meeting', 'entity'],
		columns: {
			meeting: must(ref('meetings')),
			entity: must(ref('entities')),
			state: must(oneOf(words.submissionStates)),
			channel: must(oneOf(words.channels)),
			submitted_at: moment,
			reason: text
		}
	}),
	table({
		name: 'status_updates',
		table: 'status_update',
		title: 'What one entity said of one initiative for one meeting.',
		key: ['id'],
		final: {
			rule: 'append-only',
			message: 'This update is known with other content, and updates never change',
			remedy: 'Give the new report an id of its own, and name this one in "supersedes".'
		},
		columns: {
			id: must(id),
			initiative: must(ref('initiatives')),
			meeting: must(ref('meetings')),
			entity: must(ref('entities')),
			stage: must(oneOf(stages)),
			timing: oneOf(timings),
			reason_code: oneOf(reasons),
			change: must(oneOf(words.changes)),
			progress_note: text,
			next_steps: text,
			support_needed: text,
			as_of: day,
			recorded_at: must(moment),
			supersedes: ref('status_updates'),
			source_url: url
		},
		rules: [supersedesAnother]
	}),
	table({
		name: 'reviews',
		table: 'review',
		title: 'What a reviewer made of an update.',
		key: ['update', 'recorded_at'],
		columns: {
			update: must(ref('status_updates')),
			verdict: must(oneOf(words.verdicts)),
			note: text,
			recorded_at: must(moment)
		}
	}),
	table({
		name: 'indicators',
		table: 'indicator',
		title: 'A measure of an element or an initiative.',
		key: ['id'],
		columns: {
			id: must(id),
			element: ref('plan_elements'),
			initiative: ref('initiatives'),
			title: must(text),
			unit: must(text),
			direction: must(oneOf(words.directions)),
			baseline_numerator: number,
			baseline_denominator: denominator,
			baseline_on: day,
			target_numerator: number,
			target_denominator: denominator,
			target_on: day,
			source_url: url
		}
	}),
	table({
		name: 'observations',
		table: 'observation',
		title: 'A value of an indicator as of a day.',
		key: ['indicator', 'entity', 'meeting', 'as_of', 'source_url'],
		columns: {
			indicator: must(ref('indicators')),
			entity: ref('entities'),
			meeting: ref('meetings'),
			numerator: must(number),
			denominator,
			as_of: must(day),
			source_url: url
		}
	}),
	table({
		name: 'freezes',
		table: 'freeze',
		title: "The moment a meeting's figures were fixed.",
		key: ['meeting'],
		final: {
			rule: 'frozen',
			message: 'This meeting is frozen already, and a freeze never changes',
			remedy: 'Leave the row as it is, or take it out.'
		},
		columns: { meeting: must(ref('meetings')), frozen_at: must(moment), sha256: text }
	})
];

const byName = new Map(tables.map((one) => [one.name, one]));

export function named(name: string): Table | undefined {
	return byName.get(name);
}

/** The tables with those they refer to before them; a table may refer to itself. */
export const dependencyOrder: readonly Table[] = (() => {
	const done = new Set<Table>();
	const visit = (one: Table) => {
		if (done.has(one)) return;
		for (const name of one.columns.flatMap((column) => column.references)) {
			if (name !== one.name) visit(byName.get(name)!);
		}
		done.add(one);
	};
	tables.forEach(visit);
	return [...done];
})();

/** An update puts an earlier one right, never itself. */
function supersedesAnother({ id, supersedes_id }: Row) {
	if (supersedes_id === null || supersedes_id !== id) return undefined;
	return {
		column: 'supersedes_id',
		rule: 'supersedes',
		message: `The update ${quoted(String(id))} supersedes itself.`,
		remedy: 'Name the earlier update that it puts right, or leave the cell empty.'
	};
}

/** Figures over everything are kept under the id "all". */
function isNotReserved({ id }: Row) {
	if (id !== 'all') return undefined;
	return {
		column: 'id',
		rule: 'id',
		message: 'The id "all" stands for all of them.',
		remedy: 'Choose another id.'
	};
}

/** Links and figures name plans and elements alike; the colon keeps them apart. */
function hasNoColon({ id }: Row) {
	if (!String(id).includes(':')) return undefined;
	return {
		column: 'id',
		rule: 'id',
		message: "A plan's id has no colon: it marks the ids of plan elements.",
		remedy: 'Use a hyphen instead.'
	};
}

function isPlanAndCode({ id, plan_id, code }: Row) {
	const expected = `${plan_id}:${code}`;
	if (id === expected) return undefined;
	return {
		column: 'id',
		rule: 'element-id',
		message: "An element's id is its plan, a colon and its code.",
		remedy: `Write "${expected}", or correct plan or code.`
	};
}
