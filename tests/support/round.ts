import * as audit from '#lib/server/audit.ts';
import * as rounds from '#lib/server/rounds.ts';
import { person } from './people.ts';
import { story } from './story.ts';

/** The small region with the round of RCP-33 open: Ana writes for Fiji, Ben submits, and the office opened it. */
export async function openRound() {
	const db = await story();
	const office = await person(db, 'vice_chair_office', { name: 'Office' });
	const ana = await person(db, 'contributor', { entity_id: 'FJI', name: 'Ana' });
	const ben = await person(db, 'national_coordinator', { entity_id: 'FJI', name: 'Ben' });
	await rounds.open(db, audit.actorOf(office), 'rcp-33', {
		due_at: '2099-11-01T05:00:00.000Z',
		due_on: '2099-11-01',
		time_zone: 'Pacific/Fiji'
	});
	return { db, office, ana, ben };
}
