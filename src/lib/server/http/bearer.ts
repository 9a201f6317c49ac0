/** The token a program came with; nothing where it came without. What a proxy in front of us asks for is not ours to read. */
export function bearerOf(request: Request): string | undefined {
	return /^Bearer\b(.*)$/i.exec(request.headers.get('authorization') ?? '')?.[1]?.trim();
}
