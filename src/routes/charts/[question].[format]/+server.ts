import { csv } from '#lib/charts/outputs/csv.ts';
import { file } from '#lib/charts/outputs/file.ts';
import { json } from '#lib/charts/outputs/json.ts';
import { questions, type ChartSpec, type Question } from '#lib/charts/spec.ts';
import { NotFound } from '#lib/domain/errors.ts';
import { spec } from '#lib/server/charts.ts';
import { xlsx } from '#lib/server/export/chart-book.ts';
import { png } from '#lib/server/export/png.ts';
import type { RequestHandler } from './$types';

type Output = {
	type: string;
	write: (spec: ChartSpec) => string | Promise<Uint8Array>;
	/** To be kept rather than looked at. */
	attached?: boolean;
};

const outputs: Record<string, Output> = {
	svg: { type: 'image/svg+xml; charset=utf-8', write: file },
	png: { type: 'image/png', write: png },
	csv: { type: 'text/csv; charset=utf-8; header=present', write: csv, attached: true },
	xlsx: {
		type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
		write: xlsx,
		attached: true
	},
	json: { type: 'application/json; charset=utf-8', write: json }
};

/** One chart as a file. What its address may ask for is in docs/charts.md. */
export const GET: RequestHandler = async ({ locals: { db }, params, url }) => {
	const question = questions.find((one) => one === params.question);
	const output = Object.hasOwn(outputs, params.format) ? outputs[params.format] : undefined;
	if (!question)
		throw new NotFound(`There is no chart "${params.question}". The charts are ${questions.join(', ')}.`);
	if (!output)
		throw new NotFound(`A chart can't be had as "${params.format}". Ask for svg, png, csv, xlsx or json.`);

	const drawn = await spec(db, question, Object.fromEntries(url.searchParams));
	return new Response((await output.write(drawn)) as BodyInit, {
		headers: {
			'content-type': output.type,
			'content-disposition': `${output.attached ? 'attachment' : 'inline'}; filename="${name(question, drawn)}.${params.format}"`,
			// A drawing opened by itself may not do anything but be seen.
			...(params.format === 'svg' && {
				'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'"
			})
		}
	});
};

/** "stages-rsp-2022-2024-rcp-32": what the address asked for, in plain letters. */
function name(question: Question, { params }: ChartSpec) {
	const parts = [
		question,
		params.plan,
		params.element,
		params.entity,
		params.initiative,
		params.from,
		params.to ?? params.meeting
	];
	return parts
		.filter(Boolean)
		.join('-')
		.replace(/[^a-zA-Z0-9]+/g, '-')
		.slice(0, 100);
}
