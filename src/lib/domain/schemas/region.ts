import { z } from 'zod';
import { attendanceUnits, channels, entityKinds, seriesNames, submissionStates } from '../words.ts';
import { certainty, count, day, id, list, maybe, moment, source_url, text, whole } from './fields.ts';

const membership = z
	.object({
		from_on: text('First day'),
		to_on: day('Last day'),
		basis: maybe('On what grounds'),
		source_url,
		certainty
	})
	.meta({ id: 'Membership' });

export const entity = z
	.object({
		id: id('A Member or a regional body', 'FJI'),
		kind: z.enum(entityKinds),
		name: text('Its name'),
		name_fr: maybe('Its name in French'),
		name_variants: list('Other spellings'),
		iso2: maybe('Two letters of ISO 3166-1'),
		administration: maybe('The administration'),
		subregion: maybe('The group of Members it belongs to'),
		time_zone: maybe('Its time zone'),
		source_url,
		certainty,
		memberships: z
			.array(membership)
			.meta({ description: 'When it counted as a Member of the region, oldest first' })
	})
	.meta({ id: 'Entity' });

const attendance = z
	.object({
		count: count('How many came'),
		unit: z.enum(attendanceUnits),
		mode: maybe('In the room, online …'),
		qualifier: maybe('What the source adds'),
		source_url
	})
	.meta({ id: 'Attendance' });

export const meeting = z
	.object({
		id: id('The meeting', 'rcp-32'),
		series: z.enum(seriesNames),
		number: whole('Its number in the series'),
		title: text('Its name'),
		starts_on: text('First day'),
		ends_on: day('Last day'),
		date_precision: maybe('How exactly the days are known'),
		place: maybe('Where'),
		country: maybe('ISO 3166-1 code of the place'),
		host: maybe('The entity that hosts it'),
		mode: maybe('In person, virtual, hybrid'),
		joint_with: maybe('What it was held together with'),
		opens_on: day('Reporting opens'),
		due_on: day('Reports are due; a meeting with a due day is a round'),
		source_url,
		certainty,
		frozen_at: maybe('When its figures were fixed'),
		snapshot: z
			.int()
			.nullable()
			.meta({ description: 'The number of the snapshot that holds its figures as presented' }),
		attendance: z.array(attendance).meta({ description: 'Sources that disagree are all kept' })
	})
	.meta({ id: 'Meeting' });

export const submission = z
	.object({
		meeting: id('The round', 'rcp-32'),
		entity: id('Who answered', 'FJI'),
		state: z.enum(submissionStates),
		channel: z.enum(channels),
		submitted_at: moment('When it came in').nullable(),
		reason: maybe('Why there is nothing to report, or why it is excused'),
		reference: maybe('The reference of the receipt; null where it is excused')
	})
	.meta({ id: 'Submission' });
