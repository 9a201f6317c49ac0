import type { Command } from 'commander';

export function register(program: Command) {
	program
		.command('unfreeze')
		.description("undo a meeting's freeze, with a reason that stays on record")
		.argument('<meeting>', 'for example rcp-32')
		.requiredOption('--by <email>', 'who undoes it: an administrator')
		.requiredOption('--reason <text>', 'why')
		.addHelpText(
			'after',
			`
The snapshot stays, and its number with it. The next freeze of the meeting makes the next one.

  npm run waymark -- unfreeze rcp-32 --by admin@example.org --reason "Two answers were left out by mistake"`
		)
		.action(async (meeting: string, { by, reason }: { by: string; reason: string }) => {
			const [{ prepare }, { read }, { somebody }, freezes, { actorOf }] = await Promise.all([
				import('#lib/server/database.ts'),
				import('#lib/server/settings.ts'),
				import('../somebody.ts'),
				import('#lib/server/freezes.ts'),
				import('#lib/server/audit.ts')
			]);
			const db = await prepare(read());
			try {
				const user = await somebody(db, by, 'unfreeze', { frozen: true });
				await freezes.unfreeze(db, actorOf(user), meeting, reason);
				console.log(
					`${meeting} is frozen no longer: its figures follow what is reported. The reason is on record.`
				);
			} finally {
				await db.destroy();
			}
		});
}
