import type { ChartSpec } from '#lib/charts/spec.ts';

/**
 * Puts the interactive canvas in the drawing's place once the page has loaded, is at rest, and the picture is near. The
 * drawing stays where that fails, and for kinds that are not livened at all.
 */
export function livened(spec: ChartSpec, panel: number, name: string) {
	return (node: HTMLElement) => {
		if (spec.kind !== 'bars' && spec.kind !== 'steps') return;
		let gone = false;
		let destroy = () => {};
		const near = new IntersectionObserver(
			(entries) => {
				if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
				near.disconnect();
				afterLoad(async () => {
					try {
						const { enliven } = await import('./canvas.ts');
						if (!gone) destroy = enliven(node, spec, panel, name);
					} catch {
						// The drawing is still there and says the same.
					}
				});
			},
			{ rootMargin: '200px' }
		);
		near.observe(node);
		return () => {
			gone = true;
			near.disconnect();
			destroy();
		};
	};
}

function afterLoad(then: () => void) {
	const atRest = () =>
		'requestIdleCallback' in window ? requestIdleCallback(then, { timeout: 3000 }) : setTimeout(then, 300);
	if (document.readyState === 'complete') atRest();
	else window.addEventListener('load', atRest, { once: true });
}
