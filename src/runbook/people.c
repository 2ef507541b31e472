/* people.c - what people wrote about a migration: notes whose object it is. */
#include "runbook/draft.h"

#include "runbook/saving.h"

#include <string.h>

static bool
is_about(const struct note *note, const struct migration *migration)
{
    if (note->word == NULL || !g_str_equal(note->word, "migration") || note->path == NULL)
        return false;
    size_t length = strlen(migration->version);
    return strncmp(note->path, migration->version, length) == 0 &&
           (note->path[length] == '\0' || note->path[length] == '_');
}

static void
write_notes(struct draft *draft, const struct migration *migration)
{
    const struct notes *notes = draft->sources->notes;
    for (size_t i = 0; notes != NULL && i < notes->count; i++) {
        const struct note *note = &notes->items[i];
        if (!is_about(note, migration))
            continue;
        if (note->owner != NULL)
            draft_line(draft, PHASE_PEOPLE, "Owner", "%s (%s)", note->owner, note->file);
        draft_line(draft, PHASE_PEOPLE,
                   arena_printf(draft->arena, "From %s:%u", note->file, note->line), "%s",
                   note->text);
    }
}

static void
add_text(GPtrArray *texts, const char *text)
{
    if (text != NULL)
        g_ptr_array_add(texts, (gpointer)(guintptr)text);
}

/* What was saved, back in its place. */
static void
write_restore(struct draft *draft, const struct saving *saving)
{
    struct restoring restoring;
    if (saving->derived || !saving_restore(draft->arena, saving, &restoring))
        return;
    g_autoptr(GPtrArray) texts = g_ptr_array_new();
    add_text(texts, restoring.before);
    add_text(texts, arena_printf(draft->arena, "\\copy %s FROM '%s' " SAVING_FORM, restoring.target,
                                 saving_file(draft->arena, saving)));
    add_text(texts, restoring.behind);
    struct runbook_step *step = draft_step(draft, PHASE_PEOPLE, ROLE_RESTORE,
                                           "When up has run again: bring back `%s`", saving->path);
    step->expect = "`COPY` and the number of rows that were saved";
    draft_code(draft, step, LANGUAGE_SQL, texts);
}

void
write_people(struct draft *draft)
{
    for (size_t i = 0; i < draft->runbook->count; i++)
        write_notes(draft, draft->runbook->migrations[i]->migration);
    for (size_t i = 0; draft->proof != NULL && i < draft->proof->saving_count; i++)
        write_restore(draft, &draft->proof->savings[i]);
    if (draft->parts[PHASE_PEOPLE].lines->len == 0)
        draft_line(draft, PHASE_PEOPLE, "Nobody has written here",
                   "who decides, who is to be told, and where backups are: a file in the notes "
                   "folder that begins with the lines `---`, `object: migration %s`, `---`",
                   draft_newest(draft)->migration->version);
}
