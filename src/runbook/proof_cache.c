/* proof_cache.c - a file holds the key on its first line, then the proofs as GVariant writes them;
 * it lies beside that of the line's evidence. */
#include "runbook/proof_cache.h"

#include "base/files.h"
#include "rehearsal/cache.h"
#include "rehearsal/evidence_json.h"

#include <string.h>
#include <unistd.h>

#define SIZE_LIMIT ((size_t)256 * 1024 * 1024)

#define SAVING     "(smsmsasasasb)"
#define DIFFERENCE "(ussmsmsmsb)"
#define STOP       "(tta" DIFFERENCE "msb)"
#define RESULT     "(umsxms)"
#define PROOF      "(msasmsmsmsasasa" SAVING "a" STOP "asas" RESULT "a" RESULT ")"

static char *
make_key(const struct cache *of_line, const struct rehearsal *rehearsal, const struct spans *spans)
{
    g_autoptr(GString) text = g_string_new(of_line->keys.items[of_line->keys.count]);
    for (size_t i = 0; i < spans->count; i++)
        g_string_append_printf(text, " %zu-%zu", spans->items[i].first, spans->items[i].last);
    g_autoptr(GString) evidence = evidence_write(rehearsal);
    g_string_append_len(text, evidence->str, (gssize)evidence->len);
    return g_compute_checksum_for_string(G_CHECKSUM_SHA256, text->str, (gssize)text->len);
}

/* One for the line, and one for each place that somebody asked for alone. */
static char *
make_path(const struct cache *of_line, const struct spans *spans)
{
    return spans->count == 1 ? g_strdup_printf("%s.%zu-%zu.runbook", of_line->path,
                                               spans->items[0].first, spans->items[0].last)
                             : g_strconcat(of_line->path, ".runbooks", NULL);
}

struct proof_cache
proof_cache_open(const struct rehearsal *rehearsal, const struct spans *spans,
                 const struct cluster_limits *limits)
{
    struct cache of_line = cache_open(rehearsal->migrations, limits);
    struct proof_cache cache = {NULL, NULL};
    if (of_line.path != NULL) {
        cache.path = make_path(&of_line, spans);
        cache.key = make_key(&of_line, rehearsal, spans);
    }
    cache_close(&of_line);
    return cache;
}

void
proof_cache_close(struct proof_cache *cache)
{
    g_free(cache->path);
    g_free(cache->key);
}

/* ---- proofs into a value ---- */

static GVariant *
from_names(const struct names *names)
{
    return g_variant_new_strv((const char *const *)names->items, (gssize)names->count);
}

static GVariant *
from_savings(const struct proof *proof)
{
    GVariantBuilder list;
    g_variant_builder_init(&list, G_VARIANT_TYPE("a" SAVING));
    for (size_t i = 0; i < proof->saving_count; i++) {
        const struct saving *saving = &proof->savings[i];
        g_variant_builder_add(&list, "(smsms@as@as@asb)", saving->path, saving->relation,
                              saving->column, from_names(&saving->keys),
                              from_names(&saving->columns), from_names(&saving->counted),
                              (gboolean)saving->derived);
    }
    return g_variant_builder_end(&list);
}

static GVariant *
from_differences(const struct differences *differences)
{
    GVariantBuilder list;
    g_variant_builder_init(&list, G_VARIANT_TYPE("a" DIFFERENCE));
    for (size_t i = 0; i < differences->count; i++) {
        const struct difference *item = &differences->items[i];
        g_variant_builder_add(&list, DIFFERENCE, (guint32)item->kind, item->word, item->path,
                              item->title, item->before, item->after, (gboolean)item->physical);
    }
    return g_variant_builder_end(&list);
}

static GVariant *
from_stops(const struct rehearsal *rehearsal, const struct proof *proof)
{
    GVariantBuilder list;
    g_variant_builder_init(&list, G_VARIANT_TYPE("a" STOP));
    for (size_t i = 0; i < proof->stop_count; i++) {
        const struct stop *stop = &proof->stops[i];
        g_variant_builder_add(&list, "(tt@a" DIFFERENCE "msb)",
                              (guint64)(stop->migration - rehearsal->items), (guint64)stop->after,
                              from_differences(&stop->differences), stop->again,
                              (gboolean)stop->rest_runs);
    }
    return g_variant_builder_end(&list);
}

