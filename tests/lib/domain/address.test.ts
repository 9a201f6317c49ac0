import { expect, test } from 'vitest';
import { address, elementAddress } from '#lib/domain/address.ts';

test('an address keeps its parameters in order, leaves out what is empty, and escapes the rest', () => {
	expect(address('/initiatives')).toBe('/initiatives');
	expect(address('/initiatives', { plan: 'rsp', stage: '', entity: null, meeting: undefined, page: 2 })).toBe(
		'/initiatives?plan=rsp&page=2'
	);
	expect(address('/initiatives', { q: 'a&b=c é' })).toBe('/initiatives?q=a%26b%3Dc%20%C3%A9');
	expect(elementAddress({ plan_id: 'rsp', code: 'FA2/x' }, { meeting: 'rcp-32' })).toBe(
		'/plans/rsp/FA2%2Fx?meeting=rcp-32'
	);
});
