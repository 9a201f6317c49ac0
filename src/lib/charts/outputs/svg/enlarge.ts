/**
 * A drawing so many times as large. Everything across is in percent and stays; everything down, and each radius and path, is in
 * pixels and grows. The text's size is the style sheet's: `--k` says there how much it has to grow.
 */
export function enlarge(markup: string, k: number): string {
	const size = (n: string) => String(Math.round(Number(n) * k * 100) / 100);
	return markup.replace(/<[a-z][^>]*>/gi, (tag) =>
		tag
			.replace(
				/(\s(?:x|y|x1|x2|y1|y2|cx|cy|dx|dy|r|rx|ry|width|height)=")(-?[\d.]+)(")/g,
				(_, before: string, n: string, after: string) => before + size(n) + after
			)
			.replace(
				/(\sd=")([^"]*)(")/g,
				(_, before: string, path: string, after: string) => before + grown(path, size) + after
			)
	);
}

/** A path; of an arc the two radii and the end grow, not its angle and flags. */
function grown(path: string, size: (n: string) => string) {
	return path.replace(/([a-z])([^a-z]*)/gi, (_, command: string, rest: string) => {
		let place = 0;
		const arc = command.toLowerCase() === 'a';
		return (
			command +
			rest.replace(/-?(?:\d+\.?\d*|\.\d+)/g, (n) => {
				const part = place++ % 7;
				return arc && part >= 2 && part <= 4 ? n : size(n);
			})
		);
	});
}
