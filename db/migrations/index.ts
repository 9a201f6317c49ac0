import type { Migration } from 'kysely/migration';
import * as plansAndUpdates from './0001-plans-and-updates.ts';
import * as standings from './0002-standings.ts';
import * as people from './0003-people.ts';
import * as reporting from './0005-reporting.ts';
import * as review from './0006-review.ts';
import * as mail from './0007-mail.ts';
import * as snapshots from './0008-snapshots.ts';
import * as sharesAndPapers from './0009-shares-and-papers.ts';
import * as telling from './0010-telling.ts';
import * as keys from './0011-keys.ts';
import * as handingOver from './0012-handing-over.ts';
import * as readyToWrite from './0013-ready-to-write.ts';
import * as notReplaced from './0014-not-replaced.ts';

/** Forward only, in this order. Listed here rather than read from a folder, so that they travel in the build. */
export const migrations: Record<string, Migration> = {
	'0001-plans-and-updates': plansAndUpdates,
	'0002-standings': standings,
	'0003-people': people,
	'0005-reporting': reporting,
	'0006-review': review,
	'0007-mail': mail,
	'0008-snapshots': snapshots,
	'0009-shares-and-papers': sharesAndPapers,
	'0010-telling': telling,
	'0011-keys': keys,
	'0012-handing-over': handingOver,
	'0013-ready-to-write': readyToWrite,
	'0014-not-replaced': notReplaced
};