static GVariant *
from_result(const struct step_result *result)
{
    return g_variant_new(RESULT, (guint32)result->state, result->words, (gint64)result->rows,
                         result->value);
}

static GVariant *
from_results(const struct proof *proof)
{
    GVariantBuilder list;
    g_variant_builder_init(&list, G_VARIANT_TYPE("a" RESULT));
    for (size_t i = 0; i < proof->result_count; i++)
        g_variant_builder_add_value(&list, from_result(&proof->results[i]));
    return g_variant_builder_end(&list);
}

static GVariant *
from_proof(const struct rehearsal *rehearsal, const struct proof *proof)
{
    return g_variant_new(
        "(ms@asmsmsms@as@as@a" SAVING "@a" STOP "@as@as@" RESULT "@a" RESULT ")", proof->problem,
        from_names(&proof->objects), proof->before, proof->applied, proof->after,
        from_names(&proof->unvalidated), from_names(&proof->published), from_savings(proof),
        from_stops(rehearsal, proof), from_names(&proof->repairs), from_names(&proof->unrepaired),
        from_result(&proof->repair), from_results(proof));
}

void
proof_cache_store(const struct proof_cache *cache, const struct rehearsal *rehearsal, size_t count,
                  const struct proof *const *proofs)
{
    GVariantBuilder list;
    if (cache->path == NULL)
        return;
    for (size_t i = 0; i < count; i++)
        if (proofs[i]->doubtful)
            return;
    g_variant_builder_init(&list, G_VARIANT_TYPE("a" PROOF));
    for (size_t i = 0; i < count; i++)
        g_variant_builder_add_value(&list, from_proof(rehearsal, proofs[i]));
    g_autoptr(GVariant) all = g_variant_ref_sink(g_variant_builder_end(&list));
    g_autoptr(GString) text = g_string_new(cache->key);
    g_string_append_c(text, '\n');
    g_string_append_len(text, g_variant_get_data(all), (gssize)g_variant_get_size(all));
    file_replace(cache->path, text->str, text->len, NULL);
}

/* ---- and back ---- */

static struct names
to_names(struct arena *arena, GVariant *value)
{
    g_autofree const char **items = g_variant_get_strv(value, NULL);
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (size_t i = 0; items[i] != NULL; i++)
        g_ptr_array_add(names, (gpointer)(guintptr)arena_intern(arena, items[i]));
    g_variant_unref(value);
    return names_keep(arena, names);
}

static void
to_savings(struct arena *arena, GVariant *list, struct proof *proof)
{
    proof->saving_count = g_variant_n_children(list);
    proof->savings = arena_array(arena, proof->saving_count, sizeof *proof->savings);
    for (size_t i = 0; i < proof->saving_count; i++) {
        const char *path = NULL;
        const char *relation = NULL;
        const char *column = NULL;
        GVariant *keys = NULL;
        GVariant *columns = NULL;
        GVariant *counted = NULL;
        gboolean derived = FALSE;
        g_variant_get_child(list, i, "(&sm&sm&s@as@as@asb)", &path, &relation, &column, &keys,
                            &columns, &counted, &derived);
        proof->savings[i] = (struct saving){arena_intern(arena, path),
                                            arena_intern(arena, relation),
                                            arena_intern(arena, column),
                                            to_names(arena, keys),
                                            to_names(arena, columns),
                                            to_names(arena, counted),
                                            derived};
    }
    g_variant_unref(list);
}

static struct differences
to_differences(struct arena *arena, GVariant *list)
{
    struct differences differences = {g_variant_n_children(list), NULL};
    differences.items = arena_array(arena, differences.count, sizeof *differences.items);
    for (size_t i = 0; i < differences.count; i++) {
        guint32 kind = 0;
        const char *texts[5] = {NULL};
        gboolean physical = FALSE;
        g_variant_get_child(list, i, "(u&s&sm&sm&sm&sb)", &kind, &texts[0], &texts[1], &texts[2],
                            &texts[3], &texts[4], &physical);
        differences.items[i] = (struct difference){(enum change_kind)kind,
                                                   arena_intern(arena, texts[0]),
                                                   arena_intern(arena, texts[1]),
                                                   arena_intern(arena, texts[2]),
                                                   arena_intern(arena, texts[3]),
                                                   arena_intern(arena, texts[4]),
                                                   physical};
    }
    g_variant_unref(list);
    return differences;
}

