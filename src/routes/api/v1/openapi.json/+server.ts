import { fallback } from '#lib/server/api/answer.ts';
import { document } from '#lib/server/api/openapi.ts';

export const GET = async () => Response.json(await document());

export { fallback };
