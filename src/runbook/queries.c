/* queries.c - files of sql/ with their variables. */
#include "runbook/queries.h"

#include "base/embedded.h"
#include "postgres/connection.h"
#include "postgres/script.h"

#include <string.h>

#define FOLDER  "src/runbook/sql/"
#define NOTHING "nothing is there" /* the fingerprint of no object */

static const struct embedded *
find(const char *name)
{
    g_autofree char *path = g_strdup_printf(FOLDER "%s.sql", name);
    return embedded_find(path);
}

/* Behind the lines of comments with which it begins. */
static const char *
body_of(const struct embedded *file)
{
    const char *text = file->text;
    while (g_str_has_prefix(text, "--"))
        text = strchr(text, '\n') + 1;
    return text;
}

const char *
query_of_file(struct arena *arena, const char *name)
{
    const struct embedded *file = find(name);
    g_assert(file != NULL);
    g_autofree char *text = g_strchomp(g_strdup(body_of(file)));
    return arena_text(arena, text, -1);
}

/* Whether an object of this kind is among them: their texts begin with it. */
static bool
has_kind(const struct names *objects, const char *kind)
{
    for (size_t i = 0; i < objects->count; i++)
        if (g_str_has_prefix(objects->items[i], kind) && objects->items[i][strlen(kind)] == ' ')
            return true;
    return false;
}

/* The facts without their last word: what is asked of them follows. `objects` may be NULL: then it
 * is about all. */
static GString *
begin_facts(const struct names *objects)
{
    const struct embedded *file = find("facts");
    g_assert(file != NULL);
    g_auto(GStrv) lines = g_strsplit(body_of(file), "\n", -1);
    GString *text = g_string_new(NULL);
    bool needed = true;
    for (size_t i = 0; lines[i] != NULL; i++) {
        if (g_str_has_prefix(lines[i], "--"))
            needed = lines[i][2] == '\0' || objects == NULL ||
                     has_kind(objects, lines[i] + strlen("-- "));
        else if (needed && *lines[i] != '\0' &&
                 (objects != NULL || strstr(lines[i], "wanted") == NULL))
            g_string_append_printf(text, "%s\n", lines[i]);
    }
    return text;
}

/* text[] as PostgreSQL writes it. */
static char *
array_text(const struct names *names)
{
    GString *text = g_string_new("{");
    for (size_t i = 0; i < names->count; i++) {
        g_string_append(text, i > 0 ? ",\"" : "\"");
        for (const char *c = names->items[i]; *c != '\0'; c++) {
            if (*c == '"' || *c == '\\')
                g_string_append_c(text, '\\');
            g_string_append_c(text, *c);
        }
        g_string_append_c(text, '"');
    }
    g_string_append_c(text, '}');
    return g_string_free(text, FALSE);
}

/* The statement at that place of a file; what a variable holds are two texts, the last is NULL. */
static const char *
statement_of(struct arena *arena, const char *name, size_t place, const char *const *pairs)
{
    g_autoptr(GHashTable)
        variables = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    for (size_t i = 0; pairs[i] != NULL; i += 2)
        g_hash_table_insert(variables, g_strdup(pairs[i]), g_strdup(pairs[i + 1]));
    const struct embedded *file = find(name);
    g_assert(file != NULL);
    const char *body = body_of(file);
    struct script *script = script_of_text(file->path, body, strlen(body), 1, variables);
    struct statement statement;
    const char *found = NULL;
    for (size_t i = 0; i <= place && script_next(script, &statement, NULL); i++)
        found = arena_text(arena, statement.text, -1);
    script_free(script);
    g_assert(found != NULL); /* the file is ours */
    return found;
}

const char *
query_of_unvalidated(struct arena *arena, const struct names *known)
{
    g_autofree char *array = array_text(known);
    const char *const pairs[] = {"known", array, NULL};
    return statement_of(arena, "unvalidated_constraints", known->count > 0, pairs);
}

const char *
query_of_publications(struct arena *arena, const struct names *relations, const struct names *known)
{
    g_autofree char *those = array_text(relations);
    g_autofree char *array = array_text(known);
    const char *const pairs[] = {"relations", those, "known", array, NULL};
    return statement_of(arena, "publications", known->count > 0, pairs);
}

struct names
query_of_fingerprint(struct arena *arena, const struct names *objects)
{
    g_autofree char *array = array_text(objects);
    g_autofree char *literal = sql_quote_literal(array);
    g_autoptr(GString) query = begin_facts(objects);
    g_string_replace(query, ":objects", literal, 1);
    g_string_append(query,
                    "SELECT coalesce(md5(string_agg(object || ' ' || digest, ',' ORDER BY object "
                    "COLLATE \"C\")), '" NOTHING "') AS fingerprint FROM digests;");
    struct names names = {FINGERPRINT_STATEMENTS,
                          arena_array(arena, FINGERPRINT_STATEMENTS, sizeof(char *))};
    names.items[0] = "BEGIN READ ONLY;";
    names.items[1] = "SET LOCAL search_path = '';";
    names.items[FINGERPRINT_QUERY] = arena_text(arena, query->str, -1);
    names.items[3] = "COMMIT;";
    return names;
}

const char *
query_of_digests(struct arena *arena)
{
    g_autoptr(GString) query = begin_facts(NULL);
    g_string_append(query, "SELECT object, digest FROM digests ORDER BY object COLLATE \"C\"");
    return arena_text(arena, query->str, -1);
}

const char *
fingerprint_of(struct arena *arena, const struct names *objects, const char *const *digests)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (size_t i = 0; i < objects->count; i++)
        if (digests[i] != NULL)
            g_string_append_printf(text, "%s%s %s", text->len > 0 ? "," : "", objects->items[i],
                                   digests[i]);
    if (text->len == 0)
        return NOTHING;
    g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_MD5, text->str, -1);
    return arena_text(arena, sum, -1);
}
