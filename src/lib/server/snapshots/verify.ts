import { createHash } from 'node:crypto';
import type { Reader } from '#db/open.server.ts';
import type { SnapshotTable } from '#db/schema.ts';
import { headLine } from '#lib/domain/snapshot.ts';
import { broken, parts } from './load.ts';

/**
 * Reads every snapshot there is and compares its checksum with what was sealed, its first line with its row, and each freeze
 * with its snapshot. Gives a sentence for each that is not as it was.
 */
export async function verify(db: Reader): Promise<string[]> {
	const wrong: string[] = [];
	for (const snapshot of await db.selectFrom('snapshot').selectAll().orderBy('frozen_at').execute()) {
		if (!(await isSound(db, snapshot))) wrong.push(broken(snapshot));
	}
	const freezes = await db
		.selectFrom('freeze as f')
		.leftJoin('snapshot as s', (join) =>
			join.onRef('s.meeting_id', '=', 'f.meeting_id').onRef('s.number', '=', 'f.snapshot')
		)
		.select(['f.meeting_id', 'f.snapshot', 'f.frozen_at', 'f.sha256', 's.frozen_at as at', 's.sha256 as sum'])
		.where('f.snapshot', 'is not', null)
		.orderBy('f.meeting_id')
		.execute();
	for (const { meeting_id, snapshot, frozen_at, sha256, at, sum } of freezes) {
		if (at === frozen_at && sum === sha256) continue;
		wrong.push(`The freeze of ${meeting_id} does not match its snapshot ${snapshot}. Restore a backup.`);
	}
	return wrong;
}

async function isSound(db: Reader, snapshot: SnapshotTable) {
	const hash = createHash('sha256');
	let size = 0;
	let head = '';
	try {
		for await (const { name, lines } of parts(db, snapshot)) {
			hash.update(lines);
			size += lines.length;
			if (name === 'head') head = lines.toString();
		}
	} catch {
		return false; // What can't be unpacked is not what was packed.
	}
	return hash.digest('hex') === snapshot.sha256 && size === snapshot.size && head === headOf(snapshot);
}

function headOf(snapshot: SnapshotTable) {
	return headLine({
		meeting: snapshot.meeting_id,
		number: snapshot.number,
		frozen_at: snapshot.frozen_at,
		revision: snapshot.revision,
		left_out: snapshot.left_out ? (JSON.parse(snapshot.left_out) as string[]) : [],
		method: snapshot.method_version,
		application: snapshot.app_version
	});
}
