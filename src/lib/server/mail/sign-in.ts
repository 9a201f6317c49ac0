import { shown } from '#lib/domain/code.ts';

type Letter = { kind: string; subject: string; text: string; wanted: true };

/** The mail to sign in with: a code, and a link where we know our own address. */
export function signInMail({ code, link }: { code: string; link: string | null }): Letter {
	const byLink = link
		? `\nOr, in the browser where you asked for this mail, open\n\n    ${link}\n\nand press "Sign in".\n`
		: '';
	return {
		kind: 'sign_in',
		wanted: true,
		subject: 'Your code to sign in to Waymark',
		text: `Your code to sign in to Waymark:

    ${shown(code)}

Type it where you asked for it. It works once, for ten minutes.
${byLink}
If you did not ask for this, leave it be: without you nobody gets in. Never tell the code to anybody, whoever they say they are.
`
	};
}

/** The mail to somebody who was given a role, and has to know where to go. */
export function invitation(of: { by: string; role: string; address: string | null }): Letter {
	return {
		kind: 'invitation',
		wanted: true,
		subject: 'You can sign in to Waymark',
		text: `${of.by} has given you a role in Waymark, where the region follows its strategic plans: ${of.role}.

${of.address ? `To begin, open\n\n    ${of.address}` : 'To begin, open the address of Waymark that your colleagues use, choose "Sign in"'}

and ask for a mail to sign in with. There is no password. If you did not expect this, ask ${of.by}.
`
	};
}
