import { example } from './example.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = () => ({ example: example() });
