const known = {
	documented: { label: 'Documented', explanation: 'A public page says so: follow the source.' },
	inferred: {
		label: 'Inferred',
		explanation: 'Our reading of public pages; no page says so in these words.'
	},
	reference: { label: 'Reference', explanation: 'General reference knowledge, such as codes and names.' },
	demonstration: {
		label: 'Demonstration',
		explanation: 'Made up so that every page can be tried; nobody reported it.'
	},
	unstated: {
		label: 'Certainty not stated',
		explanation: 'Whoever brought this row did not say how sure it is.'
	}
};

export type Sureness = { key: keyof typeof known; label: string; explanation: string };

/** How sure is this row? Packages may use words of their own: what we do not know is not stated. */
export function certainty(value: string | null | undefined): Sureness {
	const key = value && value in known ? (value as keyof typeof known) : 'unstated';
	return { key, ...known[key] };
}
