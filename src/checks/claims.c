/* claims.c - what a note says of an index, held against what the index is. Only plain claims count:
 * a word for a property, with no negation before it and no other index in the sentence; and the
 * queries that the front matter names, against what plans show of them. */
#include "base/text.h"
#include "checks/families.h"
#include "model/plans.h"
#include "model/queries.h"

#include <string.h>

#define WORDS_BEFORE 4 /* in which a negation takes a claim back */

static bool
has_role(const struct model *model, const struct index *index, unsigned role)
{
    return (index_roles(model, index) & role) != 0;
}

static bool
is_partial(const struct model *model, const struct index *index)
{
    (void)model;
    return index->predicate != NULL;
}

static bool
is_unique(const struct model *model, const struct index *index)
{
    (void)model;
    return index->unique == YES;
}

static bool
is_primary(const struct model *model, const struct index *index)
{
    return has_role(model, index, INDEX_PRIMARY_KEY);
}

static bool
serves_key(const struct model *model, const struct index *index)
{
    return has_role(model, index, INDEX_FOREIGN_KEY_SUPPORT | INDEX_FOREIGN_KEY_TARGET);
}

static bool
is_gin(const struct model *model, const struct index *index)
{
    (void)model;
    return text_equal(index->method, "gin");
}

static bool
is_gist(const struct model *model, const struct index *index)
{
    (void)model;
    return text_equal(index->method, "gist");
}

static bool
is_brin(const struct model *model, const struct index *index)
{
    (void)model;
    return text_equal(index->method, "brin");
}

static bool
has_included(const struct model *model, const struct index *index)
{
    (void)model;
    return index->included.count > 0;
}

struct claim {
    const char *words; /* in lower case, as they stand in a sentence */
    bool (*holds)(const struct model *model, const struct index *index);
    const char *fact; /* when it does not */
};

static const struct claim claims[] = {
    {"partial index", is_partial, "it has no predicate and holds every row"},
    {"is partial", is_partial, "it has no predicate and holds every row"},
    {"unique index", is_unique, "it is not unique"},
    {"keeps unique", is_unique, "it is not unique"},
    {"is the primary key", is_primary, "it is not the primary key"},
    {"backs the foreign key", serves_key, "no foreign key needs it"},
    {"supports the foreign key", serves_key, "no foreign key needs it"},
    {"for the foreign key", serves_key, "no foreign key needs it"},
    {"gin index", is_gin, "it is of another method"},
    {"gist index", is_gist, "it is of another method"},
    {"brin index", is_brin, "it is of another method"},
    {"covering index", has_included, "it includes no further column"},
};

/* Whether one of the words right before the place takes the claim back, or speaks of another one.
 */
static bool
is_taken_back(const char *sentence, const char *place)
{
    static const char *const negations[] = {"not",     "no",     "never", "without", "instead",
                                            "isn't",   "was",    "used",  "than",    "other",
                                            "another", "unlike", "of",    NULL};
    g_autofree char *before = g_strndup(sentence, (gsize)(place - sentence));
    g_auto(GStrv) words = g_strsplit_set(before, " \n\t,;:(", -1);
    guint count = g_strv_length(words);
    unsigned seen = 0;
    for (guint i = count; i-- > 0 && seen < WORDS_BEFORE;) {
        if (*words[i] == '\0')
            continue;
        if (g_strv_contains(negations, words[i]))
            return true;
        seen++;
    }
    return false;
}

static void
report_claim(struct check_run *run, const struct index *index, const struct note *note,
             const struct claim *claim, const char *sentence)
{
    struct finding *finding = check_report(run, index, "The note about %s says \"%s\", but %s",
                                           check_path(run, index), claim->words, claim->fact);
    finding->strength = STRENGTH_HINT;
    finding->file = note->file;
    finding->line = note->file == NULL ? 0 : note->line;
    check_detail(run, finding,
                 "Who decides about the index reads the note, and the note is wrong, or speaks of "
                 "something else.");
    check_advice(run, finding, "Correct the note, or the index if the note says what was meant.");
    g_autofree char *clean = g_strstrip(g_strdup(sentence));
    check_evidence(run, finding, "Note", clean);
    check_evidence(run, finding, "Index", index->definition);
}

static void
hold_sentence(struct check_run *run, const struct index *index, const struct note *note,
              const char *sentence)
{
    g_autofree char *lower = g_utf8_strdown(sentence, -1);
    for (size_t i = 0; i < G_N_ELEMENTS(claims); i++) {
        const char *place = strstr(lower, claims[i].words);
        if (place == NULL || claims[i].holds(run->model, index) || is_taken_back(lower, place))
            continue;
        report_claim(run, index, note, &claims[i], sentence);
        return;
    }
}

