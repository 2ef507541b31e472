/* ecto_columns.c - columns and references, as Ecto's PostgreSQL adapter writes them. */
#include "migrations/ecto_runner.h"

/* ---- References ---- */

static bool
write_reference_name(struct ecto_writer *writer, const struct value *reference,
                     const struct value *table, const struct value *column)
{
    const struct value *name = ecto_option(reference, "name");
    if (!value_is_nil(name))
        return ecto_write_name(writer, name);
    GString *text = g_string_new(NULL);
    value_append_text(text, ecto_option(table, "name"));
    g_string_append_c(text, '_');
    value_append_text(text, column);
    g_string_append(text, "_fkey");
    bool good = ecto_write_name(writer, value_string(writer->evaluation->arena, text->str, -1));
    g_string_free(text, TRUE);
    return good;
}

/* What happens to the rows: {:nilify, columns} names them. */
static bool
write_action(struct ecto_writer *writer, const char *event, const struct value *action)
{
    static const char *const actions[][2] = {
        {"nilify_all", "SET NULL"}, {"nilify", "SET NULL"},    {"default_all", "SET DEFAULT"},
        {"default", "SET DEFAULT"}, {"delete_all", "CASCADE"}, {"update_all", "CASCADE"},
        {"restrict", "RESTRICT"},
    };
    const struct value *word = value_is_pair(action) ? action->items[0] : action;
    for (size_t i = 0; i < G_N_ELEMENTS(actions); i++)
        if (value_is_atom(word, actions[i][0]))
            g_string_append_printf(writer->text, " ON %s %s", event, actions[i][1]);
    if (!value_is_pair(action))
        return true;
    g_string_append(writer->text, " (");
    bool good = ecto_write_names(writer, action->items[1]);
    g_string_append_c(writer->text, ')');
    return good;
}

/* The columns of a reference: its own, then those of `with:`. Side 0 is this table, 1 the other. */
static bool
write_reference_columns(struct ecto_writer *writer, const struct value *reference,
                        const struct value *first, size_t side)
{
    const struct value *with = ecto_option(reference, "with");
    if (!ecto_write_name(writer, first))
        return false;
    for (size_t i = 0; i < with->count; i++) {
        g_string_append_c(writer->text, ',');
        if (!value_is_pair(with->items[i]) || !ecto_write_name(writer, with->items[i]->items[side]))
            return false;
    }
    return true;
}

static bool
write_reference_end(struct ecto_writer *writer, const struct value *reference)
{
    static const char *const matches[][2] = {
        {"full", " MATCH FULL"}, {"simple", " MATCH SIMPLE"}, {"partial", " MATCH PARTIAL"}};
    for (size_t i = 0; i < G_N_ELEMENTS(matches); i++)
        if (value_is_atom(ecto_option(reference, "match"), matches[i][0]))
            g_string_append(writer->text, matches[i][1]);
    if (!write_action(writer, "DELETE", ecto_option(reference, "on_delete")) ||
        !write_action(writer, "UPDATE", ecto_option(reference, "on_update")))
        return false;
    if (value_is_atom(ecto_option(reference, "validate"), "false"))
        g_string_append(writer->text, " NOT VALID");
    return true;
}

static bool
write_reference(struct ecto_writer *writer, const struct value *table, const struct value *column,
                const struct value *reference)
{
    const struct value *prefix = value_get(ecto_option(reference, "options"), "prefix");
    g_string_append(writer->text, "CONSTRAINT ");
    if (!write_reference_name(writer, reference, table, column))
        return false;
    g_string_append(writer->text, " FOREIGN KEY (");
    if (!write_reference_columns(writer, reference, column, 0))
        return false;
    g_string_append(writer->text, ") REFERENCES ");
    if (!ecto_write_qualified(writer, prefix != NULL ? prefix : ecto_option(table, "prefix"),
                              ecto_option(reference, "table")))
        return false;
    g_string_append_c(writer->text, '(');
    if (!write_reference_columns(writer, reference, ecto_option(reference, "column"), 1))
        return false;
    g_string_append_c(writer->text, ')');
    return write_reference_end(writer, reference);
}

/* ---- Columns ---- */

/* One sub-command, taken apart. */
struct change {
    const struct value *table;
    const struct value *name;
    const struct value *type;
    const struct value *options;
    const struct value *reference; /* NULL when the type is none */
};

static bool
write_type_of(struct ecto_writer *writer, const struct change *change)
{
    return change->reference != NULL
               ? ecto_write_reference_type(writer, change->type, change->options)
               : ecto_write_type(writer, change->type, change->options);
}

static bool
write_collation(struct ecto_writer *writer, const struct change *change)
{
    const struct value *collation = value_get(change->options, "collation");
    if (collation == NULL)
        return true;
    g_string_append(writer->text, " COLLATE \"");
    bool good = ecto_write_text(writer, collation);
    g_string_append_c(writer->text, '"');
    return good;
}