static void
to_stops(struct arena *arena, const struct rehearsal *rehearsal, GVariant *list,
         struct proof *proof)
{
    proof->stop_count = g_variant_n_children(list);
    proof->stops = arena_array(arena, proof->stop_count, sizeof *proof->stops);
    for (size_t i = 0; i < proof->stop_count; i++) {
        guint64 place = 0;
        guint64 after = 0;
        GVariant *differences = NULL;
        const char *again = NULL;
        gboolean rest_runs = FALSE;
        g_variant_get_child(list, i, "(tt@a" DIFFERENCE "m&sb)", &place, &after, &differences,
                            &again, &rest_runs);
        proof->stops[i] = (struct stop){&rehearsal->items[MIN(place, rehearsal->count - 1)], after,
                                        to_differences(arena, differences),
                                        arena_intern(arena, again), rest_runs};
    }
    g_variant_unref(list);
}

static struct step_result
to_result(struct arena *arena, GVariant *value)
{
    guint32 state = 0;
    const char *words = NULL;
    const char *text = NULL;
    gint64 rows = 0;
    g_variant_get(value, "(um&sxm&s)", &state, &words, &rows, &text);
    const struct step_result result = {(enum proof_state)state, arena_intern(arena, words), rows,
                                       arena_intern(arena, text)};
    g_variant_unref(value);
    return result;
}

static void
to_results(struct arena *arena, GVariant *list, struct proof *proof)
{
    proof->result_count = g_variant_n_children(list);
    proof->results = arena_array(arena, proof->result_count, sizeof *proof->results);
    for (size_t i = 0; i < proof->result_count; i++)
        proof->results[i] = to_result(arena, g_variant_get_child_value(list, i));
    g_variant_unref(list);
}

static const struct proof *
to_proof(struct arena *arena, const struct rehearsal *rehearsal, GVariant *all, size_t place)
{
    struct proof *proof = arena_alloc(arena, sizeof *proof);
    const char *texts[4] = {NULL};
    GVariant *lists[9] = {NULL};
    g_variant_get_child(
        all, place, "(m&s@asm&sm&sm&s@as@as@a" SAVING "@a" STOP "@as@as@" RESULT "@a" RESULT ")",
        &texts[0], &lists[0], &texts[1], &texts[2], &texts[3], &lists[1], &lists[2], &lists[3],
        &lists[4], &lists[5], &lists[6], &lists[7], &lists[8]);
    proof->problem = arena_intern(arena, texts[0]);
    proof->objects = to_names(arena, lists[0]);
    proof->before = arena_intern(arena, texts[1]);
    proof->applied = arena_intern(arena, texts[2]);
    proof->after = arena_intern(arena, texts[3]);
    proof->unvalidated = to_names(arena, lists[1]);
    proof->published = to_names(arena, lists[2]);
    to_savings(arena, lists[3], proof);
    to_stops(arena, rehearsal, lists[4], proof);
    proof->repairs = to_names(arena, lists[5]);
    proof->unrepaired = to_names(arena, lists[6]);
    proof->repair = to_result(arena, lists[7]);
    to_results(arena, lists[8], proof);
    return proof;
}

bool
proof_cache_load(const struct proof_cache *cache, struct arena *arena,
                 const struct rehearsal *rehearsal, size_t count, const struct proof **proofs)
{
    GString *text = NULL;
    if (cache->path == NULL || access(cache->path, R_OK) != 0 ||
        !file_read(cache->path, SIZE_LIMIT, &text, NULL))
        return false;
    size_t head = strlen(cache->key) + 1;
    bool usable = text->len > head && g_str_has_prefix(text->str, cache->key) &&
                  text->str[head - 1] == '\n';
    if (usable) {
        g_autoptr(GBytes) bytes = g_bytes_new(text->str + head, text->len - head);
        g_autoptr(GVariant) all = g_variant_ref_sink(
            g_variant_new_from_bytes(G_VARIANT_TYPE("a" PROOF), bytes, FALSE));
        usable = g_variant_is_normal_form(all) && g_variant_n_children(all) == count;
        for (size_t i = 0; usable && i < count; i++)
            proofs[i] = to_proof(arena, rehearsal, all, i);
    }
    g_string_free(text, TRUE);
    return usable;
}
