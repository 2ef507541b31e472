/* said.c - notes, then comments: "# Rollback: ask the billing team first". */
#include "runbook/said.h"

#include "base/text.h"
#include "migrations/comments.h"
#include "migrations/commits.h"

#include <string.h>

#define MARK "Rollback:"

/* What is being read. */
struct reader {
    struct arena *arena;
    const struct migrations *line; /* of the migration */
    const struct notes *notes;
    const char *root;
    GArray *items; /* struct said */
};

static unsigned
count_lines(const char *text)
{
    unsigned count = 1;
    for (const char *c = text; *c != '\0'; c++)
        count += *c == '\n' && c[1] != '\0';
    return count;
}

static void
add(struct reader *reader, const char *root, const struct said *said)
{
    const struct commits_text text = {root, said->file, said->line, count_lines(said->text)};
    struct said kept = *said;
    kept.since = commits_behind(reader->arena, &text, reader->line, said->migration);
    g_array_append_val(reader->items, kept);
}

static bool
is_about(const struct note *note, const struct migration *migration)
{
    return note->word != NULL && note->path != NULL && g_str_equal(note->word, "migration") &&
           migration_is_called(migration, note->path);
}

static void
read_notes(struct reader *reader, const struct migration *migration)
{
    for (size_t i = 0; i < reader->notes->count; i++) {
        const struct note *note = &reader->notes->items[i];
        const struct said said = {.migration = migration,
                                  .file = note->file,
                                  .line = note->line,
                                  .text = note->text,
                                  .owner = note->facts.owner};
        if (is_about(note, migration) && !text_is_empty(note->text))
            add(reader, reader->root, &said);
    }
}

/* The lines of the comment that begins here, as one text. */
static const char *
take_comment(struct arena *arena, char *const *lines)
{
    g_autoptr(GString) text = g_string_new(comment_words(*lines) + strlen(MARK));
    for (lines++; *lines != NULL && comment_words(*lines) != NULL; lines++)
        if (!g_str_has_prefix(comment_words(*lines), MARK))
            g_string_append_printf(text, "\n%s", comment_words(*lines));
        else
            break;
    g_autofree char *clean = text_clean(text->str);
    return arena_text(arena, g_strstrip(clean), -1);
}

static void
read_comments(struct reader *reader, const struct migration *migration)
{
    for (size_t i = 0; i < migration->source_count; i++) {
        const struct migration_source *source = &migration->sources[i];
        g_auto(GStrv) lines = g_strsplit(source->text, "\n", -1);
        for (unsigned k = 0; lines[k] != NULL; k++) {
            const char *comment = comment_words(lines[k]);
            if (comment == NULL || !g_str_has_prefix(comment, MARK))
                continue;
            const struct said said = {.migration = migration,
                                      .file = source->file,
                                      .line = source->line + k,
                                      .text = take_comment(reader->arena, &lines[k])};
            add(reader, reader->line->root, &said);
        }
    }
}

const struct sayings *
said_read(struct arena *arena, const struct migrations *migrations, const struct notes *notes,
          const char *root)
{
    g_autoptr(GArray) items = g_array_new(FALSE, FALSE, sizeof(struct said));
    struct reader reader = {.arena = arena, .notes = notes, .root = root, .items = items};
    for (size_t i = 0; i < migrations->count; i++) {
        reader.line = migrations_line_of(migrations, &migrations->items[i]);
        read_notes(&reader, &migrations->items[i]);
        read_comments(&reader, &migrations->items[i]);
    }
    struct sayings *sayings = arena_alloc(arena, sizeof *sayings);
    sayings->count = items->len;
    sayings->items = arena_keep(arena, items);
    return sayings;
}
