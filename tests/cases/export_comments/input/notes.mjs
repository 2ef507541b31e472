// notes.mjs write SNAPSHOT - a note about every object of the snapshot that can have a comment.
// (Of event triggers, front matter cannot speak: their word has a space.)
// notes.mjs compare SNAPSHOT - prints which of them has not the words of its note as its comment.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const [act, file] = process.argv.slice(2);
const snapshot = JSON.parse(readFileSync(file, 'utf8'));
const quoted = (name) => /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
const words = {
    schemas: 'schema', extensions: 'extension', roles: 'role', enum_types: 'type', domains: 'type', composite_types: 'type',
    range_types: 'type', base_types: 'type', sequences: 'sequence', tables: 'table', views: 'view', functions: 'function',
    columns: 'column', attributes: 'attribute', constraints: 'constraint', indexes: 'index', triggers: 'trigger',
    policies: 'policy', rules: 'rule', collations: 'collation', conversions: 'conversion', foreign_servers: 'server', statistics: 'statistics', publications: 'publication',
};
const counts = {};

function address(list, object, parent) {
    if (!parent || list === 'statistics')
        return [object.schema && list !== 'extensions' ? quoted(object.schema) : null, quoted(object.name)]
            .filter((name) => name !== null).join('.') + (list === 'functions' ? `(${object.argument_types})` : '');
    return list === 'indexes' ? `${quoted(parent.schema)}.${quoted(object.name)}` : `${parent.path}.${quoted(object.name)}`;
}

function visit(list, object, parent) {
    const path = address(list, object, parent);
    const text = `About ${words[list]} ${path}: it's \\n "so"; DROP\n\n- one\n- $$two$$`.replace(/[\r\t\n]+(?=.*:)/g, ' ');
    counts[words[list]] = (counts[words[list]] ?? 0) + 1;
    if (act === 'write')
        writeFileSync(`notes/${Object.values(counts).reduce((sum, n) => sum + n)}.md`,
            `---\nobject: ${JSON.stringify(`${words[list]} ${path}`)}\n---\n${text}\n`);
    else if (object.comment !== text)
        console.log(`${words[list]} ${path}: ${JSON.stringify(object.comment)}`);
    for (const [key, value] of Object.entries(object))
        if (!parent && words[key] && Array.isArray(value) && typeof value[0] === 'object' && list !== 'publications')
            value.forEach((part) => visit(key, part, { ...object, path }));
}

if (act === 'write') mkdirSync('notes');
for (const list of Object.keys(words))
    for (const object of snapshot[list] ?? [])
        visit(list, object);
console.log(Object.keys(counts).join(', ')); // the fixture grows, so no numbers
