import project from '../../../package.json' with { type: 'json' };

/** Of this application. */
export const { version } = project;
