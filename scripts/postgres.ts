import { spawnSync } from 'node:child_process';
import {
	chownSync,
	existsSync,
	globSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	statfsSync,
	writeFileSync
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

// A PostgreSQL to test on: an empty server in a temporary folder, on a free port, gone when it is stopped.

export interface Postgres {
	url: string;
	stop(): void;
}

/** Starts one. Throws one sentence where PostgreSQL is not installed and can't be. */
export async function startPostgres(): Promise<Postgres> {
	const bin = find() ?? install();
	if (!bin) {
		throw new Error(
			'PostgreSQL is not installed: `apt-get install postgresql` as root brings it (any version from 13).'
		);
	}
	const folder = mkdtempSync(join(place(), 'waymark-postgres-'));
	const owner = account();
	if (owner) chownSync(folder, owner.uid, owner.gid);
	const run = (command: string, args: string[]) => {
		const done = spawnSync(join(bin, command), args, {
			cwd: folder,
			encoding: 'utf8',
			...owner,
			stdio: ['ignore', 'ignore', 'pipe']
		});
		if (done.status !== 0)
			throw new Error(`PostgreSQL's ${command} failed: ${done.stderr || done.error?.message}`);
	};
	const data = join(folder, 'data');
	const port = await freePort();
	const stop = () => {
		spawnSync(join(bin, 'pg_ctl'), ['-D', data, '-m', 'immediate', 'stop'], {
			cwd: folder,
			...owner,
			stdio: 'ignore'
		});
		rmSync(folder, { recursive: true, force: true });
	};
	try {
		run('initdb', [
			'-D',
			data,
			'-U',
			'waymark',
			'-A',
			'trust',
			'-E',
			'UTF8',
			'--locale=C.UTF-8',
			'--no-sync'
		]);
		// Nothing in it is to outlive the tests, so nothing waits for the disk.
		const settings = {
			port,
			listen_addresses: '127.0.0.1',
			unix_socket_directories: '',
			fsync: 'off',
			max_wal_size: '128MB',
			max_connections: 300
		};
		const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value}'\n`);
		writeFileSync(join(data, 'postgresql.auto.conf'), lines.join(''));
		run('pg_ctl', ['-D', data, '-l', join(folder, 'log'), '-w', '-t', '60', 'start']);
	} catch (cause) {
		stop();
		throw cause;
	}
	return { url: `postgres://waymark@127.0.0.1:${port}/postgres`, stop };
}

/** In memory where there is room for it: every test has a database of its own, which is some hundred files to make. */
function place() {
	const memory = '/dev/shm';
	if (!existsSync(memory)) return tmpdir();
	const { bavail, bsize } = statfsSync(memory);
	return bavail * bsize > 1024 ** 3 ? memory : tmpdir();
}

/** Debian keeps the programs apart by version; elsewhere they are on the path. */
function find() {
	const byVersion = globSync('/usr/lib/postgresql/*/bin').sort((a, b) => versionOf(b) - versionOf(a));
	const folders = [...byVersion, ...(process.env.PATH ?? '').split(delimiter)];
	return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'pg_ctl')));
}

function versionOf(folder: string) {
	return Number(folder.split('/')[4]);
}

function install() {
	if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined;
	console.log('No PostgreSQL found: installing it for the tests.');
	const apt = (...args: string[]) =>
		spawnSync('apt-get', args, {
			stdio: 'ignore',
			env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
		});
	apt('update');
	apt('install', '-y', '--no-install-recommends', 'postgresql-common');
	// Else Debian would set up and start a server of its own, which nobody asked for.
	const settings = '/etc/postgresql-common/createcluster.conf';
	if (existsSync(settings)) {
		writeFileSync(
			settings,
			readFileSync(settings, 'utf8').replace(/^#?create_main_cluster.*$/m, 'create_main_cluster = false')
		);
	}
	apt('install', '-y', '--no-install-recommends', 'postgresql');
	return find();
}

/** PostgreSQL refuses to run as root: then it runs as the user its package made. */
function account() {
	if (process.getuid?.() !== 0) return undefined;
	const line = readFileSync('/etc/passwd', 'utf8').match(/^postgres:[^:]*:(\d+):(\d+):/m);
	if (!line) throw new Error('PostgreSQL will not run as root, and there is no user "postgres" to run it.');
	return { uid: Number(line[1]), gid: Number(line[2]) };
}

async function freePort(): Promise<number> {
	const probe = createServer().listen(0, '127.0.0.1');
	await new Promise((resolve) => probe.once('listening', resolve));
	const { port } = probe.address() as { port: number };
	await new Promise((resolve) => probe.close(resolve));
	return port;
}

const help = `Starts an empty PostgreSQL for tests, on a free port, and prints its address. Ctrl+C stops it and removes its files.

  npx node scripts/postgres.ts
  TEST_DATABASE_URL=<the address it prints> npx vitest run`;

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
	if (process.argv.includes('--help')) {
		console.log(help);
		process.exit();
	}
	try {
		const { url, stop } = await startPostgres();
		console.log(`${url}\nStop it with Ctrl+C.`);
		const waiting = setInterval(() => {}, 60_000);
		for (const signal of ['SIGINT', 'SIGTERM'] as const) {
			process.once(signal, () => {
				clearInterval(waiting);
				stop();
			});
		}
	} catch (cause) {
		console.error(cause instanceof Error ? cause.message : cause);
		process.exitCode = 1;
	}
}
