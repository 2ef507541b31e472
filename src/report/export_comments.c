/* export_comments.c - notes in files as COMMENT ON statements, for readers of the database itself.
 * An object without such a note keeps the comment that it has. */
#include "base/text.h"
#include "postgres/connection.h"
#include "report/export.h"

/* How SQL names an object of a kind. The database has no row: a dump does not say its name. */
enum naming { BY_NAME, OF_SCHEMA, OF_RELATION, ON_RELATION, ON_DOMAIN, WITH_ARGUMENTS };

static const struct naming_row {
    const struct kind *kind;
    const char *words;
    enum naming naming;
} rows[] = {
    {&kind_schema, "SCHEMA", BY_NAME},
    {&kind_extension, "EXTENSION", BY_NAME},
    {&kind_enum_type, "TYPE", OF_SCHEMA},
    {&kind_composite_type, "TYPE", OF_SCHEMA},
    {&kind_range_type, "TYPE", OF_SCHEMA},
    {&kind_base_type, "TYPE", OF_SCHEMA},
    {&kind_domain, "DOMAIN", OF_SCHEMA},
    {&kind_domain_constraint, "CONSTRAINT", ON_DOMAIN},
    {&kind_sequence, "SEQUENCE", OF_SCHEMA},
    {&kind_table, "TABLE", OF_SCHEMA},
    {&kind_view, "VIEW", OF_SCHEMA},
    {&kind_function, "ROUTINE", WITH_ARGUMENTS}, /* aggregates, too */
    {&kind_index, "INDEX", OF_SCHEMA},
    {&kind_column, "COLUMN", OF_RELATION},
    {&kind_attribute, "COLUMN", OF_RELATION},
    {&kind_constraint, "CONSTRAINT", ON_RELATION},
    {&kind_trigger, "TRIGGER", ON_RELATION},
    {&kind_policy, "POLICY", ON_RELATION},
    {&kind_rewrite_rule, "RULE", ON_RELATION},
    {&kind_statistics, "STATISTICS", OF_SCHEMA},
    {&kind_event_trigger, "EVENT TRIGGER", BY_NAME},
    {&kind_publication, "PUBLICATION", BY_NAME},
    {&kind_subscription, "SUBSCRIPTION", BY_NAME},
    {&kind_role, "ROLE", BY_NAME},
    {&kind_collation, "COLLATION", OF_SCHEMA},
    {&kind_conversion, "CONVERSION", OF_SCHEMA},
    {&kind_foreign_server, "SERVER", BY_NAME},
};

struct writing {
    GString *target;
    const struct model *model;
};

static const struct naming_row *
find_row(const struct kind *kind)
{
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        if (rows[i].kind == kind)
            return &rows[i];
    return NULL;
}

static const char *
words_of(const struct naming_row *row, const struct object *object)
{
    const void *itself = object;
    if (object->kind == &kind_view && ((const struct view *)itself)->materialized == YES)
        return "MATERIALIZED VIEW";
    if (object->kind == &kind_table && ((const struct table *)itself)->kind == TABLE_FOREIGN)
        return "FOREIGN TABLE";
    return row->words;
}

static void
put_name(GString *target, const char *name)
{
    g_autofree char *quoted = sql_quote_name(name);
    g_string_append(target, quoted);
}

static void
put_qualified(GString *target, const struct object *object)
{
    g_autofree char *quoted = sql_quote_qualified(object_schema(object), object_name(object));
    g_string_append(target, quoted);
}

static void
put_object(GString *target, enum naming naming, const struct object *object)
{
    const void *itself = object;
    switch (naming) {
    case BY_NAME:
        put_name(target, object_name(object));
        return;
    case OF_SCHEMA:
        put_qualified(target, object);
        return;
    case OF_RELATION:
        put_qualified(target, object->parent);
        g_string_append_c(target, '.');
        put_name(target, object_name(object));
        return;
    case ON_RELATION:
    case ON_DOMAIN:
        put_name(target, object_name(object));
        g_string_append(target, naming == ON_DOMAIN ? " ON DOMAIN " : " ON ");
        put_qualified(target, object->parent);
        return;
    case WITH_ARGUMENTS: /* which the server has written, quoted where that is needed */
        put_qualified(target, object);
        g_string_append_c(target, '(');
        g_string_append(target, ((const struct function *)itself)->argument_types);
        g_string_append_c(target, ')');
        return;
    }
}

/* Its notes in files, with a line between them; NULL for none. */
static char *
words_in_files(const struct model *model, const struct object *object)
{
    const struct annotation *annotation = model_annotation(model, object);
    g_autoptr(GString) words = g_string_new(NULL);
    for (size_t i = 0; i < annotation->count; i++) {
        const struct note *note = annotation->notes[i];
        if (note->origin != NOTE_FILE || text_is_empty(note->text))
            continue;
        g_autofree char *text = export_text(note->text);
        g_string_append(words, words->len > 0 ? "\n\n" : "");
        g_string_append(words, g_strchomp(text));
    }
    return words->len == 0 ? NULL : g_string_free(g_steal_pointer(&words), FALSE);
}

static void
put_comment(const struct object *object, void *data)
{
    const struct writing *writing = data;
    const struct naming_row *row = find_row(object->kind);
    g_autofree char *words = row == NULL ? NULL : words_in_files(writing->model, object);
    if (words == NULL)
        return;
    g_autofree char *literal = sql_quote_literal(words);
    g_string_append(writing->target, "COMMENT ON ");
    g_string_append(writing->target, words_of(row, object));
    g_string_append_c(writing->target, ' ');
    put_object(writing->target, row->naming, object);
    g_string_append(writing->target, " IS ");
    g_string_append(writing->target, literal);
    g_string_append(writing->target, ";\n");
}

GString *
export_comments(const struct model *model)
{
    GString *target = g_string_new("SET client_encoding = 'UTF8';\n");
    struct writing writing = {target, model};
    object_walk(model->catalog, put_comment, &writing);
    return target;
}
