import { enhance as send, type SubmitFunction } from '$app/forms';

/**
 * Sends a form without leaving its page, and never takes the words away with it. Where the session has ended it goes out once more
 * as it would without JavaScript: that answer holds every field. Whatever else is wrong is said in the form.
 */
export function enhance(form: HTMLFormElement, submit?: SubmitFunction) {
	return send(form, async (input) => {
		form.querySelector(':scope > .unsent')?.remove();
		const then = await submit?.(input);
		return async (answer) => {
			const { result } = answer;
			const update = result.type === 'error' ? async () => keep(form, input, result) : answer.update;
			await (then ? then({ ...answer, update }) : update());
		};
	});
}

type Input = { action: URL; submitter: HTMLElement | null };

function keep(form: HTMLFormElement, input: Input, { status, error }: { status?: number; error: unknown }) {
	const { status: refused, message } = error as App.Error & { status: number };
	if ((status ?? refused) === 401) return leave(form, input);
	// What no server has answered has no status of its own.
	const unanswered = status === undefined && refused >= 500;
	tell(
		form,
		unanswered ? 'There is no connection, so this was not sent. Nothing is lost: try again.' : message
	);
}

function leave(form: HTMLFormElement, { action, submitter }: Input) {
	const { name = '', value = '' } = (submitter ?? {}) as Partial<HTMLButtonElement>;
	if (name) form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
	form.action = action.href;
	// Not by its own name: a field may be called "submit".
	HTMLFormElement.prototype.submit.call(form);
}

function tell(form: HTMLFormElement, sentence: string) {
	const line = document.createElement('p');
	line.className = 'unsent';
	line.setAttribute('role', 'alert');
	line.append(Object.assign(document.createElement('strong'), { textContent: sentence }));
	form.prepend(line);
	line.scrollIntoView({ block: 'nearest' });
}
