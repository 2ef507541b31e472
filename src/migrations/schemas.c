/* schemas.c - teams make some schemas outside of their migrations: by hand, or in a script that
 * sets the server up. */
#include "migrations/schemas.h"

#include "base/sql_lexer.h"

#include <string.h>

enum { MOST_WORDS = 8 }; /* between CREATE and the name: GLOBAL TEMPORARY TABLE IF NOT EXISTS … */

struct search {
    GHashTable *made; /* char *: schemas that there are, or that a migration makes */
    GPtrArray *used;  /* char *: where tables are created, in order */
};

static bool
is_name(const struct sql_token *token)
{
    return token->kind == SQL_WORD || token->kind == SQL_QUOTED;
}

/* The word behind IF NOT EXISTS, or the token itself. */
static bool
skip_condition(const char **sql, struct sql_token *token)
{
    bool more = true;
    for (unsigned i = 0;
         i < 3 && more &&
         (sql_is_word(token, "if") || sql_is_word(token, "not") || sql_is_word(token, "exists"));
         i++)
        more = sql_next_word(sql, token);
    return more;
}

static void
take_schema(struct search *search, const char *sql, struct sql_token *token)
{
    if (!sql_next_word(&sql, token) || !skip_condition(&sql, token) || !is_name(token) ||
        sql_is_word(token, "authorization"))
        return;
    g_hash_table_add(search->made, sql_identifier(token));
}

static void
take_table(struct search *search, const char *sql, struct sql_token *token)
{
    if (!sql_next_word(&sql, token) || !skip_condition(&sql, token) || !is_name(token))
        return;
    char *first = sql_identifier(token);
    if (sql_next_word(&sql, token) && sql_is_sign(token, '.'))
        g_ptr_array_add(search->used, first);
    else
        g_free(first);
}

static void
look_at(struct search *search, const char *sql)
{
    struct sql_token token;
    if (!sql_next_word(&sql, &token) || !sql_is_word(&token, "create"))
        return;
    for (unsigned i = 0; i < MOST_WORDS && sql_next_word(&sql, &token); i++) {
        if (sql_is_word(&token, "schema")) {
            take_schema(search, sql, &token);
            return;
        }
        if (sql_is_word(&token, "table")) {
            take_table(search, sql, &token);
            return;
        }
        if (token.kind != SQL_WORD)
            return;
    }
}

static void
look_at_all(struct search *search, const struct migrations *migrations)
{
    static const char *const always[] = {"public", "pg_catalog", "information_schema", "pg_temp"};
    for (size_t i = 0; i < G_N_ELEMENTS(always); i++)
        g_hash_table_add(search->made, g_strdup(always[i]));
    for (size_t i = 0; i < migrations->count; i++) {
        const struct migration_plan *up = &migrations->items[i].up;
        for (size_t j = 0; j < up->count; j++)
            if (up->steps[j].kind != STEP_OPAQUE)
                look_at(search, up->steps[j].sql);
    }
}

static const char *
write_statement(struct arena *arena, const char *schema)
{
    g_auto(GStrv) parts = g_strsplit(schema, "\"", -1);
    g_autofree char *name = g_strjoinv("\"\"", parts);
    return arena_printf(arena, "CREATE SCHEMA IF NOT EXISTS \"%s\"", name);
}

void
schemas_find(struct arena *arena, struct migrations *migrations, GPtrArray *warnings)
{
    struct search search = {g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                            g_ptr_array_new_with_free_func(g_free)};
    g_autoptr(GPtrArray) statements = g_ptr_array_new();
    look_at_all(&search, migrations);
    for (guint i = 0; i < search.used->len; i++) {
        const char *schema = search.used->pdata[i];
        if (!g_hash_table_add(search.made, g_strdup(schema)))
            continue;
        g_ptr_array_add(statements, (gpointer)(guintptr)write_statement(arena, schema));
        g_ptr_array_add(warnings, arena_printf(arena,
                                               "no migration makes the schema %s, in which they "
                                               "create tables: it is taken to be there before",
                                               schema));
    }
    migrations->schemas = names_keep(arena, statements);
    g_hash_table_unref(search.made);
    g_ptr_array_unref(search.used);
}
