/* writing.c - what nobody wrote down, and what was written down in a way that reaches no reader. */
#include "base/text.h"
#include "catalog/address.h"
#include "checks/families.h"

static bool
has_words(const struct check_run *run, const void *object)
{
    return object != NULL && model_annotation(run->model, object)->count > 0;
}

/* The foreign key that the index finds the rows of; NULL for none. */
static const struct constraint *
supported_key(const struct index *index)
{
    const struct table *table = object_table(index);
    for (size_t i = 0; table != NULL && i < table->constraints.count; i++) {
        const struct constraint *key = &table->constraints.items[i];
        if (foreign_key_is_written(key) && index_supports(index, key))
            return key;
    }
    return NULL;
}

/* What can be said without anybody's words. */
static void
tell_role(struct check_run *run, struct finding *finding, const struct index *index)
{
    unsigned roles = index_roles(run->model, index);
    const struct constraint *key = supported_key(index);
    if ((roles & INDEX_FOREIGN_KEY_TARGET) != 0)
        check_detail(run, finding, "A foreign key points to its columns, so it is needed.");
    else if ((roles & (INDEX_UNIQUE | INDEX_CONSTRAINT)) != 0)
        check_detail(run, finding,
                     "It keeps rows of %s apart; the reason for that is a rule of your "
                     "business.",
                     check_path(run, index->object.parent));
    else if (key != NULL)
        check_detail(run, finding, "It finds the rows of foreign key %s, so it is probably needed.",
                     check_columns(run, object_table(index), &key->columns));
    else
        check_detail(run, finding,
                     "Nothing in the database says what it is for, so nobody will "
                     "dare to drop it.");
}

static void
visit_indexes(struct check_run *run, const struct index_list *indexes)
{
    for (size_t i = 0; i < indexes->count; i++) {
        const struct index *index = &indexes->items[i];
        const struct constraint *constraint = index_constraint(index);
        if (index->primary == YES || index->partition_of.path != NULL || has_words(run, index) ||
            has_words(run, constraint))
            continue;
        struct finding *finding = check_report(run, index, "Nobody wrote down why %s exists",
                                               check_path(run, index));
        tell_role(run, finding, index);
        g_autofree char *heading = g_strdup_printf("## Index %s", index->name);
        check_advice(run, finding,
                     "Say it in one sentence: as its comment in the database, or under "
                     "%s in the notes.",
                     check_code(run, heading));
        check_evidence(run, finding, "Index", index->definition);
    }
}

static void
visit_table_indexes(struct check_run *run, const struct table *table)
{
    visit_indexes(run, &table->indexes);
}

void
check_index_without_reason(struct check_run *run)
{
    check_each_table(run, visit_table_indexes);
    const struct view_list *views = &run->model->catalog->views;
    for (size_t i = 0; i < views->count; i++)
        visit_indexes(run, &views->items[i].indexes);
}

static void
visit_wordless(struct check_run *run, const struct table *table)
{
    if (has_words(run, table))
        return;
    struct finding *finding = check_report(run, table, "Nobody described table %s",
                                           check_path(run, table));
    check_detail(run, finding, "Who opens its page sees columns, and not what one row stands for.");
    g_autofree char *front = g_strdup_printf("object: table %s", table->object.path);
    check_advice(run, finding,
                 "Say in one sentence what one row is: as its comment in the database, "
                 "or in a note with %s.",
                 check_code(run, front));
}

void
check_table_without_words(struct check_run *run)
{
    check_each_table(run, visit_wordless);
}

/* Where a note stands: its file, or the object whose comment it is. */
static struct finding *
report_at(struct check_run *run, const struct note *note, unsigned line, const char *title)
{
    const void *object = NULL;
    if (note->file == NULL && note->word != NULL && note->path != NULL)
        object = database_find(run->model->database, note->word, note->path);
    struct finding *finding = check_report(run, object, "%s", title);
    finding->file = note->file;
    finding->line = note->file == NULL ? 0 : line;
    return finding;
}

