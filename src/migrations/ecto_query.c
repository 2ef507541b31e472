/* ecto_query.c - the expressions of a query are read from the source, not evaluated: only what is
 * pinned (^) is a value of the migration. */
#include "migrations/ecto_query.h"

#include "migrations/ecto_runner.h"
#include "migrations/ecto_schema.h"

#include <string.h>

#define QUERY "Elixir.Ecto.Query"
#define ALIAS "alias"
#define TABLE "table"
#define WHERE "where"
#define SET   "set"

/* One expression or clause while it is written. */
struct writer {
    struct evaluation *evaluation;
    struct frame *frame;
    const char *binding; /* the name of the row: i in `from i in "items"` */
    const struct value *query;
    GString *text;
};

static bool write_expression(struct writer *writer, const struct syntax *syntax);

/* ---- Values ---- */

static void
append_literal(GString *text, const struct value *value)
{
    g_string_append_c(text, '\'');
    for (gsize i = 0; i < value->length; i++) {
        if (value->text[i] == '\'')
            g_string_append_c(text, '\'');
        g_string_append_c(text, value->text[i]);
    }
    g_string_append_c(text, '\'');
}

static bool write_value(GString *text, const struct value *value);

static bool
write_array(GString *text, const struct value *list, char opens, char closes)
{
    g_string_append_c(text, opens);
    for (size_t i = 0; i < list->count; i++) {
        g_string_append(text, i > 0 ? "," : "");
        if (list->items[i]->kind == VALUE_LIST || !write_value(text, list->items[i]))
            return false;
    }
    g_string_append_c(text, closes);
    return list->count > 0;
}

/* Only what PostgreSQL understands without its type being said. */
static bool
write_value(GString *text, const struct value *value)
{
    if (value->kind == VALUE_STRING && ecto_is_sendable(value->text, value->length))
        append_literal(text, value);
    else if (value->kind == VALUE_INTEGER)
        g_string_append_printf(text, "%" G_GINT64_FORMAT, value->integer);
    else if (value_is_atom(value, "true") || value_is_atom(value, "false"))
        g_string_append(text, value_is_true(value) ? "TRUE" : "FALSE");
    else if (value->kind == VALUE_LIST) {
        g_string_append(text, "ARRAY");
        return write_array(text, value, '[', ']');
    } else
        return false;
    return true;
}

static bool
write_name(GString *text, const char *name)
{
    if (strchr(name, '"') != NULL)
        return false;
    g_string_append_printf(text, "\"%s\"", name);
    return true;
}

/* ---- Expressions ---- */

static bool
write_column(struct writer *writer, const char *field)
{
    g_string_append_printf(writer->text, "%s.", ecto_option(writer->query, ALIAS)->text);
    const struct value *schema = ecto_option(writer->query, "schema");
    const char *column = schema->kind != VALUE_ATOM || value_is_nil(schema)
                             ? field
                             : ecto_schema_column(writer->evaluation, schema->text, field);
    return column != NULL && write_name(writer->text, column);
}

static const struct value *
evaluate_pinned(struct writer *writer, const struct syntax *syntax)
{
    struct frame inner = *writer->frame;
    const struct value *value = evaluate(writer->evaluation, &inner, syntax);
    return value != NULL && value_find_opaque(value) == NULL ? value : NULL;
}

static bool
write_pinned(struct writer *writer, const struct syntax *syntax)
{
    const struct value *value = evaluate_pinned(writer, syntax);
    return value != NULL && write_value(writer->text, value);
}

/* What is made of two parts stands in brackets within another. */
static bool
write_operand(struct writer *writer, const struct syntax *syntax)
{
    bool wraps = syntax->kind == SYNTAX_BINARY ||
                 (syntax->kind == SYNTAX_CALL && g_str_equal(syntax->text, "is_nil"));
    g_string_append(writer->text, wraps ? "(" : "");
    bool good = write_expression(writer, syntax);
    g_string_append(writer->text, wraps ? ")" : "");
    return good;
}

