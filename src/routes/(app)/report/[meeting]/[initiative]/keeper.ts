import { clean } from '#lib/domain/clean.ts';
import type { Conflict, FieldName, Fields } from '#lib/domain/draft.ts';

type Told = { kind: 'saving' | 'saved' | 'kept' | 'signed_out'; at?: string; why?: string };
type Ears = {
	state: (told: Told) => void;
	others: (names: string[]) => void;
	conflicts: (found: Conflict[]) => void;
};
type Answer = {
	version: number;
	saved_at: string;
	fields: Fields;
	conflicts: Conflict[];
	others: string[];
	message?: string;
};
type Values = Record<string, string[]>;

type Options = {
	/** Is the page the answer to a form that was sent and not taken? Then it holds every word of it, and the copy here is of no more use. */
	answered: boolean;
};

const pause = 800;
const beat = 20_000;

/**
 * Sends a form to be kept as it is typed, one request at a time. Until a save is acknowledged the words are kept on this
 * device too, and come back when the page is opened again. What others saved meanwhile is put into fields that were left
 * alone; a version is taken over only when all of it found its place, so the next save is merged against what was really seen.
 */
export class Keeper {
	readonly #form: HTMLFormElement;
	readonly #address: string;
	readonly #ears: Ears;
	readonly #key: string;
	#timer: ReturnType<typeof setTimeout> | undefined;
	readonly #beat: ReturnType<typeof setInterval>;
	#busy = false;
	#again = false;
	#leaving = false;
	/** Words of an earlier visit are sent: what was taken of them then is not to be written a second time. */
	#restored = false;

