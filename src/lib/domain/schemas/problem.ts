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
		id: z.string().optional().meta({ description: 'The request to look up in the log' })
	})
	.meta({ id: 'Problem' });
