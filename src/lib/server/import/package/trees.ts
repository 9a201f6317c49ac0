import { sql } from 'kysely';
import type { Db } from '#db/open.server.ts';
import { quoted, shown } from '#lib/domain/package/problem.ts';
import type { Column, Row, Table } from '#lib/domain/package/table.ts';
import { circles, drawn } from './circles.ts';
import type { Complaint } from './problems.ts';

type Node = { above: string | null; plan: string | null; row: number | null };

/** Tables whose rows hang on one another: the elements of a plan, and plans that succeed each other. */
const kinds: Record<string, { message: string }> = {
	plan_elements: { message: 'The tree of plan elements runs in a circle' },
	plans: { message: 'The plans succeed each other in a circle' }
};

/** Watches over a table's tree while its rows come in. */
export class Tree {
	readonly #table: Table;
	readonly #upward: Column;
	readonly #nodes = new Map<string, Node>();

	static of(table: Table) {
		return table.name in kinds ? new Tree(table) : undefined;
	}

	private constructor(table: Table) {
		this.#table = table;
		this.#upward = table.columns.find((column) => column.references.includes(table.name))!;
	}

	note(row: number, values: Row) {
		const plan = (values.plan_id as string | undefined) ?? null;
		this.#nodes.set(String(values.id), { above: values[this.#upward.column] as string | null, plan, row });
	}

	/** After the last row, together with what the database holds. */
	async finish(trx: Db, complain: (complaint: Complaint) => void) {
		if (this.#nodes.size === 0) return;
		const plan = this.#table.columns.some(({ column }) => column === 'plan_id') ? sql`plan_id` : sql`null`;
		const above = sql.ref(this.#upward.column);
		const table = sql.table(this.#table.table);
		const stored = await sql<Omit<Node, 'row'> & { id: string }>`select id, ${above} as above, ${plan} as plan
			from ${table}`.execute(trx);
		for (const { id, above, plan } of stored.rows) {
			if (!this.#nodes.has(id)) this.#nodes.set(id, { above, plan, row: null });
		}
		for (const node of this.#nodes.values()) {
			const parent = node.above === null ? undefined : this.#nodes.get(node.above);
			if (node.row !== null && parent && parent.plan !== node.plan) complain(this.#elsewhere(node, parent));
		}
		for (const circle of circles(this.#nodes.keys(), (id) => this.#nodes.get(id)?.above)) {
			complain(this.#round(circle));
		}
	}

	#round(circle: string[]): Complaint {
		const row = circle.map((id) => this.#nodes.get(id)!.row).find((row) => row !== null) ?? null;
		const id = circle.find((id) => this.#nodes.get(id)!.row === row)!;
		return {
			row,
			column: this.#upward.name,
			value: shown(this.#nodes.get(id)!.above!),
			rule: 'cycle',
			message: `${kinds[this.#table.name]!.message}: ${drawn(circle, (id) => shown(id))}.`,
			remedy: `Correct "${this.#upward.name}" in one of them.`
		};
	}

	#elsewhere(node: Node, parent: Node): Complaint {
		return {
			row: node.row,
			column: this.#upward.name,
			value: shown(node.above!),
			rule: 'parent-plan',
			message: `${quoted(node.above!)} belongs to the plan ${quoted(parent.plan!)}, this element to ${quoted(node.plan!)}.`,
			remedy: 'Name a parent of the same plan; links between plans go into alignments.csv.'
		};
	}
}