static bool
write_in(struct writer *writer, const struct syntax *binary)
{
    const struct syntax *list = binary->items[1];
    bool pinned = list->kind == SYNTAX_UNARY && g_str_equal(list->text, "^");
    const struct value *value = pinned || list->kind == SYNTAX_LIST
                                    ? evaluate_pinned(writer, pinned ? list->items[0] : list)
                                    : NULL;
    if (value == NULL || value->kind != VALUE_LIST || !write_operand(writer, binary->items[0]))
        return false;
    g_string_append(writer->text, " IN ");
    return write_array(writer->text, value, '(', ')');
}

static bool
write_binary(struct writer *writer, const struct syntax *binary)
{
    static const char *const operators[][2] = {
        {"==", "="},    {"!=", "!="}, {"<", "<"}, {">", ">"}, {"<=", "<="}, {">=", ">="},
        {"and", "AND"}, {"or", "OR"}, {"+", "+"}, {"-", "-"}, {"*", "*"},   {"/", "/"},
    };
    if (g_str_equal(binary->text, "in"))
        return write_in(writer, binary);
    for (size_t i = 0; i < G_N_ELEMENTS(operators); i++) {
        if (!g_str_equal(operators[i][0], binary->text))
            continue;
        if (!write_operand(writer, binary->items[0]))
            return false;
        g_string_append_printf(writer->text, " %s ", operators[i][1]);
        return write_operand(writer, binary->items[1]);
    }
    return false;
}

/* fragment("lower(?)", x.name) */
static bool
write_fragment(struct writer *writer, const struct syntax *call)
{
    const struct syntax *text = call->count > 0 ? call->items[0] : NULL;
    size_t next = 1;
    if (text == NULL || text->kind != SYNTAX_STRING || strlen(text->text) != text->length)
        return false;
    for (const char *c = text->text; *c != '\0'; c++) {
        if (c[0] == '\\' && c[1] == '?')
            g_string_append_c(writer->text, *++c);
        else if (*c != '?')
            g_string_append_c(writer->text, *c);
        else if (next >= call->count || !write_expression(writer, call->items[next++]))
            return false;
    }
    return next == call->count;
}

static bool
write_call(struct writer *writer, const struct syntax *call)
{
    const struct syntax *target = call->target;
    if (target != NULL)
        return call->count == 0 && target->kind == SYNTAX_VARIABLE && writer->binding != NULL &&
               g_str_equal(target->text, writer->binding) && write_column(writer, call->text);
    if (g_str_equal(call->text, "fragment"))
        return write_fragment(writer, call);
    if (!g_str_equal(call->text, "is_nil") || call->count != 1 ||
        !write_operand(writer, call->items[0]))
        return false;
    g_string_append(writer->text, " IS NULL");
    return true;
}

static bool
write_unary(struct writer *writer, const struct syntax *unary)
{
    if (g_str_equal(unary->text, "^"))
        return write_pinned(writer, unary->items[0]);
    if (!g_str_equal(unary->text, "not"))
        return false;
    g_string_append(writer->text, "NOT (");
    bool good = write_expression(writer, unary->items[0]);
    g_string_append_c(writer->text, ')');
    return good;
}

static bool
write_expression(struct writer *writer, const struct syntax *syntax)
{
    switch (syntax->kind) {
    case SYNTAX_CALL:
        return write_call(writer, syntax);
    case SYNTAX_UNARY:
        return write_unary(writer, syntax);
    case SYNTAX_BINARY:
        return write_binary(writer, syntax);
    case SYNTAX_STRING:
    case SYNTAX_INTEGER:
    case SYNTAX_ATOM:
        return write_pinned(writer, syntax);
    case SYNTAX_ALIAS:
    case SYNTAX_ALIASES:
    case SYNTAX_VARIABLE:
    case SYNTAX_FLOAT:
    case SYNTAX_INTERPOLATED:
    case SYNTAX_SIGIL:
    case SYNTAX_LIST:
    case SYNTAX_TUPLE:
    case SYNTAX_MAP:
    case SYNTAX_APPLY:
    case SYNTAX_ACCESS:
    case SYNTAX_BLOCK:
    case SYNTAX_FUNCTION:
    case SYNTAX_CLAUSE:
    case SYNTAX_UNKNOWN:
        return false;
    }
    g_assert_not_reached();
}

