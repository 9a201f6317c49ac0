import { expect, test } from 'vitest';
import { mainLayer } from '#lib/domain/layer.ts';

const node = (id: string, parent_id: string | null = null) => ({ id, parent_id });
const ids = (nodes: { id: string }[]) => nodes.map(({ id }) => id);

test('a plan is shown by its topmost layer with more than one element', () => {
	expect(ids(mainLayer([node('FA1'), node('FA2'), node('FA2.a', 'FA2')]))).toEqual(['FA1', 'FA2']);
	expect(ids(mainLayer([node('SG'), node('SO1', 'SG'), node('SO2', 'SG'), node('x', 'SO1')]))).toEqual([
		'SO1',
		'SO2'
	]);
	expect(ids(mainLayer([node('only')]))).toEqual(['only']);
	expect(ids(mainLayer([node('a'), node('b', 'a')]))).toEqual(['b']);
	expect(mainLayer([])).toEqual([]);
});
