import { add, story } from './story.ts';
import { person } from './people.ts';

/** The small region with the answers of Fiji and Japan to RHCA-24 submitted, and everybody who has to do with reviewing them. */
export async function reviewed() {
	const db = await story();
	await add(
		db,
		'submission',
		['FJI', 'JPN'].map((entity_id) => ({
			meeting_id: 'rhca-24',
			entity_id,
			state: 'submitted' as const,
			channel: 'web' as const,
			submitted_at: '2023-05-01T08:00:00.000Z'
		}))
	);
	return {
		db,
		office: await person(db, 'vice_chair_office', { name: 'The office' }),
		area: await person(db, 'area_coordinator', {
			element_id: 'rsp-2022-2024:FA2',
			name: 'The area coordinator'
		}),
		fiji: await person(db, 'national_coordinator', { entity_id: 'FJI', name: 'Fiji' }),
		officer: await person(db, 'contributor', { entity_id: 'FJI', name: 'An officer of Fiji' }),
		japan: await person(db, 'national_coordinator', { entity_id: 'JPN', name: 'Japan' }),
		viewer: await person(db, 'viewer'),
		administrator: await person(db, 'administrator')
	};
}

/** What Fiji and Japan said at RHCA-24. */
export const ofFiji = 'single-window-fji-rhca-24';
export const ofJapan = 'drill-jpn-rhca-24';
