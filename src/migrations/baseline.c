/* baseline.c - teams delete old migrations once a dump of the structure stands for them. The dump
 * names the versions it holds; where those have no files any more, it is what comes first. */
#include "migrations/plain.h"

#include "base/files.h"
#include "base/sql_lexer.h"

#include <string.h>

#define DUMP_LIMIT ((size_t)256 * 1024 * 1024)

/* pg_dump writes for psql. */
static const struct plain_format dump = {
    .key = "dump", .name = "pg_dump", .sending = SENT_ONE_BY_ONE, .through_psql = true};

/* Adds the texts and numbers of INSERT INTO … HISTORY … to `versions`. */
static void
read_versions(const char *sql, const char *history, GHashTable *versions)
{
    struct sql_token token;
    bool about = false;
    if (!sql_next_word(&sql, &token) || !sql_is_word(&token, "insert"))
        return;
    while (sql_next_word(&sql, &token)) {
        about = about || sql_is_name(&token, history);
        bool text = token.kind == SQL_STRING && token.length >= 2 && *token.text == '\'';
        if (about && (text || token.kind == SQL_NUMBER))
            g_hash_table_add(versions, g_strndup(token.text + text, token.length - (text ? 2 : 0)));
    }
}

/* How many of the dump's versions have a file. */
static guint
count_known(const struct migrations *migrations, GHashTable *versions)
{
    guint known = 0;
    for (size_t i = 0; i < migrations->count; i++)
        known += g_hash_table_contains(versions, migrations->items[i].version);
    return known;
}

static const char *
newest(GHashTable *versions)
{
    const char *last = "";
    GHashTableIter iter;
    gpointer key = NULL;
    g_hash_table_iter_init(&iter, versions);
    while (g_hash_table_iter_next(&iter, &key, NULL)) {
        size_t length = strlen(key);
        size_t most = strlen(last);
        if (length > most || (length == most && strcmp(key, last) > 0))
            last = key;
    }
    return last;
}

static void
put_first(struct arena *arena, const struct migration *baseline, struct migrations *migrations)
{
    struct migration *items = arena_array(arena, migrations->count + 1, sizeof *items);
    items[0] = *baseline;
    if (migrations->count > 0)
        memcpy(items + 1, migrations->items, migrations->count * sizeof *items);
    migrations->items = items;
    migrations->count++;
}

/* Decides by the versions in the dump. */
static void
judge(struct arena *arena, struct migration *baseline, struct migrations *migrations,
      GPtrArray *warnings)
{
    g_autoptr(GHashTable) versions = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    const char *history = migrations->history != NULL ? migrations->history : "schema_migrations";
    for (size_t i = 0; i < baseline->up.count; i++)
        if (baseline->up.steps[i].kind == STEP_SQL)
            read_versions(baseline->up.steps[i].sql, history, versions);
    guint all = g_hash_table_size(versions);
    guint known = count_known(migrations, versions);
    if (all == known)
        return;
    if (known > 0) {
        g_ptr_array_add(warnings,
                        arena_printf(arena,
                                     "%s stands for files that are gone (%u) and for files that "
                                     "are here (%u), so that the migrations do not begin with it",
                                     baseline->file, all - known, known));
        return;
    }
    baseline->version = arena_intern(arena, newest(versions));
    baseline->name = arena_printf(arena, "files that are gone (%u)", all);
    put_first(arena, baseline, migrations);
}

bool
baseline_add(struct arena *arena, const char *root, const char *path, struct migrations *migrations,
             GPtrArray *warnings, GError **error)
{
    g_autofree char *whole = g_build_filename(root, path, NULL);
    GString *text = NULL;
    if (!g_file_test(whole, G_FILE_TEST_IS_REGULAR) || g_file_test(whole, G_FILE_TEST_IS_SYMLINK))
        return true;
    if (!file_read_below(root, path, DUMP_LIMIT, &text, error))
        return false;
    struct plain_reader reader = {.arena = arena, .format = &dump, .root = root};
    struct plain_item item = {
        .migration = {.kind = MIGRATION_DUMP,
                      .file = arena_text(arena, path, -1),
                      .down = {.end = PLAN_ABSENT, .reason = "a dump has no way down"},
                      .verify = {.end = PLAN_ABSENT}},
    };
    const struct plain_file file = {.path = item.migration.file,
                                    .name = item.migration.file,
                                    .text = text->str,
                                    .length = strlen(text->str)};
    struct plain_cut cut = {.reader = &reader, .item = &item};
    plain_plan_begin(&cut, &file);
    plain_add(&cut, file.text, file.length, 1);
    plain_plan_end(&cut, &item.migration.up, SENT_ONE_BY_ONE);
    g_string_free(text, TRUE);
    judge(arena, &item.migration, migrations, warnings);
    return true;
}
