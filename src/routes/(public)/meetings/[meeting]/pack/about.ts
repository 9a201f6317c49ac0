/** What each file of a pack is for. */
export const about = {
	pptx: {
		title: 'Slides',
		text: 'A presentation with charts that can be edited with their data, notes for the presenter, and words for those who do not see.'
	},
	xlsx: {
		title: 'Workbook',
		text: 'The data behind every chart and list, a sheet each, and a dictionary that says what their columns mean.'
	},
	pdf: { title: 'Document', text: 'The slides on A4, to print or to send.' },
	html: {
		title: 'Offline page',
		text: 'One file that opens in any browser without a network, from a stick too.'
	},
	zip: { title: 'Data', text: 'The same data as CSV files, for other programs.' }
};

/** Where no PDF can be made. */
export const printing = {
	title: 'Page to print',
	text: 'No PDF could be made on this server: print this page, and choose “Save as PDF” as the printer.'
};
