const browsers = [
	[/\bEdg/, 'Edge'],
	[/\bOPR\//, 'Opera'],
	[/SamsungBrowser/, 'Samsung Internet'],
	[/Firefox|FxiOS/, 'Firefox'],
	[/Chrome|CriOS|Chromium/, 'Chrome'],
	[/Safari/, 'Safari']
] as const;

const systems = [
	[/iPhone|iPad|iPod/, 'an iPhone or iPad'],
	[/Android/, 'Android'],
	[/Windows/, 'Windows'],
	[/Mac OS X|Macintosh/, 'a Mac'],
	[/CrOS/, 'ChromeOS'],
	[/Linux/, 'Linux']
] as const;

/** What a browser calls itself, in words its owner knows it by. */
export function device(agent: string | null | undefined): string {
	const of = (list: readonly (readonly [RegExp, string])[]) =>
		list.find(([sign]) => sign.test(agent ?? ''))?.[1];
	const [browser, system] = [of(browsers), of(systems)];
	if (!browser && !system) return 'A browser that does not say what it is';
	return [browser ?? 'A browser', system].filter(Boolean).join(' on ');
}
