import { onlyAdd } from '#lib/server/api/answer.ts';
import { writes } from '#lib/server/api/operations.ts';
import { submit } from '#lib/server/api/reporting.ts';
import { write } from '#lib/server/api/write.ts';

export const POST = write(writes.submission.body, submit);

export { onlyAdd as fallback };
