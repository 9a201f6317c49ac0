import { expect, test } from 'vitest';
import { load as alignment } from '../../../src/routes/(public)/alignment/+page.server.ts';
import { load as initiatives } from '../../../src/routes/(public)/initiatives/+page.server.ts';
import { load as matrix } from '../../../src/routes/(public)/matrix/+page.server.ts';
import { load as members } from '../../../src/routes/(public)/members/+page.server.ts';
import { load as overview } from '../../../src/routes/(public)/+page.server.ts';
import { story } from '../../support/story.ts';
import { visit } from '../../support/visit.ts';

const pages = { '/': overview, '/members': members, '/matrix': matrix, '/alignment': alignment };

test('a word that is none of those to choose from is refused with those, on every page', async () => {
	const db = await story();
	for (const [path, load] of Object.entries({ ...pages, '/initiatives': initiatives }))
		await expect(visit(load, db, `${path}?basis=x`), path).rejects.toMatchObject({
			name: 'BadInput',
			message: 'basis must be one of known, presented.'
		});
	for (const [path, load] of Object.entries(pages)) {
		await expect(visit(load, db, `${path}?weighting=x`), path).rejects.toThrow('initiative, member');
		await expect(visit(load, db, `${path}?levels=x`), path).rejects.toThrow('top, all');
	}
});

test('what is left empty is as if it were not there', async () => {
	const { basis, levels } = await visit(matrix, await story(), '/matrix?basis=&levels=%20&plan=');
	expect([basis, levels]).toEqual(['known', 'top']);
});

test('a plan or meeting that is not there is a 404 that names what was perhaps meant, on every page', async () => {
	const db = await story();
	for (const [path, load] of Object.entries({ ...pages, '/initiatives': initiatives })) {
		await expect(visit(load, db, `${path}?plan=rsp-2022-2042`), path).rejects.toMatchObject({
			status: 404,
			body: {
				message: 'There is no plan "rsp-2022-2042".',
				suggestions: [{ href: '/plans/rsp-2022-2024' }]
			}
		});
		await expect(visit(load, db, `${path}?meeting=rcp-322`), path).rejects.toMatchObject({
			status: 404,
			body: { suggestions: expect.arrayContaining([expect.objectContaining({ href: '/meetings/rcp-32' })]) }
		});
	}
});
