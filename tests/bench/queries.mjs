// queries.mjs - what it costs to ask PostgreSQL's planner which index serves which query: a project
// with tables, indexes and queries as files, and what its planner knows of the rows.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { run } from './measure.mjs';

const { DBDOC } = process.env;
const PER_TABLE = 10; // queries; indexes are five

const table = (number) => `shop.table_${number}`;

const schema = (number) => `
CREATE TABLE ${table(number)} (id bigint PRIMARY KEY, parent_id bigint NOT NULL${number > 1 ? ` REFERENCES ${table(Math.floor(number / 2))}` : ''},
  status text NOT NULL, title text NOT NULL, at timestamptz NOT NULL);
CREATE INDEX table_${number}_parent_id_index ON ${table(number)} (parent_id);
CREATE INDEX table_${number}_parent_id_at_index ON ${table(number)} (parent_id, at);
CREATE INDEX table_${number}_status_index ON ${table(number)} (status) WHERE status <> 'done';
CREATE INDEX table_${number}_title_index ON ${table(number)} (lower(title));`;

const queries = (number) => {
  const own = table(number), above = table(Math.max(1, Math.floor(number / 2)));
  return [
    `SELECT * FROM ${own} WHERE id = $1`,
    `SELECT id, title FROM ${own} WHERE parent_id = $1 ORDER BY at DESC LIMIT 20`,
    `SELECT c.title, p.title FROM ${own} c JOIN ${above} p ON p.id = c.parent_id WHERE p.id = $1`,
    `SELECT count(*) FROM ${own} WHERE status = 'open'`,
    `SELECT id FROM ${own} WHERE lower(title) = lower($1)`,
    `SELECT p.id, count(*) FROM ${above} p LEFT JOIN ${own} c ON c.parent_id = p.id WHERE p.at > $1 GROUP BY p.id`,
    `SELECT max(at) FROM ${own} WHERE parent_id = ANY ($1)`,
    `UPDATE ${own} SET status = $1 WHERE id = $2`,
    `DELETE FROM ${own} WHERE parent_id = $1 AND at < $2`,
    `INSERT INTO ${own} (id, parent_id, status, title, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO NOTHING`,
  ].map((text, i) => `-- name: table_${number}_query_${i}\n${text};\n`).join('\n');
};

function write(folder, tables) {
  const numbers = Array.from({ length: tables }, (_, i) => i + 1);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(`${folder}/queries`, { recursive: true });
  writeFileSync(`${folder}/schema.sql`, `CREATE SCHEMA shop;${numbers.map(schema).join('')}\n`);
  for (const number of numbers) writeFileSync(`${folder}/queries/table_${number}.sql`, queries(number));
  writeFileSync(`${folder}/stats.yml`, ['tables:', ...numbers.map((number) =>
    `  ${table(number)}: {rows: ${1000 * number}, columns: {parent_id: {distinct: ${100 * number}}, status: {distinct: 4}}}`), ''].join('\n'));
  writeFileSync(`${folder}/dbdoc.yml`, 'database: schema.sql\nstatistics: stats.yml\n');
}

// Sentences of Markdown.
export async function measureQueries(tables) {
  write('project', tables);
  const { seconds, output, errors } = await run([DBDOC, 'build', '-o', 'site'], { cwd: 'project' });
  const [, planned, explained] = /Planned (\d+) queries on PostgreSQL \S+ with (\d+) EXPLAINs/.exec(output + errors);
  if (Number(planned) !== tables * PER_TABLE) throw new Error(`Only ${planned} queries were planned.`);
  return { queries: Number(planned), indexes: tables * 5, explained: Number(explained), seconds };
}
