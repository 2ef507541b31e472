/* ecto_sql.c - the statements that Ecto's PostgreSQL adapter (ecto_sql 3.13) makes of commands:
 * tables, indexes, constraints and comments. Columns are in ecto_columns.c. */
#include "migrations/ecto_runner.h"

#include <string.h>

bool
ecto_write_text(struct ecto_writer *writer, const struct value *text)
{
    if (value_append_text(writer->text, text))
        return true;
    return evaluate_raise(writer->evaluation, writer->syntax, "ArgumentError",
                          "expected text, got: %s",
                          value_inspect(writer->evaluation->arena, text)) != NULL;
}

bool
ecto_write_name(struct ecto_writer *writer, const struct value *name)
{
    if (name->kind != VALUE_ATOM && name->kind != VALUE_STRING)
        return ecto_write_text(writer, name);
    if (memchr(name->text, '"', name->length) != NULL)
        return evaluate_raise(writer->evaluation, writer->syntax, "ArgumentError",
                              "bad literal/field/index/table name %s (\" is not permitted)",
                              value_inspect(writer->evaluation->arena,
                                            value_string(writer->evaluation->arena, name->text,
                                                         (gssize)name->length))) != NULL;
    g_string_append_printf(writer->text, "\"%s\"", name->text);
    return true;
}

bool
ecto_write_qualified(struct ecto_writer *writer, const struct value *prefix,
                     const struct value *name)
{
    if (!value_is_nil(prefix)) {
        if (!ecto_write_name(writer, prefix))
            return false;
        g_string_append_c(writer->text, '.');
    }
    return ecto_write_name(writer, name);
}

bool
ecto_write_names(struct ecto_writer *writer, const struct value *names)
{
    for (size_t i = 0; i < names->count; i++) {
        if (i > 0)
            g_string_append_c(writer->text, ',');
        if (!ecto_write_name(writer, names->items[i]))
            return false;
    }
    return true;
}

static void
write_literal(struct ecto_writer *writer, const struct value *text)
{
    g_string_append_c(writer->text, '\'');
    for (gsize i = 0; i < text->length; i++) {
        if (text->text[i] == '\'')
            g_string_append_c(writer->text, '\'');
        g_string_append_c(writer->text, text->text[i]);
    }
    g_string_append_c(writer->text, '\'');
}

/* Ends the statement written so far and starts the next one. */
static void
end_statement(struct ecto_writer *writer, GPtrArray *statements)
{
    if (!ecto_is_sendable(writer->text->str, writer->text->len))
        evaluate_raise(writer->evaluation, writer->syntax, "ArgumentError",
                       "a statement holds bytes that are no UTF-8, or a NUL");
    g_ptr_array_add(statements, g_strdup(writer->text->str));
    g_string_truncate(writer->text, 0);
}

bool
ecto_is_sendable(const char *text, gsize length)
{
    return g_utf8_validate(text, (gssize)length, NULL); /* which takes no NUL either */
}

static bool
is_cautious(const struct value *command)
{
    return g_str_has_suffix(command->items[0]->text, "_exists");
}

static bool
write_object(struct ecto_writer *writer, const struct value *object, const char *member)
{
    return ecto_write_qualified(writer, ecto_option(object, "prefix"), ecto_option(object, member));
}

/* ---- Comments ---- */

static bool
comment_on(struct ecto_writer *writer, const char *kind, const struct value *object,
           const struct value *comment, GPtrArray *statements)
{
    if (value_is_nil(comment))
        return true;
    g_string_append_printf(writer->text, "COMMENT ON %s ", kind);
    if (!write_object(writer, object, "name"))
        return false;
    g_string_append(writer->text, " IS ");
    write_literal(writer, comment);
    end_statement(writer, statements);
    return true;
}

static bool
comment_on_columns(struct ecto_writer *writer, const struct value *table,
                   const struct value *columns, GPtrArray *statements)
{
    for (size_t i = 0; i < columns->count; i++) {
        const struct value *column = columns->items[i];
        const struct value *comment = column->count == 4 &&
                                              !value_is_atom(column->items[0], "remove")
                                          ? ecto_option(column->items[3], "comment")
                                          : &value_nil;
        if (value_is_nil(comment))
            continue;
        g_string_append(writer->text, "COMMENT ON COLUMN ");
        if (!write_object(writer, table, "name"))
            return false;
        g_string_append_c(writer->text, '.');
        if (!ecto_write_name(writer, column->items[1]))
            return false;
        g_string_append(writer->text, " IS ");
        write_literal(writer, comment);
        end_statement(writer, statements);
    }
    return true;
}

