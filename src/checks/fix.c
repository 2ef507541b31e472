/* fix.c - statements and Ecto migrations that findings propose. */
#include "checks/fix.h"

#include "base/sql_lexer.h"
#include "base/text.h"
#include "catalog/address.h"
#include "checks/elixir_text.h"
#include "postgres/connection.h"

#include <stdarg.h>
#include <string.h>

#define NAME_MOST       63 /* bytes of an identifier; PostgreSQL cuts what is longer */
#define PARTITION_MOST  20 /* partitions that a fix lists one by one */
#define PARTITION_DEPTH 8

#define WITHOUT_TRANSACTION                                                                        \
    "@disable_ddl_transaction true\n"                                                              \
    "@disable_migration_lock true\n\n"

static void
append_taken(GString *sql, char *text)
{
    g_string_append(sql, text);
    g_free(text);
}

static void
append_object(GString *sql, const struct object *object)
{
    const char *schema = object_schema(object);
    append_taken(sql, sql_quote_qualified(schema, object_name(object)));
    if (object->kind == &kind_function)
        g_string_append_printf(sql, "(%s)",
                               ((const struct function *)(const void *)object)->argument_types);
}

static void
append_names(GString *sql, const struct names *names)
{
    for (size_t i = 0; i < names->count; i++) {
        g_string_append(sql, i > 0 ? ", " : "");
        append_taken(sql, sql_quote_name(names->items[i]));
    }
}

char *
sql_text(const char *format, ...)
{
    GString *sql = g_string_new(NULL);
    va_list arguments;
    va_start(arguments, format);
    for (const char *c = format; *c != '\0'; c++) {
        if (*c != '%') {
            g_string_append_c(sql, *c);
            continue;
        }
        c++;
        g_assert(strchr("IONLS", *c) != NULL);
        if (*c == 'I')
            append_taken(sql, sql_quote_name(va_arg(arguments, const char *)));
        else if (*c == 'O')
            append_object(sql, va_arg(arguments, const struct object *));
        else if (*c == 'N')
            append_names(sql, va_arg(arguments, const struct names *));
        else if (*c == 'L')
            append_taken(sql, sql_quote_literal(va_arg(arguments, const char *)));
        else
            g_string_append(sql, va_arg(arguments, const char *));
    }
    va_end(arguments);
    return g_string_free(sql, FALSE);
}

/* All texts or none: a name with a control character cannot be shown so that a copy of it works.
 */
static void
set_fix(struct check_run *run, struct finding *finding, const char *sql, const char *migration)
{
    g_autofree char *clean = text_clean(sql);
    if (!g_str_equal(clean, sql))
        return;
    finding->fix_sql = arena_text(run->arena, sql, -1);
    if (migration != NULL)
        finding->fix_migration = arena_text(run->arena, migration, -1);
}

/* Elixir that runs `up`, and `down` on the way back (NULL: nothing). */
static void
append_execute(GString *elixir, const char *up, const char *down)
{
    g_string_append(elixir,
                    down != NULL ? "def change do\n  execute(\n    " : "def up do\n  execute ");
    elixir_append_string(elixir, up);
    if (down != NULL) {
        g_string_append(elixir, ",\n    ");
        elixir_append_string(elixir, down);
        g_string_append(elixir, "\n  )\nend");
    } else {
        g_string_append(elixir, "\nend\n\ndef down do\nend");
    }
}

void
fix_statement(struct check_run *run, struct finding *finding, const char *up, const char *down)
{
    g_autofree char *sql = g_strconcat(up, ";", NULL);
    g_autoptr(GString) elixir = g_string_new(NULL);
    append_execute(elixir, up, down);
    set_fix(run, finding, sql, elixir->str);
}

static void
append_executes(GString *elixir, const char *const *statements)
{
    for (; *statements != NULL; statements++) {
        g_string_append(elixir, "  execute ");
        elixir_append_string(elixir, *statements);
        g_string_append_c(elixir, '\n');
    }
}

