/* authorship.c - one question to git for each of the two roots that words come from: that of
 * dbdoc.yml, and that of the code. */
#include "commands/authorship.h"

#include "base/authors.h"

static void
add_text(GArray *texts, const char *file, const char *text)
{
    const struct authored_text authored = {.file = file, .text = text};
    g_array_append_val(texts, authored);
}

static void
ask(const struct subject *subject, const char *folder, const GPtrArray *paths, GArray *texts)
{
    const struct names names = names_keep(subject->reading.arena, paths);
    authors_find(subject->reading.arena, folder, &names,
                 (struct authored_text *)(void *)texts->data, texts->len);
}

static void
read_notes(struct subject *subject)
{
    const struct config *config = subject->reading.config;
    struct notes *notes = &subject->notes;
    g_autoptr(GArray) texts = g_array_new(FALSE, FALSE, sizeof(struct authored_text));
    g_autoptr(GPtrArray) paths = g_ptr_array_new();
    g_ptr_array_add(paths, (gpointer)(guintptr)config->notes);
    for (size_t i = 0; i < notes->count; i++)
        add_text(texts, notes->items[i].file, notes->items[i].text);
    ask(subject, config->root, paths, texts);
    for (size_t i = 0; i < notes->count; i++)
        notes->items[i].authored = g_array_index(texts, struct authored_text, i).authored;
}

static void
read_modules(struct subject *subject)
{
    struct schema_modules *modules = &subject->schemas;
    g_autoptr(GArray) texts = g_array_new(FALSE, FALSE, sizeof(struct authored_text));
    g_autoptr(GPtrArray) paths = g_ptr_array_new();
    for (size_t i = 0; i < modules->count; i++) {
        const struct schema_module *module = &modules->items[i];
        if (module->words == NULL)
            continue;
        add_text(texts, module->place.file, module->words);
        g_ptr_array_add(paths, (gpointer)(guintptr)module->place.file);
    }
    ask(subject, subject->code_root, paths, texts);
    guint next = 0;
    for (size_t i = 0; i < modules->count; i++)
        if (modules->items[i].words != NULL)
            modules->items[i].words_authored =
                g_array_index(texts, struct authored_text, next++).authored;
}

void
authorship_read(struct subject *subject)
{
    read_notes(subject);
    if (subject->has_schemas)
        read_modules(subject);
}
