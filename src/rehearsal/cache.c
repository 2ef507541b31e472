/* cache.c - a file holds a key a line, one for each migration, an empty line, and then the evidence
 * of as many; it lies in a folder that nobody else can write. */
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
    add_number(key, migration->kind);
    add_text(key, migration->version);
    add_text(key, migration->name);
    add_text(key, migration->file);
    add_text(key, migration->checksum);
    add_text(key, migration->previous);
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

/* The checksum's text; the checksum is freed. */
static char *
finish(GChecksum *checksum)
{
    char *text = g_strdup(g_checksum_get_string(checksum));
    g_checksum_free(checksum);
    return text;
}

/* Of the first migration: it stays when others are added. */
static char *
make_name(const struct migrations *migrations)
{
    GChecksum *name = g_checksum_new(G_CHECKSUM_SHA256);
    add_text(name, migrations->folder);
    add_migration(name, &migrations->items[0]);
    return finish(name);
}

static char *
first_key(const struct migrations *migrations, const struct cluster_limits *limits,
          const char *build, const char *server)
{
    GChecksum *key = g_checksum_new(G_CHECKSUM_SHA256);
    add_text(key, build);
    add_text(key, server);
    add_number(key, limits->seconds);
    add_number(key, limits->bytes);
    add_number(key, limits->major);
    add_text(key, migrations->format);
    add_text(key, migrations->history);
    add_text(key, migrations->folder);
    add_number(key, migrations->transactions);
    for (size_t i = 0; i < migrations->schemas.count; i++)
        add_text(key, migrations->schemas.items[i]);
    return finish(key);
}

static char *
next_key(const char *key, const struct migration *migration)
{
    GChecksum *next = g_checksum_new(G_CHECKSUM_SHA256);
    add_text(next, key);
    add_migration(next, migration);
    return finish(next);
}

static struct keys
make_keys(const struct migrations *migrations, char *first)
{
    struct keys keys = {migrations->count, g_new0(char *, migrations->count + 2)};
    keys.items[0] = first;
    for (size_t i = 0; i < migrations->count; i++)
        keys.items[i + 1] = next_key(keys.items[i], &migrations->items[i]);
    return keys;
}

struct cache
cache_open(const struct migrations *migrations, const struct cluster_limits *limits)
{
    struct cache cache = {0};
    struct home home = {0};
    /* Others change a server that is lent; what a command does depends on more than the files. */
    bool repeatable = limits->server == NULL && migrations->probe == NULL;
    g_autofree char *folder = repeatable ? find_folder() : NULL;
    g_autofree char *build = program_build_id();
    if (folder != NULL && *build != '\0' && migrations->count > 0 &&
        home_find(limits->major, &home, NULL)) {
        g_autofree char *name = make_name(migrations);
        g_autofree char *file = g_strconcat(name, ".json", NULL);
        cache.path = g_build_filename(folder, file, NULL);
        cache.place = cluster_kept_place(name, limits->major);
        cache.keys = make_keys(migrations, first_key(migrations, limits, build, home.version));
    }
    home_clear(&home);
    return cache;
}

void
cache_close(struct cache *cache)
{
    g_free(cache->path);
    g_free(cache->place);
    g_strfreev(cache->keys.items);
}

/* How many of the first lines are the keys of this line of migrations. */
static size_t
count_known(const struct keys *keys, const char *text)
{
    size_t known = 0;
    while (known < keys->count && g_str_has_prefix(text, keys->items[known + 1])) {
        text += strlen(keys->items[known + 1]);
        if (*text++ != '\n')
            break;
        known++;
    }
    return known;
}

size_t
cache_load(const struct cache *cache, struct arena *arena, struct rehearsal *rehearsal)
{
    GString *text = NULL;
    if (cache->path == NULL || access(cache->path, R_OK) != 0 ||
        !file_read(cache->path, SIZE_LIMIT, &text, NULL))
        return 0;
    size_t known = count_known(&cache->keys, text->str);
    const char *end = strstr(text->str, "\n\n");
    if (known > 0 && end != NULL) {
        g_string_erase(text, 0, end + 2 - text->str);
        known = evidence_read(arena, text, known, rehearsal) ? known : 0;
    } else {
        known = 0;
    }
    g_string_free(text, TRUE);
    return known;
}

static bool
ended_by_itself(const struct run_evidence *run)
{
    return run->end != RUN_LIMITED && run->end != RUN_LOST;
}

bool
evidence_is_repeatable(const struct migration_evidence *evidence)
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
    struct rehearsal kept = *rehearsal;
    kept.count = 0;
    while (kept.count < rehearsal->count && evidence_is_repeatable(&rehearsal->items[kept.count]))
        kept.count++;
    if (cache->path == NULL || kept.count == 0)
        return;
    g_autoptr(GString) text = g_string_new(NULL);
    for (size_t i = 1; i <= kept.count; i++)
        g_string_append_printf(text, "%s\n", cache->keys.items[i]);
    g_string_append_c(text, '\n');
    GString *evidence = evidence_write(&kept);
    g_string_append_len(text, evidence->str, (gssize)evidence->len);
    g_string_free(evidence, TRUE);
    file_replace(cache->path, text->str, text->len, NULL);
}
