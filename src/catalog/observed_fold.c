/* observed_fold.c - observations of what goes are added to those of what stays. */
#include "catalog/observed_fold.h"

#include "catalog/alike.h"

static const struct ref *
subject_of(const struct object *observation)
{
    return field_ref(&observation->kind->fields[0], observation);
}

/* What was counted; one that is not known makes the sum unknown. */
static void
add_number(int64_t *sum, int64_t more)
{
    *sum = *sum == NUMBER_UNKNOWN || more == NUMBER_UNKNOWN ? NUMBER_UNKNOWN : *sum + more;
}

static void
keep_later(const char **moment, const char *other)
{
    if (g_strcmp0(other, *moment) > 0)
        *moment = other;
}

/* Sizes and ages are those of the largest; counters say whether anything happened in any. */
static void
fold_table(void *kept, const void *other)
{
    struct table_observation *table = kept;
    const struct table_observation *more = other;
    struct table_observation counted = *table;
    add_number(&counted.sequential_scans, more->sequential_scans);
    add_number(&counted.inserted, more->inserted);
    add_number(&counted.updated, more->updated);
    add_number(&counted.hot_updated, more->hot_updated);
    add_number(&counted.deleted, more->deleted);
    keep_later(&counted.last_sequential_scan, more->last_sequential_scan);
    if (more->bytes > table->bytes) {
        *table = *more;
        table->object = counted.object;
        table->relation = counted.relation;
    }
    table->sequential_scans = counted.sequential_scans;
    table->inserted = counted.inserted;
    table->updated = counted.updated;
    table->hot_updated = counted.hot_updated;
    table->deleted = counted.deleted;
    table->last_sequential_scan = counted.last_sequential_scan;
}

static void
fold_index(void *kept, const void *other)
{
    struct index_observation *index = kept;
    const struct index_observation *more = other;
    add_number(&index->scans, more->scans);
    keep_later(&index->last_scan, more->last_scan);
    if (more->bytes <= index->bytes)
        return;
    index->bytes = more->bytes;
    index->entries = more->entries;
    index->unanalyzed_expressions = more->unanalyzed_expressions;
}

/* Of one table, so that its figures go together: the one that holds most. */
static void
fold_column(void *kept, const void *other)
{
    struct column_observation *column = kept;
    const struct column_observation *more = other;
    if (more->distinct_values <= column->distinct_values)
        return;
    const struct object object = column->object;
    const struct ref subject = column->column;
    *column = *more;
    column->object = object;
    column->column = subject;
}

static void
fold_sequence(void *kept, const void *other)
{
    struct sequence_observation *sequence = kept;
    int64_t value = ((const struct sequence_observation *)other)->last_value;
    const struct sequence *definition = sequence->sequence.object;
    bool falls = definition != NULL && definition->increment < 0;
    bool farther = sequence->last_value == NUMBER_UNKNOWN ||
                   (falls ? value < sequence->last_value : value > sequence->last_value);
    if (value != NUMBER_UNKNOWN && farther)
        sequence->last_value = value;
}

static const struct {
    const struct kind *kind;
    void (*fold)(void *kept, const void *other);
} folds[] = {
    {&kind_table_observation, fold_table},
    {&kind_column_observation, fold_column},
    {&kind_index_observation, fold_index},
    {&kind_sequence_observation, fold_sequence},
};

struct folding {
    const struct database *database;
    GHashTable *gone;
    GHashTable *kept; /* "word path" → its observation */
};

static bool
goes(const struct folding *folding, const struct object *object)
{
    for (; object != NULL; object = object->parent)
        if (g_hash_table_contains(folding->gone, object))
            return true;
    return false;
}

static void
note_kept(const struct object *observation, void *data)
{
    struct folding *folding = data;
    if (observation->kind->rule != PATH_REF)
        return;
    const struct object *subject = subject_of(observation)->object;
    if (subject != NULL && !goes(folding, subject))
        g_hash_table_insert(folding->kept,
                            g_strconcat(subject->kind->word, " ", subject->path, NULL),
                            (gpointer)(guintptr)observation);
}

static void
fold_gone(const struct object *observation, void *data)
{
    const struct folding *folding = data;
    if (observation->kind->rule != PATH_REF)
        return;
    const struct object *subject = subject_of(observation)->object;
    if (subject == NULL || !goes(folding, subject))
        return;
    g_autofree char *address = g_strconcat(subject->kind->word, " ", subject->path, NULL);
    const char *stand_in = g_hash_table_lookup(folding->database->stand_ins, address);
    void *kept = stand_in == NULL ? NULL : g_hash_table_lookup(folding->kept, stand_in);
    for (size_t i = 0; kept != NULL && i < G_N_ELEMENTS(folds); i++)
        if (folds[i].kind == observation->kind)
            folds[i].fold(kept, observation);
}

static void
fold_one(struct folding *folding, const struct observations *observations)
{
    g_hash_table_remove_all(folding->kept);
    object_walk(observations, note_kept, folding);
    object_walk(observations, fold_gone, folding);
}

void
observations_fold(struct database *database, GHashTable *gone)
{
    struct folding folding = {
        .database = database,
        .gone = gone,
        .kept = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
    };
    for (size_t i = 0; i < database_observed(database); i++)
        fold_one(&folding, database_observation(database, i));
    g_hash_table_unref(folding.kept);
}
