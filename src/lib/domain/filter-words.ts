import { freshnesses } from './freshness.ts';
import { asides, movements } from './movement.ts';
import { timings } from './timing.ts';

// What a list may be narrowed to. Apart from the schema that reads an address, which browsers have no need of.

/** Groups beside the single words, for figures that count several together. */
export const freshnessFilters = [...freshnesses, 'fresh', 'not_fresh'] as const;
export const timingFilters = [...timings, 'unstated'] as const;
export const movedFilters = [...movements, 'panel', ...asides] as const;
export const layers = ['reported', 'public_record', 'demonstration'] as const;
export type Layer = (typeof layers)[number];

export const sorts = ['title', 'member', 'newest'] as const;
