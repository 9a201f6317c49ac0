import { mayEver, type User } from '#lib/domain/access.ts';
import { Forbidden } from '#lib/domain/errors.ts';
import { ruleOf, type Rule } from './routes.ts';

export type Asked = {
	route_id: string | null;
	method: string;
	url: URL;
	user: User | undefined;
	/** Is this installation open for anybody to read? */
	open: boolean;
};

/** `in`: let them in. `sign_in`: only somebody signed in. `refuse`: not this person. `nothing`: no such door. */
export type Verdict = 'in' | 'sign_in' | 'refuse' | 'nothing';

/** Whether a request may reach its route. Denies whatever is not in the table of routes. */
export function verdict({ route_id, method, url, user, open }: Asked): Verdict {
	const rule = ruleOf(route_id, method, url);
	if (rule === undefined) return hidden(user, open) ? 'sign_in' : 'nothing';
	return passes(rule, user, open) ? 'in' : user ? 'refuse' : 'sign_in';
}

/** Whoever may not see anything is not told what there is. */
function hidden(user: User | undefined, open: boolean) {
	return !user && !open;
}

function passes(rule: Rule, user: User | undefined, open: boolean) {
	if (rule === 'anyone') return true;
	if (rule === 'published') return open || mayEver(user, 'read');
	// What is a person's own, such as their tokens, is not for the programs that come in their name.
	if (rule === 'signed_in') return user !== undefined && user.scopes === undefined;
	return mayEver(user, rule);
}

/** Is there such a page, and may whoever reads this one open it? What a page offers to go to. */
export function leadsIn(route_id: string, user: User | undefined) {
	const rule = ruleOf(route_id, 'GET', new URL('http://here'));
	return rule !== undefined && passes(rule, user, true);
}

/** Ends the request with 403 unless it is permitted. `permit(may(user, 'submit', { entity_id }))`. */
export function permit(
	permitted: boolean,
	why = 'Your role does not allow this. Whoever gave it to you can change it.'
): asserts permitted {
	if (!permitted) throw new Forbidden(why);
}
