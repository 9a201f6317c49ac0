import type { Settings } from '../settings.ts';

/** Who mails come from: the setting, or Waymark at the host people type. */
export function sender({ MAIL_FROM, ORIGIN }: Pick<Settings, 'MAIL_FROM' | 'ORIGIN'>) {
	return MAIL_FROM ?? `Waymark <waymark@${ORIGIN ? new URL(ORIGIN).hostname : 'localhost'}>`;
}

/** Where the links in mails begin. */
export { base } from '../own-address.ts';
