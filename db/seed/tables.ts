/** Rows on their way into a data package, by the package's column names. What they may hold stands in `domain/package`. */
export type Cell = string | number | null;
export type Row = Record<string, Cell | undefined>;
export type Rows = Record<string, Row[]>;
