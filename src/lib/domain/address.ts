type Value = string | number | null | undefined;

/** An address with its parameters in the order given; what is empty is left out. */
export function address(path: string, params: Record<string, Value> = {}): string {
	const query = Object.entries(params)
		.filter(([, value]) => value !== null && value !== undefined && value !== '')
		.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
		.join('&');
	return query ? `${path}?${query}` : path;
}

/** Where a plan element is read. */
export function elementAddress(element: { plan_id: string; code: string }, params?: Record<string, Value>) {
	return address(`/plans/${encodeURIComponent(element.plan_id)}/${encodeURIComponent(element.code)}`, params);
}
