import common from '../../../styles/charts.css?raw';
import matrix from '../../../styles/charts-matrix.css?raw';
import { dark, light } from './palette.ts';

/**
 * The style sheet of a drawing that travels alone: the page's own rules with every colour written out, light and dark.
 * Written out, because what draws SVG outside a browser knows no custom properties. It is always wide.
 */
export function style() {
	const rules = (common + matrix)
		.replace(/\/\*[\s\S]*?\*\//g, '')
		.replace(/@container[^{]*\{((?:[^{}]*\{[^{}]*\})*)\s*\}/g, '$1')
		.replace(/--[\w-]+:[^;]*;/g, '')
		.replace(/@media[^{]*\{(?:[^{}]*\{[^{}]*\})*\s*\}/g, '')
		.replace(/\s+/g, ' ')
		.replace(/[^{}]+\{[^{}]*\}/g, (rule) => (/^\s*\.(wm)\b/.test(rule) ? rule.trim() : ''));
	const coloured = [...rules.matchAll(/[^{}]+\{[^{}]*var\([^{}]*\}/g)]
		.map(([rule]) => onlyColours(rule))
		.join('');
	const extra = `.wm .slim .w{display:none}.wm .slim .n{display:inline}.wm{font-family:Inter,system-ui,'Segoe UI',Roboto,'Noto Sans',sans-serif}.paper{fill:var(--paper)}.wm .t{font-size:20px;font-weight:650}.wm .u{font-size:13px;fill:var(--ink-soft)}`;
	return `${filled(rules + extra, light)}@media (prefers-color-scheme:dark){${filled(`.paper{fill:var(--paper)}.wm .u{fill:var(--ink-soft)}${coloured}`, dark)}}`;
}

function onlyColours(rule: string) {
	const [selector = '', body = ''] = rule.split(/[{}]/);
	return `${selector}{${body
		.split(';')
		.filter((line) => line.includes('var('))
		.join(';')}}`;
}

function filled(css: string, colours: Record<string, string>) {
	return css.replace(
		/var\(--([\w-]+)(?:,\s*([^)]*))?\)/g,
		(_, name: string, other = '') => colours[name] ?? other
	);
}
