/* review.c - puts the parts together, and says first what matters. */
#include "review/review.h"

#include "base/text.h"
#include "checks/run.h"
#include "review/brief.h"

const char *
brief_code(const struct brief *brief, const char *text)
{
    g_autofree char *code = text_code(text);
    return arena_text(brief->arena, code, -1);
}

const char *
brief_number(const struct brief *brief, int64_t number)
{
    g_autofree char *text = language_number(model_language(brief->sources->after), number);
    return arena_text(brief->arena, text, -1);
}

const char *
brief_count_word(const struct brief *brief, size_t count)
{
    static const char *const words[] = {"None", "One", "Two",   "Three", "Four",
                                        "Five", "Six", "Seven", "Eight", "Nine"};
    return count < G_N_ELEMENTS(words) ? words[count] : brief_number(brief, (int64_t)count);
}

const struct object *
brief_owner(const struct object *object)
{
    while (object->parent != NULL && object->parent->parent != NULL)
        object = object->parent;
    return object;
}

/* It comes and goes with a column. */
static bool
is_owned_sequence(const struct object *object)
{
    return object->kind == &kind_sequence &&
           ((const struct sequence *)(const void *)object)->owned_by.path != NULL;
}

bool
change_is_told(const struct change *change)
{
    const struct object *object = change_object(change);
    if (brief_owner(object)->kind == &kind_history || object->parent == NULL ||
        is_owned_sequence(object))
        return false;
    return object->kind != &kind_index ||
           index_constraint((const struct index *)(const void *)object) == NULL;
}

const struct acts *
brief_acts(const struct brief *brief, const struct statement_evidence *statement)
{
    struct acts *acts = g_hash_table_lookup(brief->acts, statement);
    if (acts == NULL) {
        acts = arena_alloc(brief->arena, sizeof *acts);
        *acts = acts_of(brief->arena, statement->sql);
        g_hash_table_insert(brief->acts, (gpointer)(guintptr)statement, acts);
    }
    return acts;
}

bool
brief_drops(const struct brief *brief, const char *table)
{
    for (size_t i = 0; i < brief->review->migration_count; i++) {
        const struct differences *changes = &brief->review->migrations[i]->changes;
        for (size_t j = 0; j < changes->count; j++)
            if (changes->items[j].kind == CHANGE_REMOVED &&
                g_str_equal(changes->items[j].word, "table") &&
                g_str_equal(changes->items[j].path, table))
                return true;
    }
    return false;
}

bool
review_reaches(const struct review *review, enum severity severity)
{
    return review->finding_count > 0 && review->findings[0].finding->severity >= severity;
}

bool
review_edits_matter(const struct review *review)
{
    return review->edited.count > 0 && review->edit_effect != EDIT_SAME;
}

size_t
review_restored(const struct review *review)
{
    size_t restored = 0;
    for (size_t i = 0; i < review->migration_count; i++) {
        enum reversal schema = review->migrations[i]->verdict.schema;
        restored += schema != REVERSAL_UNKNOWN && schema < REVERSAL_LOSSY;
    }
    return restored;
}

/* ---- what people read first ---- */

static const char *
things(const struct brief *brief, size_t count, const char *what)
{
    return arena_printf(brief->arena, "%s thing%s to %s before merging",
                        brief_count_word(brief, count), count == 1 ? "" : "s", what);
}

static void
decide(struct brief *brief)
{
    struct review *review = brief->review;
    if (review->ask_errors > 0) {
        review->tone = REVIEW_FIX;
        review->verdict = things(brief, review->ask_errors, "fix");
    } else if (review->ask_most > 0) {
        review->tone = REVIEW_LOOK;
        review->verdict = things(brief, review->ask_most, "look at");
    } else {
        review->tone = REVIEW_FINE;
        review->verdict = review->migration_count == 0 ? "No migration is new" : "Nothing to fix";
    }
}

static void
explain(struct brief *brief)
{
    struct review *review = brief->review;
    size_t all = review->migration_count;
    size_t restored = review_restored(review);
    if (all == 0)
        review->why = "The database stays as it is.";
    else if (restored == all)
        review->why = all == 1   ? "Its rollback restores the schema."
                      : all == 2 ? "Both rollbacks restore the schema."
                                 : arena_printf(brief->arena,
                                                "All %zu rollbacks restore the schema.", all);
    else if (all == 1)
        review->why = review->migrations[0]->verdict.schema == REVERSAL_UNKNOWN
                          ? "What its rollback does is not proved."
                          : "Its rollback does not restore the schema.";
    else
        review->why = arena_printf(brief->arena, "%zu of %zu rollbacks restore the schema.",
                                   restored, all);
}

/* ---- the parts that are taken over ---- */

static void
take_migrations(struct brief *brief)
{
    const struct review_sources *sources = brief->sources;
    struct review *review = brief->review;
    review->migration_count = sources->count;
    review->migrations = arena_array(brief->arena, sources->count, sizeof *review->migrations);
    for (size_t i = 0; i < sources->count; i++)
        review->migrations[i] = &sources->rehearsal->items[sources->places[i]];
}

static bool
is_orphan(const struct model *model, const struct note *note)
{
    for (size_t i = 0; i < model->orphan_count; i++)
        if (text_equal(model->orphans[i].note->file, note->file) &&
            model->orphans[i].note->named_at == note->named_at)
            return true;
    return false;
}

static void
list_stale(struct brief *brief)
{
    const struct model *after = brief->sources->after;
    g_autoptr(GPtrArray) stale = g_ptr_array_new();
    for (size_t i = 0; i < after->orphan_count; i++) {
        const struct note *note = after->orphans[i].note;
        if (note->origin != NOTE_FILE || note->path == NULL ||
            is_orphan(brief->sources->before, note))
            continue;
        g_autofree char *address = g_strconcat(note->word, " ", note->path, NULL);
        g_autofree char *place = g_strdup_printf("%s:%u", note->file, note->named_at);
        g_ptr_array_add(stale,
                        arena_printf(brief->arena, "%s is about %s, which is not there any more.",
                                     brief_code(brief, place), brief_code(brief, address)));
    }
    brief->review->stale = names_keep(brief->arena, stale);
}

const struct review *
review_new(const struct review_sources *sources)
{
    struct review *review = arena_alloc(sources->arena, sizeof *review);
    struct brief brief = {
        .arena = sources->arena,
        .sources = sources,
        .review = review,
        .dependants = sources->before->dependants,
        .acts = g_hash_table_new(NULL, NULL),
    };
    *review = (struct review){
        .base = sources->base,
        .commit = sources->commit,
        .before = sources->before,
        .after = sources->after,
        .rehearsal = sources->rehearsal,
        .runbooks = sources->runbooks,
        .changes = sources->changes,
        .after_findings = sources->after_findings,
        .edited = sources->edited,
        .gone = sources->gone,
        .tally_before = tally_schema(sources->before, NULL),
        .tally_after = tally_schema(sources->after, NULL),
    };
    take_migrations(&brief);
    review_list_changes(&brief);
    review_list_locks(&brief);
    review_list_indexes(&brief);
    review_list_gone_indexes(&brief);
    review_list_findings(&brief);
    review_list_questions(&brief);
    list_stale(&brief);
    decide(&brief);
    explain(&brief);
    g_hash_table_unref(brief.acts);
    return review;
}