static bool
write_definition(struct ecto_writer *writer, const struct change *change, const char *before)
{
    const struct value *null = ecto_option(change->options, "null");
    if (!ecto_write_name(writer, change->name))
        return false;
    g_string_append_c(writer->text, ' ');
    if (!write_type_of(writer, change) ||
        !ecto_write_default(writer, change->type, change->options))
        return false;
    if (value_is_atom(null, "false"))
        g_string_append(writer->text, " NOT NULL");
    else if (value_is_atom(null, "true"))
        g_string_append(writer->text, " NULL");
    if (!write_collation(writer, change))
        return false;
    if (change->reference == NULL)
        return true;
    g_string_append(writer->text, before);
    return write_reference(writer, change->table, change->name, change->reference);
}

static bool
write_add(struct ecto_writer *writer, const struct change *change)
{
    g_string_append(writer->text, "ADD COLUMN ");
    return write_definition(writer, change, ", ADD ");
}

static bool
write_add_if_not_exists(struct ecto_writer *writer, const struct change *change)
{
    g_string_append(writer->text, "ADD COLUMN IF NOT EXISTS ");
    return write_definition(writer, change, ", ADD ");
}

/* "DROP CONSTRAINT …, " for a reference or {reference, options}; nothing for other types. */
static bool
write_drop_reference(struct ecto_writer *writer, const struct change *change,
                     const struct value *from, const char *words)
{
    const struct value *reference = value_is_pair(from) ? from->items[0] : from;
    if (!value_is_struct(reference, ECTO_REFERENCE))
        return true;
    g_string_append(writer->text, words);
    bool good = write_reference_name(writer, reference, change->table, change->name);
    g_string_append(writer->text, ", ");
    return good;
}

static bool
write_alter_column(struct ecto_writer *writer, const struct change *change, const char *before,
                   const char *after)
{
    g_string_append_printf(writer->text, "%sALTER COLUMN ", before);
    bool good = ecto_write_name(writer, change->name);
    g_string_append(writer->text, after);
    return good;
}

static bool
write_modify(struct ecto_writer *writer, const struct change *change)
{
    const struct value *null = ecto_option(change->options, "null");
    if (!write_drop_reference(writer, change, ecto_option(change->options, "from"),
                              "DROP CONSTRAINT ") ||
        !write_alter_column(writer, change, "", " TYPE ") || !write_type_of(writer, change))
        return false;
    if (change->reference != NULL) {
        g_string_append(writer->text, ", ADD ");
        if (!write_reference(writer, change->table, change->name, change->reference))
            return false;
    }
    bool nullable = value_is_atom(null, "true");
    if ((nullable || value_is_atom(null, "false")) &&
        !write_alter_column(writer, change, ", ", nullable ? " DROP NOT NULL" : " SET NOT NULL"))
        return false;
    if (value_get(change->options, "default") != NULL &&
        (!write_alter_column(writer, change, ", ", " SET") ||
         !ecto_write_default(writer, change->type, change->options)))
        return false;
    return write_collation(writer, change);
}

static bool
write_remove(struct ecto_writer *writer, const struct change *change)
{
    if (change->reference != NULL &&
        !write_drop_reference(writer, change, change->reference, "DROP CONSTRAINT "))
        return false;
    g_string_append(writer->text, "DROP COLUMN ");
    return ecto_write_name(writer, change->name);
}

static bool
write_remove_if_exists(struct ecto_writer *writer, const struct change *change)
{
    if (change->reference != NULL &&
        !write_drop_reference(writer, change, change->reference, "DROP CONSTRAINT IF EXISTS "))
        return false;
    g_string_append(writer->text, "DROP COLUMN IF EXISTS ");
    return ecto_write_name(writer, change->name);
}

static const struct {
    const char *word;
    bool (*write)(struct ecto_writer *writer, const struct change *change);
} writers[] = {
    {"add", write_add},
    {"add_if_not_exists", write_add_if_not_exists},
    {"modify", write_modify},
    {"remove", write_remove},
    {"remove_if_exists", write_remove_if_exists},
};

static bool
write_change(struct ecto_writer *writer, const struct value *table, const struct value *column,
             enum ecto_block block)
{
    struct change change = {
        .table = table, .name = column->items[1], .type = &value_nil, .options = &value_nil};
    if (column->count > 2)
        change.type = column->items[2];
    if (column->count > 3)
        change.options = column->items[3];
    if (value_is_struct(change.type, ECTO_REFERENCE)) {
        change.reference = change.type;
        change.type = ecto_option(change.reference, "type");
    }
    if (block == IN_CREATE && value_is_atom(column->items[0], "add"))
        return write_definition(writer, &change, ", ");
    for (size_t i = 0; block == IN_ALTER && i < G_N_ELEMENTS(writers); i++)
        if (value_is_atom(column->items[0], writers[i].word))
            return writers[i].write(writer, &change);
    return evaluate_raise(writer->evaluation, writer->syntax, "FunctionClauseError",
                          "%s cannot stand in this block", column->items[0]->text) != NULL;
}

bool
ecto_write_changes(struct ecto_writer *writer, const struct value *table,
                   const struct value *columns, enum ecto_block block)
{
    for (size_t i = 0; i < columns->count; i++) {
        g_string_append(writer->text, i > 0 ? ", " : "");
        if (!write_change(writer, table, columns->items[i], block))
            return false;
    }
    return true;
}
