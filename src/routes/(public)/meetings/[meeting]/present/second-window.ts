/**
 * An empty window beside this one, with this page's styles, to draw into from here: it asks nothing of the network, which may be
 * gone. Nothing where the browser does not allow it.
 */
export function openSecond(title: string): { window: Window; target: HTMLElement } | null {
	const height = Math.min(1000, screen.availHeight);
	const second = window.open('', 'waymark-notes', `popup,width=1280,height=${height}`);
	if (!second) return null;
	const { document: page } = second;
	page.title = title;
	page.documentElement.lang = 'en';
	page.body.replaceChildren();
	page.adoptedStyleSheets = [stylesFor(second)];
	const target = page.createElement('div');
	page.body.append(target);
	return { window: second, target };
}

/** All rules of this page as one sheet made there; its fonts stay here, since they would be asked for again. */
function stylesFor(second: Window) {
	const sheet = new (second as Window & typeof globalThis).CSSStyleSheet();
	const rules = [...document.styleSheets].flatMap((own) => {
		try {
			return [...own.cssRules];
		} catch {
			return []; // Not ours to read.
		}
	});
	sheet.replaceSync(
		rules
			.filter((rule) => !(rule instanceof CSSFontFaceRule) && !(rule instanceof CSSImportRule))
			.map((rule) => rule.cssText)
			.join('\n')
	);
	return sheet;
}
