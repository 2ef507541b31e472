/* observed_fold.c - observations of what goes are added to those of what stays. */
#include "catalog/observed_fold.h"

#include "catalog/alike.h"

static const struct ref *
subject_of(const struct object *observation)
{
    return field_ref(&observation->kind->fields[0], observation);
}

static void
fold_table(void *kept, const void *other)
{
    struct table_observation *table = kept;
    const struct table_observation *larger = other;
    if (larger->bytes <= table->bytes)
        return;
    const struct object object = table->object;
    const struct ref relation = table->relation;
    *table = *larger;
    table->object = object;
    table->relation = relation;
}

static void
fold_index(void *kept, const void *other)
{
    struct index_observation *index = kept;
    const struct index_observation *more = other;
    index->bytes = MAX(index->bytes, more->bytes);
    if (index->scans == NUMBER_UNKNOWN || more->scans == NUMBER_UNKNOWN)
        index->scans = NUMBER_UNKNOWN;
    else
        index->scans += more->scans;
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

void
observations_fold(struct database *database, GHashTable *gone)
{
    struct folding folding = {
        .database = database,
        .gone = gone,
        .kept = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
    };
    object_walk(database->observations, note_kept, &folding);
    object_walk(database->observations, fold_gone, &folding);
    g_hash_table_unref(folding.kept);
}
