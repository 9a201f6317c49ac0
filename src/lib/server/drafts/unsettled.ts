import type { Reader } from '#db/open.server.ts';
import { fieldNames, fieldsOf, type Conflict } from '#lib/domain/draft.ts';
import type { Draft } from '../drafts.ts';

/** So many states back is looked for what somebody had seen when they wrote. */
const far = 100;

/**
 * What somebody wrote last and that was set aside, since another had written there: both texts of each field, as long as
 * nobody has changed it again. Whoever closed the page that asked to put them in order is asked once more.
 */
export async function unsettled(
	db: Reader,
	draft: Draft | undefined,
	user_id: string
): Promise<{ at: string | null; conflicts: Conflict[] }> {
	const none = { at: null, conflicts: [] };
	if (!draft || draft.update_id !== null) return none;
	const aside = await of(db, draft.id, 'aside').where('saved_by', '=', user_id).executeTakeFirst();
	if (!aside) return none;
	const rows = await of(db, draft.id, 'saved').limit(far).execute();
	const states = rows.map(({ version, fields }) => ({ version, fields: fieldsOf(JSON.parse(fields)) }));
	const then = states.find(({ version }) => version === aside.version)?.fields;
	const mine = fieldsOf(JSON.parse(aside.fields));
	const conflicts = fieldNames
		.filter((name) => mine[name] !== '' && draft.fields[name] === then?.[name])
		.filter((name) => states.every(({ fields }) => fields[name] !== mine[name]))
		.map((field) => ({ field, theirs: draft.fields[field], mine: mine[field], offer: draft.fields[field] }));
	return conflicts.length > 0 ? { at: aside.saved_at, conflicts } : none;
}

const of = (db: Reader, draft_id: string, kind: 'saved' | 'aside') =>
	db
		.selectFrom('draft_revision')
		.select(['version', 'fields', 'saved_at'])
		.where('draft_id', '=', draft_id)
		.where('kind', '=', kind)
		.orderBy('version', 'desc')
		.orderBy('saved_at', 'desc');
