import * as words from '#lib/domain/words.ts';
import { reasons, timings } from '#lib/domain/timing.ts';
import { stages } from '#lib/domain/stage.ts';

/** `*` required; then a type; then the table it refers to or the list it chooses from. Order is the order in the files. */
const text = { type: 'string' } as const;
const day = { type: 'date' } as const;
const moment = { type: 'datetime' } as const;
const whole = { type: 'integer' } as const;
const number = { type: 'number' } as const;
const one = (list: readonly string[]) => ({ type: 'string', list }) as const;
const to = (table: string) => ({ type: 'string', table }) as const;
const must = <T extends object>(field: T) => ({ ...field, required: true }) as const;
const id = must(text);

export type Field = {
	readonly type: string;
	readonly required?: boolean;
	readonly list?: readonly string[];
	readonly table?: string;
};

/** The data package's files: their columns in order, and what makes a row unique. */
export const tables = {
	entities: {
		key: ['id'],
		columns: {
			id,
			kind: must(one(words.entityKinds)),
			name: id,
			name_fr: text,
			name_variants: text,
			iso2: text,
			administration: text,
			subregion: text,
			time_zone: text,
			source_url: text,
			certainty: text
		}
	},
	memberships: {
		key: ['entity', 'from_on'],
		columns: {
			entity: must(to('entities')),
			from_on: must(day),
			to_on: day,
			basis: text,
			source_url: text,
			certainty: text
		}
	},
	terms: {
		key: [],
		columns: {
			role: must(one(words.termRoles)),
			entity: must(to('entities')),
			body: to('entities'),
			element: to('plan_elements'),
			from_on: day,
			to_on: day,
			source_url: text,
			certainty: text
		}
	},
	plans: {
		key: ['id'],
		columns: {
			id,
			short_title: id,
			title: id,
			title_fr: text,
			level: must(one(words.planLevels)),
			owner: text,
			role: one(words.planRoles),
			starts_on: day,
			ends_on: day,
			period_label: text,
			succeeds: to('plans'),
			completeness: text,
			source_url: text,
			certainty: text
		}
	},
	plan_elements: {
		key: ['id'],
		columns: {
			id,
			plan: must(to('plans')),
			code: id,
			aliases: text,
			parent: to('plan_elements'),
			kind: must(one(words.elementKinds)),
			published_level: text,
			title: id,
			title_fr: text,
			summary: text,
			position: whole,
			due_on: day,
			source_url: text,
			certainty: text
		}
	},
	alignments: {
		key: ['id'],
		columns: {
			id,
			from: id,
			to: id,
			relation: must(one(words.relations)),
			strength: whole,
			rationale: text,
			agreed_at: to('meetings'),
			source_url: text,
			certainty: text
		}
	},
	meetings: {
		key: ['id'],
		columns: {
			id,
			series: must(one(words.seriesNames)),
			number: whole,
			title: id,
			starts_on: must(day),
			ends_on: day,
			date_precision: text,
			place: text,
			country: text,
			host: to('entities'),
			mode: text,
			joint_with: to('meetings'),
			opens_on: day,
			due_on: day,
			source_url: text,
			certainty: text
		}
	},
	attendance: {
		key: [],
		columns: {
			meeting: must(to('meetings')),
			count: must(whole),
			unit: must(one(words.attendanceUnits)),
			mode: text,
			qualifier: text,
			source_url: text
		}
	},
	initiatives: {
		key: ['id'],
		columns: {
			id,
			title: id,
			title_fr: text,
			summary: text,
			scope: one(words.scopes),
			starts_on: day,
			target_on: day,
			date_precision: text,
			theme: text,
			source_url: text,
			source_type: text,
			certainty: text
		}
	},
	initiative_entities: {
		key: ['initiative', 'entity', 'role'],
		columns: {
			initiative: must(to('initiatives')),
			entity: must(to('entities')),
			role: must(one(words.entityRoles))
		}
	},
	contributions: {
		key: ['initiative', 'element'],
		columns: {
			initiative: must(to('initiatives')),
			element: must(to('plan_elements')),
			role: must(one(words.contributionRoles)),
			certainty: text
		}
	},
	milestones: {
		key: ['id'],
		columns: { id, initiative: must(to('initiatives')), title: id, due_on: day, done_on: day }
	},
	submissions: {
		key: ['meeting', 'entity'],
		columns: {
			meeting: must(to('meetings')),
			entity: must(to('entities')),
			state: must(one(words.submissionStates)),
			channel: must(one(words.channels)),
			submitted_at: moment,
			reason: text
		}
	},
	status_updates: {
		key: ['id'],
		columns: {
			id,
			initiative: must(to('initiatives')),
			meeting: must(to('meetings')),
			entity: must(to('entities')),
			stage: must(one(stages)),
			timing: one(timings),
			reason_code: one(reasons),
			change: must(one(words.changes)),
			progress_note: text,
			next_steps: text,
			support_needed: text,
			as_of: day,
			recorded_at: must(moment),
			supersedes: to('status_updates'),
			source_url: text
		}
	},
	reviews: {
		key: ['update', 'recorded_at'],
		columns: {
			update: must(to('status_updates')),
			verdict: must(one(words.verdicts)),
			note: text,
			recorded_at: must(moment)
		}
	},
	indicators: {
		key: ['id'],
		columns: {
			id,
			element: to('plan_elements'),
			initiative: to('initiatives'),
			title: id,
			unit: id,
			direction: must(one(words.directions)),
			baseline_numerator: number,
			baseline_denominator: number,
			baseline_on: day,
			target_numerator: number,
			target_denominator: number,
			target_on: day,
			source_url: text
		}
	},
	observations: {
		key: [],
		columns: {
			indicator: must(to('indicators')),
			entity: to('entities'),
			meeting: to('meetings'),
			numerator: must(number),
			denominator: number,
			as_of: must(day),
			source_url: text
		}
	}
} as const satisfies Record<string, { key: readonly string[]; columns: Record<string, Field> }>;

export type Table = keyof typeof tables;
export type Cell = string | number | null;
export type Row<T extends Table> = { [C in keyof (typeof tables)[T]['columns']]?: Cell };
export type Rows = { [T in Table]?: Row<T>[] };