/* ---- Tables ---- */

static bool
write_primary_key(struct ecto_writer *writer, const struct value *columns, const char *before)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (size_t i = 0; i < columns->count; i++) {
        const struct value *column = columns->items[i];
        if (column->count == 4 && !value_is_atom(column->items[0], "remove") &&
            value_is_true(ecto_option(column->items[3], "primary_key")))
            g_ptr_array_add(names, (void *)(guintptr)column->items[1]);
    }
    if (names->len == 0)
        return true;
    g_string_append_printf(writer->text, "%sPRIMARY KEY (", before);
    if (!ecto_write_names(writer, value_of_items(writer->evaluation->arena, VALUE_LIST, names)))
        return false;
    g_string_append_c(writer->text, ')');
    return true;
}

static bool
write_table_options(struct ecto_writer *writer, const struct value *options)
{
    if (value_is_nil(options))
        return true;
    if (options->kind == VALUE_LIST)
        return evaluate_raise(writer->evaluation, writer->syntax, "ArgumentError",
                              "PostgreSQL adapter does not support keyword lists in :options") !=
               NULL;
    g_string_append_c(writer->text, ' ');
    return ecto_write_text(writer, options);
}

static bool
write_modifiers(struct ecto_writer *writer, const struct value *modifiers)
{
    if (value_is_nil(modifiers))
        return true;
    if (modifiers->kind != VALUE_STRING)
        return evaluate_raise(writer->evaluation, writer->syntax, "ArgumentError",
                              "PostgreSQL adapter expects :modifiers to be a string or nil, got %s",
                              value_inspect(writer->evaluation->arena, modifiers)) != NULL;
    g_string_append_printf(writer->text, "%s ", modifiers->text);
    return true;
}

static bool
create_table(struct ecto_writer *writer, const struct value *command, GPtrArray *statements)
{
    const struct value *table = command->items[1];
    const struct value *columns = command->items[2];
    g_string_append(writer->text, "CREATE ");
    if (!write_modifiers(writer, ecto_option(table, "modifiers")))
        return false;
    g_string_append_printf(writer->text, "TABLE %s", is_cautious(command) ? "IF NOT EXISTS " : "");
    if (!write_object(writer, table, "name"))
        return false;
    g_string_append(writer->text, " (");
    if (!ecto_write_changes(writer, table, columns, IN_CREATE) ||
        !write_primary_key(writer, columns, ", "))
        return false;
    g_string_append_c(writer->text, ')');
    if (!write_table_options(writer, ecto_option(table, "options")))
        return false;
    end_statement(writer, statements);
    return comment_on(writer, "TABLE", table, ecto_option(table, "comment"), statements) &&
           comment_on_columns(writer, table, columns, statements);
}

static bool
alter_table(struct ecto_writer *writer, const struct value *command, GPtrArray *statements)
{
    const struct value *table = command->items[1];
    const struct value *columns = command->items[2];
    g_string_append(writer->text, "ALTER TABLE ");
    if (!write_object(writer, table, "name"))
        return false;
    g_string_append_c(writer->text, ' ');
    if (!ecto_write_changes(writer, table, columns, IN_ALTER) ||
        !write_primary_key(writer, columns, ", ADD "))
        return false;
    end_statement(writer, statements);
    return comment_on(writer, "TABLE", table, ecto_option(table, "comment"), statements) &&
           comment_on_columns(writer, table, columns, statements);
}

static bool
write_mode(struct ecto_writer *writer, const struct value *command)
{
    const struct value *mode = command->items[2];
    if (value_is_atom(mode, "cascade"))
        g_string_append(writer->text, " CASCADE");
    else if (!value_is_atom(mode, "restrict"))
        return evaluate_raise(writer->evaluation, writer->syntax, "FunctionClauseError",
                              "drop knows no mode %s",
                              value_inspect(writer->evaluation->arena, mode)) != NULL;
    return true;
}

static bool
drop_table(struct ecto_writer *writer, const struct value *command, GPtrArray *statements)
{
    g_string_append_printf(writer->text, "DROP TABLE %s", is_cautious(command) ? "IF EXISTS " : "");
    if (!write_object(writer, command->items[1], "name") || !write_mode(writer, command))
        return false;
    end_statement(writer, statements);
    return true;
}

/* ---- Indexes ---- */

