import { Option, type Command } from 'commander';
import { roleName, roles, type Role } from '#lib/domain/access.ts';
import type { Db } from '#db/open.server.ts';
import { BadInput, NotFound } from '#lib/domain/errors.ts';
import { prepare } from '#lib/server/database.ts';
import { read } from '#lib/server/settings.ts';

type Given = { name: string; role: Role; entity?: string; element?: string; from?: string; to?: string };

export function register(program: Command) {
	const user = program
		.command('user')
		.description('add, list and disable people, and print a link that signs somebody in')
		.addHelpText(
			'after',
			`
  npm run waymark -- user add officer@example.org --name "An Officer" --role national_coordinator --entity FJI
  npm run waymark -- user add chair@example.org --name "Vice-Chair's office" --role vice_chair_office
  npm run waymark -- user link officer@example.org     where no mail server sends sign-in mails

The roles: ${roles.join(', ')}. What each may do is on the page /access.`
		);
	user
		.command('add')
		.argument('<email>', 'the address they sign in with')
		.description('add somebody with a role, or give one more role to somebody who is here')
		.requiredOption('--name <name>', 'their name, as others see it')
		.addOption(new Option('--role <role>', 'what they are').choices(roles).makeOptionMandatory())
		.option('--entity <id>', 'whose contributor or national coordinator, for example FJI')
		.option('--element <id>', 'whose area coordinator, for example rsp-2022-2024:FA1')
		.option('--from <day>', 'the first day of the role, as 2026-01-31; today when left out')
		.option('--to <day>', 'the last day of the role; open when left out')
		.action((email: string, given: Given) => withDatabase((db) => add(db, email, given)));
	user
		.command('list')
		.description('list everybody with the roles they have today')
		.action(() => withDatabase(list));
	user
		.command('disable')
		.argument('<email>', 'whose')
		.description('shut somebody out: no sign-in, and every session and token of theirs ends')
		.action((email: string) => withDatabase((db) => disable(db, email)));
	user
		.command('link')
		.argument('<email>', 'whose')
		.description('print a link that signs somebody in, once, within 24 hours')
		.action((email: string) => withDatabase((db) => link(db, email)));
}

async function withDatabase(work: (db: Db) => Promise<void>) {
	const db = await prepare(read());
	try {
		await work(db);
	} finally {
		await db.destroy();
	}
}

const modules = async () => ({
	users: await import('#lib/server/users.ts'),
	audit: await import('#lib/server/audit.ts'),
	person: await import('#lib/domain/schemas/person.ts')
});

async function add(db: Db, email: string, given: Given) {
	const { users, audit, person } = await modules();
	const check = (name: string, schema: { safeParse: (value: unknown) => Checked }, value: unknown) => {
		const { success, error } = schema.safeParse(value);
		if (!success) throw new BadInput(`${name}: ${error!.issues[0]!.message}`);
	};
	check('EMAIL', person.emailField, email);
	check('--name', person.nameField, given.name);
	for (const day of ['from', 'to'] as const)
		if (given[day] !== undefined) check(`--${day}`, person.dayField, given[day]);
	const { role, entity, element, from, to } = given;
	const known = await users.find(db, { email });
	const who = await users.addWithRole(db, audit.commandLine, {
		email,
		name: given.name,
		grant: { role, entity_id: entity, element_id: element, from_on: from, to_on: to }
	});
	const of = entity ?? element;
	console.log(
		`${known ? `${known.name} (${who.email}) was here already and is now also` : `Added ${who.name} (${who.email}):`} ${roleName[role]}${of ? ` of ${of}` : ''}${from ? ` from ${from}` : ''}${to ? ` to ${to}` : ''}.`
	);
}

type Checked = { success: boolean; error?: { issues: { message: string }[] } };

async function list(db: Db) {
	const { users } = await modules();
	const everybody = await users.list(db);
	const today = new Date().toISOString().slice(0, 10);
	for (const { email, name, disabled_at, grants } of everybody) {
		const now = grants.filter(({ from_on, to_on }) => from_on <= today && (to_on ?? today) >= today);
		const held = now.map(({ role, entity_id, element_id }) =>
			[role, entity_id ?? element_id].filter(Boolean).join(' ')
		);
		const state = disabled_at ? 'disabled' : held.join(', ') || 'no role today';
		console.log([email, name, state].join('\t'));
	}
	if (everybody.length === 0)
		console.log(
			'There is nobody yet. "npm run waymark -- user add" adds somebody; so does the address the start prints.'
		);
}

async function disable(db: Db, email: string) {
	const { users, audit } = await modules();
	const user = await users.find(db, { email });
	if (!user) throw new NotFound(unknown(email));
	await users.disable(db, audit.commandLine, user.id);
	console.log(
		`${user.name} (${user.email}) can no longer sign in. Every session and token of theirs has ended.`
	);
}

async function link(db: Db, email: string) {
	const { users, audit } = await modules();
	const user = await users.find(db, { email });
	if (!user) throw new NotFound(unknown(email));
	const { forSignIn } = await import('#lib/server/one-time.ts');
	const { base } = await import('#lib/server/own-address.ts');
	const token = await forSignIn(db, audit.commandLine, user);
	console.log(`Signs in ${user.name} (${user.email}), once, within 24 hours:`);
	console.log(`${base(read())}/sign-in/once/${token}`);
}

function unknown(email: string) {
	return `Nobody with the address ${email} can sign in. "npm run waymark -- user list" shows everybody.`;
}
