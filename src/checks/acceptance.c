/* acceptance.c - holding findings against the list of what was accepted. */
#include "checks/acceptance.h"

#include "base/text.h"
#include "catalog/address.h"

#include <string.h>

/* An acceptance as it stands today. */
struct standing {
    const struct acceptance *acceptance;
    const struct rule *rule;           /* NULL: no such rule */
    const struct object *object;       /* NULL: any, or it does not exist */
    const struct migration *migration; /* likewise */
    bool names_object;
    bool left_out; /* what it is about is not documented, or was not rehearsed */
    bool ended;
    bool used;
};

const struct object *
object_outer(const struct database *database, const struct object *object)
{
    if (object->kind == &kind_schema || object->kind == &kind_catalog)
        return NULL;
    if (object->kind == &kind_sequence) {
        const struct object *column =
            ((const struct sequence *)(const void *)object)->owned_by.object;
        if (column != NULL)
            return column;
    }
    if (object->kind == &kind_table) {
        const struct table *table = (const void *)object;
        const struct table *root = table_root(table);
        if (root != table)
            return &root->object;
    }
    if (object->parent != NULL && object->parent->kind != &kind_catalog)
        return object->parent;
    const char *schema = object_schema(object);
    if (schema == NULL)
        return NULL;
    g_autofree char *path = address_path(&schema, 1, NULL);
    return database_find(database, "schema", path);
}

static bool
lies_within(const struct database *database, const struct object *object,
            const struct object *outer)
{
    for (; object != NULL; object = object_outer(database, object))
        if (object == outer)
            return true;
    return false;
}

static bool
names_migration(const struct acceptance *acceptance)
{
    return acceptance->object != NULL && g_str_has_prefix(acceptance->object, "migration ");
}

static const struct migration *
find_migration(const struct rehearsal *rehearsal, const char *address)
{
    for (size_t i = 0; rehearsal != NULL && i < rehearsal->count; i++) {
        g_autofree char *own = migration_address(rehearsal->items[i].migration);
        if (text_equal(own, address))
            return rehearsal->items[i].migration;
    }
    return NULL;
}

/* Whether the rule finds nothing because nobody asked for what it needs. */
static bool
lacks_basis(const struct check_run *run, const struct rule *rule)
{
    const struct rehearsal *rehearsal = run->rehearsal;
    if (rule == NULL || rule->basis == ON_DATABASE)
        return false;
    return rehearsal == NULL || (rule->basis == ON_REHEARSAL && rehearsal->server == NULL);
}

static void
resolve(const struct check_run *run, struct standing *standing)
{
    const struct database *database = run->model->database;
    const char *address = standing->acceptance->object;
    const char *space = address == NULL ? NULL : strchr(address, ' ');
    if (space == NULL)
        return;
    g_autofree char *word = g_strndup(address, (gsize)(space - address));
    g_autofree char *path = g_strstrip(g_strdup(space));
    if (names_migration(standing->acceptance)) {
        standing->migration = find_migration(run->rehearsal, path);
        return;
    }
    standing->object = address_resolve(database, word, path);
    standing->left_out = standing->left_out || address_is_left_out(database, word, path);
}

static struct standing
standing_of(const struct check_run *run, const struct acceptance *acceptance, const char *today)
{
    struct standing standing = {
        .acceptance = acceptance,
        .rule = rule_find(acceptance->slug),
        .names_object = acceptance->object != NULL,
        .ended = today != NULL && acceptance->until != NULL && strcmp(today, acceptance->until) > 0,
    };
    standing.left_out = lacks_basis(run, standing.rule);
    resolve(run, &standing);
    return standing;
}

static bool
fits(const struct check_run *run, const struct standing *standing, const struct finding *finding)
{
    if (standing->rule == NULL || !g_str_equal(standing->rule->slug, finding->slug))
        return false;
    if (standing->migration != NULL)
        return finding->migration == standing->migration;
    return !standing->names_object ||
           (standing->object != NULL &&
            lies_within(run->model->database, finding->object, standing->object));
}

/* A finding whose acceptance has ended says so, and counts again. */
static void
apply(struct check_run *run, struct finding *finding, struct standing *standings, size_t count)
{
    const struct acceptance *ended = NULL;
    for (size_t i = 0; i < count; i++) {
        struct standing *standing = &standings[i];
        if (!fits(run, standing, finding))
            continue;
        standing->used = true;
        if (standing->ended) {
            ended = standing->acceptance;
        } else if (finding->accepted == NULL) {
            finding->accepted = standing->acceptance->reason;
            finding->until = standing->acceptance->until;
        }
    }
    if (ended == NULL || finding->accepted != NULL)
        return;
    g_autofree char *value = g_strdup_printf("%s (%s)", ended->until, ended->reason);
    check_evidence(run, finding, "Accepted until", value);
}

static void
tell_unknown_rule(struct check_run *run, struct finding *finding, const char *slug)
{
    g_autoptr(GPtrArray) slugs = g_ptr_array_new();
    for (const struct rule *rule = rules; rule->slug != NULL; rule++)
        g_ptr_array_add(slugs, (gpointer)(guintptr)rule->slug);
    g_ptr_array_add(slugs, NULL);
    const char *nearest = text_nearest(slug, (const char *const *)slugs->pdata);
    if (nearest != NULL)
        check_advice(run, finding, "Did you mean %s?", check_code(run, nearest));
    else
        check_advice(run, finding, "`dbdoc explain` lists the rules that there are.");
}

static void
report_unused(struct check_run *run, const struct standing *standing)
{
    const struct acceptance *acceptance = standing->acceptance;
    const char *slug = check_code(run, acceptance->slug);
    struct finding *finding = NULL;
    if (standing->rule == NULL) {
        finding = check_report(run, NULL, "There is no rule %s to accept", slug);
        tell_unknown_rule(run, finding, acceptance->slug);
    } else if (standing->names_object && standing->object == NULL && standing->migration == NULL) {
        finding = check_report(
            run, NULL, "Accepted for %s, which is not %s", check_code(run, acceptance->object),
            names_migration(acceptance) ? "among the migrations" : "in the database");
        check_advice(run, finding,
                     "Correct the name (`table blog.posts`, `index blog.posts_pkey`, "
                     "`migration 20260312091500`), or delete the entry.");
    } else {
        finding = check_report(run, NULL, "Nothing is left to accept for %s", slug);
        finding->severity = SEVERITY_NOTE;
        check_detail(run, finding, "What was accepted here is fixed.");
        check_advice(run, finding, "Delete the entry.");
    }
    check_evidence(run, finding, "Rule", acceptance->slug);
    check_evidence(run, finding, "Object", acceptance->object);
    check_evidence(run, finding, "Reason", acceptance->reason);
    finding->file = run->model->config->file;
    finding->line = acceptance->line;
}

void
acceptances_apply(struct check_run *run, const char *today)
{
    const struct config *config = run->model->config;
    if (config == NULL || config->acceptance_count == 0)
        return;
    size_t count = config->acceptance_count;
    g_autofree struct standing *standings = g_new(struct standing, count);
    for (size_t i = 0; i < count; i++)
        standings[i] = standing_of(run, &config->acceptances[i], today);
    for (guint i = 0; i < run->findings->len; i++)
        apply(run, run->findings->pdata[i], standings, count);
    for (guint i = 0; i < run->past->len; i++)
        apply(run, run->past->pdata[i], standings, count);
    run->rule = rule_find(ACCEPTANCE_UNUSED);
    for (size_t i = 0; i < count; i++)
        if (!standings[i].used && !standings[i].left_out)
            report_unused(run, &standings[i]);
}
