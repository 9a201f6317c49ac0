import { expect, test } from 'vitest';
import { NotFound } from '#lib/domain/errors.ts';
import * as entities from '#lib/server/entities.ts';
import * as initiatives from '#lib/server/initiatives.ts';
import * as meetings from '#lib/server/meetings.ts';
import * as plans from '#lib/server/plans.ts';
import { emptyDatabase } from '../../support/database.ts';

test.each([
	['plan', plans.get],
	['entity', entities.get],
	['meeting', meetings.get],
	['initiative', initiatives.get]
])('a %s under a name no database can hold is not found, on either engine', async (_, get) => {
	await expect(get(await emptyDatabase(), 'a\0b')).rejects.toThrow(NotFound);
});
