/**
 * Colours of a drawing that travels alone: the names and values of lib/styles/tokens.css, light and dark. A test holds
 * the two files together.
 */
export const light: Record<string, string> = {
	paper: '#faf9f6',
	'paper-raised': '#ffffff',
	ink: '#18222b',
	'ink-soft': '#525d67',
	line: '#dbd9d2',
	'line-strong': '#8a8f92',
	'stage-not-started': '#d6e4ee',
	'stage-committed': '#a4c6de',
	'stage-pilot': '#679ec6',
	'stage-partly-implemented': '#31719f',
	'stage-implemented': '#113c5f',
	'on-stage-dark': '#ffffff',
	'off-ladder': '#a19b90',
	fresh: '#3d4a55',
	reported: '#3d4a55',
	confirmed: '#92999d',
	carried: '#75808a',
	'missing-line': '#7b858d',
	'on-track': '#1c7548',
	'at-risk': '#965800',
	'off-track': '#b3261e',
	up: '#155d8b',
	same: '#8b949c',
	down: '#8e3a6c'
};

export const dark: Record<string, string> = {
	paper: '#11171c',
	'paper-raised': '#182026',
	ink: '#e9edef',
	'ink-soft': '#a9b4bc',
	line: '#2e3941',
	'line-strong': '#74808a',
	'stage-not-started': '#25394a',
	'stage-committed': '#345d7d',
	'stage-pilot': '#4c86b2',
	'stage-partly-implemented': '#7fb6db',
	'stage-implemented': '#cfe8fa',
	'on-stage-dark': '#11171c',
	'off-ladder': '#77736b',
	fresh: '#c3ccd3',
	reported: '#c3ccd3',
	confirmed: '#737b81',
	carried: '#87939c',
	'missing-line': '#85919a',
	'on-track': '#66c795',
	'at-risk': '#f0b04a',
	'off-track': '#ff938a',
	up: '#74bdea',
	same: '#7f8b94',
	down: '#e398c5'
};
