// What a spreadsheet takes for the beginning of a formula, in half and full width, also behind what can't be seen.
const formula = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|^[\p{Cf}]*[\t\r\n]/u;

/** Would a spreadsheet that reads this from a text file, or a person who presses Enter in its cell, set it off as a formula? */
export function isFormula(text: string) {
	return formula.test(text);
}

/** The text as a spreadsheet takes it for text: with an apostrophe before what it would take for a formula. */
export function harmless(text: string) {
	return isFormula(text) ? `'${text}` : text;
}

/** Without the characters that XML does not know: control characters, halves of pairs. */
export function forXml(text: string) {
	return text.toWellFormed().replace(/[^\t\n\r\P{Cc}]|[\uFFFE\uFFFF]/gu, '');
}
