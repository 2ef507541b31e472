/* findings.c - runs every rule, puts the findings in order and files them by object. */
#include "checks/checks.h"

#include "base/text.h"
#include "catalog/alike.h"
#include "checks/acceptance.h"
#include "checks/blind.h"
#include "checks/run.h"

#include <string.h>

struct findings_memory {
    struct findings findings;
    struct arena *arena;
};

/* Accepted ones last; then worst first; then by rule and place. */
static int
compare_findings(const void *a, const void *b)
{
    const struct finding *x = a;
    const struct finding *y = b;
    if ((x->accepted != NULL) != (y->accepted != NULL))
        return x->accepted != NULL ? 1 : -1;
    if (x->severity != y->severity)
        return x->severity < y->severity ? 1 : -1;
    int order = text_compare(x->slug, y->slug);
    if (order == 0)
        order = text_compare(x->file, y->file);
    if (order == 0)
        order = (x->line > y->line) - (x->line < y->line);
    if (order == 0)
        order = text_compare(x->object == NULL ? NULL : x->object->path,
                             y->object == NULL ? NULL : y->object->path);
    return order != 0 ? order : text_compare(x->title, y->title);
}

static const struct finding *
keep_sorted(struct arena *arena, const GPtrArray *reported)
{
    struct finding *items = arena_array(arena, reported->len, sizeof *items);
    for (guint i = 0; i < reported->len; i++)
        items[i] = *(const struct finding *)reported->pdata[i];
    if (reported->len > 1)
        qsort(items, reported->len, sizeof *items, compare_findings);
    return items;
}

static void
keep_all(struct findings_memory *memory, const struct check_run *run)
{
    struct findings *findings = &memory->findings;
    findings->count = run->findings->len;
    findings->items = keep_sorted(memory->arena, run->findings);
    findings->past_count = run->past->len;
    findings->past = keep_sorted(memory->arena, run->past);
}

/* `object`: an object or a migration. */
static void
file_under(GHashTable *by_object, const void *object, const struct finding *finding)
{
    GPtrArray *array = g_hash_table_lookup(by_object, object);
    if (array == NULL) {
        array = g_ptr_array_new();
        g_hash_table_insert(by_object, (gpointer)(guintptr)object, array);
    }
    g_ptr_array_add(array, (gpointer)(guintptr)finding);
}

static void
file_finding(struct findings *findings, const struct database *database,
             const struct finding *finding)
{
    const struct object *object = finding->object;
    for (; object != NULL; object = object_outer(database, object))
        file_under(findings->by_object, object, finding);
    if (finding->migration != NULL)
        file_under(findings->by_object, finding->migration, finding);
    if (finding->query != NULL)
        file_under(findings->by_object, finding->query, finding);
}

static void
file_all(struct findings *findings, const struct database *database)
{
    findings->by_object = g_hash_table_new_full(NULL, NULL, NULL,
                                                (GDestroyNotify)g_ptr_array_unref);
    for (size_t i = 0; i < findings->count; i++)
        file_finding(findings, database, &findings->items[i]);
    for (size_t i = 0; i < findings->past_count; i++)
        file_finding(findings, database, &findings->past[i]);
}

enum { SCHEMAS_NAMED = 5 };

/* "200 of this structure: a, b, c, d, e and 195 more" */
static void
tell_schemas(struct check_run *run, struct finding *finding)
{
    const char *schema = finding->object == NULL ? NULL : object_schema(finding->object);
    const struct names *schemas = alike_names(run->model->database, schema);
    if (schemas == NULL || schemas->count < 2)
        return;
    g_autoptr(GString) text = g_string_new(NULL);
    g_string_printf(text, "%s of this structure: ", check_number(run, (int64_t)schemas->count));
    for (size_t i = 0; i < MIN(schemas->count, SCHEMAS_NAMED); i++)
        g_string_append_printf(text, "%s%s", i > 0 ? ", " : "", schemas->items[i]);
    if (schemas->count > SCHEMAS_NAMED)
        g_string_append_printf(text, " and %s more",
                               check_number(run, (int64_t)schemas->count - SCHEMAS_NAMED));
    check_evidence(run, finding, "In schemas", text->str);
}

struct findings *
findings_new(const struct model *model, const struct rehearsal *rehearsal, const char *today)
{
    struct findings_memory *memory = g_new0(struct findings_memory, 1);
    memory->arena = arena_new();
    struct check_run *run = check_run_new(model, rehearsal, memory->arena);
    run->today = today;
    for (const struct rule *rule = rules; rule->slug != NULL; rule++) {
        run->rule = rule;
        if (rule->check != NULL && (rule->scope == FOR_ALL || run->profile == PROFILE_STRICT) &&
            !rule_is_blind(rule, model->catalog))
            rule->check(run);
    }
    for (guint i = 0; i < run->findings->len; i++)
        tell_schemas(run, run->findings->pdata[i]);
    acceptances_apply(run, today);
    keep_all(memory, run);
    check_run_free(run);
    file_all(&memory->findings, model->database);
    return &memory->findings;
}

static char *
key_of(const struct finding *finding)
{
    return g_strdup_printf("%s %p %p %s", finding->slug, (const void *)finding->object,
                           (const void *)finding->migration, finding->title);
}

static void
add_keys(GHashTable *keys, const struct finding *items, size_t count)
{
    for (size_t i = 0; i < count; i++)
        g_hash_table_add(keys, key_of(&items[i]));
}

static const struct finding *
keep_known(struct arena *arena, const struct finding *items, size_t *count, GHashTable *keys)
{
    struct finding *kept = arena_array(arena, *count, sizeof *kept);
    size_t kept_count = 0;
    for (size_t i = 0; i < *count; i++) {
        g_autofree char *key = key_of(&items[i]);
        if (g_hash_table_contains(keys, key))
            kept[kept_count++] = items[i];
    }
    *count = kept_count;
    return kept;
}

void
findings_restrict(struct findings *findings, const struct findings *others,
                  const struct database *database)
{
    struct arena *arena = ((struct findings_memory *)(void *)findings)->arena;
    g_autoptr(GHashTable) keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    add_keys(keys, others->items, others->count);
    add_keys(keys, others->past, others->past_count);
    findings->items = keep_known(arena, findings->items, &findings->count, keys);
    findings->past = keep_known(arena, findings->past, &findings->past_count, keys);
    g_hash_table_unref(findings->by_object);
    file_all(findings, database);
}

void
findings_free(struct findings *findings)
{
    if (findings == NULL)
        return;
    struct findings_memory *memory = (struct findings_memory *)(void *)findings;
    g_hash_table_unref(findings->by_object);
    arena_free(memory->arena);
    g_free(memory);
}

GPtrArray *
findings_of(const struct findings *findings, const void *object)
{
    GPtrArray *array = g_hash_table_lookup(findings->by_object, object);
    return array != NULL ? g_ptr_array_copy(array, NULL, NULL) : g_ptr_array_new();
}

size_t
findings_count(const struct findings *findings, enum severity severity)
{
    size_t count = 0;
    for (size_t i = 0; i < findings->count; i++)
        count += findings->items[i].accepted == NULL && findings->items[i].severity == severity;
    return count;
}
