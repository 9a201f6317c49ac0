import { inPages, updateMany } from '#db/dialect.ts';
import type { Db } from '#db/open.server.ts';
import type { Row } from '#lib/domain/package/table.ts';
import { searchable } from '#lib/domain/text.ts';

type Text = string | null;

/** By what an entity is found. */
export function ofEntity(row: Row) {
	const { id, name, name_fr, name_variants, administration, iso2 } = row as Record<string, Text>;
	return searchable(name, name_fr, ...variants(name_variants), administration, id, iso2);
}

/** By what an initiative is found: itself, and the names of those who take part. */
export function ofInitiative(row: Row, entities: readonly Row[] = []) {
	const { id, title, title_fr, theme, summary } = row as Record<string, Text>;
	const names = entities.flatMap((entity) => {
		const { id, name, name_fr, name_variants } = entity as Record<string, Text>;
		return [name, name_fr, ...variants(name_variants), id];
	});
	return searchable(title, title_fr, theme, id, summary, ...names);
}

/** Brings every initiative's search text up to date, after entities or who takes part have changed. */
export async function refresh(trx: Db) {
	const entities = new Map(
		(await trx.selectFrom('entity').select(['id', 'name', 'name_fr', 'name_variants']).execute()).map(
			(row) => [row.id, row]
		)
	);
	const taking = new Map<string, Row[]>();
	const parts = await trx
		.selectFrom('initiative_entity')
		.select(['initiative_id', 'entity_id'])
		.distinct()
		.orderBy('initiative_id')
		.orderBy('entity_id')
		.execute();
	for (const { initiative_id, entity_id } of parts) {
		const entity = entities.get(entity_id) as Row | undefined;
		if (entity) taking.set(initiative_id, [...(taking.get(initiative_id) ?? []), entity]);
	}
	const changed: Row[] = [];
	const all = trx
		.selectFrom('initiative')
		.select(['id', 'title', 'title_fr', 'theme', 'summary', 'search_text'])
		.orderBy('id');
	for await (const page of inPages(trx, all)) {
		for (const row of page) {
			const search_text = ofInitiative(row, taking.get(row.id));
			if (search_text !== row.search_text) changed.push({ id: row.id, search_text });
		}
	}
	for (let at = 0; at < changed.length; at += 1000) {
		const key = [{ column: 'id', required: true }];
		await updateMany(trx, 'initiative', key, ['search_text'], changed.slice(at, at + 1000));
	}
}

function variants(list: Text | undefined) {
	return list?.split('|') ?? [];
}
