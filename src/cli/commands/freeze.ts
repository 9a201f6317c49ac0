import type { Command } from 'commander';

export function register(program: Command) {
	program
		.command('freeze')
		.description("fix a meeting's figures: all they are drawn from goes into a snapshot that never changes")
		.argument('<meeting>', 'for example rcp-32')
		.requiredOption('--by <email>', "who freezes: somebody of the Vice-Chair's office")
		.option('--leave-out-drafts', 'freeze although answers are still drafts, and leave those out')
		.addHelpText(
			'after',
			`
What is reported for the meeting afterwards becomes an addendum. Every chart of it can be seen as presented, from the
snapshot, and as known now.

  npm run waymark -- freeze rcp-32 --by office@example.org`
		)
		.action(async (meeting: string, { by, leaveOutDrafts = false }: Options) => {
			const [{ prepare }, { read }, { somebody }, freezes, { actorOf }, { moment }, { BadInput }] =
				await Promise.all([
					import('#lib/server/database.ts'),
					import('#lib/server/settings.ts'),
					import('../somebody.ts'),
					import('#lib/server/freezes.ts'),
					import('#lib/server/audit.ts'),
					import('#lib/domain/dates.ts'),
					import('#lib/domain/errors.ts')
				]);
			const db = await prepare(read());
			try {
				const user = await somebody(db, by, 'freeze');
				const { number, frozen_at, sha256, size } = await freezes
					.freeze(db, actorOf(user), meeting, { leaveOutDrafts })
					.catch((cause) => {
						if (!(cause instanceof freezes.StillDraft)) throw cause;
						throw new BadInput(`${cause.message} To say so, add --leave-out-drafts.`);
					});
				console.log(
					`${meeting} is frozen as of ${moment(frozen_at)}: snapshot ${number}, ${(size / 1_000_000).toFixed(1)} MB, SHA-256 ${sha256}.`
				);
			} finally {
				await db.destroy();
			}
		});
}

type Options = { by: string; leaveOutDrafts?: boolean };
