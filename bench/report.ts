/** A heading, and rows of what was measured beside what it means. */
export function section(title: string) {
	console.log(`\n${title}`);
}

export function row(name: string, figure: string, meaning = '') {
	console.log(`  ${name.padEnd(28)} ${figure.padStart(26)}   ${meaning}`.trimEnd());
}
