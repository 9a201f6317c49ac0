type About = {
	state: 'returned' | 'accepted';
	name: string;
	meeting: string;
	entity: string;
	note: string;
	/** Where Waymark is, when that is known. */
	origin: string | null;
	by: string;
};

/** The mail that tells an entity's people what became of their answer. */
export function settled({ state, name, meeting, entity, note, origin, by }: About) {
	const returned = state === 'returned';
	const lines = [
		`Dear ${name},`,
		returned
			? `${by} has returned the answer of ${entity} for ${meeting} with a note, so that you can mend it. Until you submit it again it does not count.`
			: `${by} has accepted the answer of ${entity} for ${meeting}. Thank you.`,
		note && quoted(note),
		origin
			? `${returned ? 'Go on from here' : 'Read it here'}: ${origin}/report`
			: `${returned ? 'Go on from' : 'Read it on'} the page Report.`
	];
	return {
		subject: returned
			? `${meeting}: your answer came back with a note`
			: `${meeting}: your answer is accepted`,
		text: `${lines.filter(Boolean).join('\n\n')}\n`
	};
}

/** As mail programs show what somebody else said. */
function quoted(text: string) {
	return text
		.split(/\r?\n/)
		.map((line) => `> ${line}`.trimEnd())
		.join('\n');
}
