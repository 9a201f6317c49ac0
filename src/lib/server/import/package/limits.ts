/** How much a package may ask of us. Generous for a region of any size, far from what would hurt. */
export const limits = {
	/** Characters in one cell. */
	cell: 100_000,
	/** Characters in one row. */
	row: 1_500_000,
	/** Bytes of datapackage.json. */
	descriptor: 2_000_000,
	/** Files in a zip. */
	entries: 1_000,
	/** Bytes of everything in a zip, unpacked. */
	unpacked: 8 * 1024 ** 3,
	/** A zipped file may grow this many times, … */
	ratio: 100,
	/** … once it is larger than this. Smaller files may be one repeated word, and harm nobody. */
	smallFile: 10_000_000,
	/** Problems kept with all their details; the rest are counted. */
	problems: 1_000
} as const;
