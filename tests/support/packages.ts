import { createWriteStream } from 'node:fs';
import { mkdtemp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { onTestFinished } from 'vitest';
import { ZipFile } from 'yazl';

/** The files of a package, by their names. */
export type Files = Record<string, string | Buffer>;

/** A folder that is gone when the test ends. */
export async function scratch() {
	const folder = await mkdtemp(join(tmpdir(), 'waymark-package-'));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	return folder;
}

export async function asFolder(files: Files) {
	const folder = await scratch();
	for (const [name, content] of Object.entries(files)) {
		await mkdir(dirname(join(folder, name)), { recursive: true });
		await writeFile(join(folder, name), content);
	}
	return folder;
}

export async function asZip(files: Files, top = '') {
	const path = join(await scratch(), 'package.zip');
	const zip = new ZipFile();
	for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), top + name);
	zip.end();
	await pipeline(zip.outputStream as Readable, createWriteStream(path));
	return path;
}

/** A zip whose bytes are changed afterwards, as no honest program would write it. */
export async function asForgedZip(files: Files, forge: (bytes: Buffer) => Buffer) {
	const path = await asZip(files);
	await writeFile(path, forge(await readFile(path)));
	return path;
}

export async function readFolder(folder: string): Promise<Record<string, string>> {
	const names = (await readdir(folder)).sort();
	return Object.fromEntries(
		await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const))
	);
}

/** Rows as a simple CSV; cells must need no quotes. */
export function csv(header: string, ...rows: string[]) {
	return [header, ...rows, ''].join('\n');
}

/** A small package that is right in every way: two Members, a plan with a tree, two meetings, one initiative, two updates. */
export function good(): Files {
	return {
		'entities.csv': csv(
			'id,kind,name,name_variants',
			'FJI,member,Fiji,Fiji Islands',
			'VNM,member,Viet Nam,Vietnam | Việt Nam'
		),
		'memberships.csv': csv('entity,from_on,to_on', 'FJI,1997-07-01,', 'VNM,1993-07-01,'),
		'terms.csv': csv('role,entity,body,element,from_on', 'area_coordinator,FJI,,rsp:FA1,2022-07-01'),
		'plans.csv': csv(
			'id,short_title,title,level,role,succeeds,starts_on,ends_on',
			'old,Old,Old plan,regional,predecessor,,2020-07-01,2022-06-30',
			'rsp,RSP,Regional plan,regional,tracked,old,2022-07-01,2024-06-30'
		),
		'plan_elements.csv': csv(
			'id,plan,code,parent,kind,title,position',
			'rsp:FA1.1,rsp,FA1.1,rsp:FA1,action,An action,2',
			'rsp:FA1,rsp,FA1,,focus_area,Facilitation,1',
			'old:FA1,old,FA1,,focus_area,Facilitation,1'
		),
		'alignments.csv': csv(
			'id,from,to,relation,strength,agreed_at',
			'a1,rsp:FA1,old:FA1,equal,3,rcp-32',
			'a2,rsp,old,succeeds,,'
		),
		'meetings.csv': csv(
			'id,series,number,title,starts_on,ends_on,host,opens_on,due_on',
			'rcp-32,RCP,32,32nd RCP,2022-11-14,2022-11-18,FJI,2022-09-01,2022-10-15',
			'rhca-24,RHCA,24,24th RHCA,2023-05-03,,,2023-02-01,2023-04-01'
		),
		'attendance.csv': csv(
			'meeting,count,unit,source_url',
			'rcp-32,20,members,https://a.example',
			'rcp-32,24,members,https://b.example'
		),
		'initiatives.csv': csv(
			'id,title,scope,starts_on,target_on',
			'i1,Single window,national,2022-01-01,2024-01-01'
		),
		'initiative_entities.csv': csv('initiative,entity,role', 'i1,VNM,lead', 'i1,FJI,partner'),
		'contributions.csv': csv('initiative,element,role', 'i1,rsp:FA1.1,main'),
		'milestones.csv': csv('id,initiative,title,due_on', 'm1,i1,Trial,2023-01-01'),
		'expectations.csv': csv('meeting,initiative,entity,reason', 'rcp-32,i1,VNM,'),
		'submissions.csv': csv(
			'meeting,entity,state,channel,submitted_at',
			'rcp-32,VNM,accepted,web,2022-10-01T08:00:00.000Z'
		),
		'status_updates.csv': csv(
			'id,initiative,meeting,entity,stage,timing,change,progress_note,recorded_at,supersedes',
			'u1,i1,rcp-32,VNM,committed,on_track,new,Begun,2022-10-01T08:00:00.000Z,u2',
			'u2,i1,rcp-32,VNM,pilot,on_track,new,Begun,2022-09-30T08:00:00.000Z,'
		),
		'reviews.csv': csv('update,verdict,recorded_at', 'u1,confirmed,2022-10-05T08:00:00.000Z'),
		'indicators.csv': csv(
			'id,element,title,unit,direction,baseline_numerator,target_numerator',
			'k1,rsp:FA1,Hours,hours,down,48.5,24'
		),
		'observations.csv': csv(
			'indicator,entity,meeting,numerator,denominator,as_of',
			'k1,VNM,rcp-32,36.25,,2022-10-01'
		),
		'freezes.csv': csv('meeting,frozen_at', 'rcp-32,2022-11-13T00:00:00.000Z')
	};
}
