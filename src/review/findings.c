/* findings.c - what is wrong now and was not at the base, what is not wrong any more, and which of
 * it to ask the author for. */
#include "review/brief.h"

#include "base/text.h"
#include "workload/workload.h"

#include <stdlib.h>
#include <string.h>

/* ---- new and fixed ---- */

/* What makes two findings of two databases the same. Free with g_free. */
static char *
key_of(const struct finding *finding)
{
    if (finding->object != NULL)
        return g_strjoin("\n", finding->slug, finding->object->kind->word, finding->object->path,
                         finding->query != NULL ? finding->query->name : NULL, NULL);
    if (finding->file == NULL)
        return g_strdup(finding->slug); /* of the whole database; its title may count things */
    return g_strjoin("\n", finding->slug, finding->file, finding->title, NULL);
}

static GHashTable *
keys_of(const struct findings *findings)
{
    GHashTable *keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (size_t i = 0; i < findings->count; i++)
        g_hash_table_add(keys, key_of(&findings->items[i]));
    return keys;
}

static bool
has(GHashTable *keys, const struct finding *finding)
{
    g_autofree char *key = key_of(finding);
    return g_hash_table_contains(keys, key);
}

static bool
is_of_new_migration(const struct brief *brief, const struct finding *finding)
{
    const struct review *review = brief->review;
    for (size_t i = 0; i < review->migration_count; i++)
        if (review->migrations[i]->migration == finding->migration)
            return true;
    return false;
}

static void
add(const struct brief *brief, GArray *found, const struct finding *finding)
{
    struct review_finding item = {finding, finding->file, finding->line};
    if (finding->accepted != NULL)
        return;
    if (finding->file == NULL && finding->object != NULL)
        brief_place(brief, finding->object, &item.file, &item.line);
    g_array_append_val(found, item);
}

/* Nobody waits for a table that comes with the change. */
static bool
is_of_new_table(const struct brief *brief, const struct finding *finding)
{
    const char *path = finding->relation;
    return path != NULL &&
           database_find(brief->sources->before->database, "relation", path) == NULL &&
           database_find(brief->sources->after->database, "relation", path) != NULL;
}

/* Every migration of a change is pending. */
static bool
concerns(const struct brief *brief, const struct finding *finding)
{
    return is_of_new_migration(brief, finding) && !is_of_new_table(brief, finding) &&
           !g_str_equal(finding->slug, "migration-pending");
}

static void
list_new(const struct brief *brief, GArray *found)
{
    const struct findings *before = brief->sources->before_findings;
    const struct findings *after = brief->sources->after_findings;
    g_autoptr(GHashTable) keys = keys_of(before);
    for (size_t i = 0; i < before->count; i++)
        if (concerns(brief, &before->items[i]))
            add(brief, found, &before->items[i]);
    for (size_t i = 0; i < after->count; i++)
        if (after->items[i].migration == NULL && !has(keys, &after->items[i]))
            add(brief, found, &after->items[i]);
}

static bool
is_about_code(const struct finding *finding)
{
    return rule_find(finding->slug)->basis == ON_CODE;
}

static bool
is_drift(const struct finding *finding)
{
    return g_str_equal(finding->slug, "schema-drift");
}

static const struct finding *const *
keep(const struct brief *brief, const GPtrArray *findings)
{
    const struct finding **items = arena_array(brief->arena, findings->len, sizeof *items);
    for (guint i = 0; i < findings->len; i++)
        items[i] = findings->pdata[i];
    return items;
}

static bool
is_gone(const struct brief *brief, const struct object *object)
{
    const struct object *owner = brief_owner(object);
    return database_find(brief->sources->after->database, owner->kind->word, owner->path) == NULL;
}

/* What notes and the configuration say wrongly is not of the database; what somebody did by hand is
 * not of the change; and with a table that goes nothing was mended. */
static void
list_fixed(struct brief *brief)
{
    const struct findings *before = brief->sources->before_findings;
    g_autoptr(GHashTable) keys = keys_of(brief->sources->after_findings);
    g_autoptr(GPtrArray) fixed = g_ptr_array_new();
    for (size_t i = 0; i < before->count; i++) {
        const struct finding *finding = &before->items[i];
        bool told = finding->object != NULL && finding->accepted == NULL && !is_drift(finding) &&
                    (brief->sources->knows_old_code || !is_about_code(finding)) &&
                    !is_gone(brief, finding->object);
        if (told && !has(keys, finding))
            g_ptr_array_add(fixed, (gpointer)(guintptr)finding);
    }
    brief->review->fixed_count = fixed->len;
    brief->review->fixed = keep(brief, fixed);
}