/* Code and lists of links make no claims that could be read so; a full stop ends a sentence. */
static void
hold_note(struct check_run *run, const struct index *index, const struct note *note)
{
    const char *start = note->text;
    while (*start != '\0') {
        const char *end = start;
        while (*end != '\0' &&
               !(strchr(".!?", *end) != NULL && (end[1] == '\0' || g_ascii_isspace(end[1]))))
            end++;
        g_autofree char *sentence = g_strndup(start, (gsize)(end - start));
        hold_sentence(run, index, note, sentence);
        start = *end == '\0' ? end : end + 1;
    }
}

/* ---- queries that the index is said to be for ---- */

static const struct query *
find_query(const struct model *model, const char *name)
{
    const struct workload *workload = model->workload;
    for (size_t i = 0; workload != NULL && i < workload->count; i++)
        if (g_str_equal(workload->queries[i].name, name))
            return &workload->queries[i];
    return NULL;
}

static bool
holds_column(const struct index *index, const char *column)
{
    for (size_t i = 0; i < index->keys.count; i++)
        if (text_equal(index->keys.items[i].column, column))
            return true;
    return names_contain(&index->included, column);
}

/* Reading all of an index instead of its table is no use that plans are asked for. */
static bool
may_be_read_alone(const struct model *model, const struct query *query, const struct index *index)
{
    const struct query_relations *relations = model_query_relations(model, query);
    for (size_t i = 0; i < relations->count; i++) {
        const struct query_relation *relation = relations->items[i];
        size_t held = 0;
        if (relation->object == NULL || relation->object->kind == &kind_view)
            return true; /* not known: a view has other columns than the table behind it */
        if (relation->object != index->object.parent)
            continue;
        for (size_t j = 0; j < relation->column_count; j++)
            held += holds_column(index, relation->columns[j]->name);
        if (held == relation->column_count)
            return true;
    }
    return false;
}

/* A parameter can say what a predicate asks for, and the plan for any value cannot know it. */
static bool
is_hidden(const struct query *query, const struct index *index)
{
    return index->predicate != NULL && (query->written == NULL || strchr(query->written, '$'));
}

static bool
serves_query(const struct model *model, const struct index *index, const struct query_plan *plan)
{
    const struct planned_uses *uses = model_index_uses(model, index);
    for (size_t i = 0; i < uses->count; i++)
        if (uses->items[i]->plan == plan)
            return true;
    return false;
}

static void
hold_query(struct check_run *run, const struct index *index, const struct note *note,
           const char *name)
{
    const struct model *model = run->model;
    const struct query *query = find_query(model, name);
    const struct query_plan *plan = query == NULL ? NULL : model_query_plan(model, query);
    if (plan == NULL || plan->problem != NULL || index->valid == NO || is_hidden(query, index) ||
        serves_query(model, index, plan) || may_be_read_alone(model, query, index))
        return;
    struct finding *finding = check_report(run, index,
                                           "The note about %s names the query %s, "
                                           "which it cannot serve",
                                           check_path(run, index), check_code(run, name));
    finding->file = note->file;
    finding->line = note->named_at;
    check_detail(run, finding,
                 "PostgreSQL %s was asked for a plan with this index and without others: it found "
                 "no rows and gave no order by it.",
                 model->plans->server);
    check_advice(run, finding,
                 "Correct `queries` in the note, or the index if it was made for "
                 "that query.");
    check_evidence(run, finding, "Query", query->text);
    check_evidence(run, finding, "Index", index->definition);
}

static void
hold_queries(struct check_run *run, const struct index *index, const struct note *note)
{
    bool planned = model_index_is_planned(run->model, index);
    for (size_t i = 0; planned && i < note->facts.queries.count; i++)
        hold_query(run, index, note, note->facts.queries.items[i]);
}

static void
visit_indexes(struct check_run *run, const struct table *table)
{
    for (size_t i = 0; i < table->indexes.count; i++) {
        const struct annotation *annotation = model_annotation(run->model,
                                                               &table->indexes.items[i]);
        for (size_t j = 0; j < annotation->count; j++) {
            hold_note(run, &table->indexes.items[i], annotation->notes[j]);
            hold_queries(run, &table->indexes.items[i], annotation->notes[j]);
        }
    }
}

void
check_note_contradicts(struct check_run *run)
{
    check_each_table(run, visit_indexes);
}
