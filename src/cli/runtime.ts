// Imported before anything else by every command. Below this version the SQLite driver ends the process without a word.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (Number(process.versions.napi) < 10 || major < 22 || (major === 22 && minor < 18)) {
	console.error(
		`Waymark needs Node 22.18 or newer; this is ${process.version}. Run it through npm (npm start, npm run waymark), which uses the Node that comes with it, or install a newer Node.`
	);
	process.exit(1);
}
