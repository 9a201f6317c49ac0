import { isHttpError, isRedirect } from '@sveltejs/kit';
import { expect, test } from 'vitest';
import { load as loadPlans } from '../../../src/routes/(public)/plans/+page.server.ts';
import { load as loadElement } from '../../../src/routes/(public)/plans/[plan]/[code]/+page.server.ts';
import { load as loadPlan } from '../../../src/routes/(public)/plans/[plan]/+page.server.ts';
import { story } from '../../support/story.ts';
import { visit } from '../../support/visit.ts';

const plan = { plan: 'rsp-2022-2024' };
const ids = (list: { id: string }[]) => list.map(({ id }) => id);
const thrown = (asked: Promise<unknown>) => asked.then(() => undefined).catch((error: unknown) => error);

test('tracked plans come before the others', async () => {
	const { plans } = await visit(loadPlans, await story(), '/plans');
	expect(plans.map((one: { role: string }) => one.role)).toEqual(['tracked', 'tracked', 'historic']);
});

test('a plan shows its tree with the figures of the meeting, its links, and the plans around it', async () => {
	const page = await visit(loadPlan, await story(), '/plans/rsp-2022-2024?meeting=rcp-32', plan);
	expect(page.elements.map((one: { code: string; depth: number }) => [one.code, one.depth])).toEqual([
		['FA1', 0],
		['FA1.a', 1],
		['FA2', 0],
		['FA3', 0]
	]);
	expect(page.meeting?.id).toBe('rcp-32');
	expect(page.elements[0]!.tally.expected).toBeGreaterThan(0);
	expect(ids(page.alignments)).toEqual(['x1', 'x2', 'x3']);
	expect(ids(page.before)).toEqual(['rsp-2018-2020']);
});

test('the plan shows only what nobody serves, when asked', async () => {
	const db = await story();
	const all = await visit(loadPlan, db, '/plans/rsp-2022-2024', plan);
	const some = await visit(loadPlan, db, '/plans/rsp-2022-2024?unserved=1', plan);
	const idle = all.elements.filter(
		(one: { served: { main: number; contributing: number } }) =>
			one.served.main + one.served.contributing === 0
	);
	expect(all.unserved).toBeNull();
	expect(some.unserved).toEqual(ids(idle));
});

test('a plan that is not there is a 404 that names what was perhaps meant', async () => {
	const error = await thrown(visit(loadPlan, await story(), '/plans/rsp-2022', { plan: 'rsp-2022' }));
	expect(isHttpError(error, 404) && error.body.suggestions).toContainEqual({
		label: 'Regional Strategic Plan',
		href: '/plans/rsp-2022-2024'
	});
});

test('an element shows who serves it, main aims apart from contributions', async () => {
	const page = await visit(loadElement, await story(), '/plans/rsp-2022-2024/FA2', { ...plan, code: 'FA2' });
	expect(ids(page.contributing.rows)).toContain('single-window');
	expect(ids(page.main.rows)).not.toContain('single-window');
	expect(page.served).toEqual({ main: page.main.total, contributing: page.contributing.total });
});

test('another name of an element leads to its own address and keeps what was chosen', async () => {
	const asked = visit(loadElement, await story(), '/plans/rsp-2022-2024/area%202?meeting=rcp-32', {
		...plan,
		code: 'area 2'
	});
	const error = await thrown(asked);
	expect(isRedirect(error) && [error.status, error.location]).toEqual([
		301,
		'/plans/rsp-2022-2024/FA2?meeting=rcp-32'
	]);
});

test('an element that is not there is a 404 that names what was perhaps meant', async () => {
	const error = await thrown(
		visit(loadElement, await story(), '/plans/rsp-2022-2024/FA22', { ...plan, code: 'FA22' })
	);
	expect(isHttpError(error, 404) && error.body.suggestions?.map(({ href }) => href)).toContain(
		'/plans/rsp-2022-2024/FA2'
	);
});
