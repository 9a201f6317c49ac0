import { fileURLToPath } from 'node:url';

/** The data packages that ship, as folders. The demonstration stands on the reference data: import them in this order. */
export const reference = fileURLToPath(new URL('./asia-pacific/', import.meta.url));
export const demonstration = fileURLToPath(new URL('./demonstration/', import.meta.url));
