import { z } from 'zod';

/** A problem document, RFC 9457. */
export const problem = z
	.object({
		type: z.string().optional().meta({ description: 'about:blank: the status says it all' }),
		title: z.string().meta({ description: 'The name of the status', example: 'Not Found' }),
		status: z.int().meta({ description: 'The status', example: 404 }),
		detail: z
			.string()
			.meta({ description: 'One sentence to the person who asked', example: 'There is no plan "x".' }),
		instance: z.string().optional().meta({ description: 'The address asked for' }),
		id: z.string().optional().meta({ description: 'The request to look up in the log' }),
		errors: z
			.array(z.object({ field: z.string(), message: z.string() }))
			.optional()
			.meta({ description: 'What is wrong with each field of what was sent' }),
		missing: z
			.array(z.object({ initiative_id: z.string(), title: z.string(), lacks: z.array(z.string()) }))
			.optional()
			.meta({ description: 'What an answer lacks before it can be submitted' })
	})
	.meta({ id: 'Problem' });
