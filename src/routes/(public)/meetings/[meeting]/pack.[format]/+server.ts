import { NotFound } from '#lib/domain/errors.ts';
import { asked } from '#lib/server/deck.ts';
import { file, formats, type Format } from '#lib/server/pack.ts';
import { policy } from '#lib/server/pack/page.ts';
import type { RequestHandler } from './$types';

const office = 'application/vnd.openxmlformats-officedocument';
const types: Record<Format, string> = {
	pptx: `${office}.presentationml.presentation`,
	xlsx: `${office}.spreadsheetml.sheet`,
	pdf: 'application/pdf',
	html: 'text/html; charset=utf-8',
	zip: 'application/zip'
};

/** One file of a meeting's pack; a page to print where there is no browser to make the PDF with. */
export const GET: RequestHandler = async ({ locals: { db }, params, url }) => {
	const format = formats.find((one) => one === params.format);
	if (!format)
		throw new NotFound(
			`A meeting's pack can't be had as "${params.format}". Ask for ${formats.slice(0, -1).join(', ')} or ${formats.at(-1)}.`
		);
	const at = await asked(db, params.meeting, url.searchParams);
	const { bytes, instead } = await file(db, { ...at, origin: url.origin }, format);
	const kind = instead ? 'html' : format;
	const name = [at.plan_id, at.meeting_id, ...(at.basis === 'presented' ? ['as-presented'] : [])]
		.join('-')
		.replace(/[^a-zA-Z0-9]+/g, '-')
		.slice(0, 100);
	return new Response(bytes as BodyInit, {
		headers: {
			'content-type': types[kind],
			'content-disposition': `${kind === 'pdf' || kind === 'html' ? 'inline' : 'attachment'}; filename="${name}.${kind}"`,
			...(kind === 'html' && { 'content-security-policy': `${policy}; frame-ancestors 'none'` })
		}
	});
};
