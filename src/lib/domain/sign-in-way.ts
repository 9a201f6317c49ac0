const ways: Record<string, string> = {
	mail: 'with a mail',
	passkey: 'with a passkey',
	oidc: 'through your organisation',
	link: 'with a link that was printed',
	demonstration: 'in the demonstration'
};

/** How somebody signed in, in words. */
export function signInWay(way: string): string {
	return ways[way] ?? 'in another way';
}
