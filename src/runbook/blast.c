/* blast.c - what the way back reaches: relations with their locks and observed sizes, what is read
 * in full or written anew, who depends on them, and what is gone at the end. */
#include "runbook/draft.h"

#include "model/size.h"

enum work { WORK_SCAN, WORK_REWRITE };

/* What is collected of one relation. */
struct reach {
    struct runbook_relation relation;
    GPtrArray *words; /* const char * of the arena */
};

static void
clear_reach(gpointer data)
{
    g_ptr_array_unref(((struct reach *)data)->words);
}

static struct reach *
find_reach(GArray *reached, const char *relation)
{
    for (guint i = 0; i < reached->len; i++) {
        struct reach *reach = &g_array_index(reached, struct reach, i);
        if (g_str_equal(reach->relation.relation, relation))
            return reach;
    }
    const struct reach reach = {
        {.relation = relation, .rows = NUMBER_UNKNOWN, .bytes = NUMBER_UNKNOWN}, g_ptr_array_new()};
    g_array_append_val(reached, reach);
    return &g_array_index(reached, struct reach, reached->len - 1);
}

static void
add_words(struct reach *reach, const char *words)
{
    for (guint i = 0; i < reach->words->len; i++)
        if (g_str_equal(reach->words->pdata[i], words))
            return;
    g_ptr_array_add(reach->words, (gpointer)(guintptr)words);
}

static void
take_statement(struct draft *draft, GArray *reached, const struct statement_evidence *statement)
{
    for (size_t i = 0; i < statement->lock_count; i++) {
        struct reach *reach = find_reach(reached, statement->locks[i].relation);
        reach->relation.lock = MAX(reach->relation.lock, statement->locks[i].mode);
    }
    draft->runbook->lock = MAX(draft->runbook->lock, statement_lock(statement));
    for (size_t i = 0; i < statement->rewrite_count; i++)
        add_words(find_reach(reached, statement->rewrites[i].relation),
                  arena_printf(draft->arena, "is written anew: %s", statement->rewrites[i].reason));
    for (size_t i = 0; i < statement->scan_count; i++)
        add_words(find_reach(reached, statement->scans[i].relation), "is read in full");
}

/* ---- what the model knows of a relation ---- */

static void
add_list(struct draft *draft, struct reach *reach, const char *before, const GPtrArray *names)
{
    if (names->len > 0)
        add_words(reach, arena_printf(draft->arena, "%s %s", before, draft_list(draft, names)));
}

static void
add_neighbours(struct draft *draft, struct reach *reach, const struct table *table)
{
    const struct model *model = draft->sources->model;
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    const struct references *references = model_references(model, table);
    for (size_t i = 0; i < references->count; i++)
        g_ptr_array_add(names, (gpointer)(guintptr)references->items[i]->object.parent->path);
    add_list(draft, reach, "foreign keys point to it from", names);
    g_ptr_array_set_size(names, 0);
    for (size_t i = 0; i < table->constraints.count; i++)
        if (table->constraints.items[i].references.path != NULL)
            g_ptr_array_add(names, (gpointer)(guintptr)table->constraints.items[i].references.path);
    add_list(draft, reach, "it points to", names);
}

static void
ask_model(struct draft *draft, struct reach *reach)
{
    const struct model *model = draft->sources->model;
    const struct object *object = NULL;
    if (model != NULL)
        object = database_find(model->database, "table", reach->relation.relation);
    if (object == NULL)
        return;
    const struct table_size size = model_table_size(model, object);
    reach->relation.rows = size.rows;
    reach->relation.bytes = known_sum(size.table, size.indexes);
    g_autoptr(GPtrArray) readers = g_ptr_array_new();
    const struct views *views = model_readers(model, object);
    for (size_t i = 0; i < views->count; i++)
        g_ptr_array_add(readers, (gpointer)(guintptr)views->items[i]->object.path);
    add_list(draft, reach, "read by the views", readers);
    add_neighbours(draft, reach, (const struct table *)(const void *)object);
}