/* Both lists end with NULL. */
static void
set_statements(struct check_run *run, struct finding *finding, const char *head,
               const char *const *statements, const char *const *back)
{
    g_autoptr(GString) sql = g_string_new(NULL);
    g_autoptr(GString) elixir = g_string_new(head);
    for (const char *const *one = statements; *one != NULL; one++)
        g_string_append_printf(sql, "%s%s;", sql->len > 0 ? "\n" : "", *one);
    g_string_append(elixir, "def up do\n");
    append_executes(elixir, statements);
    g_string_append(elixir, "end\n\ndef down do\n");
    append_executes(elixir, back);
    g_string_append(elixir, "end");
    set_fix(run, finding, sql->str, elixir->str);
}

void
fix_statements(struct check_run *run, struct finding *finding, const char *const *statements)
{
    set_statements(run, finding, "", statements, (const char *const[]){NULL});
}

void
fix_each_alone(struct check_run *run, struct finding *finding, const char *const *statements,
               const char *back)
{
    set_statements(run, finding, WITHOUT_TRANSACTION, statements,
                   (const char *const[]){back, NULL});
}

void
fix_alone(struct check_run *run, struct finding *finding, const char *up)
{
    fix_each_alone(run, finding, (const char *const[]){up, NULL}, NULL);
}

void
fix_by_hand(struct check_run *run, struct finding *finding, const char *statement)
{
    g_autofree char *sql = g_strconcat(statement, ";", NULL);
    set_fix(run, finding, sql, NULL);
}

/* What Ecto calls an index when the migration does not say. */
static char *
ecto_name(const char *table, const struct names *columns)
{
    GString *name = g_string_new(table);
    for (size_t i = 0; i < columns->count; i++)
        g_string_append_printf(name, "_%s", columns->items[i]);
    g_string_append(name, "_index");
    return g_string_free(name, FALSE);
}