/* ---- Clauses ---- */

/* The query with one more text in a list of its own. */
static const struct value *
append_text(struct evaluation *evaluation, const struct value *query, const char *key,
            const GString *text)
{
    g_autoptr(GPtrArray) items = g_ptr_array_new();
    const struct value *list = ecto_option(query, key);
    for (size_t i = 0; i < list->count; i++)
        g_ptr_array_add(items, (void *)(guintptr)list->items[i]);
    g_ptr_array_add(
        items, (void *)(guintptr)value_string(evaluation->arena, text->str, (gssize)text->len));
    return value_put(evaluation->arena, query, key,
                     value_of_items(evaluation->arena, VALUE_LIST, items));
}

static bool
is_pair_of(const struct syntax *syntax, const char *key)
{
    return syntax->kind == SYNTAX_TUPLE && syntax->count == 2 &&
           syntax->items[0]->kind == SYNTAX_ATOM &&
           (key == NULL || g_str_equal(syntax->items[0]->text, key));
}

/* A value for a column must be one that Ecto does not turn into another. */
static bool
is_fit(const struct writer *writer, const char *field, const struct syntax *syntax)
{
    const struct value *schema = ecto_option(writer->query, "schema");
    bool pinned = syntax->kind == SYNTAX_UNARY && g_str_equal(syntax->text, "^");
    bool literal = syntax->kind == SYNTAX_STRING || syntax->kind == SYNTAX_INTEGER ||
                   syntax->kind == SYNTAX_ATOM;
    return value_is_nil(schema) || !(pinned || literal) ||
           ecto_schema_is_plain(writer->evaluation, schema->text, field);
}

/* [set: [a: b.c, d: ^e]] */
static bool
add_sets(struct writer *writer, const struct syntax *keywords)
{
    for (size_t i = 0; i < keywords->count; i++) {
        const struct syntax *pair = keywords->items[i];
        if (!is_pair_of(pair, SET) || pair->items[1]->kind != SYNTAX_LIST)
            return false;
        const struct syntax *sets = pair->items[1];
        for (size_t j = 0; j < sets->count; j++) {
            if (!is_pair_of(sets->items[j], NULL) ||
                !is_fit(writer, sets->items[j]->items[0]->text, sets->items[j]->items[1]))
                return false;
            g_string_truncate(writer->text, 0);
            if (!write_name(writer->text, sets->items[j]->items[0]->text))
                return false;
            g_string_append(writer->text, " = ");
            if (!write_expression(writer, sets->items[j]->items[1]))
                return false;
            writer->query = append_text(writer->evaluation, writer->query, SET, writer->text);
        }
    }
    return keywords->kind == SYNTAX_LIST;
}

/* where: [a: 1, b: "x"] */
static bool
write_pairs(struct writer *writer, const struct syntax *list)
{
    for (size_t i = 0; i < list->count; i++) {
        if (!is_pair_of(list->items[i], NULL))
            return false;
        g_string_append(writer->text, i > 0 ? ") AND (" : list->count > 1 ? "(" : "");
        if (!write_column(writer, list->items[i]->items[0]->text))
            return false;
        g_string_append(writer->text, " = ");
        if (!write_operand(writer, list->items[i]->items[1]))
            return false;
    }
    g_string_append(writer->text, list->count > 1 ? ")" : "");
    return list->count > 0;
}

static bool
add_where(struct writer *writer, const struct syntax *condition)
{
    g_string_truncate(writer->text, 0);
    bool good = condition->kind == SYNTAX_LIST ? write_pairs(writer, condition)
                                               : write_expression(writer, condition);
    if (good)
        writer->query = append_text(writer->evaluation, writer->query, WHERE, writer->text);
    return good;
}

