// peers.mjs - other tools that document databases, from the live database to their files, beside dbdoc
// in the same run. Measured where they are installed, never part of the tests, nothing dbdoc needs.
//
//   postgresql_autodoc, tbls, liam   commands on the PATH
//   SCHEMASPY, SCHEMACRAWLER         class paths of the Java ones with PostgreSQL's JDBC driver, such as
//                                    what "mvn dependency:copy-dependencies" brings: "jars/*"
import { accessSync, constants, mkdirSync, rmSync } from 'node:fs';
import { run } from './measure.mjs';

const { DBDOC, SERVER, SERVER_BIN, PORT, PEER_PASSWORD, SCHEMASPY, SCHEMACRAWLER } = process.env;
const MINUTES = 10; // for one tool; then it is ended

const onPath = (command) => process.env.PATH.split(':').some((folder) => {
  try { accessSync(`${folder}/${command}`, constants.X_OK); return true; } catch { return false; }
});
const java = (classes, ...more) => ['java', '-cp', classes, ...more];

const peers = [
  {
    title: 'dbdoc', is: () => true,
    argv: (database) => [DBDOC, 'build', `${SERVER} dbname=${database}`, '--output', 'site'],
  }, {
    title: 'postgresql_autodoc (one HTML file)', is: () => onPath('postgresql_autodoc'),
    argv: (database) => ['postgresql_autodoc', '-t', 'html', '-d', database, '-h', '127.0.0.1', '-p', PORT,
      '-u', 'peer', `--password=${PEER_PASSWORD}`],
  }, {
    title: 'tbls (Markdown, SVG)', is: () => onPath('tbls'),
    argv: (database) => ['tbls', 'doc', `postgres://peer:${PEER_PASSWORD}@127.0.0.1:${PORT}/${database}?sslmode=disable`, 'tbls'],
  }, {
    title: 'SchemaSpy (HTML, diagrams)', is: () => Boolean(SCHEMASPY),
    argv: (database) => java(SCHEMASPY, 'org.schemaspy.Main', '-t', 'pgsql11', '-db', database, '-host', '127.0.0.1', '-port', PORT,
      '-u', 'peer', '-p', PEER_PASSWORD, '-all', '-schemaSpec', 'area_.*|public', '-norows', '-o', 'schemaspy'),
  }, {
    title: 'SchemaCrawler (one HTML file)', is: () => Boolean(SCHEMACRAWLER),
    argv: (database) => java(SCHEMACRAWLER, 'schemacrawler.Main', '--server=postgresql', '--host=127.0.0.1', `--port=${PORT}`,
      `--database=${database}`, '--user=peer', `--password=${PEER_PASSWORD}`, '--info-level=maximum', '--command=details',
      '--output-format=html', '--output-file=schemacrawler.html'),
  }, {
    title: 'liam (one diagram, from pg_dump)', is: () => onPath('liam'),
    argv: (database) => ['sh', '-c', '"$1" -s -d "$2" -f liam.sql && liam erd build --input liam.sql --format postgres', 'sh',
      `${SERVER_BIN}/pg_dump`, `${SERVER} dbname=${database}`],
  },
];

// What became of each installed tool: seconds and kilobytes, or a problem in words.
export async function measurePeers(database, say) {
  const results = [];
  for (const peer of peers.filter(({ is }) => is())) {
    say(`  ${peer.title}`);
    mkdirSync('peer');
    try {
      results.push({ title: peer.title, ...await run(['timeout', `${MINUTES}m`, ...peer.argv(database)], { cwd: 'peer' }) });
    } catch (error) {
      say(`  ${error.message}`);
      results.push({ title: peer.title, problem: error.status === 124 ? `over ${MINUTES} minutes` : 'failed' });
    }
    rmSync('peer', { recursive: true });
  }
  return results;
}
