/* history.c - the last statement of a tool's file is the row of a version, those before it make the
 * table. */
#include "source/history.h"

#include "base/embedded.h"

#include <string.h>

/* The tool's file; NULL when its table is not known exactly. */
static const struct embedded *
file_of(const struct migrations *migrations)
{
    g_autofree char *path = g_strdup_printf("src/migrations/sql/history_%s.sql", migrations->key);
    return embedded_find(path);
}

static GHashTable *
variables_of(const struct migration *migration)
{
    GHashTable *variables = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    const char *checksum = migration->checksum != NULL ? migration->checksum : "";
    g_hash_table_insert(variables, g_strdup("version"), g_strdup(migration->version));
    g_hash_table_insert(variables, g_strdup("name"), g_strdup(migration->name));
    g_hash_table_insert(variables, g_strdup("checksum"), g_strdup(checksum));
    return variables;
}

/* The statements (char *) for this migration. */
static GPtrArray *
statements_of(const struct embedded *file, const struct migration *migration)
{
    g_autoptr(GHashTable) variables = variables_of(migration);
    GPtrArray *statements = g_ptr_array_new_with_free_func(g_free);
    struct script *script = script_of_text(file->path, file->text, file->length, 1, variables);
    struct statement statement;
    while (script_next(script, &statement, NULL))
        g_ptr_array_add(statements, g_strdup(statement.text));
    script_free(script);
    g_assert(statements->len >= 2); /* the file is ours */
    return statements;
}

bool
history_create(struct loader *loader, const struct migrations *migrations, GError **error)
{
    const struct embedded *file = file_of(migrations);
    if (file == NULL)
        return true;
    const struct place place = {file->path, 1};
    g_autoptr(GPtrArray) statements = statements_of(file, &migrations->items[0]);
    for (guint i = 0; i + 1 < statements->len; i++)
        if (!loader_apply(loader, &place, statements->pdata[i], error))
            return false;
    return true;
}

static enum run
add_row(struct loader *loader, const struct embedded *file, const struct migration *migration,
        GError **error)
{
    g_autoptr(GPtrArray) statements = statements_of(file, migration);
    const char *row = statements->pdata[statements->len - 1];
    enum run run = loader_run(loader, TREAT_RUN, row, NULL, error);
    const struct place place = {migration->file, 1};
    if (run == RUN_REFUSED)
        remarks_add(loader->remarks, REASON_HISTORY, &place, row, loader->refused.message);
    return run;
}

bool
history_fill(struct loader *loader, const struct migrations *migrations, GError **error)
{
    const struct embedded *file = file_of(migrations);
    if (file == NULL)
        return true;
    if (!loader_reconnect(loader, error))
        return false;
    for (size_t i = 0; i < migrations->count; i++) {
        enum run run = RUN_DONE;
        if (migrations->items[i].kind == MIGRATION_VERSIONED)
            run = add_row(loader, file, &migrations->items[i], error);
        if (run != RUN_DONE)
            return run == RUN_REFUSED;
    }
    return true;
}
