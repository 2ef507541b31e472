/* cache.c - a file holds the key on its first line, then the evidence; it lies in a folder that
 * nobody else can write. */
#include "rehearsal/cache.h"

#include "base/cache_folder.h"
#include "base/files.h"
#include "base/program.h"
#include "cluster/home.h"
#include "rehearsal/evidence_json.h"

#include <string.h>
#include <unistd.h>

#define SIZE_LIMIT ((size_t)512 * 1024 * 1024)

/* A text, told apart from its neighbours; NULL from "". */
static void
add_text(GChecksum *key, const char *text)
{
    static const guchar marks[] = {0, 1};
    g_checksum_update(key, &marks[text != NULL], 1);
    if (text != NULL)
        g_checksum_update(key, (const guchar *)text, (gssize)strlen(text) + 1);
}

static void
add_number(GChecksum *key, guint64 number)
{
    g_checksum_update(key, (const guchar *)&number, sizeof number);
}

static void
add_plan(GChecksum *key, const struct migration_plan *plan)
{
    add_number(key, plan->end);
    add_number(key, plan->isolation);
    add_text(key, plan->reason);
    add_number(key, plan->count);
    for (size_t i = 0; i < plan->count; i++) {
        const struct migration_step *step = &plan->steps[i];
        add_number(key, step->kind);
        add_number(key, step->line);
        const char *const texts[] = {step->sql, step->source, step->reason, step->file};
        for (size_t k = 0; k < G_N_ELEMENTS(texts); k++)
            add_text(key, texts[k]);
    }
}

static void
add_migration(GChecksum *key, const struct migration *migration)
{
    add_text(key, migration->version);
    add_text(key, migration->name);
    add_text(key, migration->file);
    add_text(key, migration->checksum);
    for (size_t i = 0; i < migration->fact_count; i++)
        add_text(key, migration->facts[i].value);
    add_plan(key, &migration->up);
    add_plan(key, &migration->down);
    add_plan(key, &migration->verify);
}

/* A folder of this user that nobody else may write; made when missing. */
static char *
find_folder(void)
{
    g_autofree char *cache = cache_folder();
    char *folder = cache == NULL ? NULL : g_build_filename(cache, "rehearsals", NULL);
    if (folder != NULL && g_mkdir_with_parents(folder, 0700) == 0 &&
        folder_is_private(folder, geteuid()))
        return folder;
    g_free(folder);
    return NULL;
}

/* Of the first migration: it stays when others are added. */
static char *
make_name(const struct migrations *migrations)
{
    GChecksum *name = g_checksum_new(G_CHECKSUM_SHA256);
    add_text(name, migrations->folder);
    add_migration(name, &migrations->items[0]);
    char *text = g_strdup_printf("%s.json", g_checksum_get_string(name));
    g_checksum_free(name);
    return text;
}

static char *
make_key(const struct migrations *migrations, const struct cluster_limits *limits,
         const char *build, const char *server)
{
    GChecksum *key = g_checksum_new(G_CHECKSUM_SHA256);
    add_text(key, build);
    add_text(key, server);
    add_number(key, limits->seconds);
    add_number(key, limits->bytes);
    add_text(key, migrations->format);
    add_text(key, migrations->folder);
    for (size_t i = 0; i < migrations->count; i++)
        add_migration(key, &migrations->items[i]);
    char *text = g_strdup(g_checksum_get_string(key));
    g_checksum_free(key);
    return text;
}

struct cache
cache_open(const struct migrations *migrations, const struct cluster_limits *limits)
{
    struct cache cache = {NULL, NULL};
    struct home home = {0};
    g_autofree char *folder = find_folder();
    g_autofree char *build = program_build_id();
    if (folder != NULL && *build != '\0' && migrations->count > 0 && home_find(&home, NULL)) {
        g_autofree char *name = make_name(migrations);
        cache.path = g_build_filename(folder, name, NULL);
        cache.key = make_key(migrations, limits, build, home.version);
    }
    home_clear(&home);
    return cache;
}

void
cache_close(struct cache *cache)
{
    g_free(cache->path);
    g_free(cache->key);
}

bool
cache_load(const struct cache *cache, struct arena *arena, const struct migrations *migrations,
           struct rehearsal *rehearsal)
{
    GString *text = NULL;
    if (cache->path == NULL || access(cache->path, R_OK) != 0 ||
        !file_read(cache->path, SIZE_LIMIT, &text, NULL))
        return false;
    size_t length = strlen(cache->key);
    bool usable = text->len > length && g_str_has_prefix(text->str, cache->key) &&
                  text->str[length] == '\n';
    if (usable) {
        g_string_erase(text, 0, (gssize)length + 1);
        usable = evidence_read(arena, text, migrations, rehearsal);
    }
    g_string_free(text, TRUE);
    return usable;
}

static bool
ended_by_itself(const struct run_evidence *run)
{
    return run->end != RUN_LIMITED && run->end != RUN_LOST;
}

static bool
is_repeatable(const struct migration_evidence *evidence)
{
    const struct rows_evidence *rows = &evidence->rows;
    const struct run_evidence *const runs[] = {&evidence->up,    &evidence->down, &evidence->again,
                                               &rows->up,        &rows->down,     &rows->down_again,
                                               &evidence->verify};
    for (size_t i = 0; i < G_N_ELEMENTS(runs); i++)
        if (!ended_by_itself(runs[i]))
            return false;
    return true;
}

void
cache_store(const struct cache *cache, const struct rehearsal *rehearsal)
{
    for (size_t i = 0; i < rehearsal->count; i++)
        if (!is_repeatable(&rehearsal->items[i]))
            return;
    if (cache->path == NULL)
        return;
    GString *text = evidence_write(rehearsal);
    g_string_prepend_c(text, '\n');
    g_string_prepend(text, cache->key);
    file_replace(cache->path, text->str, text->len, NULL);
    g_string_free(text, TRUE);
}
