/* history.c - sql/history_TOOL.sql holds up to five parts: the table, the row of a migration, what
 * the tool does about it on the way down, and two questions to the table. */
#include "migrations/history.h"

#include "base/embedded.h"
#include "postgres/script.h"

#include <string.h>

/* The variable whose \if opens the part. */
static const char *const row_parts[] = {[DIRECTION_UP] = "up", [DIRECTION_DOWN] = "down"};
static const char *const question_parts[] = {[HISTORY_HEAD] = "head", [HISTORY_GONE] = "gone"};

static void
set(GHashTable *variables, const char *name, const char *value)
{
    g_hash_table_insert(variables, g_strdup(name), g_strdup(value != NULL ? value : ""));
}

static const char *const kind_words[] = {
    [MIGRATION_VERSIONED] = "versioned",
    [MIGRATION_REPEATABLE] = "repeatable",
    [MIGRATION_BASELINE] = "baseline",
};

static void
set_migration(GHashTable *variables, const struct migration *migration)
{
    g_autofree char *count = g_strdup_printf("%zu", migration->up.count);
    set(variables, "version", migration->version);
    set(variables, "name", migration->name);
    set(variables, "checksum", migration->checksum);
    set(variables, "kind", kind_words[migration->kind]);
    set(variables, "statements", count);
    set(variables, "recorded", migration->recorded);
    set(variables, "file", migration->file);
    if (migration->previous != NULL)
        set(variables, "previous", migration->previous);
    for (size_t i = 0; i < migration->fact_count; i++)
        set(variables, migration->facts[i].name, migration->facts[i].value);
}

/* \if and \endif; `skipped` counts the levels from the first one on that does not hold. */
static void
branch(const char *command, GHashTable *variables, unsigned *skipped)
{
    const char *behind = command + strcspn(command, " ");
    g_autofree char *word = g_strndup(command, (gsize)(behind - command));
    if (g_str_equal(word, "if")) {
        g_autofree char *value = meta_argument(&behind, variables, NULL);
        *skipped += *skipped > 0 || !g_str_equal(value, "TRUE");
    } else {
        g_assert(g_str_equal(word, "endif")); /* the file is ours */
        *skipped -= *skipped > 0;
    }
}

/* The statements of one part, in one text; NULL when the tool has no file, or the part no
 * statement. */
static char *
read_part(const struct migrations *line, GHashTable *variables)
{
    g_autofree char *path = g_strdup_printf("src/migrations/sql/history_%s.sql", line->key);
    const struct embedded *file = embedded_find(path);
    if (file == NULL || line->history == NULL)
        return NULL;
    set(variables, "history", line->history);
    g_autoptr(GString) text = g_string_new(NULL);
    struct script *script = script_of_text(path, file->text, file->length, 1, variables);
    struct statement statement;
    for (unsigned skipped = 0; script_next(script, &statement, NULL);) {
        if (statement.kind == STATEMENT_META) /* always between statements */
            branch(statement.text, variables, &skipped);
        else if (skipped == 0)
            g_string_append_printf(text, "%s%s", text->len > 0 ? "\n" : "", statement.text);
    }
    script_free(script);
    return text->len > 0 ? g_strdup(text->str) : NULL;
}

static GHashTable *
new_variables(const char *part)
{
    GHashTable *variables = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    set(variables, part, "");
    return variables;
}

char *
history_table(const struct migrations *line)
{
    g_autoptr(GHashTable) variables = new_variables("table");
    return read_part(line, variables);
}

static char *
read_part_of(const struct migrations *line, const struct migration *migration, const char *part)
{
    g_autoptr(GHashTable) variables = new_variables(part);
    set_migration(variables, migration);
    return read_part(line, variables);
}

char *
history_row(const struct migrations *line, const struct migration *migration,
            enum direction direction)
{
    return migration->kind == MIGRATION_DUMP ? NULL
                                             : read_part_of(line, migration, row_parts[direction]);
}

char *
history_query(const struct migrations *line, const struct migration *migration,
              enum history_question question)
{
    return read_part_of(line, migration, question_parts[question]);
}
