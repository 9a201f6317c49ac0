/** Could something have this id? PostgreSQL refuses even to be asked about a text with U+0000 in it. */
export function canExist(id: string) {
	return !id.includes('\0');
}
