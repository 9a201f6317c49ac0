/** The longest note a report takes. A draft holds more, so that nothing is lost on the way to being shortened. */
export const longest = 20_000;