static const char *
target_words(struct check_run *run, const char *word, const char *path)
{
    g_autofree char *target = g_strconcat(word, " ", path != NULL ? path : "", NULL);
    return check_code(run, target);
}

static void
advise(struct check_run *run, struct finding *finding, bool ambiguous, const char *nearest,
       const char *otherwise)
{
    if (ambiguous && nearest != NULL)
        check_advice(run, finding, "Write its schema too, as in %s.", check_code(run, nearest));
    else if (ambiguous)
        check_advice(run, finding, "Write its schema too, or the arguments of the function.");
    else if (nearest != NULL)
        check_advice(run, finding, "Did you mean %s?", check_code(run, nearest));
    else
        check_advice(run, finding, "%s", otherwise);
}

static void
report_orphan(struct check_run *run, const struct orphan_note *orphan)
{
    const struct note *note = orphan->note;
    unsigned line = note->named_at != 0 ? note->named_at : note->line;
    if (note->word == NULL) {
        struct finding *finding = report_at(run, note, line, "This note names no object");
        check_detail(run, finding, "No page shows its words.");
        check_advice(run, finding, "Say what it is about in its front matter: `object: table …`.");
        return;
    }
    bool decision = note->decision != NULL;
    g_autofree char *title = g_strdup_printf(
        "This %s %s, which %s", decision ? "decision names" : "note is about",
        target_words(run, note->word, note->path),
        orphan->ambiguous ? "could be several objects" : "is not in the database");
    struct finding *finding = report_at(run, note, line, title);
    check_detail(run, finding, "%s",
                 decision ? "Its page shows the name without a link." : "No page shows its words.");
    advise(run, finding, orphan->ambiguous, orphan->nearest,
           decision ? "Correct the name, or give the decision another status if the object is gone."
                    : "Correct the name, or delete the note if the object is gone.");
}

/* Whether it is about a migration that is there, or may be: runbooks show it. */
static bool
is_about_migration(const struct check_run *run, const struct note *note)
{
    if (note->word == NULL || note->path == NULL || !g_str_equal(note->word, "migration"))
        return false;
    if (run->rehearsal == NULL)
        return true;
    for (size_t i = 0; i < run->rehearsal->count; i++)
        if (migration_is_called(run->rehearsal->items[i].migration, note->path))
            return true;
    return false;
}

void
check_note_without_object(struct check_run *run)
{
    for (size_t i = 0; i < run->model->orphan_count; i++)
        if (!is_about_migration(run, run->model->orphans[i].note))
            report_orphan(run, &run->model->orphans[i]);
}

void
check_link_broken(struct check_run *run)
{
    for (size_t i = 0; i < run->model->broken_link_count; i++) {
        const struct broken_link *link = &run->model->broken_links[i];
        g_autofree char *title = g_strdup_printf("The link to %s %s", check_code(run, link->target),
                                                 link->ambiguous ? "could lead to several objects"
                                                                 : "leads nowhere");
        struct finding *finding = report_at(run, link->note, link->line, title);
        check_detail(run, finding, "Readers see its words without a link.");
        advise(run, finding, link->ambiguous, link->nearest,
               "Correct the name, or take the link out.");
    }
}

void
check_note_unusable(struct check_run *run)
{
    const struct note_problems *problems = run->model->note_problems;
    for (size_t i = 0; problems != NULL && i < problems->count; i++) {
        const struct note_problem *problem = &problems->items[i];
        g_autofree char *words = g_strdup(problem->words);
        struct finding *finding = check_report(run, NULL, "This file is not used as a note: %s",
                                               words);
        finding->file = problem->file;
        finding->line = problem->line;
        check_detail(run, finding, "No page shows its words.");
        check_advice(run, finding, "Correct the file, or move it out of the notes folder.");
    }
}
