// read.mjs FORMAT EXPORT SNAPSHOT - reads an export with the tool that it is for, and prints what differs
// from the tables, columns and foreign keys of the snapshot; then how many there were.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const [format, file, snapshotFile] = process.argv.slice(2);
const require = createRequire(`${process.env.ROOT}/package.json`);
const text = readFileSync(file, 'utf8');
// As dbdoc shows texts: control characters are replaced, and the password of an address.
const clean = (words) => words.replaceAll('\r\n', '\n').replace(/[\0-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]/g, '\ufffd')
    .replace(/(?<=\/\/u:).*(?=@)/, '***');
const snapshot = JSON.parse(readFileSync(snapshotFile, 'utf8'), (key, value) => typeof value === 'string' ? clean(value) : value);
const said = (...words) => JSON.stringify(words);

// A snapshot leaves out what is empty, no or nothing.
const complete = (table) => ({ ...table, columns: table.columns ?? [], constraints: table.constraints ?? [], indexes: table.indexes ?? [] });
const tables = snapshot.tables.filter((table) => !table.partition_of).map(complete);
const keys = tables.flatMap((table) => table.constraints
    .filter((constraint) => constraint.kind === 'foreign key')
    .map((constraint) => ({ ...constraint, table })));
const line = (name) => name.replace(/[\n\t]/g, ' ');