static void
list_drift(struct brief *brief)
{
    const struct findings *before = brief->sources->before_findings;
    g_autoptr(GPtrArray) drift = g_ptr_array_new();
    for (size_t i = 0; i < before->count; i++)
        if (is_drift(&before->items[i]) && before->items[i].accepted == NULL)
            g_ptr_array_add(drift, (gpointer)(guintptr)&before->items[i]);
    brief->review->drift_known = brief->sources->before->drift != NULL;
    brief->review->drift_count = drift->len;
    brief->review->drift = keep(brief, drift);
}

/* What the way up does to those who work comes before what it leaves behind, and that before the
 * way back. */
static int
rank(const struct finding *finding)
{
    if (finding->migration == NULL)
        return 1;
    return g_str_has_prefix(finding->slug, "rollback-") ? 2 : 0;
}

static gint
compare(gconstpointer first, gconstpointer second)
{
    const struct review_finding *a = first;
    const struct review_finding *b = second;
    if (a->finding->severity != b->finding->severity)
        return a->finding->severity > b->finding->severity ? -1 : 1;
    int order = rank(a->finding) - rank(b->finding);
    if (order == 0)
        order = text_compare(a->file, b->file);
    if (order == 0)
        order = (a->line > b->line) - (a->line < b->line);
    if (order == 0)
        order = strcmp(a->finding->slug, b->finding->slug);
    return order != 0 ? order : strcmp(a->finding->title, b->finding->title);
}

/* ---- the release that runs while the database changes ---- */

/* The one way that fits all that breaks; NULL: they differ. */
static const char *
shared_order(const struct compatibility *compatibility)
{
    const char *order = break_words[compatibility->items[0].kind].order;
    for (size_t i = 1; i < compatibility->count; i++)
        if (!g_str_equal(break_words[compatibility->items[i].kind].order, order))
            return NULL;
    return order;
}

static const char *
order_of(const struct brief *brief)
{
    const struct compatibility *compatibility = &brief->review->compatibility;
    if (compatibility->count == 0)
        return "Migrate first, then deploy the code: schemas and changesets of the release that "
               "runs now fit the new database. What its queries name was not looked at.";
    const char *order = shared_order(compatibility);
    bool proved = compatibility->items[0].strength == STRENGTH_PROVED;
    return arena_printf(brief->arena, "The release that runs now %s the new database. %s",
                        proved ? "does not fit" : "may not fit",
                        order != NULL ? order : "What it meets has an order of its own each.");
}

static void
weigh_old_code(struct brief *brief)
{
    const struct review_sources *sources = brief->sources;
    struct review *review = brief->review;
    if (!sources->knows_old_code || review->migration_count == 0)
        return;
    review->compatibility = compatibility_weigh(brief->arena, sources->before, sources->after,
                                                sources->changes);
    review->order = order_of(brief);
}

/* ---- where an object comes from ---- */

static bool
touches(const struct migration_evidence *migration, const struct object *object)
{
    for (size_t i = 0; i < migration->changes.count; i++) {
        const struct difference *difference = &migration->changes.items[i];
        if (difference->kind != CHANGE_REMOVED && text_equal(difference->path, object->path) &&
            text_equal(difference->word, object->kind->word))
            return true;
    }
    return false;
}

/* Whether it changes, adds or removes something within a table, a type … */
static bool
touches_part(const struct migration_evidence *migration, const struct object *owner)
{
    g_autofree char *within = g_strconcat(owner->path, ".", NULL);
    for (size_t i = 0; i < migration->changes.count; i++)
        if (g_str_has_prefix(migration->changes.items[i].path, within))
            return true;
    return false;
}

/* Whether an act is about the object, by its own name. */
static bool
names(const struct act *act, const struct object *object)
{
    const struct table *table = object_table(object);
    if (object->kind == &kind_table)
        return act_path_names(act->relation, object->path);
    return text_equal(act->name, object_name(object)) &&
           (table == NULL || act_path_names(act->relation, table->object.path));
}

static const struct statement_evidence *
statement_of(const struct brief *brief, const struct run_evidence *up, const struct object *object)
{
    for (size_t i = 0; i < up->count; i++) {
        const struct acts *acts = brief_acts(brief, &up->statements[i]);
        for (size_t j = 0; j < acts->count; j++)
            if (names(&acts->items[j], object))
                return &up->statements[i];
    }
    return NULL;
}

