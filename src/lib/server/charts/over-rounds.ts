import type { Reader } from '#db/open.server.ts';
import { coverage } from '#lib/charts/coverage.ts';
import { member } from '#lib/charts/member.ts';
import type { PanelInput, RoundRow } from '#lib/charts/rounds.ts';
import { initiatives, members } from '#lib/charts/sentence.ts';
import { stages } from '#lib/charts/stages.ts';
import { timing } from '#lib/charts/timing.ts';
import { weighed } from '#lib/charts/weighed.ts';
import { BadInput } from '#lib/domain/errors.ts';
import * as entities from '../entities.ts';
import * as progress from '../progress.ts';
import { parts, type Asked } from './asked.ts';

/** The charts that run over rounds: rows of the whole and of its parts, up to the meeting asked for. */
export async function overRounds(
	db: Reader,
	question: 'stages' | 'coverage' | 'timing' | 'member',
	asked: Asked
) {
	const { setting, params } = asked;
	const byMember = params.weighting === 'member';
	if (question === 'member' && !params.entity)
		throw new BadInput('Say which Member or body: add entity=, for example entity=AUS.');
	const entity = params.entity === undefined ? undefined : await entities.get(db, params.entity);
	if (byMember && (question !== 'stages' || entity))
		throw new BadInput(
			'weighting=member counts Members at their median stage: ask the question stages, without entity.'
		);

	const whole = await rows(db, asked, asked.scope_id);
	const small: PanelInput[] = [];
	for (const part of parts(asked)) {
		const own = await rows(db, asked, part.id);
		if (!own.some(({ tally }) => tally.expected > 0)) continue;
		small.push({
			key: part.id,
			title: `${part.code} ${part.title}`,
			href: part.href,
			filter: { element: part.id },
			rows: own
		});
	}
	const of = entity && question !== 'member' ? { ...setting, of: `${setting.of}, ${entity.name}` } : setting;
	if (question === 'member') return member(entity!.name, whole, small, setting);
	if (question === 'coverage') return coverage(whole, small, of);
	if (question === 'timing') return timing(whole, small, of);
	return stages(whole, small, of, byMember ? members : initiatives);
}

async function rows(db: Reader, { params, meeting, basis }: Asked, scope_id: string): Promise<RoundRow[]> {
	const found = await progress.overMeetings(db, {
		scope_id,
		entity_id: params.entity,
		basis,
		upto: meeting.id
	});
	if (params.weighting !== 'member') return found;
	const from = found.findIndex(({ tally }) => tally.expected > 0);
	const weighted: RoundRow[] = [];
	// Each round is a question of its own; more than are drawn are not asked for.
	for (const { meeting } of found.slice(Math.max(from, 0)).slice(-12)) {
		const tallies = await progress.byEntity(db, { scope_id, meeting_id: meeting.id, basis });
		weighted.push({ meeting, tally: weighed([...tallies.values()]) });
	}
	return weighted;
}
