import { day } from './dates.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string) {
	let format = formats.get(zone);
	if (!format) {
		format = new Intl.DateTimeFormat('en-GB', {
			timeZone: zone,
			hourCycle: 'h23',
			year: 'numeric',
			month: '2-digit',
			day: '2-digit',
			hour: '2-digit',
			minute: '2-digit'
		});
		formats.set(zone, format);
	}
	return format;
}

/** Is this the name of a time zone, such as Pacific/Fiji? */
export function isZone(zone: string | null | undefined): zone is string {
	if (!zone) return false;
	try {
		return Boolean(formatOf(zone));
	} catch {
		return false;
	}
}

/**
 * Places that the tables of browsers and servers still list under a name nobody there uses any more. Only those that older
 * browsers, too, know under their name of today.
 */
const formerly: Record<string, string> = {
	'Africa/Asmera': 'Africa/Asmara',
	'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
	'America/Catamarca': 'America/Argentina/Catamarca',
	'America/Coral_Harbour': 'America/Atikokan',
	'America/Cordoba': 'America/Argentina/Cordoba',
	'America/Indianapolis': 'America/Indiana/Indianapolis',
	'America/Jujuy': 'America/Argentina/Jujuy',
	'America/Louisville': 'America/Kentucky/Louisville',
	'America/Mendoza': 'America/Argentina/Mendoza',
	'Asia/Calcutta': 'Asia/Kolkata',
	'Asia/Katmandu': 'Asia/Kathmandu',
	'Asia/Rangoon': 'Asia/Yangon',
	'Asia/Saigon': 'Asia/Ho_Chi_Minh',
	'Atlantic/Faeroe': 'Atlantic/Faroe',
	'Pacific/Ponape': 'Pacific/Pohnpei',
	'Pacific/Truk': 'Pacific/Chuuk'
};

/** What a time zone is called today. */
export function calledToday(zone: string): string {
	return formerly[zone] ?? zone;
}

/** Every time zone there is to choose from, with the one that is chosen already, by the names of today. */
export function toChoose(chosen: string | null): string[] {
	const known = Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC');
	const named = new Set([...known, ...(chosen && chosen !== 'UTC' ? [chosen] : [])].map(calledToday));
	return ['UTC', ...[...named].sort()];
}

/** The first of these that is a time zone; UTC when none is. */
export function firstZone(...zones: (string | null | undefined)[]): string {
	return zones.find(isZone) ?? 'UTC';
}

/** What clock and calendar show somewhere at a moment. */
export function localTime(moment: Date, zone: string): { day: string; hour: number; minute: number } {
	const parts = Object.fromEntries(
		formatOf(zone)
			.formatToParts(moment)
			.map(({ type, value }) => [type, value])
	);
	return {
		day: `${parts.year!.padStart(4, '0')}-${parts.month}-${parts.day}`,
		hour: Number(parts.hour),
		minute: Number(parts.minute)
	};
}

/** A moment as somebody there would say it: "14 November 2026, 17:00 (Pacific/Fiji)". */
export function inZone(moment: string, zone: string): string {
	const { day: date, hour, minute } = localTime(new Date(moment), zone);
	const two = (n: number) => String(n).padStart(2, '0');
	return `${day(date)}, ${two(hour)}:${two(minute)} (${calledToday(zone)})`;
}

/** A moment as the host says it and, where the reader lives by another clock, as the reader does. */
export function inBoth(moment: string, host: string, own: string | null | undefined): string {
	const there = inZone(moment, host);
	return isZone(own) && calledToday(own) !== calledToday(host)
		? `${there}, which is ${inZone(moment, own)}`
		: there;
}

/** How many days lie between two days, as the calendar counts them. */
export function daysBetween(from: string, to: string): number {
	return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/** What the clock on the wall of a zone shows at a moment: `2026-12-01T17:00`. */
export function wallClock(moment: string | number, zone: string): string {
	const { day, hour, minute } = localTime(new Date(moment), zone);
	const two = (n: number) => String(n).padStart(2, '0');
	return `${day}T${two(hour)}:${two(minute)}`;
}

/** The moment at which the clock of a zone shows this. A time that a zone skips is taken as just after the gap. */
export function momentOf(day: string, time: string, zone: string): string {
	const wanted = Date.parse(`${day}T${time}:00Z`);
	let at = wanted;
	for (let i = 0; i < 2; i++) at += wanted - Date.parse(`${wallClock(at, zone)}:00Z`);
	return new Date(at).toISOString();
}
