/* history.c - sql/history_TOOL.sql: the last two statements are the row of a version and what takes
 * it away, those before them make the table. */
#include "migrations/history.h"

#include "base/embedded.h"
#include "postgres/script.h"

#include <string.h>

enum { ROWS = 2 };

static void
set(GHashTable *variables, const char *name, const char *value)
{
    g_hash_table_insert(variables, g_strdup(name), g_strdup(value != NULL ? value : ""));
}

/* The statements (char *) of the tool's file; NULL when there is none. */
static GPtrArray *
read_file(const char *tool, const struct migration *migration)
{
    g_autofree char *path = g_strdup_printf("src/migrations/sql/history_%s.sql", tool);
    const struct embedded *file = embedded_find(path);
    if (file == NULL)
        return NULL;
    g_autoptr(GHashTable)
        variables = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    set(variables, "version", migration->version);
    set(variables, "name", migration->name);
    set(variables, "checksum", migration->checksum);
    GPtrArray *statements = g_ptr_array_new_with_free_func(g_free);
    struct script *script = script_of_text(path, file->text, file->length, 1, variables);
    struct statement statement;
    while (script_next(script, &statement, NULL))
        g_ptr_array_add(statements, g_strdup(statement.text));
    script_free(script);
    g_assert(statements->len > ROWS); /* the file is ours */
    return statements;
}

char *
history_table(const char *tool)
{
    const struct migration none = {.version = "", .name = ""};
    g_autoptr(GPtrArray) statements = read_file(tool, &none);
    if (statements == NULL)
        return NULL;
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < statements->len - ROWS; i++)
        g_string_append_printf(text, "%s\n", (const char *)statements->pdata[i]);
    return g_string_free(text, FALSE);
}

char *
history_row(const char *tool, const struct migration *migration, enum direction direction)
{
    if (migration->kind != MIGRATION_VERSIONED)
        return NULL;
    g_autoptr(GPtrArray) statements = read_file(tool, migration);
    if (statements == NULL)
        return NULL;
    return g_strdup(statements->pdata[statements->len - ROWS + (direction == DIRECTION_DOWN)]);
}
