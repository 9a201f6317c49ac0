import { randomUUID } from 'node:crypto';
import { transactAside, type Db, type Reader } from '#db/open.server.ts';
import type { ShareTable } from '#db/schema.ts';
import { questions, type ChartSpec, type Question } from '#lib/charts/spec.ts';
import { BadInput, NotFound, NotNow } from '#lib/domain/errors.ts';
import type { ShareInput } from '#lib/domain/schemas/share.ts';
import * as audit from './audit.ts';
import { spec } from './charts.ts';
import { hashOf, token as newToken } from './secret.ts';
import * as snapshots from './snapshots.ts';

/** A chart of a frozen meeting, as its address names it. */
export type Chosen = { meeting_id: string; question: string; params: Record<string, string> };

/** Draws what would be published: the chart from the snapshot in force, and from nothing else. */
export async function preview(db: Reader, { meeting_id, question, params }: Chosen) {
	const snapshot = await snapshots.inForce(db, meeting_id);
	if (!snapshot)
		throw new NotNow(
			`Only charts of a meeting that is frozen with a snapshot can be published. Freeze ${meeting_id} first.`,
			'This chart can not be published yet'
		);
	const known = questions.find((one) => one === question);
	if (!known) throw new NotFound(`There is no chart "${question}".`);
	return { snapshot, chart: await draw(db, snapshot, known, params) };
}

async function draw(
	db: Reader,
	snapshot: Parameters<typeof snapshots.opened>[1],
	question: Question,
	params: Record<string, string>
): Promise<ChartSpec> {
	const { to: _, ...rest } = params;
	const reader = await snapshots.opened(db, snapshot);
	return spec(reader, question, { ...rest, meeting: snapshot.meeting_id, basis: 'presented' });
}

/** Publishes a chart by a link. The token is given out this once: of it only a hash is kept. */
export async function publish(db: Db, actor: audit.Actor, chosen: Chosen, { ends_on, sites }: ShareInput) {
	const { snapshot, chart } = await preview(db, chosen);
	const { meeting_id, number } = snapshot;
	const token = newToken();
	const row: ShareTable = {
		id: randomUUID(),
		token_hash: hashOf(token),
		meeting_id,
		number,
		question: chosen.question,
		params: JSON.stringify(chosen.params),
		title: chart.title,
		ends_on,
		sites,
		published_by: actor.name,
		published_by_id: actor.user_id,
		published_at: new Date().toISOString(),
		revoked_by: null,
		revoked_at: null
	};
	await transactAside(db, async (trx) => {
		await trx.insertInto('share').values(row).execute();
		const after = { chart: chosen.question, params: chosen.params, number, ends_on, sites };
		await audit.record(trx, actor, { act: 'share', object: `link ${row.id}`, meeting_id, after });
	});
	return { ...row, token };
}

/** A meeting's links, newest first. */
export function list(db: Reader, meeting_id: string) {
	return db
		.selectFrom('share')
		.selectAll()
		.where('meeting_id', '=', meeting_id)
		.orderBy('published_at', 'desc')
		.orderBy('id')
		.execute();
}

/** Ends a link at once. */
export function revoke(db: Db, actor: audit.Actor, meeting_id: string, id: string) {
	return transactAside(db, async (trx) => {
		const share = await trx
			.selectFrom('share')
			.selectAll()
			.where('meeting_id', '=', meeting_id)
			.where('id', '=', id)
			.executeTakeFirst();
		if (!share) throw new NotFound('There is no such link.');
		if (share.revoked_at) throw new BadInput('This link has been revoked already.');
		const revoked = { revoked_by: actor.name, revoked_at: new Date().toISOString() };
		await trx.updateTable('share').set(revoked).where('id', '=', id).execute();
		await audit.record(trx, actor, { act: 'end_share', object: `link ${id}`, meeting_id });
	});
}

export type Found =
	{ state: 'shown'; share: ShareTable; chart: ChartSpec } | { state: 'revoked' | 'over'; share: ShareTable };

/** What a link leads to on a day: its chart, or why no longer. Nothing for a token that is none of ours. */
export async function find(db: Reader, token: string, today: string): Promise<Found | undefined> {
	const share = await db
		.selectFrom('share')
		.selectAll()
		.where('token_hash', '=', hashOf(token))
		.executeTakeFirst();
	if (!share) return undefined;
	if (share.revoked_at !== null) return { state: 'revoked', share };
	if (share.ends_on < today) return { state: 'over', share };
	const snapshot = await snapshots.numbered(db, share.meeting_id, share.number);
	const params = JSON.parse(share.params) as Record<string, string>;
	return { state: 'shown', share, chart: await draw(db, snapshot!, share.question as Question, params) };
}
