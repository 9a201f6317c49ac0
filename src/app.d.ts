import type { Db } from '#db/open.server.ts';
import type { User } from '#lib/domain/access.ts';
import type { Settings } from '#lib/server/settings.ts';

declare global {
	namespace App {
		interface Locals {
			db: Db;
			settings: Settings;
			/** Who is signed in; nobody on what is published to all. */
			user?: User | undefined;
			/** The session they come with, and nothing where they come with a token or not at all. */
			session_id?: string | undefined;
			/** Names this request in the log and in the answer's `x-request-id`. */
			id: string;
			/** What went wrong, for those who answer in another shape than a page. */
			failure?: App.Error;
		}
		interface Error {
			/** The request to look up in the log, when it was our fault. */
			id?: string;
			/** What is the matter, as the page's title, where the status alone would not say. */
			title?: string;
			/** What was perhaps meant, when nothing was found. */
			suggestions?: { label: string; href: string }[];
		}
	}
}

export {};
