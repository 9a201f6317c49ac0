import { ladder, type LadderStage } from '#lib/domain/stage.ts';

/**
 * How full the circle is says the stage without colour: empty, a quarter, half, three quarters, full. Drawn around
 * 0,0 so that it can be put anywhere.
 */
export function glyph(stage: LadderStage) {
	const quarter = ladder.indexOf(stage);
	if (quarter === 4) return `<circle r="7" class="${stage} rim"/>`;
	const end = ['', 'A6 6 0 0 1 6 0', 'A6 6 0 0 1 0 6', 'A6 6 0 1 1 -6 0'][quarter];
	return `<circle r="6.5" class="ring"/>${end ? `<path d="M0 0V-6${end}z" class="${stage}"/>` : ''}`;
}

/** A dashed circle for what is carried, a dash for no report, a dot for not asked. */
export function silentGlyph(freshness: string, uid: string) {
	if (freshness === 'carried') return `<circle r="6.5" class="h" fill="url(#${uid})"/>`;
	if (freshness === 'missing') return '<circle r="6.5" class="o"/>';
	if (freshness === 'not_expected') return '<path d="M-2 0h4" class="nil"/>';
	return '<path d="M-5 0h10" class="off"/>';
}