	constructor(form: HTMLFormElement, address: string, ears: Ears, { answered }: Options) {
		this.#form = form;
		this.#address = address;
		this.#ears = ears;
		this.#key = `waymark draft ${address}`;
		form.addEventListener('input', this.#changed);
		form.addEventListener('change', this.#changed);
		form.addEventListener('submit', this.#leave);
		this.#beat = setInterval(() => void this.#presence(), beat);
		if (!answered) this.#restore();
		// What was typed before this script came was never heard, and of an answer not all may be kept.
		if (answered || this.#isTouched()) this.#changed();
		void this.#presence();
	}

	stop() {
		clearTimeout(this.#timer);
		clearInterval(this.#beat);
		this.#form.removeEventListener('input', this.#changed);
		this.#form.removeEventListener('change', this.#changed);
		this.#form.removeEventListener('submit', this.#leave);
	}

	#changed = () => {
		this.#hold();
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => void this.#save(), pause);
	};

	/** The form itself goes out now, with everything in it; the copy here stays until a page without it comes back. */
	#leave = () => {
		this.#leaving = true;
		clearTimeout(this.#timer);
	};

	#values(): Values {
		const values: Values = {};
		for (const [name, value] of new FormData(this.#form))
			if (typeof value === 'string') (values[name] ??= []).push(value);
		return values;
	}

	#isTouched() {
		return [...this.#form.elements].some((control) => {
			if (control instanceof HTMLTextAreaElement) return control.value !== control.defaultValue;
			if (control instanceof HTMLSelectElement) {
				const chosen = [...control.options].findIndex(({ defaultSelected }) => defaultSelected);
				// Where nothing is chosen by default, a list stands at its first.
				return control.selectedIndex !== Math.max(0, chosen);
			}
			if (!(control instanceof HTMLInputElement) || control.type === 'hidden') return false;
			if (control.type === 'checkbox' || control.type === 'radio')
				return control.checked !== control.defaultChecked;
			return control.value !== control.defaultValue;
		});
	}

	#hold() {
		try {
			localStorage.setItem(this.#key, JSON.stringify(this.#values()));
		} catch {
			// Storage may be full or forbidden; the page itself still has the words.
		}
	}

	#forget() {
		try {
			localStorage.removeItem(this.#key);
		} catch {
			// Then there was nothing to forget.
		}
	}

	/** Words that were never acknowledged come back, with the version they were written on. */
	#restore() {
		let held: Values | null = null;
		try {
			held = JSON.parse(localStorage.getItem(this.#key) ?? 'null');
		} catch {
			return;
		}
		if (!held) return;
		const now = this.#values();
		const differs = Object.keys({ ...held, ...now }).some(
			(name) =>
				name !== 'version' && clean((held[name] ?? []).join('\n')) !== clean((now[name] ?? []).join('\n'))
		);
		if (!differs) return this.#forget();
		for (const name of Object.keys({ ...held, ...now })) this.#put(name, held[name] ?? []);
		this.#restored = true;
		void this.#save();
	}

	#put(name: string, values: string[]): boolean {
		const controls = [...this.#form.elements].filter(
			(control): control is HTMLInputElement => (control as HTMLInputElement).name === name
		);
		const boxes = controls.filter(({ type }) => type === 'checkbox' || type === 'radio');
		if (boxes.length > 0) {
			for (const box of boxes) box.checked = values.includes(box.value);
			return values.filter(Boolean).every((value) => boxes.some((box) => box.value === value));
		}
		const [control] = controls;
		if (!control || control.type === 'file' || control.tagName === 'BUTTON') return values.length === 0;
		control.value = values[0] ?? '';
		return true;
	}

	async #save() {
		if (this.#leaving) return;
		if (this.#busy) {
			this.#again = true;
			return;
		}
		this.#busy = true;
		this.#ears.state({ kind: 'saving' });
		const sent = this.#values();
		try {
			await this.#send(sent);
		} catch {
			this.#ears.state({ kind: 'kept', why: 'There is no connection.' });
			this.#timer = setTimeout(() => void this.#save(), 5000);
		} finally {
			this.#busy = false;
		}
		if (!this.#again) return;
		this.#again = false;
		await this.#save();
	}

	async #send(sent: Values) {
		const body = bodyOf(sent);
		if (this.#restored) body.set('again', 'yes');
		const response = await fetch(this.#address, { method: 'POST', body });
		if (response.status === 401) return this.#ears.state({ kind: 'signed_out' });
		const answer = (await response.json()) as Answer;
		if (!response.ok) return this.#ears.state({ kind: 'kept', why: answer.message ?? '' });
		this.#restored = false;
		const now = this.#values();
		const settled = this.#takeOver(answer, sent, now);
		if (settled) this.#put('version', [String(answer.version)]);
		this.#ears.others(answer.others);
		if (answer.conflicts.length > 0) {
			this.#ears.conflicts(answer.conflicts);
			// Both texts stand in the field now, which is something new to keep.
			this.#changed();
			return;
		}
		if (same(sent, now)) this.#forget();
		this.#ears.state({ kind: 'saved', at: clock() });
	}

	/** Puts what others saved into the fields that were left alone since. Says whether all of it found its place. */
	#takeOver(answer: Answer, sent: Values, now: Values): boolean {
		let all = true;
		const offers = new Map(answer.conflicts.map(({ field, offer }) => [field, offer]));
		for (const [name, saved] of Object.entries(answer.fields) as [FieldName, string][]) {
			const list = name === 'milestones' || name === 'serves';
			const theirs = offers.get(name) ?? saved;
			const mine = clean((sent[name] ?? []).join('\n'));
			if (theirs === (list ? mine.split('\n').sort().join('\n').trim() : mine)) continue;
			if ((now[name] ?? []).join('\n') !== (sent[name] ?? []).join('\n')) all = false;
			else if (!this.#put(name, list ? theirs.split('\n') : [theirs])) all = false;
		}
		return all;
	}

	async #presence() {
		if (document.hidden || this.#busy) return;
		const body = new FormData();
		body.set('only', 'presence');
		const response = await fetch(this.#address, { method: 'POST', body }).catch(() => undefined);
		if (response?.ok) this.#ears.others(((await response.json()) as Answer).others);
	}
}

function bodyOf(values: Values) {
	const body = new FormData();
	for (const [name, all] of Object.entries(values))
		// What is chosen to be added is added when the form is saved as a whole.
		if (name !== 'serve_element') for (const value of all) body.append(name, value);
	return body;
}

const same = (a: Values, b: Values) =>
	JSON.stringify({ ...a, version: [] }) === JSON.stringify({ ...b, version: [] });

function clock() {
	return new Date().toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}
