import type { User } from '#lib/domain/access.ts';
import { meetingName } from '#lib/charts/sentence.ts';
import { address } from '#lib/domain/address.ts';
import { leadsIn } from '#lib/server/access/guard.ts';

type Meeting = { id: string; round: boolean; frozen_at: string | null };

type Round = Parameters<typeof meetingName>[0] & { id: string };

/** What is shown of the meeting: it goes along to what shows the same. `before` is the round before it. */
type Shown = { plan?: string; basis: 'presented' | 'known'; before: Round | null };

/**
 * Where one can go from a meeting: only to what there is, and what this visitor may open. First what shows it, then what is
 * for those who run it.
 */
export function ways(meeting: Meeting, user: User | undefined, { plan, basis, before }: Shown) {
	const home = `/meetings/${encodeURIComponent(meeting.id)}`;
	const { round } = meeting;
	const frozen = meeting.frozen_at !== null;
	const shown = { plan, basis: basis === 'presented' ? basis : null };
	const all = [
		{ to: 'present', label: 'Present', offered: round, open: true },
		{
			to: 'changes',
			label: before && `What changed since ${meetingName(before)}`,
			offered: before,
			open: true
		},
		{ to: 'pack', label: 'Slides and files', offered: round, open: true },
		{ to: 'report', label: 'Regional report', offered: round, open: true },
		{ to: 'round', label: 'Round and who is asked', offered: !frozen, open: false },
		{ to: 'board', label: 'Response board', offered: round, open: false },
		{ to: 'papers', label: 'Agenda, papers, decisions, attendance', offered: true, open: false },
		{ to: 'freeze', label: 'Freeze', offered: round && !frozen, open: false },
		{ to: 'links', label: 'Published charts', offered: frozen, open: false },
		{ to: 'unfreeze', label: 'Undo the freeze', offered: frozen, open: false }
	];
	return all
		.filter(({ offered }) => offered)
		.filter(({ to, open }) => leadsIn(`/(${open ? 'public' : 'app'})/meetings/[meeting]/${to}`, user))
		.map(({ to, label, open }) => ({
			href: address(`${home}/${to}`, { ...(open && shown), ...(to === 'changes' && { from: before?.id }) }),
			label: label!,
			runs: !open
		}));
}
