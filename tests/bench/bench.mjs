// bench.mjs - what dbdoc costs on databases of many shapes, beside pg_dump and beside other tools.
// Started by tests/bench/run, which gives it a PostgreSQL ($SERVER) and a folder. Prints Markdown.
import { readdirSync, rmSync, statSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { best, run } from './measure.mjs';
import { measurePeers } from './peers.mjs';
import { measureQueries } from './queries.mjs';

const { ROOT, SERVER, SERVER_BIN, DBDOC } = process.env;

const shapes = [
  { name: '100', title: '100 tables', file: 'tables', count: 100, peers: true },
  { name: '1000', title: '1,000 tables', file: 'tables', count: 1000, peers: true },
  { name: '10000', title: '10,000 tables', file: 'tables', count: 10000 },
  { name: 'partitions', title: '2,700 partitions', file: 'partitions', count: 2700 },
  { name: 'tenants', title: '300 tenants of 20 tables', file: 'tenants', count: 300 },
  { name: 'extremes', title: 'extremes', file: 'extremes', count: 0 },
];

// What the project wants to hold: at most this much.
const goals = [
  { shape: '100', measure: 'ratio', most: 1.5 },
  { shape: '1000', measure: 'ratio', most: 1.5 },
  { shape: '10000', measure: 'ratio', most: 1.5 },
  { shape: '1000', measure: 'build', most: 6 },
  { shape: '1000', measure: 'memory', most: 300 },
  { shape: '1000', measure: 'unchanged', most: 0.3 },
  { shape: '10000', measure: 'build', most: 60 },
  { shape: '10000', measure: 'memory', most: 1000 },
];

const rows = [
  ['snapshot', '`dbdoc snapshot` of the live database, s', 2],
  ['dump', '`pg_dump --schema-only` of it, s', 2],
  ['ratio', 'the first as a multiple of the second', 2],
  ['build', '`dbdoc build` from the snapshot, s', 1],
  ['memory', 'its memory at most, all processes, MB', 0],
  ['pages', 'pages', 0],
  ['site', 'the site, MB', 0],
  ['search', 'the search index, MB', 1],
  ['unchanged', 'build again, nothing changed, s', 2],
  ['comment', 'build again, one comment changed, s', 2],
  ['changed', 'files that changed by it', 0],
  ['check', '`dbdoc check` of the snapshot, s', 2],
  ['diff', '`dbdoc diff` of two snapshots, s', 2],
];

const say = (text) => process.stderr.write(`${text}\n`);
const place = (database) => `${SERVER} dbname=${database}`;
const psql = (database, ...more) => [`${SERVER_BIN}/psql`, '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', place(database), ...more];

async function create(shape) {
  const database = `bench_${shape.name}`;
  await run(psql('postgres', '-c', `CREATE DATABASE ${database} TEMPLATE template0`));
  await run(psql(database, '-v', `count=${shape.count}`, '-f', `${ROOT}/tests/bench/shapes/${shape.file}.sql`));
  await run(psql(database, '-c', comment('The first wording.')));
  await run(psql(database, '-c', 'VACUUM (ANALYZE)'));
  return database;
}

function sizeOf(folder, wanted = () => true) {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return sum + sizeOf(path, wanted);
    return sum + (wanted(entry.name) ? statSync(path).size : 0);
  }, 0);
}

const counted = (words, { output, errors }) => Number(words.exec(output + errors)[1]);
const megabytes = (bytes) => bytes / 1024 / 1024;

async function measureReading(database, result) {
  const [snapshot, dump] = await best([
    [DBDOC, 'snapshot', place(database), '-o', 'old.json'],
    [`${SERVER_BIN}/pg_dump`, '--schema-only', '-d', place(database), '-f', 'dump.sql'],
  ]);
  Object.assign(result, { snapshot: snapshot.seconds, dump: dump.seconds, ratio: snapshot.seconds / dump.seconds });
}

async function measureBuilding(result) {
  const build = (snapshot) => [DBDOC, 'build', snapshot, '--output', 'site'];
  const remove = () => rmSync('site', { recursive: true, force: true });
  const [full] = await best([build('old.json')], { prepare: remove });
  const [unchanged] = await best([build('old.json')]);
  const comment = await run(build('new.json'));
  Object.assign(result, {
    build: full.seconds,
    memory: full.kilobytes / 1024,
    pages: counted(/: (\d+) pages/, full),
    site: megabytes(sizeOf('site')),
    search: megabytes(sizeOf('site', (name) => /^search-\d+\.js$/.test(name))),
    unchanged: unchanged.seconds,
    comment: comment.seconds,
    changed: counted(/ (\d+) files changed/, comment),
  });
  if (counted(/ (\d+) files changed/, unchanged) !== 0) throw new Error('Building the same twice changed files.');
  remove();
}

