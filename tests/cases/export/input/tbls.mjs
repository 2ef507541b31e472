// tbls.mjs - the form of tbls' schema.json as a JSON Schema: each object with what it must and what it may have.
const text = { type: 'string' };
const flag = { type: 'boolean' };
const list = (items) => ({ type: 'array', items });
const object = (must, may) => ({ type: 'object', properties: { ...must, ...may }, required: Object.keys(must), additionalProperties: false });
const cardinality = { enum: ['', 'zero_or_one', 'exactly_one', 'zero_or_more', 'one_or_more'] };

const label = object({ name: text }, { virtual: flag });
const column = object({ name: text, type: text, nullable: flag },
    { default: { type: ['string', 'null'] }, extra_def: text, comment: text, labels: list(label) });
const index = object({ name: text, def: text, table: text, columns: list(text) }, { comment: text });
const constraint = object({ name: text, type: text, def: text, table: text, columns: list(text) },
    { referenced_table: text, referenced_columns: list(text), comment: text });
const trigger = object({ name: text, def: text }, { comment: text });
const table = object({ name: text, type: text, columns: list(column) }, {
    comment: text, indexes: list(index), constraints: list(constraint), triggers: list(trigger), def: text,
    labels: list(label), referenced_tables: list(text),
});
const relation = object({ table: text, columns: list(text), parent_table: text, parent_columns: list(text), def: text },
    { cardinality, parent_cardinality: cardinality, virtual: flag });
const driver = object({ name: text }, { database_version: text, meta: { type: 'object' } });

export default object({ tables: list(table) }, {
    name: text, desc: text, relations: list(relation), driver, labels: list(label),
    functions: list(object({ name: text, return_type: text, arguments: text, type: text }, {})),
    enums: list(object({ name: text, values: list(text) }, {})),
});
