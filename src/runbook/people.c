/* people.c - what people wrote about a migration: notes whose object it is. */
#include "runbook/draft.h"

#include "base/text.h"
#include "runbook/saving.h"

#include <string.h>

static bool
is_about(const struct note *note, const struct migration *migration)
{
    return note->word != NULL && note->path != NULL && g_str_equal(note->word, "migration") &&
           migration_is_called(migration, note->path);
}

static void
write_notes(struct draft *draft, const struct migration *migration)
{
    const struct notes *notes = draft->sources->notes;
    for (size_t i = 0; notes != NULL && i < notes->count; i++) {
        const struct note *note = &notes->items[i];
        if (!is_about(note, migration))
            continue;
        if (note->facts.owner != NULL)
            draft_quote(draft, "Owner", note->file, note->facts.owner);
        draft_quote(draft, arena_printf(draft->arena, "From %s:%u", note->file, note->line),
                    note->file, note->text);
    }
}

/* ---- comments in the migration: "# Rollback: ask the billing team first" ---- */

#define MARK "Rollback:"

/* What stands behind the sign of a comment; NULL: the line is none. */
static const char *
comment_of(const char *line)
{
    line += strspn(line, " \t");
    if (*line == '#')
        line += strspn(line, "#");
    else if (g_str_has_prefix(line, "--"))
        line += strspn(line, "-");
    else
        return NULL;
    return line + strspn(line, " \t");
}

/* The lines of the comment that begins here, as one text. */
static const char *
take_comment(struct draft *draft, char *const *lines)
{
    g_autoptr(GString) text = g_string_new(comment_of(*lines) + strlen(MARK));
    for (lines++; *lines != NULL && comment_of(*lines) != NULL; lines++)
        if (!g_str_has_prefix(comment_of(*lines), MARK))
            g_string_append_printf(text, "\n%s", comment_of(*lines));
        else
            break;
    g_autofree char *clean = text_clean(text->str);
    return arena_text(draft->arena, g_strstrip(clean), -1);
}

static void
write_comments(struct draft *draft, const struct migration *migration)
{
    for (size_t i = 0; i < migration->source_count; i++) {
        const struct migration_source *source = &migration->sources[i];
        g_auto(GStrv) lines = g_strsplit(source->text, "\n", -1);
        for (unsigned k = 0; lines[k] != NULL; k++) {
            const char *comment = comment_of(lines[k]);
            if (comment != NULL && g_str_has_prefix(comment, MARK))
                draft_quote(
                    draft, arena_printf(draft->arena, "From %s:%u", source->file, source->line + k),
                    source->file, take_comment(draft, &lines[k]));
        }
    }
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
    for (size_t i = 0; i < draft->runbook->count; i++) {
        write_notes(draft, draft->runbook->migrations[i]->migration);
        write_comments(draft, draft->runbook->migrations[i]->migration);
    }
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