static bool
write_direction(struct ecto_writer *writer, const struct value *direction)
{
    static const char *const directions[][2] = {
        {"asc", " ASC"},
        {"asc_nulls_first", " ASC NULLS FIRST"},
        {"asc_nulls_last", " ASC NULLS LAST"},
        {"desc", " DESC"},
        {"desc_nulls_first", " DESC NULLS FIRST"},
        {"desc_nulls_last", " DESC NULLS LAST"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(directions); i++) {
        if (value_is_atom(direction, directions[i][0])) {
            g_string_append(writer->text, directions[i][1]);
            return true;
        }
    }
    return evaluate_raise(writer->evaluation, writer->syntax, "FunctionClauseError",
                          "an index knows no direction %s",
                          value_inspect(writer->evaluation->arena, direction)) != NULL;
}

/* A text is an expression, an atom a column. */
static bool
write_key(struct ecto_writer *writer, const struct value *key)
{
    bool directed = value_is_pair(key);
    const struct value *column = directed ? key->items[1] : key;
    bool good = column->kind == VALUE_STRING ? ecto_write_text(writer, column)
                                             : ecto_write_name(writer, column);
    return good && (!directed || write_direction(writer, key->items[0]));
}

static bool
write_keys(struct ecto_writer *writer, const struct value *keys)
{
    g_string_append_c(writer->text, '(');
    for (size_t i = 0; i < keys->count; i++) {
        g_string_append(writer->text, i > 0 ? ", " : "");
        if (!write_key(writer, keys->items[i]))
            return false;
    }
    g_string_append_c(writer->text, ')');
    return true;
}

/* " WORD text" when the member is set. */
static bool
write_clause(struct ecto_writer *writer, const char *before, const struct value *text,
             const char *after)
{
    if (!value_is_true(text))
        return true;
    g_string_append(writer->text, before);
    if (!ecto_write_text(writer, text))
        return false;
    g_string_append(writer->text, after);
    return true;
}

static bool
write_index_clauses(struct ecto_writer *writer, const struct value *index)
{
    const struct value *include = ecto_option(index, "include");
    const struct value *distinct = ecto_option(index, "nulls_distinct");
    if (include->count > 0) {
        g_string_append(writer->text, " INCLUDE ");
        if (!write_keys(writer, include))
            return false;
    }
    if (!value_is_nil(distinct))
        g_string_append(writer->text,
                        value_is_true(distinct) ? " NULLS DISTINCT" : " NULLS NOT DISTINCT");
    return write_clause(writer, " WITH (", ecto_option(index, "options"), ")") &&
           write_clause(writer, " WHERE ", ecto_option(index, "where"), "");
}

static bool
create_index(struct ecto_writer *writer, const struct value *command, GPtrArray *statements)
{
    const struct value *index = command->items[1];
    g_string_append_printf(writer->text, "CREATE %sINDEX %s%s",
                           value_is_true(ecto_option(index, "unique")) ? "UNIQUE " : "",
                           value_is_true(ecto_option(index, "concurrently")) ? "CONCURRENTLY " : "",
                           is_cautious(command) ? "IF NOT EXISTS " : "");
    if (!ecto_write_name(writer, ecto_option(index, "name")))
        return false;
    g_string_append_printf(writer->text, " ON %s",
                           value_is_true(ecto_option(index, "only")) ? "ONLY " : "");
    if (!write_object(writer, index, "table") ||
        !write_clause(writer, " USING ", ecto_option(index, "using"), ""))
        return false;
    g_string_append_c(writer->text, ' ');
    if (!write_keys(writer, ecto_option(index, "columns")) || !write_index_clauses(writer, index))
        return false;
    end_statement(writer, statements);
    return comment_on(writer, "INDEX", index, ecto_option(index, "comment"), statements);
}

static bool
drop_index(struct ecto_writer *writer, const struct value *command, GPtrArray *statements)
{
    const struct value *index = command->items[1];
    g_string_append_printf(writer->text, "DROP INDEX %s%s",
                           value_is_true(ecto_option(index, "concurrently")) ? "CONCURRENTLY " : "",
                           is_cautious(command) ? "IF EXISTS " : "");
    if (!write_object(writer, index, "name") || !write_mode(writer, command))
        return false;
    end_statement(writer, statements);
    return true;
}

/* ---- Constraints and renames ---- */

static bool
create_constraint(struct ecto_writer *writer, const struct value *command, GPtrArray *statements)
{
    const struct value *constraint = command->items[1];
    const struct value *check = ecto_option(constraint, "check");
    const struct value *exclude = ecto_option(constraint, "exclude");
    if ((check->kind == VALUE_STRING) == (exclude->kind == VALUE_STRING))
        return evaluate_raise(writer->evaluation, writer->syntax, "ArgumentError",
                              check->kind == VALUE_STRING
                                  ? "a constraint must not have both check and exclude options"
                                  : "a constraint must have either a check or exclude option") !=
               NULL;
    g_string_append(writer->text, "ALTER TABLE ");
    if (!write_object(writer, constraint, "table"))
        return false;
    g_string_append(writer->text, " ADD CONSTRAINT ");
    if (!ecto_write_name(writer, ecto_option(constraint, "name")))
        return false;
    if (check->kind == VALUE_STRING)
        g_string_append_printf(writer->text, " CHECK (%s)", check->text);
    else
        g_string_append_printf(writer->text, " EXCLUDE USING %s", exclude->text);
    if (value_is_atom(ecto_option(constraint, "validate"), "false"))
        g_string_append(writer->text, " NOT VALID");
    end_statement(writer, statements);
    const struct value *comment = ecto_option(constraint, "comment");
    if (value_is_nil(comment))
        return true;
    g_string_append(writer->text, "COMMENT ON CONSTRAINT ");
    if (!ecto_write_name(writer, ecto_option(constraint, "name")))
        return false;
    g_string_append(writer->text, " ON ");
    if (!write_object(writer, constraint, "table"))
        return false;
    g_string_append(writer->text, " IS ");
    write_literal(writer, comment);
    end_statement(writer, statements);
    return true;
}

static bool
drop_constraint(struct ecto_writer *writer, const struct value *command, GPtrArray *statements)
{
    const struct value *constraint = command->items[1];
    g_string_append(writer->text, "ALTER TABLE ");
    if (!write_object(writer, constraint, "table"))
        return false;
    g_string_append_printf(writer->text, " DROP CONSTRAINT %s",
                           is_cautious(command) ? "IF EXISTS " : "");
    if (!ecto_write_name(writer, ecto_option(constraint, "name")) || !write_mode(writer, command))
        return false;
    end_statement(writer, statements);
    return true;
}

/* A table's new name never carries a prefix. */
static bool
rename_object(struct ecto_writer *writer, const struct value *command, GPtrArray *statements)
{
    const struct value *object = command->items[1];
    const struct value *to = command->items[command->count - 1];
    bool index = value_is_struct(object, ECTO_INDEX);
    g_string_append(writer->text, index ? "ALTER INDEX " : "ALTER TABLE ");
    if (!write_object(writer, object, "name"))
        return false;
    g_string_append(writer->text, " RENAME ");
    if (command->count == 4 && !ecto_write_name(writer, command->items[2]))
        return false;
    g_string_append(writer->text, command->count == 4 ? " TO " : "TO ");
    if (!ecto_write_name(writer, to->kind == VALUE_MAP ? ecto_option(to, "name") : to))
        return false;
    end_statement(writer, statements);
    return true;
}

static const struct {
    const char *word; /* what the command begins with */
    const char *object;
    bool (*write)(struct ecto_writer *writer, const struct value *command, GPtrArray *statements);
} forms[] = {
    {"create", ECTO_TABLE, create_table},       {"alter", ECTO_TABLE, alter_table},
    {"drop", ECTO_TABLE, drop_table},           {"create", ECTO_INDEX, create_index},
    {"drop", ECTO_INDEX, drop_index},           {"create", ECTO_CONSTRAINT, create_constraint},
    {"drop", ECTO_CONSTRAINT, drop_constraint}, {"rename", ECTO_TABLE, rename_object},
    {"rename", ECTO_INDEX, rename_object},
};

bool
ecto_sql(struct evaluation *evaluation, const struct syntax *syntax, const struct value *command,
         GPtrArray *statements)
{
    struct ecto_writer writer = {
        .evaluation = evaluation, .syntax = syntax, .text = g_string_new(NULL)};
    bool good = false;
    bool found = false;
    for (size_t i = 0; i < G_N_ELEMENTS(forms) && !found; i++) {
        found = g_str_has_prefix(command->items[0]->text, forms[i].word) &&
                value_is_struct(command->items[1], forms[i].object);
        if (found)
            good = forms[i].write(&writer, command, statements);
    }
    if (!found)
        evaluate_raise(evaluation, syntax, "FunctionClauseError",
                       "Ecto has no command for these arguments: %s",
                       value_inspect(evaluation->arena, command));
    g_string_free(writer.text, TRUE);
    return good && evaluation->exception == NULL;
}