/* In the rehearsal: what the server has besides is asked for under "Before". */
static void
add_publications(struct draft *draft, struct reach *reach)
{
    const struct proof *proof = draft->proof;
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (size_t i = 0; proof != NULL && i < proof->published.count; i += 2)
        if (g_str_equal(proof->published.items[i], reach->relation.relation))
            g_ptr_array_add(names, (gpointer)(guintptr)proof->published.items[i + 1]);
    add_list(draft, reach, "its rows are sent on by the publication", names);
}

static void
keep_relations(struct draft *draft, const GArray *reached)
{
    struct runbook *runbook = draft->runbook;
    runbook->relation_count = reached->len;
    runbook->relations = arena_array(draft->arena, reached->len, sizeof *runbook->relations);
    for (guint i = 0; i < reached->len; i++) {
        struct reach *reach = &g_array_index(reached, struct reach, i);
        ask_model(draft, reach);
        add_publications(draft, reach);
        g_ptr_array_add(reach->words, NULL);
        g_autofree char *text = g_strjoinv("; ", (char **)reach->words->pdata);
        runbook->relations[i] = reach->relation;
        if (*text != '\0')
            runbook->relations[i].text = arena_text(draft->arena, text, -1);
    }
}

/* ---- what is gone at the end ---- */

enum content { CONTENT_DERIVED, CONTENT_SINCE, CONTENT_BEFORE, CONTENTS };

static const struct {
    const char *of_one;
    const char *of_many;
} content_words[] = {
    [CONTENT_DERIVED] = {"can be computed again", "can be computed again"},
    [CONTENT_SINCE] = {"what was written to it since up", "what was written to them since up"},
    [CONTENT_BEFORE] = {"what was in it before up", "what was in them before up"},
};

static enum content
content_of(const struct removal *removal)
{
    if (removal->derived)
        return CONTENT_DERIVED;
    return removal->made_by_up ? CONTENT_SINCE : CONTENT_BEFORE;
}

/* All of one content on a line, which leaves none out. */
static void
write_removals(struct draft *draft, enum content content)
{
    g_autoptr(GString) text = g_string_new(NULL);
    size_t found = 0;
    for (size_t i = 0; i < draft->runbook->count; i++) {
        const struct removals *removals = &draft->runbook->migrations[i]->down_removes;
        for (size_t k = 0; k < removals->count; k++)
            if (content_of(&removals->items[k]) == content)
                g_string_append_printf(text, "%s%s `%s`", found++ > 0 ? ", " : "",
                                       removals->items[k].word, removals->items[k].path);
    }
    if (found > 0)
        draft_line(draft, PHASE_BLAST, "Deleted", "%s: %s", text->str,
                   found == 1 ? content_words[content].of_one : content_words[content].of_many);
}

static void
write_changed_values(struct draft *draft)
{
    for (size_t i = 0; i < draft->runbook->count; i++) {
        const struct value_changes *changes = &draft->runbook->migrations[i]->rows.changes;
        for (size_t k = 0; k < changes->count; k++)
            draft_line(draft, PHASE_BLAST, "Changed",
                       "values of `%s`: of the %" G_GINT64_FORMAT
                       " that were invented, %" G_GINT64_FORMAT " came back",
                       changes->items[k].path, changes->items[k].before, changes->items[k].after);
    }
}

/* The first statement of down behind which something is gone, when each commits by itself. */
static void
write_point_of_no_return(struct draft *draft)
{
    const char *head = "Point of no return";
    if (draft->runbook->loss <= LOSS_DERIVED) {
        draft_line(draft, PHASE_BLAST, head,
                   "none that was seen: nothing is deleted but what up makes again");
        return;
    }
    if (draft->runbook->count == 1 && draft_is_atomic(draft))
        draft_line(draft, PHASE_BLAST, head,
                   "`COMMIT`. Until then, `ROLLBACK` takes everything back; after it, what is "
                   "deleted comes back from what you saved, or from a backup");
    else if (draft_is_atomic(draft))
        draft_line(draft, PHASE_BLAST, head,
                   "the first `COMMIT`: each migration goes by itself, and what is deleted with it "
                   "comes back from what you saved, or from a backup");
    else
        draft_line(draft, PHASE_BLAST, head,
                   "the first statement: there is no transaction around all of it, and each "
                   "statement is final when it has run");
}

