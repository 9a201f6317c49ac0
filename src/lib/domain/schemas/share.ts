import { z } from 'zod';
import { typedDay } from '../typed-day.ts';

const longest = 2 * 366;

/** Sites that may embed a chart: an origin on each line, or `*` for any. */
const sites = z
	.string()
	.default('')
	.transform((lines, context) => {
		const found: string[] = [];
		for (const line of lines.split(/\s+/).filter(Boolean)) {
			const url = URL.canParse(line) ? new URL(line) : undefined;
			if (line === '*') found.push('*');
			else if (url && /^https?:$/.test(url.protocol)) found.push(url.origin);
			else {
				context.addIssue({
					code: 'custom',
					message: `“${line.slice(0, 60)}” is no address of a site. Write it with https://, for example https://www.example.org`
				});
				return z.NEVER;
			}
		}
		return found.includes('*') ? '*' : [...new Set(found)].join(' ') || null;
	});

/** How a chart is published, as the office types it on a day. */
export const shareInput = (today: string) =>
	z.object({
		ends_on: typedDay.transform((day, context) => {
			const last = new Date(Date.parse(today) + longest * 86_400_000).toISOString().slice(0, 10);
			const wrong =
				day === null
					? 'Say until which day the link works.'
					: day < today
						? 'That day is past. Choose today or a later one.'
						: day > last
							? 'A link works for two years at most. Choose an earlier day.'
							: null;
			if (wrong === null) return day!;
			context.addIssue({ code: 'custom', message: wrong });
			return z.NEVER;
		}),
		sites
	});

export type ShareInput = z.infer<ReturnType<typeof shareInput>>;
