// What can go wrong in words. Each carries one sentence written to the person who asked.

/** What was asked for is not here. Answers 404. */
export class NotFound extends Error {
	override name = 'NotFound';
}

/** It is here, and this person may not. Answers 403. */
export class Forbidden extends Error {
	override name = 'Forbidden';
}

/** What came in can't be used as it is. Answers 400, and ends a command with its sentence. */
export class BadInput extends Error {
	override name = 'BadInput';
}

/** What came in is right, and things do not stand so that it could be done. Answers 400 too, under a title of its own. */
export class NotNow extends BadInput {
	override name = 'NotNow';
	readonly title: string;

	constructor(message: string, title: string) {
		super(message);
		this.title = title;
	}
}

/** What came in is larger than is taken at once. Answers 413. */
export class TooLarge extends Error {
	override name = 'TooLarge';
}

/** Too much is asked at once. Answers 503. */
export class Busy extends Error {
	override name = 'Busy';
}

const statuses = [
	[NotFound, 404],
	[Forbidden, 403],
	[BadInput, 400],
	[TooLarge, 413],
	[Busy, 503]
] as const;

/** The status an error answers with, when it is one of ours. */
export function statusOf(error: unknown): number | undefined {
	return statuses.find(([kind]) => error instanceof kind)?.[1];
}
