// names.mjs - names as pages show them, and which objects a snapshot holds.

const SHOWN = /U&"((?:[^"]|"")*)"|"((?:[^"]|"")*)"|([^."]+)/gy;

const unescape = (text) => text.replace(/\\(?:(\\)|\+([0-9A-F]{6})|([0-9A-F]{4}))/g,
    (all, backslash, long, short) => backslash ?? String.fromCodePoint(parseInt(long ?? short, 16)));

// The names that a shown path stands for: \`"a.b".U&"\\200B"\` gives ["a.b", "\u200b"].
export function namesOf(shown) {
    const names = [];
    for (let at = 0; at < shown.length; at = SHOWN.lastIndex + 1) {
        SHOWN.lastIndex = at;
        const [, escaped, quoted, plain] = SHOWN.exec(shown) ?? [];
        const inner = (escaped ?? quoted)?.replaceAll('""', '"');
        names.push(escaped === undefined ? inner ?? plain : unescape(inner));
        if (names.at(-1) === undefined) throw new Error(`no path: ${JSON.stringify(shown)}`);
    }
    return names;
}

// Lists of a snapshot whose objects have pages of their own, and the folders of these.
const FOLDERS = {
    schemas: 'schemas', tables: 'tables', views: 'views', functions: 'functions', enum_types: 'types',
    domains: 'types', composite_types: 'types', range_types: 'types', base_types: 'types',
    extensions: 'extensions', roles: 'roles',
};

// What stands before the name of those that are in no schema.
const ABOVE = { schemas: [], extensions: [], roles: ['Access'] };

const isPart = (table) => table.partition_of !== undefined;

// { folder, names, arguments, columns } of every object of a snapshot that has a page.
export function* objectsOf(snapshot) {
    for (const [list, folder] of Object.entries(FOLDERS))
        for (const object of snapshot[list] ?? []) {
            if (isPart(object)) continue;
            // Roles have pages where it is known who may do what.
            if (list === 'roles' && snapshot.access === undefined) continue;
            yield { folder, names: [...ABOVE[folder] ?? [object.schema], object.name], arguments: object.argument_types,
                columns: object.columns?.map((column) => column.name) };
        }
    for (const relation of [...snapshot.tables ?? [], ...snapshot.views ?? []])
        for (const index of isPart(relation) ? [] : relation.indexes ?? [])
            yield { folder: 'indexes', names: [relation.schema, relation.name, index.name] };
}