static bool
add_clause(struct writer *writer, const char *name, const struct syntax *clause)
{
    if (g_str_equal(name, WHERE))
        return add_where(writer, clause);
    return g_str_equal(name, "update") && add_sets(writer, clause);
}

/* ---- Sources ---- */

/* The query over a table's name or a schema; NULL when it is neither. */
static const struct value *
start_query(struct evaluation *evaluation, const struct value *source)
{
    if (value_is_struct(source, QUERY))
        return source;
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    const struct value *query = value_put(evaluation->arena,
                                          value_of_items(evaluation->arena, VALUE_MAP, none),
                                          "__struct__", value_atom(evaluation->arena, QUERY));
    const char *table = source->kind == VALUE_STRING ? source->text : NULL;
    const char *prefix = NULL;
    if (source->kind == VALUE_ATOM && ecto_schema_find(evaluation, source->text, &table, &prefix))
        query = value_put(evaluation->arena, query, "schema", source);
    if (table == NULL || *table == '\0' || strchr(table, '"') != NULL)
        return NULL;
    char initial = g_ascii_isalpha(*table) ? g_ascii_tolower(*table) : 't';
    query = value_put(evaluation->arena, query, TABLE, value_string(evaluation->arena, table, -1));
    if (prefix != NULL)
        query = value_put(evaluation->arena, query, "prefix",
                          value_string(evaluation->arena, prefix, -1));
    return value_put(
        evaluation->arena, query, ALIAS,
        value_string(evaluation->arena, arena_printf(evaluation->arena, "%c0", initial), -1));
}

static const struct value *
find_source(struct writer *writer, const struct syntax *syntax)
{
    const struct value *source = evaluate_pinned(writer, syntax);
    return source == NULL ? NULL : start_query(writer->evaluation, source);
}

/* from(i in SOURCE, where: …, update: …) */
static bool
build_from(struct writer *writer, const struct syntax *call)
{
    const struct syntax *first = call->count > 0 ? call->items[0] : NULL;
    if (first == NULL || call->count > 2)
        return false;
    bool bound = first->kind == SYNTAX_BINARY && g_str_equal(first->text, "in");
    if (bound && first->items[0]->kind != SYNTAX_VARIABLE)
        return false;
    writer->binding = bound ? first->items[0]->text : NULL;
    writer->query = find_source(writer, bound ? first->items[1] : first);
    const struct syntax *clauses = call->count == 2 ? call->items[1] : NULL;
    bool good = writer->query != NULL && (clauses == NULL || clauses->kind == SYNTAX_LIST);
    for (size_t i = 0; good && clauses != NULL && i < clauses->count; i++)
        good = is_pair_of(clauses->items[i], NULL) &&
               add_clause(writer, clauses->items[i]->items[0]->text, clauses->items[i]->items[1]);
    return good;
}

/* where(query, [i], …) and where(query, …) */
static bool
build_clause(struct writer *writer, const struct syntax *call)
{
    if (call->count != 2 && call->count != 3)
        return false;
    const struct syntax *names = call->count == 3 ? call->items[1] : NULL;
    if (names != NULL && (names->kind != SYNTAX_LIST || names->count != 1 ||
                          names->items[0]->kind != SYNTAX_VARIABLE))
        return false;
    writer->binding = names != NULL ? names->items[0]->text : NULL;
    writer->query = find_source(writer, call->items[0]);
    return writer->query != NULL && add_clause(writer, call->text, call->items[call->count - 1]);
}

