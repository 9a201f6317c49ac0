import { expect, test } from 'vitest';
import { BadInput } from '#lib/domain/errors.ts';
import { isOpen, read } from '#lib/server/settings.ts';

function complaints(env: Record<string, string>) {
	try {
		read(env);
	} catch (error) {
		expect(error).toBeInstanceOf(BadInput);
		return (error as Error).message.split('\n');
	}
	return [];
}

test('nothing has to be set', () => {
	expect(read({})).toEqual({
		DATABASE_URL: 'sqlite:data/waymark.db',
		HOST: '0.0.0.0',
		PORT: 3000,
		PUBLIC_READ: false,
		LOG_LEVEL: 'info'
	});
});

test('an empty setting counts as left out', () => {
	expect(read({ PORT: '', ORIGIN: ' ', MODE: '' })).toEqual(read({}));
});

test('every wrong setting is named at once, each with what it should be', () => {
	const said = complaints({
		PORT: '70000',
		ORIGIN: 'waymark',
		MODE: 'test',
		PUBLIC_READ: 'yes',
		LOG_LEVEL: 'loud'
	});
	expect(said.map((line) => line.split(' ')[0])).toEqual([
		'PORT',
		'ORIGIN',
		'MODE',
		'PUBLIC_READ',
		'LOG_LEVEL'
	]);
	for (const line of said) expect(line).toMatch(/ must .*\.$/);
});

test.each([
	['PORT', '0'],
	['PORT', '3000x'],
	['PORT', '-1'],
	['HOST', 'a b'],
	['DATABASE_URL', 'mysql://localhost/waymark'],
	['DATABASE_URL', 'data/waymark.db'],
	['DATABASE_URL', 'sqlite:'],
	['ORIGIN', 'https://example.org/waymark'],
	['ORIGIN', 'ftp://example.org'],
	['SECRET', 'short'],
	['SMTP_URL', 'http://mail.example.org'],
	['MODE', 'Demo'],
	['PUBLIC_READ', '1']
])('%s=%s is refused', (name, value) => {
	expect(complaints({ [name]: value })).toEqual([expect.stringMatching(new RegExp(`^${name} must `))]);
});

test('what may hold a password is never repeated', () => {
	const said = complaints({
		SECRET: 'hunter2',
		SMTP_URL: 'http://me:hunter2@mail',
		DATABASE_URL: 'mysql://me:hunter2@db'
	});
	expect(said).toHaveLength(3);
	expect(said.join()).not.toContain('hunter2');
});

test('anyone may read only where that was said, or in demo mode', () => {
	expect(isOpen(read({}))).toBe(false);
	expect(isOpen(read({ PUBLIC_READ: 'false' }))).toBe(false);
	expect(isOpen(read({ PUBLIC_READ: 'true' }))).toBe(true);
	expect(isOpen(read({ MODE: 'demo' }))).toBe(true);
});

test('an address is kept as its origin', () => {
	expect(read({ ORIGIN: 'https://waymark.example.org/' }).ORIGIN).toBe('https://waymark.example.org');
});

test('signing in through an organisation needs all that it told', () => {
	const OIDC_ISSUER = 'https://id.example.org';
	const said = complaints({ OIDC_ISSUER });
	expect(said.map((line) => line.split(' ')[0])).toEqual(['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET']);
	const told = { OIDC_CLIENT_ID: 'a', OIDC_CLIENT_SECRET: 'b' };
	expect(read({ OIDC_ISSUER, ...told })).toMatchObject({ OIDC_ISSUER });
	for (const wrong of ['http://id.example.org', 'https://login.microsoftonline.com/common/v2.0'])
		expect(complaints({ OIDC_ISSUER: wrong, ...told }), wrong).toHaveLength(1);
});
