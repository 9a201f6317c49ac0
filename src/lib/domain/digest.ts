import { escape, isolate } from './markup.ts';
import { howFar, type Reminder } from './reminders.ts';
import { count, cut } from './text.ts';
import { inZone } from './zones.ts';

export type Asked = {
	entity: { id: string; name: string };
	/** The answer came back, or has not been given yet. */
	returned: boolean;
	/** Whom the reader stands in for here. */
	instead_of: string | null;
	initiatives: { id: string; title: string }[];
};

export type RoundDue = {
	meeting: { id: string; name: string };
	reminder: Reminder;
	due_at: string;
	/** Of the host, who set the moment. */
	time_zone: string;
	asked: Asked[];
};

export type Digest = {
	name: string;
	day: string;
	/** Whose clock the times are told by. */
	zone: string;
	/** Is it the reader's? Else it is the host's, for want of theirs. */
	known: boolean;
	origin: string;
	rounds: RoundDue[];
};

/** A mail stays light: what goes beyond this is counted, and waits behind the link. */
const room = 14_000;

/** The one mail of a day: what is due, and what is still missing, in plain text and in light HTML. */
export function compose(digest: Digest): { subject: string; text: string; html: string } {
	const { name, known, origin, rounds } = digest;
	const left = { room };
	const parts = rounds.map((round) => part(round, digest, left));
	const hello = `Dear ${isolate(name)},`;
	const all = { href: `${origin}/report`, label: 'All that you are asked for, in one list' };
	const end = 'You get this because you report for a Member or body. Choose how much mail you get:';
	const choose = `${origin}/account/mail`;
	const clock = {
		href: `${origin}/account#time_zone`,
		label: 'We do not know your time zone, so times are those of the host. Choose yours'
	};
	return {
		subject: subject(rounds, digest),
		text:
			[
				hello,
				...parts.map(({ text }) => text),
				`${all.label}:\n${all.href}`,
				...(known ? [] : [`${clock.label}:\n${clock.href}`]),
				`-- \n${end}\n${choose}`
			].join('\n\n') + '\n',
		html: `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escape(subject(rounds, digest))}</title></head>
<body style="font:16px/1.5 sans-serif;max-width:40em">
<p>${escape(hello)}</p>
${parts.map(({ html }) => html).join('\n')}
<p>${link(all.href, all.label)}</p>${known ? '' : `\n<p><small>${link(clock.href, clock.label)}.</small></p>`}
<p><small>${escape(end)} ${link(choose, 'mail and calendar')}.</small></p>
</body></html>
`
	};
}

function subject(rounds: RoundDue[], { day, zone }: Digest) {
	const [first, ...more] = [...rounds].sort((a, b) => a.due_at.localeCompare(b.due_at));
	const { meeting, due_at, reminder } = first!;
	const name = cut(meeting.name, 80);
	const far = howFar(due_at, day, zone);
	const also = more.length > 0 ? `, and ${count(more.length, 'more round', 'more rounds')}` : '';
	if (reminder === 'opened') return `${name} is open for reports; they are due ${far}${also}`;
	return `${name}: reports ${reminder === 'overdue' ? 'were' : 'are'} due ${far}${also}`;
}

function part(round: RoundDue, { day, zone, origin }: Digest, left: { room: number }) {
	const { meeting, due_at, time_zone, reminder } = round;
	const name = isolate(meeting.name);
	const moment = inZone(due_at, zone);
	const host = time_zone === zone ? '' : `, which is ${inZone(due_at, time_zone)} for the host`;
	const far = howFar(due_at, day, zone);
	const lead = {
		opened: `The round for ${name} is open. Reports are due ${far}: ${moment}${host}.`,
		due: `Reports for ${name} are due ${far}: ${moment}${host}.`,
		overdue: `Reports for ${name} were due ${far}: ${moment}${host}. They are still welcome, until the meeting's figures are frozen.`
	}[reminder];
	const lists = round.asked.map((asked) => list(asked, meeting.id, origin, left));
	return {
		text: [lead, ...lists.map(({ text }) => text)].join('\n\n'),
		html: `<p>${escape(lead)}</p>\n${lists.map(({ html }) => html).join('\n')}`
	};
}

function list(
	{ entity, returned, instead_of, initiatives }: Asked,
	meeting_id: string,
	origin: string,
	left: { room: number }
) {
	const named = isolate(cut(entity.name, 120));
	const who = instead_of ? `${named}, where you stand in for ${isolate(cut(instead_of, 120))},` : named;
	const what = returned ? 'was returned to you, and waits to be sent again' : 'has not been submitted yet';
	const head = `The answer of ${who} ${what}.`;
	const lines: { text: string; html: string }[] = [];
	for (const { id, title } of initiatives) {
		const href = `${origin}/report/${encodeURIComponent(meeting_id)}/${encodeURIComponent(id)}?entity=${encodeURIComponent(entity.id)}`;
		const short = cut(title, 140);
		const html = `<li>${link(href, isolate(short))}</li>`;
		left.room -= bytes(html);
		if (left.room < 0) break;
		lines.push({ text: `- ${short}\n  ${href}`, html });
	}
	const missing = initiatives.length > 0 ? `Still missing, ${count(initiatives.length, 'initiative')}:` : '';
	const rest = initiatives.length - lines.length;
	const more = rest > 0 ? `… and ${rest} more.` : '';
	return {
		text: [`${head}${missing && ` ${missing}`}`, ...lines.map(({ text }) => text), more]
			.filter(Boolean)
			.join('\n'),
		html: `<p>${escape(head)} ${escape(missing)}</p>${lines.length > 0 ? `<ul>${lines.map(({ html }) => html).join('')}</ul>` : ''}${more && `<p>${more}</p>`}`
	};
}

const link = (href: string, label: string) => `<a href="${escape(href)}">${escape(label)}</a>`;
const bytes = (text: string) => new TextEncoder().encode(text).length;