const struct value *
ecto_query_build(struct evaluation *evaluation, struct frame *frame, const struct syntax *call)
{
    enum { EXCERPT = 80 };
    struct writer writer = {.evaluation = evaluation, .frame = frame, .text = g_string_new(NULL)};
    bool good = g_str_equal(call->text, "from") ? build_from(&writer, call)
                                                : build_clause(&writer, call);
    g_string_free(writer.text, TRUE);
    if (evaluation->exception != NULL)
        return NULL;
    return good ? writer.query
                : evaluate_opaque(evaluation, "dbdoc does not read the query %s",
                                  syntax_excerpt(evaluation->arena, call, EXCERPT));
}

/* ---- Running ---- */

bool
ecto_query_runs(const char *name)
{
    return g_str_equal(name, "update_all") || g_str_equal(name, "delete_all");
}

/* set: [a: 1] of the call itself. */
static const struct value *
add_values(struct evaluation *evaluation, const struct value *query, const struct value *changes)
{
    const struct value *schema = ecto_option(query, "schema");
    for (size_t i = 0; i < changes->count; i++) {
        const struct value *pair = changes->items[i];
        if (!value_is_pair(pair) || !value_is_atom(pair->items[0], SET) ||
            !value_is_keyword(pair->items[1]))
            return NULL;
        for (size_t j = 0; j < pair->items[1]->count; j++) {
            const struct value *set = pair->items[1]->items[j];
            const char *field = set->items[0]->text;
            bool null = value_is_nil(set->items[1]);
            g_autoptr(GString) text = g_string_new(NULL);
            if (!value_is_nil(schema) && !null &&
                !ecto_schema_is_plain(evaluation, schema->text, field))
                return NULL;
            if (!write_name(text, field))
                return NULL;
            g_string_append(text, " = ");
            g_string_append(text, null ? "NULL" : "");
            if (!null && !write_value(text, set->items[1]))
                return NULL;
            query = append_text(evaluation, query, SET, text);
        }
    }
    return query;
}

static void
append_list(GString *sql, const char *before, const char *between, const char *after,
            const struct value *texts)
{
    for (size_t i = 0; i < texts->count; i++)
        g_string_append_printf(sql, "%s%s", i > 0 ? between : before, texts->items[i]->text);
    g_string_append(sql, texts->count > 0 ? after : "");
}

static GString *
write_statement(const struct value *query, bool updates)
{
    const struct value *prefix = ecto_option(query, "prefix");
    GString *sql = g_string_new(updates ? "UPDATE " : "DELETE FROM ");
    if (!value_is_nil(prefix))
        g_string_append_printf(sql, "\"%s\".", prefix->text);
    g_string_append_printf(sql, "\"%s\" AS %s", ecto_option(query, TABLE)->text,
                           ecto_option(query, ALIAS)->text);
    append_list(sql, " SET ", ", ", "", ecto_option(query, SET));
    append_list(sql, " WHERE (", ") AND (", ")", ecto_option(query, WHERE));
    return sql;
}

const struct value *
ecto_query_run(struct evaluation *evaluation, const struct call *call)
{
    bool updates = g_str_equal(call->name, "update_all");
    const struct value *source = call->count > 0 ? call->arguments[0] : &value_nil;
    const struct value *changes = call->count > 1 ? call->arguments[1] : NULL;
    if (source->kind == VALUE_OPAQUE)
        return evaluate_step(evaluation, call->syntax, "%s", source->text);
    const struct value *query = call->count > 2 ? NULL : start_query(evaluation, source);
    if (query != NULL && updates && changes != NULL)
        query = changes->kind == VALUE_LIST ? add_values(evaluation, query, changes) : NULL;
    bool elsewhere = !updates && changes != NULL && !value_is_nil(ecto_option(changes, "prefix"));
    bool complete = query != NULL && !elsewhere && (ecto_option(query, SET)->count > 0) == updates;
    if (!complete)
        return evaluate_step(evaluation, call->syntax, "dbdoc does not read this query");
    GString *sql = write_statement(query, updates);
    ecto_step(evaluation, call->syntax, STEP_QUERY, sql->str);
    g_string_free(sql, TRUE);
    return evaluate_opaque(evaluation, "only a server knows how many rows it changes");
}
