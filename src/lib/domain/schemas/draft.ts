import { z } from 'zod';
import { fieldNames, fieldsOf, sets, type FieldName, type Fields } from '../draft.ts';

/** More than anybody writes, and little enough to keep: a draft takes what is far too long for a report. */
const text = z
	.string()
	.max(500_000, 'This is longer than a draft can hold. Attach it as a file instead.')
	.default('');
const list = z.array(z.string().max(300)).max(500).default([]);

type Shape = Record<Exclude<FieldName, (typeof sets)[number]>, typeof text> &
	Record<(typeof sets)[number], typeof list>;

const shape = Object.fromEntries(
	fieldNames.map((name) => [name, (sets as readonly string[]).includes(name) ? list : text])
) as Shape;

/** What the form of an update sends: its fields, and the version they were opened at. */
export const draftInput = z.object({
	...shape,
	version: z
		.string()
		.regex(/^\d{1,9}$/, 'Reload the page: this form is of an older kind.')
		.default('0'),
	/** A file to take back. */
	file: z.string().max(300).default(''),
	/** One more plan element it serves, chosen from a list. */
	serve_element: z.string().max(300).default(''),
	serve_role: z.enum(['main', 'contributing'], 'Choose main or contributing.').default('main')
});

export function fieldsFrom(data: z.infer<typeof draftInput>): Fields {
	const more = data.serve_element ? [`${data.serve_role} ${data.serve_element}`] : [];
	return fieldsOf({ ...data, serves: [...data.serves, ...more] });
}
