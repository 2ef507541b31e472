/* saving.c - COPY has no opinion on keys: columns go out with the primary key of their rows, and
 * come back through a table of the session. */
#include "runbook/saving.h"

#include "base/sql_lexer.h"
#include "postgres/connection.h"

#define SESSION_TABLE "saved"

static const char *
joined(struct arena *arena, const struct names *names)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (size_t i = 0; i < names->count; i++)
        g_string_append_printf(text, "%s%s", i > 0 ? ", " : "", names->items[i]);
    return arena_text(arena, text->str, -1);
}

static const char *
columns_of(struct arena *arena, const struct saving *saving)
{
    if (saving->column == NULL || saving->keys.count == 0)
        return saving->columns.count > 0 ? joined(arena, &saving->columns) : "*";
    if (names_contain(&saving->keys, saving->column))
        return joined(arena, &saving->keys);
    return arena_printf(arena, "%s, %s", joined(arena, &saving->keys), saving->column);
}

const char *
saving_query(struct arena *arena, const struct saving *saving)
{
    const char *condition = saving->column == NULL
                                ? ""
                                : arena_printf(arena, " WHERE %s IS NOT NULL", saving->column);
    return arena_printf(arena, "SELECT %s FROM %s%s", columns_of(arena, saving), saving->relation,
                        condition);
}

const char *
saving_file(struct arena *arena, const struct saving *saving)
{
    g_autofree char *name = g_strdup(saving->path);
    g_strcanon(name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "._-", '_');
    return arena_printf(arena, "%s.csv", name);
}

/* The name that an identifier stands for. Free with g_free. */
static char *
bare(const char *identifier)
{
    struct sql_token token;
    const char *cursor = identifier;
    return sql_next(&cursor, &token) ? sql_identifier(&token) : g_strdup("");
}

/* Numbers that the table gives out go on behind those that came back. */
static const char *
count_on(struct arena *arena, const struct saving *saving)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (size_t i = 0; i < saving->counted.count; i++) {
        const char *column = saving->counted.items[i];
        g_autofree char *table = sql_quote_literal(saving->relation);
        g_autofree char *name = bare(column);
        g_autofree char *literal = sql_quote_literal(name);
        g_string_append_printf(text,
                               "%sSELECT setval(pg_get_serial_sequence(%s, %s), max(%s)) FROM %s;",
                               i > 0 ? "\n" : "", table, literal, column, saving->relation);
    }
    return text->len == 0 ? NULL : arena_text(arena, text->str, -1);
}

bool
saving_restore(struct arena *arena, const struct saving *saving, struct restoring *restoring)
{
    if (saving->column == NULL) {
        *restoring = (struct restoring){
            .target = arena_printf(arena, "%s (%s)", saving->relation,
                                   joined(arena, &saving->columns)),
            .behind = count_on(arena, saving),
        };
        return true;
    }
    if (saving->keys.count == 0 || names_contain(&saving->keys, saving->column))
        return false;
    g_autoptr(GString) same = g_string_new(NULL);
    for (size_t i = 0; i < saving->keys.count; i++)
        g_string_append_printf(same, "%s%s.%s = t.%s", i > 0 ? " AND " : "", SESSION_TABLE,
                               saving->keys.items[i], saving->keys.items[i]);
    *restoring = (struct restoring){
        .before = arena_printf(
            arena, "CREATE TEMPORARY TABLE " SESSION_TABLE " AS SELECT %s FROM %s WITH NO DATA;",
            columns_of(arena, saving), saving->relation),
        .target = SESSION_TABLE,
        .behind = arena_printf(arena,
                               "UPDATE %s AS t SET %s = " SESSION_TABLE ".%s FROM " SESSION_TABLE
                               " WHERE %s;\nDROP TABLE " SESSION_TABLE ";",
                               saving->relation, saving->column, saving->column, same->str),
    };
    return true;
}