// What each reader understood, as sorted lines, and what it should have.
const readers = {
    dbml() {
        const { Parser } = require('@dbml/core');
        let database;
        try {
            database = new Parser().parse(text, 'dbmlv2').export();
        } catch (error) {
            throw new Error(JSON.stringify(error.diags ?? error.message));
        }
        const end = (e) => [e.schemaName ?? 'public', e.tableName, ...e.fieldNames];
        return {
            found: database.schemas.flatMap((schema) => [
                ...schema.tables.map((table) => said('table', schema.name, table.name,
                    table.fields.map((field) => [field.name, !!field.not_null, field.note]), table.note,
                    table.indexes.map((index) => [index.name, !!index.unique, index.type]))),
                ...schema.enums.map((type) => said('enum', schema.name, type.name, type.values.map((v) => v.name))),
                ...schema.refs.map((ref) => said('ref', ref.name, ...ref.endpoints.map(end).sort())),
            ]),
            wanted: [
                ...tables.filter((table) => table.columns.length > 0).map((table) => said('table', table.schema,
                    table.name, table.columns.map((column) => [column.name, !!column.not_null, note(column)]), note(table),
                    table.indexes.map((index) => [index.name, !!index.unique && !index.primary, index.method]))),
                ...(snapshot.enum_types ?? []).map((type) => [type, (type.labels ?? []).filter((label) => label !== '')])
                    .filter(([, labels]) => labels.length > 0)
                    .map(([type, labels]) => said('enum', type.schema, type.name, labels)),
                ...keys.map((key) => [key, tables.find((table) => path(table) === key.references)])
                    .filter(([key], place, all) => !all.slice(0, place).some(([other]) => same(key, other)) && !loops(key))
                    .map(([key, parent]) => said('ref', key.name, ...[
                        [key.table.schema, key.table.name, ...key.columns],
                        [parent.schema, parent.name, ...key.referenced_columns]].sort())),
            ],
        };
    },
    async mermaid() {
        const { default: mermaid } = await import(`${process.env.ROOT}/node_modules/mermaid/dist/mermaid.core.mjs`);
        await mermaid.parse(text);
        const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
        const plain = (words) => words.replace(/ﬂ°°(\d+)¶ß/g, (_, code) => String.fromCodePoint(code));
        const entities = [...db.getEntities()];
        const names = new Map(entities.map(([id, entity]) => [id, plain(entity.alias)]));
        for (const [id, entity] of entities)
            if (new Set(entity.attributes.map((a) => a.attributeName)).size !== entity.attributes.length)
                console.log(`two columns of ${id} have one name`);
        return {
            found: [
                ...entities.map(([id, entity]) => said('table', names.get(id), entity.attributes.map((a) =>
                    [plain(a.attributeComment || a.attributeName), a.attributeKeyTypeList ?? []]))),
                ...db.getRelationships().map((r) => said('ref', plain(r.roleA), names.get(r.entityA), names.get(r.entityB))),
            ],
            wanted: [
                ...tables.map((table) => said('table', shown(table), table.columns.map((column) =>
                    [line(column.name), marks(table, column.name)]))),
                ...keys.map((key) => said('ref', line(key.name), shown(parent(key)), shown(key.table))),
            ],
        };
    },
    dot() {
        const json = JSON.parse(execFileSync('dot', ['-Tjson0'], { input: text, maxBuffer: 1 << 28 }));
        const plain = (words) => words.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(code));
        const cells = (label) => [...label.matchAll(/<TD[^>]*>(?:<B>)?(.*?)(?:<\/B>)?<\/TD>/g)].map((m) => plain(m[1]));
        const nodes = json.objects.map((object) => cells(object.label));
        return {
            found: [
                ...nodes.map((all) => said('table', all[0], all.slice(1).filter((_, place) => place % 2 === 0))),
                ...(json.edges ?? []).map((e) => said('ref', plain(e.tooltip), nodes[e.tail][0], nodes[e.head][0],
                    nodes[e.tail][2 * e.tailport.slice(1) - 1], nodes[e.head][2 * e.headport.slice(1) - 1])),
            ],
            wanted: [
                ...tables.map((table) => said('table', shown(table), table.columns.map((column) => line(column.name)))),
                ...keys.map((key) => said('ref', line(key.name), shown(key.table), shown(parent(key)),
                    line(key.columns[0]), line(key.referenced_columns[0]))),
            ],
        };
    },
    // Each line has to be one of these, so that no name has begun another.
    plantuml() {
        const plain = (words) => words.replace(/<U\+([0-9A-F]{4,6})>/g, (_, code) => String.fromCodePoint(Number.parseInt(code, 16)));
        const word = String.raw`((?:[\p{L}\p{N} .,()_]|<U\+[0-9A-F]{4,6}>)*?)`;
        const forms = {
            entity: new RegExp(`^entity "${word}(?:(?<=>) )?" as (t\\d+) \\{$`, 'u'),
            column: new RegExp(`^  (\\* )?\\{field\\} ${word} : ${word}((?: <<[PF]K>>)*)$`, 'u'),
            ref: new RegExp(`^(t\\d+) (?:\\|o|\\|\\|)--(?:o\\||o\\{) (t\\d+) : "${word}"$`, 'u'),
            frame: /^(}|@startuml|@enduml|hide circle|hide empty members)$/,
        };
        const names = new Map();
        const found = [];
        let columns;
        for (const row of text.trimEnd().split('\n')) {
            const [form, match] = Object.entries(forms).map(([key, form]) => [key, form.exec(row)]).find(([, m]) => m) ?? [];
            if (!form) console.log(`no line of PlantUML: ${row}`);
            if (form === 'entity') found.push(['table', names.set(match[2], plain(match[1])).get(match[2]), columns = []]);
            if (form === 'column') columns.push([plain(match[2]), !!match[1], match[4].match(/[PF]K/g) ?? []]);
            if (form === 'ref') found.push(['ref', plain(match[3]), names.get(match[1]), names.get(match[2])]);
        }
        return {
            found: found.map((fact) => said(...fact)),
            wanted: [
                ...tables.map((table) => said('table', shown(table), table.columns.map((column) =>
                    [line(column.name), !!column.not_null, marks(table, column.name)]))),
                ...keys.map((key) => said('ref', line(key.name), shown(parent(key)), shown(key.table))),
            ],
        };
    },
    async tbls() {
        const { default: shape } = await import('./tbls.mjs');
        const Ajv = require('ajv');
        const check = new Ajv().compile(shape);
        const schema = JSON.parse(text);
        if (!check(schema)) console.log(check.errors);
        const columns = new Map(schema.tables.map((table) => [table.name, table.columns.map((column) => column.name)]));
        for (const { table, columns: own, parent_table, parent_columns } of schema.relations)
            for (const [name, names] of [[table, own], [parent_table, parent_columns]])
                if (!names.every((column) => columns.get(name)?.includes(column))) console.log(`no ${names} in ${name}`);
        const every = [...tables, ...(snapshot.views ?? []).map(complete)];
        return {
            found: [
                ...schema.tables.map((table) => said('table', table.name, table.comment, table.columns.map((column) =>
                    [column.name, column.type, column.nullable, column.default, column.comment]), table.indexes.map((i) => i.def),
                    (table.constraints ?? []).map((c) => c.def), table.triggers.map((t) => t.def))),
                ...schema.relations.map((r) => said('ref', r.table, r.columns, r.parent_table, r.parent_columns)),
                ...schema.enums.map((type) => said('enum', type.name, type.values)),
                said('functions', schema.functions.length),
            ],
            wanted: [
                ...every.map((table) => said('table', path(table), note(table) ?? '', table.columns.map((column) =>
                    [column.name, column.type, !column.not_null, column.default_value ?? null, note(column) ?? '']),
                    table.indexes.map((i) => i.definition), table.constraints.map((c) => c.definition),
                    (table.triggers ?? []).map((t) => t.definition))),
                ...keys.map((key) => said('ref', path(key.table), key.columns, key.references, key.referenced_columns)),
                ...(snapshot.enum_types ?? []).map((type) => said('enum', path(type), type.labels ?? [])),
                said('functions', (snapshot.functions ?? []).length),
            ],
        };
    },
};

function note(object) {
    return object.comment?.trim() ? object.comment : null;
}
function quoted(name) {
    return /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}
function path(table) {
    return `${quoted(table.schema)}.${quoted(table.name)}`;
}
function shown(table) {
    return line(`${table.schema}.${table.name}`);
}
function parent(key) {
    return tables.find((table) => path(table) === key.references);
}
function loops(key) {
    return path(key.table) === key.references && said(key.columns) === said(key.referenced_columns);
}
function ends(key) {
    return [said(path(key.table), [...key.columns].sort()), said(key.references, [...key.referenced_columns].sort())].sort();
}
function same(key, other) {
    return said(ends(key)) === said(ends(other));
}
function marks(table, column) {
    const kinds = table.constraints.filter((c) => c.columns?.includes(column)).map((c) => c.kind);
    return [['primary key', 'PK'], ['foreign key', 'FK']].filter(([kind]) => kinds.includes(kind)).map(([, mark]) => mark);
}

const { found, wanted } = await readers[format]();
for (const fact of found)
    if (!wanted.includes(fact)) console.log(`found and not wanted: ${fact}`);
for (const fact of wanted)
    if (!found.includes(fact)) console.log(`wanted and not found: ${fact}`);
console.log(`${format}: ${found.length} facts of ${wanted.length}`);
