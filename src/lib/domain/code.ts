/** Letters and figures that are not taken for one another in print. A code of eight is one in 500 billion. */
const letters = '23456789ABCDEFGHJKMNPQRTVWXYZ';

export const codeLength = 8;

/** A code out of bytes that are random. */
export function codeFrom(bytes: Uint8Array): string {
	let number = bytes.subarray(0, 12).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
	let code = '';
	for (let i = 0; i < codeLength; i++) {
		code += letters[Number(number % BigInt(letters.length))];
		number /= BigInt(letters.length);
	}
	return code;
}

/** As it is shown: in two halves. */
export function shown(code: string) {
	return `${code.slice(0, 4)}-${code.slice(4)}`;
}

/** As it was typed, in any case, with or without spaces and hyphens. */
export function typed(text: string) {
	return text.toUpperCase().replace(/[^A-Z0-9]/g, '');
}
