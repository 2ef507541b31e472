/* people.c - what people wrote about a migration: notes whose object it is. */
#include "runbook/draft.h"

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

void
write_people(struct draft *draft)
{
    for (size_t i = 0; i < draft->runbook->count; i++)
        write_notes(draft, draft->runbook->migrations[i]->migration);
    if (draft->parts[PHASE_PEOPLE].lines->len == 0)
        draft_line(draft, PHASE_PEOPLE, "Nobody has written here",
                   "who decides, who is to be told, and where backups are: a file in the notes "
                   "folder that begins with the lines `---`, `object: migration %s`, `---`",
                   draft_newest(draft)->migration->version);
}
