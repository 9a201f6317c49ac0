import { sql, type RawBuilder } from 'kysely';
import { fold } from '#lib/domain/text.ts';

const mostWords = 12;

/** A word this long is found anywhere; a shorter one only where a word begins, or "Iran" would find "Hawaii ranger". */
const longWord = 6;

/**
 * The condition that a text holds every word asked for. `holds` says, for one word, where it may be. Neighbouring words
 * also count when they are written together, so that "viet nam" finds "Vietnam" as "vietnam" finds "Viet Nam".
 * Undefined when nothing is asked.
 */
export function everyWord(
	q: string,
	holds: (word: string) => RawBuilder<boolean>
): RawBuilder<boolean> | undefined {
	const words = fold(q).split(' ').filter(Boolean).slice(0, mostWords);
	if (words.length === 0) return undefined;
	const each = words.map((word, i) => {
		const before = words[i - 1];
		const after = words[i + 1];
		const ways = [word, ...(before ? [before + word] : []), ...(after ? [word + after] : [])];
		return sql`(${sql.join(ways.map(holds), sql` or `)})`;
	});
	return sql<boolean>`(${sql.join(each, sql` and `)})`;
}

/** Does a folded text hold this folded word? */
export function hasWord(column: RawBuilder<unknown>, word: string): RawBuilder<boolean> {
	if (word.length >= longWord || /[^a-z0-9]/.test(word)) return sql<boolean>`${column} like ${`%${word}%`}`;
	return sql<boolean>`' ' || ${column} like ${`% ${word}%`}`;
}
