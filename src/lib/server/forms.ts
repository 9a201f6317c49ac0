import { z } from 'zod';
import { straight } from '#lib/domain/clean.ts';
import { BadInput, TooLarge } from '#lib/domain/errors.ts';
import { isTooLarge } from './http/body.ts';

export type Errors = Record<string, string>;
type Values = Record<string, string | string[]>;

/** What a form sent, fit for use; or what was wrong with each field, beside what was sent, so that nothing has to be typed again. */
export type Read<Data> =
	{ ok: true; data: Data; files: File[] } | { ok: false; values: Values; errors: Errors };

const tooLarge =
	'This is larger than can be sent at once. Go back: what you typed is still there. Leave out a file, or choose smaller ones.';

/**
 * Reads a posted form with the schema of what it should hold. Fields of the schema that are lists may come several times;
 * anything else twice, and any field the form does not have, is refused under the name ''. Files are handed over apart.
 */
export async function read<Schema extends z.ZodObject>(
	request: Request,
	schema: Schema
): Promise<Read<z.infer<Schema>>> {
	const form = await request.formData().catch((cause: unknown) => {
		if (isTooLarge(cause)) throw new TooLarge(tooLarge);
		throw new BadInput('What was sent is no form. Reload the page and try again.');
	});
	const values: Values = {};
	const files: File[] = [];
	const errors: Errors = {};
	for (const name of new Set(form.keys())) {
		const all = form.getAll(name);
		const texts = all.filter((value) => typeof value === 'string').map(straight);
		files.push(...all.filter((value) => typeof value !== 'string').filter((file) => file.size > 0));
		if (texts.length === 0) continue;
		if (!Object.hasOwn(schema.shape, name)) {
			// A file field nothing was chosen for comes as an empty text.
			if (texts.every((text) => text === '')) continue;
			errors[''] = `This form has no field "${name.slice(0, 60)}". Reload the page and try again.`;
		} else if (isList(schema.shape[name])) values[name] = texts;
		else if (texts.length > 1) {
			values[name] = texts[0]!;
			errors[name] = 'This was sent twice. Reload the page and fill it in once.';
		} else values[name] = texts[0]!;
	}
	const result = schema.safeParse(values);
	if (!result.success) Object.assign(errors, said(result.error, values, errors));
	if (result.success && Object.keys(errors).length === 0) return { ok: true, data: result.data, files };
	return { ok: false, values, errors };
}

/** A refusal found after reading: beside one field, or of the form as a whole. */
export function refuse(form: { data: object }, errors: Errors): Read<never> & { ok: false } {
	const values = Object.fromEntries(
		Object.entries(form.data).map(([name, value]) => [
			name,
			Array.isArray(value) ? value.map(String) : String(value ?? '')
		])
	);
	return { ok: false, values, errors };
}

/** Does what the form asks. A refusal found on the way becomes what is wrong with the form: nothing has to be typed again. */
export async function attempt(form: { data: object }, change: () => Promise<unknown>) {
	try {
		await change();
		return undefined;
	} catch (cause) {
		if (cause instanceof BadInput) return refuse(form, { '': cause.message });
		throw cause;
	}
}

/** The first sentence for each field. */
function said(error: z.ZodError, values: Values, known: Errors): Errors {
	const found: Errors = {};
	for (const { path, message, code } of error.issues) {
		const name = String(path[0] ?? '');
		if (name in found || name in known) continue;
		const missing = code === 'invalid_type' && !(name in values);
		found[name] = missing && /expected|invalid/i.test(message) ? 'Fill this in.' : message;
	}
	return found;
}

const wrappers = [z.ZodOptional, z.ZodDefault, z.ZodPrefault, z.ZodNullable];

function isList(type: unknown): boolean {
	if (type instanceof z.ZodArray) return true;
	if (wrappers.some((wrapper) => type instanceof wrapper)) return isList((type as z.ZodOptional).unwrap());
	return type instanceof z.ZodPipe && isList(type.in);
}