/* Tables, views, indexes, sequences and composite types share their names within a schema. */
static bool
name_is_taken(const struct check_run *run, const char *schema, const char *name)
{
    static const char *const words[] = {"relation", "index", "sequence", "type"};
    const char *const names[] = {schema, name};
    g_autofree char *path = address_path(names, G_N_ELEMENTS(names), NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (database_find(run->model->database, words[i], path) != NULL)
            return true;
    return false;
}

/* A free name that PostgreSQL keeps whole: Ecto's if possible. */
static char *
free_name(const struct check_run *run, const struct table *table, const struct names *columns)
{
    char *name = ecto_name(table->name, columns);
    for (unsigned number = 2; strlen(name) > NAME_MOST || name_is_taken(run, table->schema, name);
         number++) {
        g_autofree char *stem = ecto_name(table->name, columns);
        g_autofree char *end = g_strdup_printf("_index%u", number);
        size_t room = MIN(NAME_MOST - strlen(end), strlen(stem) - strlen("_index"));
        while (room > 0 && (stem[room] & 0xC0) == 0x80)
            room--;
        g_free(name);
        name = g_strdup_printf("%.*s%s", (int)room, stem, end);
    }
    return name;
}

/* Whether Ecto comes to this name itself. It replaces what is no word and drops underscores at the
 * end of the parts, so other names are said. */
static bool
is_ecto_name(const char *table, const struct names *columns, const char *name)
{
    g_autofree char *usual = ecto_name(table, columns);
    for (const char *c = name; *c != '\0'; c++)
        if (!g_ascii_isalnum(*c) && *c != '_')
            return false;
    return g_str_equal(usual, name) && strstr(name, "__") == NULL;
}

/* index(:comments, [:author_id], name: …, prefix: …, concurrently: true) */
struct ecto_index {
    const char *function; /* "index" or "unique_index" */
    const char *schema;
    const char *table;
    const char *name;
    const struct names *columns;
    const char *more; /* ", concurrently: true" */
};

static void
append_ecto_index(GString *elixir, const struct ecto_index *index)
{
    g_string_append_printf(elixir, "%s(", index->function);
    elixir_append_atom(elixir, index->table);
    g_string_append(elixir, ", [");
    for (size_t i = 0; i < index->columns->count; i++) {
        g_string_append(elixir, i > 0 ? ", " : "");
        elixir_append_atom(elixir, index->columns->items[i]);
    }
    g_string_append_c(elixir, ']');
    if (!is_ecto_name(index->table, index->columns, index->name)) {
        g_string_append(elixir, ", name: ");
        elixir_append_atom(elixir, index->name);
    }
    if (!g_str_equal(index->schema, "public")) {
        g_string_append(elixir, ", prefix: ");
        elixir_append_string(elixir, index->schema);
    }
    g_string_append_printf(elixir, "%s)", index->more);
}

struct texts {
    GString *sql;
    GString *elixir;
};

static void
append_create(const struct check_run *run, struct texts *texts, const struct table *table,
              const struct names *columns)
{
    bool concurrently = table->kind != TABLE_PARTITIONED;
    g_autofree char *name = free_name(run, table, columns);
    g_autofree char *sql = sql_text("CREATE INDEX %S%I ON %O (%N);",
                                    concurrently ? "CONCURRENTLY " : "", name, &table->object,
                                    columns);
    const struct ecto_index index = {
        .function = "index",
        .schema = table->schema,
        .table = table->name,
        .name = name,
        .columns = columns,
        .more = concurrently ? ", concurrently: true" : "",
    };
    g_string_append_printf(texts->sql, "%s%s", texts->sql->len > 0 ? "\n" : "", sql);
    g_string_append(texts->elixir,
                    table_is_partition(table) ? "  create_if_not_exists " : "  create ");
    append_ecto_index(texts->elixir, &index);
    g_string_append_c(texts->elixir, '\n');
}

/* The partitions that hold rows, however deep they lie. */
static void
collect_leaves(const struct check_run *run, const struct table *table, unsigned depth,
               GPtrArray *leaves)
{
    const struct tables *partitions = model_partitions(run->model, table);
    for (size_t i = 0; i < partitions->count && depth < PARTITION_DEPTH; i++) {
        const struct table *partition = partitions->items[i];
        if (partition->kind == TABLE_ORDINARY)
            g_ptr_array_add(leaves, (gpointer)(guintptr)partition);
        collect_leaves(run, partition, depth + 1, leaves);
    }
}

/* Where the table is partitioned, each partition gets its index first, and the one of the table,
 * which cannot be built concurrently, then adopts them without building anything. */
void
fix_create_index(struct check_run *run, struct finding *finding, const struct table *table,
                 const struct names *columns)
{
    g_autoptr(GString) sql = g_string_new(NULL);
    g_autoptr(GString) elixir = g_string_new(NULL);
    g_autoptr(GPtrArray) leaves = g_ptr_array_new();
    struct texts texts = {sql, elixir};
    collect_leaves(run, table, 0, leaves);
    bool listed = leaves->len <= PARTITION_MOST;
    for (guint i = 0; listed && i < leaves->len; i++)
        append_create(run, &texts, leaves->pdata[i], columns);
    append_create(run, &texts, table, columns);
    bool concurrently = listed && (leaves->len > 0 || table->kind != TABLE_PARTITIONED);
    g_string_prepend(elixir, "def change do\n");
    g_string_prepend(elixir, concurrently ? WITHOUT_TRANSACTION : "");
    g_string_append(elixir, "end");
    set_fix(run, finding, sql->str, elixir->str);
}

/* The server's definition as a statement that may run on a busy table; NULL: under its own name. */
static char *
index_again(const struct index *index, bool concurrently, const char *name)
{
    GString *sql = g_string_new(NULL);
    const char *cursor = index->definition;
    struct sql_token token;
    bool head = true; /* before the method, where all words but the names are SQL's */
    bool said = !concurrently;
    bool at_name = false;
    while (sql_next(&cursor, &token)) {
        if (head && sql_is_word(&token, "only")) {
            sql_next(&cursor, &token); /* the space behind it */
            continue;
        }
        bool is_name = at_name && token.kind != SQL_SPACE;
        if (is_name && name != NULL)
            append_taken(sql, sql_quote_name(name));
        else
            g_string_append_len(sql, token.text, (gssize)token.length);
        at_name = head && !is_name && (at_name || sql_is_word(&token, "index"));
        if (!said && sql_is_word(&token, "index")) {
            g_string_append(sql, " CONCURRENTLY");
            said = true;
        }
        head = head && !sql_is_word(&token, "using");
    }
    return g_string_free(sql, FALSE);
}

/* Whether Ecto's index() says all there is to say about it. */
static bool
is_plain(const struct index *index)
{
    bool plain = text_equal(index->method, "btree") && index->predicate == NULL &&
                 index->included.count == 0 && index->options.count == 0 &&
                 index->nulls_not_distinct != YES;
    for (size_t i = 0; plain && i < index->keys.count; i++) {
        const struct key *key = &index->keys.items[i];
        plain = key->column != NULL && key->default_operator_class == YES &&
                key->default_collation == YES && key->descending != YES && key->nulls_first != YES;
    }
    return plain;
}

static void
append_plain_drop(GString *elixir, const struct index *index, const char *more)
{
    g_autoptr(GPtrArray) columns = g_ptr_array_new();
    for (size_t i = 0; i < index->keys.count; i++)
        g_ptr_array_add(columns, (gpointer)(guintptr)index->keys.items[i].column);
    const struct names names = {columns->len, (const char **)columns->pdata};
    const struct ecto_index dropped = {
        .function = index->unique == YES ? "unique_index" : "index",
        .schema = object_schema(index),
        .table = object_name(index->object.parent),
        .name = index->name,
        .columns = &names,
        .more = more,
    };
    g_string_append(elixir, "def change do\n  drop ");
    append_ecto_index(elixir, &dropped);
    g_string_append(elixir, "\nend");
}

void
fix_drop_index(struct check_run *run, struct finding *finding, const struct index *index)
{
    const struct table *table = object_table(index);
    bool concurrently = table == NULL || table->kind != TABLE_PARTITIONED;
    g_autofree char *up = sql_text("DROP INDEX %S%O", concurrently ? "CONCURRENTLY " : "",
                                   &index->object);
    g_autofree char *down = index_again(index, concurrently, NULL);
    g_autofree char *sql = g_strconcat(up, ";", NULL);
    g_autoptr(GString) elixir = g_string_new(concurrently ? WITHOUT_TRANSACTION : "");
    if (is_plain(index))
        append_plain_drop(elixir, index, concurrently ? ", concurrently: true" : "");
    else
        append_execute(elixir, up, down);
    set_fix(run, finding, sql, elixir->str);
}

/* First the new one, so that queries are never without. */
static void
replace_index(struct check_run *run, struct finding *finding, const struct index *index,
              const char *create, const char *name)
{
    g_autofree char *drop = sql_text("DROP INDEX CONCURRENTLY %O", &index->object);
    g_autofree char *again = index_again(index, true, NULL);
    g_autofree char *away = sql_text("DROP INDEX CONCURRENTLY %I.%I", object_schema(index), name);
    set_statements(run, finding, WITHOUT_TRANSACTION, (const char *const[]){create, drop, NULL},
                   (const char *const[]){again, away, NULL});
}

void
fix_index_without_nulls(struct check_run *run, struct finding *finding, const struct index *index)
{
    const struct table *table = object_table(index);
    if (table == NULL || table->kind != TABLE_ORDINARY)
        return;
    const struct names column = {1, &index->keys.items[0].column};
    g_autofree char *name = free_name(run, table, &column);
    g_autofree char *again = index_again(index, true, name);
    g_autofree char *create = sql_text("%S WHERE %N IS NOT NULL", again, &column);
    replace_index(run, finding, index, create, name);
}

void
fix_index_as_brin(struct check_run *run, struct finding *finding, const struct index *index)
{
    const struct table *table = object_table(index);
    if (table == NULL || table->kind != TABLE_ORDINARY)
        return;
    const struct names column = {1, &index->keys.items[0].column};
    g_autofree char *name = free_name(run, table, &column);
    g_autofree char *create = sql_text("CREATE INDEX CONCURRENTLY %I ON %O USING brin (%N)", name,
                                       &table->object, &column);
    replace_index(run, finding, index, create, name);
}
