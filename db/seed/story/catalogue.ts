/** Kinds of work any administration might report, one line each: theme | title | RSP element | IP element | SP elements. */
const lines = `
single-window | single window for import permits | FA1 | SO1 | SO1 TI
time-release | time release study at the main port | FA1 | SO1 | SO1
aeo-mra | trusted trader programme | FA1 | SO1 | SO1 SP2
advance-rulings | advance rulings published online | FA1 | SO1 | SO1 SP1
pre-arrival | processing before arrival | FA1 | SO1 | SO1 TI
e-payment | duties paid electronically | FA1 | SO2 | SO2 TI
border-agencies | one inspection with other border agencies | FA1 | SO1 | SO1 SP2
aeo-mra | mutual recognition talks | FA1 | SO1 | SO1 SP2
clearance | express parcels released on arrival | FA1 | SO1 | SO1
transit | transit guarantee kept electronically | FA1 | SO1 | SO1 TI
clearance | export declarations without paper | FA1 | TI | TI SO1
trade-portal | trade information portal | FA1 | SO1 | SO1
e-commerce | simple entry for low-value goods | FA1 | SO1 | SO1 SO1.1
postal | electronic advance data with the post | FA1 | TI | TI SO1
smart-customs | smart gates at one terminal | FA1 | TI | TI.2 SO1
private-sector | regular meetings with business | FA1 | SO1 | SP2 SO1
risk-management | one risk engine for all declarations | FA2 | SO3 | SO3 TI
pca | post-clearance audit plan | FA2 | SO2 | SO2 SO3
voluntary-disclosure | voluntary disclosure scheme | FA2 | SO2 | SO2
enforcement-data | seizures entered in the enforcement network | FA2.q1 | SO3 | SO3 SP2
enforcement-cooperation | information exchanged with neighbours | FA2.q2 | SO3 | SP2 SO3
inspection | scanner images kept and compared | FA2 | SO3 | SO3 TI
green-customs | control of waste shipments | FA2 | GC | GC SO3
green-customs | control of ozone-depleting goods | FA2 | GC | GC.2 SO3
container-control | container control unit | FA2 | SO3 | SO3 SP2
valuation-revenue | valuation database | FA2 | SO2 | SO2
intellectual-property | counterfeit goods procedure | FA2 | SO3 | SO3
passengers | passenger data used for risk | FA2 | SO3 | SO3 TI
needs-survey | training needs analysis | FA3.a1 | SO4 | SO4 SP3
training-network | yearly training calendar | FA3.a2 | SO4 | SP3 SO4
training-network | e-learning for new officers | FA3.a2 | SO4 | SP3
training-event | regional workshop hosted | FA3.a3 | SO4 | SP3 SO4
training-network | trainers trained | FA3 | SO4 | SP3 SO4
integrity | integrity action plan | FA3 | GA | GA SO4
data-analytics | data analytics course | FA3 | TI | TI.1 SP3
gender-equality | gender equality plan | FA3 | SO4 | SO4.1
expert-accreditation | officers put forward for accreditation | FA3 | SO4 | SP3
performance | performance measures for the ports | FA3 | GA | GA.2 SO4
laboratory | laboratory methods harmonized | FA3 | SO4 | SP1 SP3
leadership | leadership course for middle managers | FA3 | SO4 | SO4 SP3
`;

export type Work = {
	theme: string;
	title: string;
	regional: string;
	implementation: string;
	global: string[];
};

export const catalogue: Work[] = lines
	.trim()
	.split('\n')
	.map((line) => {
		const [theme, title, regional, implementation, global] = line.split(' | ') as [
			string,
			string,
			string,
			string,
			string
		];
		return { theme, title, regional, implementation, global: global.split(' ') };
	});
