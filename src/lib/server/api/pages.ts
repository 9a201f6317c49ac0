import { BadInput } from '#lib/domain/errors.ts';

export type Paging = { limit: number; cursor?: string | undefined };
export type Page<Item> = { items: Item[]; next: string | null };

/** Which page is asked for: the id it begins after. `list` is part of the cursor, so one list's does not fit another. */
export function after(list: string, { cursor }: Paging): string | undefined {
	if (cursor === undefined) return undefined;
	const [name, id, ...rest] = Buffer.from(cursor, 'base64url').toString().split('\n');
	if (name !== list || !id || rest.length > 0 || cursorAt(list, id) !== cursor || id.includes('\0')) {
		throw new BadInput('cursor must be the `next` of an earlier page of this list.');
	}
	return id;
}

/** A page from rows read with one more than the limit: the one too many says that there is a next. */
export function page<Row extends { id: string }, Item>(
	list: string,
	rows: readonly Row[],
	{ limit }: Paging,
	shape: (row: Row) => Item
): Page<Item> {
	const shown = rows.slice(0, limit);
	const last = rows.length > limit ? shown.at(-1) : undefined;
	return { items: shown.map(shape), next: last ? cursorAt(list, last.id) : null };
}

/** The rows of a short list that a page is made of, in order of id. */
export function from<Row extends { id: string }>(list: string, rows: readonly Row[], paging: Paging): Row[] {
	const last = after(list, paging);
	const ordered = [...rows].sort((a, b) => bytewise(a.id, b.id));
	const rest = last === undefined ? ordered : ordered.filter(({ id }) => bytewise(id, last) > 0);
	return rest.slice(0, paging.limit + 1);
}

function cursorAt(list: string, id: string) {
	return Buffer.from(`${list}\n${id}`).toString('base64url');
}

function bytewise(a: string, b: string) {
	return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
