/* people.c - what people wrote about a migration, who wrote it, and what was saved, back again. */
#include "runbook/draft.h"

#include "runbook/saving.h"

#include <string.h>

static void
write_said(struct draft *draft, const struct said *said)
{
    const char *place = arena_printf(draft->arena, "%s:%u", said->file, said->line);
    if (said->owner != NULL)
        draft_quote(draft, "Owner", said->file, said->owner);
    draft_quote(draft, arena_printf(draft->arena, "From %s", place), said->file, said->text);
    if (said->since != NULL)
        draft_line(draft, PHASE_PEOPLE, "It may be out of date",
                   "the migration changed after `%s` was written: on %s, by %s, commit %.12s. Look "
                   "at that commit, or ask, before you go by it",
                   place, said->since->date, said->since->author, said->since->hash);
}

static void
write_sayings(struct draft *draft, const struct migration *migration)
{
    const struct sayings *sayings = draft->sources->sayings;
    for (size_t i = 0; sayings != NULL && i < sayings->count; i++)
        if (sayings->items[i].migration == migration)
            write_said(draft, &sayings->items[i]);
}

static void
write_author(struct draft *draft, const struct migration *migration)
{
    const struct migration_commit *commit = migration->added;
    if (commit == NULL)
        return;
    const char *changed = migration->changed == NULL
                              ? ""
                              : arena_printf(draft->arena, "; changed on %s by %s, commit %.12s",
                                             migration->changed->date, migration->changed->author,
                                             migration->changed->hash);
    draft_line(draft, PHASE_PEOPLE,
               draft->runbook->count == 1
                   ? "Written"
                   : arena_printf(draft->arena, "%s was written", migration->version),
               "on %s by %s, commit %.12s%s", commit->date, commit->author, commit->hash, changed);
}

static void
add_text(GPtrArray *texts, const char *text)
{
    if (text != NULL)
        g_ptr_array_add(texts, (gpointer)(guintptr)text);
}

/* What was saved, back in its place. */
static void
add_restoring(struct draft *draft, const struct saving *saving, GPtrArray *texts, GPtrArray *paths)
{
    struct restoring restoring;
    if (saving->derived || !saving_restore(draft->arena, saving, &restoring))
        return;
    add_text(paths, saving->path);
    add_text(texts, restoring.before);
    add_text(texts, arena_printf(draft->arena, "\\copy %s FROM '%s' " SAVING_FORM, restoring.target,
                                 saving_file(draft->arena, saving)));
    add_text(texts, restoring.behind);
}

static void
write_restore(struct draft *draft)
{
    g_autoptr(GPtrArray) texts = g_ptr_array_new();
    g_autoptr(GPtrArray) paths = g_ptr_array_new();
    for (size_t i = 0; draft->proof != NULL && i < draft->proof->saving_count; i++)
        add_restoring(draft, &draft->proof->savings[i], texts, paths);
    if (texts->len == 0)
        return;
    struct runbook_step *step = draft_step(draft, PHASE_PEOPLE, ROLE_RESTORE,
                                           "When up has run again: bring back %s",
                                           draft_list(draft, paths));
    step->text = "In a psql that is started in the folder with the saved files.";
    step->expect = paths->len == 1 ? "`COPY` and the number of rows that were saved"
                                   : "`COPY` and the number of rows that were saved, for each";
    draft_code(draft, step, LANGUAGE_SQL, texts);
}

void
write_people(struct draft *draft)
{
    for (size_t i = 0; i < draft->runbook->count; i++)
        write_sayings(draft, draft->runbook->migrations[i]->migration);
    bool silent = draft->parts[PHASE_PEOPLE].lines->len == 0;
    for (size_t i = 0; i < draft->runbook->count; i++)
        write_author(draft, draft->runbook->migrations[i]->migration);
    write_restore(draft);
    g_autofree char *address = migration_address(draft_newest(draft)->migration);
    if (silent)
        draft_line(
            draft, PHASE_PEOPLE, "Nobody has written here",
            "who decides, who is to be told, and where backups are: a file in the notes "
            "folder that begins with the lines `---`, `object: migration %s`, `---`, or a comment "
            "in the migration that begins with `Rollback:`",
            address);
}
