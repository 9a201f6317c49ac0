export { dependencyOrder, named, tables } from './tables.ts';
export { sentence, shown, type Problem } from './problem.ts';
export type { Column, Row, Table } from './table.ts';
export type { Value } from './cells.ts';
export { suggest } from './suggest.ts';