async function measureRest(result) {
  const [check] = await best([[DBDOC, 'check', 'old.json']], { statuses: [0, 1] });
  const [diff] = await best([[DBDOC, 'diff', 'old.json', 'new.json']], { statuses: [1] });
  if (diff.output.match(/^[-+~>]/gm).length !== 1) throw new Error(`More than the comment differs:\n${diff.output}`);
  Object.assign(result, { check: check.seconds, diff: diff.seconds });
}

// Of the first table.
const comment = (text) => `DO $$ BEGIN EXECUTE format('COMMENT ON TABLE %s IS %L',
  (SELECT oid::regclass FROM pg_class WHERE relkind IN ('r', 'p') AND oid >= 16384 ORDER BY oid LIMIT 1), '${text}'); END $$`;

async function measureShape(shape) {
  say(`${shape.title}: making the database`);
  const database = await create(shape);
  const result = {};
  say(`${shape.title}: reading it`);
  await measureReading(database, result);
  if (shape.peers && process.env.PEERS !== 'none') {
    say(`${shape.title}: other tools`);
    result.peers = await measurePeers(database, say);
  }
  await run(psql(database, '-c', comment('The second wording.')));
  await run([DBDOC, 'snapshot', place(database), '-o', 'new.json']);
  await run(psql('postgres', '-c', `DROP DATABASE ${database}`));
  say(`${shape.title}: building the site`);
  await measureBuilding(result);
  say(`${shape.title}: check and diff`);
  await measureRest(result);
  return result;
}

const figure = (value, digits) => value === undefined ? '' :
  value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
const line = (cells) => `| ${cells.join(' | ')} |`;
const ruler = (count) => `|---|${'--:|'.repeat(count)}`;

function tableOfShapes(measured) {
  return measured.length === 0 ? [] : [
    line(['', ...measured.map(({ shape }) => shape.title)]), ruler(measured.length),
    ...rows.map(([key, title, digits]) => line([title, ...measured.map(({ result }) => figure(result[key], digits))])),
  ];
}

function tableOfPeers(measured) {
  const compared = measured.filter(({ result }) => result.peers);
  if (compared.length === 0) return [];
  const titles = [...new Set(compared.flatMap(({ result }) => result.peers.map((peer) => peer.title)))];
  const cells = ({ result }, title) => {
    const peer = result.peers.find((each) => each.title === title);
    if (peer.seconds === undefined) return [peer.problem, '', ''];
    return [figure(peer.seconds, 1), figure(peer.seconds / result.peers[0].seconds, 1), figure(peer.kilobytes / 1024, 0)];
  };
  return [
    '', line(['From the live database to documentation', ...compared.flatMap(({ shape }) => [`${shape.title}, s`, 'times', 'MB'])]),
    ruler(compared.length * 3),
    ...titles.map((title) => line([title, ...compared.flatMap((each) => cells(each, title))])),
  ];
}

async function machine() {
  const version = (await run([...psql('postgres'), '-At', '-c', 'SHOW server_version'])).output.split(' ')[0];
  const gigabytes = Math.round(totalmem() / 1024 ** 3);
  return `${new Date().toISOString().slice(0, 10)}, ${cpus().length} processors (${cpus()[0].model.trim()}), ` +
    `${gigabytes} GB, PostgreSQL ${version}, ${(await run([DBDOC, 'version'])).output.split('\n')[0]}`;
}

function missed(measured) {
  return goals.flatMap(({ shape, measure, most }) => {
    const value = measured.find((each) => each.shape.name === shape)?.result[measure];
    return value > most ? [`${shape} tables, ${measure}: ${figure(value, 2)}, and the goal is ${most}`] : [];
  });
}

// Of a goal of its own: the planner is asked of each query, with and without each index of its tables.
async function sentenceOfQueries() {
  say('queries: planning them, and building the site');
  const { queries, indexes, explained, seconds } = await measureQueries(100);
  if (seconds > 60) say(`Missed: queries, build: ${figure(seconds, 1)}, and the goal is 60`);
  return ['', `\`dbdoc build\` of ${figure(queries, 0)} queries on ${figure(indexes, 0)} indexes, with ` +
    `${figure(explained, 0)} EXPLAINs: ${figure(seconds, 1)} s.`];
}

const names = process.env.SHAPES?.split(/[ ,]+/).filter(Boolean) ?? [...shapes.map(({ name }) => name), 'queries'];
const unknown = names.find((name) => name !== 'queries' && !shapes.some((shape) => shape.name === name));
if (unknown) throw new Error(`There is no shape "${unknown}"; there are ${shapes.map(({ name }) => name).join(', ')} and queries.`);

const measured = [];
for (const shape of shapes.filter(({ name }) => names.includes(name)))
  measured.push({ shape, result: await measureShape(shape) });
const planned = names.includes('queries') ? await sentenceOfQueries() : [];
console.log([`Measured ${await machine()}.`, '', ...tableOfShapes(measured), ...tableOfPeers(measured), ...planned].join('\n'));
for (const goal of missed(measured)) say(`Missed: ${goal}`);