static bool
place_in(const struct brief *brief, const struct migration_evidence *migration,
         const struct object *object, const char **file, unsigned *line)
{
    const struct object *owner = brief_owner(object);
    bool whole = touches(migration, object) || touches(migration, owner);
    if (!whole && !touches_part(migration, owner))
        return false;
    const struct statement_evidence *statement = whole ? statement_of(brief, &migration->up, object)
                                                       : NULL; /* which is to blame is not known */
    if (statement == NULL && whole && owner != object)
        statement = statement_of(brief, &migration->up, owner);
    *file = statement == NULL ? migration->migration->file : statement->file;
    *line = statement == NULL ? 0 : statement->line;
    return true;
}

bool
brief_place(const struct brief *brief, const struct object *object, const char **file,
            unsigned *line)
{
    const struct review *review = brief->review;
    for (size_t i = review->migration_count; i-- > 0;)
        if (place_in(brief, review->migrations[i], object, file, line))
            return true;
    return false;
}

/* ---- what to ask for ---- */

static bool
is_ecto(const struct brief *brief)
{
    return g_str_equal(brief->sources->rehearsal->migrations->key, "ecto");
}

/* Why a migration does not run, says PostgreSQL. */
static const char *
detail_of(const struct brief *brief, const struct finding *finding)
{
    for (size_t i = 0; i < finding->evidence_count; i++)
        if (g_str_equal(finding->slug, "migration-fails") &&
            g_str_equal(finding->evidence[i].label, "Words"))
            return arena_printf(brief->arena, "%s %s",
                                brief_code(brief, finding->evidence[i].value), finding->detail);
    return finding->detail;
}

static struct review_ask
ask_for(const struct brief *brief, const struct review_finding *found)
{
    const struct finding *finding = found->finding;
    bool is_elixir = is_ecto(brief) && finding->fix_migration != NULL;
    return (struct review_ask){
        .severity = finding->severity,
        .title = finding->title,
        .detail = detail_of(brief, finding),
        .advice = finding->advice,
        .file = found->file,
        .line = found->line,
        .fix = is_elixir ? finding->fix_migration : finding->fix_sql,
        .is_elixir = is_elixir,
        .finding = finding,
    };
}

static struct review_ask
ask_about_edit(const struct brief *brief, const char *file)
{
    static const char *const effects[] = {
        [EDIT_UNKNOWN] = "A database that has applied it will not run it again: it stays as it is, "
                         "and new databases may become another one.",
        [EDIT_REFUSED] = "The tool keeps a checksum of the file, and finds another one where it "
                         "was applied.",
        [EDIT_DIVIDES] = "A database that has applied it will not run it again: it stays as it is, "
                         "and new databases become another one.",
    };
    return (struct review_ask){
        .severity = SEVERITY_ERROR,
        .title = "A migration was changed after it was merged",
        .detail = effects[brief->review->edit_effect],
        .advice = "Take the change back, and write it as a new migration.",
        .file = file,
    };
}

/* Whether the same was asked for in the same file. */
static bool
is_asked(const struct review *review, size_t place)
{
    const struct review_finding *found = &review->findings[place];
    for (size_t i = 0; i < place; i++)
        if (g_str_equal(review->findings[i].finding->slug, found->finding->slug) &&
            text_equal(review->findings[i].file, found->file))
            return true;
    return false;
}

static void
list_asks(struct brief *brief)
{
    struct review *review = brief->review;
    g_autoptr(GArray) asks = g_array_new(FALSE, FALSE, sizeof(struct review_ask));
    for (size_t i = 0; review_edits_matter(review) && i < review->edited.count; i++) {
        const struct review_ask ask = ask_about_edit(brief, review->edited.items[i]);
        g_array_append_val(asks, ask);
    }
    for (size_t i = 0; i < review->finding_count; i++) {
        const struct review_ask ask = ask_for(brief, &review->findings[i]);
        if (ask.severity >= SEVERITY_WARNING && !is_asked(review, i))
            g_array_append_val(asks, ask);
    }
    for (guint i = 0; i < asks->len; i++)
        review->ask_errors += g_array_index(asks, struct review_ask, i).severity == SEVERITY_ERROR;
    review->ask_most = asks->len;
    g_array_set_size(asks, MIN(asks->len, REVIEW_ASKS));
    review->ask_count = asks->len;
    review->asks = arena_keep(brief->arena, asks);
}

void
review_list_findings(struct brief *brief)
{
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(struct review_finding));
    list_new(brief, found);
    g_array_sort(found, compare);
    brief->review->finding_count = found->len;
    brief->review->findings = arena_keep(brief->arena, found);
    list_fixed(brief);
    list_drift(brief);
    weigh_old_code(brief);
    list_asks(brief);
}
