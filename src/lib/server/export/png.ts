import { createRequire } from 'node:module';
import { file } from '#lib/charts/outputs/file.ts';
import type { ChartSpec } from '#lib/charts/spec.ts';

/** The letters our own font has, as it was cut. With others in a drawing, the machine's fonts are asked for help. */
const ours =
	/^[\s\u0020-\u007E\u00A0-\u024F\u02BB-\u02DD\p{Mn}\u0370-\u03FF\u0400-\u045F\u0490\u0491\u04D8\u04D9\u1E00-\u1EFF\u2000-\u2026\u2030-\u203A\u2044\u2066-\u2069\u2070-\u2079\u20AC\u2116\u2122\u2190-\u2193\u2212\u2248\u2260-\u2265\u25A0-\u25CF\uFFFD]*$/u;

/** Pixels for each unit of the drawing: sharp on a projector and in print. */
const scale = 2;

/** A chart as a picture: our own drawing, light, in our own font, on a machine that may have no font at all. */
export async function png(spec: ChartSpec): Promise<Buffer> {
	return raster(file(spec));
}

async function raster(svg: string): Promise<Buffer> {
	// Loaded only when a picture is asked for: it is large.
	const { renderAsync } = await import('@resvg/resvg-js');
	const image = await renderAsync(plain(svg), {
		fitTo: { mode: 'zoom', value: scale },
		font: {
			loadSystemFonts: !ours.test(svg),
			fontFiles: [font('regular'), font('bold')],
			defaultFontFamily: 'Inter'
		}
	});
	return image.asPng();
}

/** As this renderer reads it: weights in hundreds. */
function plain(svg: string) {
	return svg
		.replaceAll('font-weight:650', 'font-weight:700')
		.replaceAll('font-weight: 650', 'font-weight: 700');
}

function font(name: 'regular' | 'bold') {
	return createRequire(import.meta.url).resolve(`#lib/styles/inter-${name}.ttf`);
}
