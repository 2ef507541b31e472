/* fuzz_script.c - an SQL file cut into statements, and everything that looks at a statement's words
 * before the server does. */
#include "input.h"
#include "postgres/script.h"
#include "source/branch.h"
#include "source/remarks.h"
#include "source/treatment.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

#define VALUE_LIMIT 100 /* variables within variables grow; how far is the loader's business */

static void
look_at_statement(const struct statement *statement)
{
    g_autoptr(GPtrArray) roles = g_ptr_array_new_with_free_func(g_free);
    treatment_of(statement->text);
    treatment_find_roles(statement->text, roles);
    struct extension_request request;
    extension_request_read(statement->text, &request);
    extension_request_clear(&request);
    g_autofree char *renamed = database_comment_rename(statement->text, "x");
    g_assert(g_str_has_prefix(renamed, "COMMENT ON DATABASE x "));
    g_autofree char *without = treatment_drop_word(statement->text, "leakproof");
    g_assert(strlen(without) <= strlen(statement->text));
}

static void
look_at_excerpt(const char *text)
{
    g_autofree char *excerpt = statement_excerpt(text);
    g_assert(g_utf8_validate(excerpt, -1, NULL));
    g_assert(g_utf8_strlen(excerpt, -1) <= 82);
    for (const char *c = excerpt; *c != '\0'; c++)
        g_assert(!g_ascii_iscntrl(*c));
}

static void
look_at_lines(const struct statement *statement, unsigned lines)
{
    g_assert(statement->line >= 1 && statement->line <= statement->end && statement->end <= lines);
    unsigned before = statement->line;
    for (unsigned position = 1; position < 100; position += 7) {
        unsigned line = statement_line(statement, position);
        g_assert(line >= before);
        before = line;
    }
    g_assert(statement_line(statement, 0) >= statement->line);
}

/* All arguments; each call gets further. */
static void
look_at_arguments(const char *cursor, GHashTable *variables)
{
    for (char *argument = NULL; (argument = meta_argument(&cursor, variables, NULL)) != NULL;)
        g_free(argument);
}

/* \set and \if as the loader understands them. */
static void
look_at_command(const char *text, GHashTable *variables, GArray *branches)
{
    const char *cursor = text + strcspn(text, " \t\r\n");
    look_at_arguments(cursor, variables);
    g_autofree char *name = meta_argument(&cursor, variables, NULL);
    g_autofree char *value = meta_argument(&cursor, variables, NULL);
    if (g_str_has_prefix(text, "set") && name != NULL && value != NULL &&
        strlen(value) < VALUE_LIMIT)
        g_hash_table_replace(variables, g_steal_pointer(&name), g_steal_pointer(&value));
    else if (g_str_has_prefix(text, "if"))
        branch_open(branches, name);
    else if (g_str_has_prefix(text, "el"))
        branch_next(branches, name);
    else if (g_str_has_prefix(text, "endif"))
        branch_close(branches);
    branch_is_active(branches);
}

static void
look_at_data(struct script *script, const struct statement *statement)
{
    const char *line = NULL;
    size_t length = 0;
    if (statement->line % 2 == 0)
        while (script_copy_line(script, &line, &length))
            g_assert(length > 0 && line[length - 1] == '\n');
    script_skip_data(script);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    unsigned lines = 1;
    for (size_t i = 0; i < size; i++)
        lines += data[i] == '\n';
    g_autoptr(GHashTable)
        variables = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autoptr(GArray) branches = branches_new();
    g_autoptr(GError) error = NULL;
    struct script *script = script_new("a.sql", input_file(data, size), variables);
    struct statement statement;
    while (script_next(script, &statement, &error)) {
        look_at_lines(&statement, lines);
        look_at_excerpt(statement.text);
        if (statement.kind == STATEMENT_META)
            look_at_command(statement.text, variables, branches);
        else
            look_at_statement(&statement);
        look_at_data(script, &statement);
    }
    script_free(script);
    return 0;
}
