import { z } from 'zod';
import { elementKinds, planLevels, planRoles, relations } from '../words.ts';
import { certainty, count, day, id, list, maybe, source_url, text, whole } from './fields.ts';

const columns = {
	id: id('The plan', 'rsp-2022-2024'),
	short_title: text('A few words for it'),
	title: text('Its name'),
	title_fr: maybe('Its name in French'),
	level: z.enum(planLevels),
	owner: maybe('Whose plan it is'),
	role: z.enum(planRoles).nullable(),
	starts_on: day('First day'),
	ends_on: day('Last day'),
	period_label: maybe('The period as published'),
	succeeds: maybe('The plan it follows'),
	completeness: maybe('How much of the plan is known here'),
	source_url,
	certainty
};

export const element = z
	.object({
		id: id('The plan, a colon, and the code', 'rsp-2022-2024:FA1'),
		plan: id('Its plan', 'rsp-2022-2024'),
		code: text('Its code within the plan'),
		aliases: list('Other names it goes by'),
		parent: maybe('The element above it'),
		kind: z.enum(elementKinds),
		published_level: maybe('What the plan itself calls this level'),
		title: text('Its name'),
		title_fr: maybe('Its name in French'),
		summary: maybe('What it is about'),
		position: whole('Its place among its siblings'),
		due_on: day('When it is due'),
		source_url,
		certainty
	})
	.meta({ id: 'PlanElement' });

export const planInList = z
	.object({ ...columns, element_count: count('How many elements it has') })
	.meta({ id: 'Plan' });

export const plan = z
	.object({
		...columns,
		elements: z.array(element).meta({ description: 'From the top down, each after its parent' })
	})
	.meta({ id: 'PlanWithElements' });

export const alignment = z
	.object({
		id: id('The link', 'x01'),
		from: id('A plan or an element', 'rsp-2022-2024:FA1'),
		to: id('A plan or an element', 'sp-2022-2025:SO1'),
		relation: z.enum(relations),
		strength: whole('1 to 3'),
		rationale: maybe('Why they are linked'),
		agreed_at: maybe('The meeting that agreed on the link'),
		source_url,
		certainty
	})
	.meta({ id: 'Alignment' });
