import { z } from 'zod';

// The small words every schema of the API is made of.

export const id = (what: string, example: string) => z.string().min(1).meta({ description: what, example });
export const text = (what: string) => z.string().meta({ description: what });
export const maybe = (what: string) => z.string().nullable().meta({ description: what });
export const list = (what: string) => z.array(z.string()).meta({ description: what });
export const whole = (what: string) => z.int().nullable().meta({ description: what });
export const count = (what: string) => z.int().min(0).meta({ description: what });
export const number = (what: string) => z.number().nullable().meta({ description: what });
export const day = (what: string) =>
	z
		.string()
		.nullable()
		.meta({ description: `${what}; YYYY-MM-DD`, example: '2022-11-15' });
export const moment = (what: string) =>
	z.string().meta({ description: `${what}; ISO 8601, UTC`, example: '2022-11-15T09:00:00.000Z' });
export const share = (what: string) =>
	z
		.number()
		.nullable()
		.meta({ description: `${what}; 0.1 is ten points` });

export const source_url = maybe('Where it was read');
export const certainty = maybe('documented, inferred, reference or demonstration');