/* Bytes a second of a disk and a processor that are slow, and that are fast: assumed. */
#define SCAN_SLOW    100e6
#define SCAN_FAST    1e9
#define REWRITE_SLOW 20e6
#define REWRITE_FAST 200e6

static int64_t
bytes_of(const struct draft *draft, const char *relation)
{
    for (size_t i = 0; i < draft->runbook->relation_count; i++)
        if (g_str_equal(draft->runbook->relations[i].relation, relation))
            return draft->runbook->relations[i].bytes;
    return NUMBER_UNKNOWN;
}

/* Without an observed size there is no figure. */
static void
write_duration(struct draft *draft, const char *relation, enum work work)
{
    static const struct {
        const char *words;
        double slow;
        double fast;
    } works[] = {
        [WORK_SCAN] = {"is read in full", SCAN_SLOW, SCAN_FAST},
        [WORK_REWRITE] = {"is written anew, with its indexes", REWRITE_SLOW, REWRITE_FAST},
    };
    int64_t bytes = bytes_of(draft, relation);
    if (bytes == NUMBER_UNKNOWN)
        draft_line(draft, PHASE_BLAST, "Time",
                   "`%s` %s; how long that takes is not known, as its size was not observed",
                   relation, works[work].words);
    else
        draft_line(draft, PHASE_BLAST, "Time",
                   "`%s` %s: from %.1f to %.1f seconds, if that goes at %.0f to %.0f MB a second "
                   "(assumed, not measured)",
                   relation, works[work].words, (double)bytes / works[work].fast,
                   (double)bytes / works[work].slow, works[work].slow / 1e6,
                   works[work].fast / 1e6);
}

static void
write_durations(struct draft *draft, const struct statement_evidence *statement)
{
    for (size_t i = 0; i < statement->rewrite_count; i++)
        write_duration(draft, statement->rewrites[i].relation, WORK_REWRITE);
    for (size_t i = 0; i < statement->scan_count && statement->rewrite_count == 0; i++)
        write_duration(draft, statement->scans[i].relation, WORK_SCAN);
}

/* What down asks of the rows, by how it works. */
static void
write_mechanism(struct draft *draft)
{
    bool works_on_rows = false;
    for (size_t i = 0; i < draft->runbook->count; i++) {
        const struct run_evidence *down = &draft->runbook->migrations[i]->down;
        for (size_t k = 0; k < down->count; k++) {
            works_on_rows = works_on_rows || down->statements[k].rewrite_count > 0 ||
                            down->statements[k].scan_count > 0;
            write_durations(draft, &down->statements[k]);
        }
    }
    if (lock_stops(draft->runbook->lock))
        draft_line(draft, PHASE_BLAST, "Waiting",
                   "it waits for every query and transaction that uses these relations, and what "
                   "comes after it waits behind it: hence the `lock_timeout`");
    if (!works_on_rows)
        draft_line(draft, PHASE_BLAST, "Time",
                   "only the catalog is changed, as far as was seen: once it has its locks, the "
                   "time does not grow with the rows");
}

void
write_blast(struct draft *draft)
{
    g_autoptr(GArray) reached = g_array_new(FALSE, FALSE, sizeof(struct reach));
    g_array_set_clear_func(reached, clear_reach);
    bool unseen = false;
    for (size_t i = 0; i < draft->runbook->count; i++) {
        const struct run_evidence *down = &draft->runbook->migrations[i]->down;
        for (size_t k = 0; k < down->count; k++) {
            take_statement(draft, reached, &down->statements[k]);
            unseen = unseen || statement_is_unseen(&down->statements[k]);
        }
    }
    keep_relations(draft, reached);
    if (draft_newest(draft)->down.end != RUN_COMPLETE && draft->runbook->relation_count == 0)
        return;
    for (int i = 0; i < CONTENTS; i++)
        write_removals(draft, (enum content)i);
    write_changed_values(draft);
    write_point_of_no_return(draft);
    write_mechanism(draft);
    if (unseen)
        draft_line(draft, PHASE_BLAST, "Not seen",
                   "the locks of what runs outside a transaction and did not wait");
}
