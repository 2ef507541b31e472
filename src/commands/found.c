/* found.c - "Found here: …": structure, migrations line by line, notes. */
#include "commands/found.h"

#include "commands/message.h"
#include "migrations/place.h"

static void
add_structure(const struct subject *subject, GPtrArray *parts)
{
    const struct reading *reading = &subject->reading;
    if (reading->config->database == NULL && !reading->source.by_migrations)
        g_ptr_array_add(parts, g_strdup_printf("%s (structure)", reading->source.taken));
}

static void
add_migrations(const struct subject *subject, GPtrArray *parts)
{
    const struct migrations *all = &subject->migrations;
    if (!subject->has_migrations || subject->migrations_origin != MIGRATIONS_FOUND)
        return;
    for (size_t i = 0; i < migrations_line_count(all); i++) {
        const struct migrations *line = migrations_line(all, i);
        g_autofree char *folder = place_seen_from(subject->reading.config->root, line->root,
                                                  line->folder);
        g_ptr_array_add(parts, g_strdup_printf("%s (%s, %zu migration%s)", folder, line->format,
                                               line->count, line->count == 1 ? "" : "s"));
    }
}

/* Comments of the database are no files. */
static size_t
count_files(const struct notes *notes)
{
    const char *last = "";
    size_t count = 0;
    for (size_t i = 0; i < notes->count; i++) {
        const char *file = notes->items[i].file;
        if (notes->items[i].origin != NOTE_FILE || file == NULL || g_str_equal(file, last))
            continue;
        last = file;
        count++;
    }
    return count;
}

static void
add_notes(const struct subject *subject, GPtrArray *parts)
{
    const struct config *config = subject->reading.config;
    size_t count = count_files(&subject->notes);
    if (config->file == NULL && count > 0)
        g_ptr_array_add(parts, g_strdup_printf("%s (%zu file%s of notes)", config->notes, count,
                                               count == 1 ? "" : "s"));
}

void
found_say(const struct invocation *invocation, const struct subject *subject)
{
    g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func(g_free);
    bool named = invocation_source(invocation) != NULL;
    if (!named)
        add_structure(subject, parts);
    add_migrations(subject, parts);
    if (!named)
        add_notes(subject, parts);
    if (parts->len == 0)
        return;
    g_ptr_array_add(parts, NULL);
    g_autofree char *list = g_strjoinv("; ", (char **)parts->pdata);
    message_summary(invocation->options.verbosity, "Found here: %s.%s", list,
                    subject->reading.config->file != NULL
                        ? ""
                        : " There is no dbdoc.yml: \"dbdoc init\" writes one.");
}
