/* schema_reading.c - which project it is, and warnings of files that are not understood. */
#include "commands/schema_reading.h"

#include "base/progress.h"
#include "base/text.h"
#include "commands/message.h"
#include "source/repository.h"

const char *
schema_reading_project(const struct config *config, const struct migrations *migrations,
                       enum code_belongs belongs)
{
    for (size_t i = 0; migrations != NULL && i < migrations_line_count(migrations); i++) {
        const struct migrations *line = migrations_line(migrations, i);
        if (text_equal(line->key, "ecto"))
            return line->root;
    }
    return belongs == CODE_BELONGS && repository_has(config->root, "mix.exs") ? config->root : NULL;
}

bool
schema_reading(struct arena *arena, const char *root, struct schema_modules *modules,
               GError **error)
{
    progress_step("Reading schema modules");
    if (!schema_modules_read(arena, root, modules, error))
        return false;
    for (size_t i = 0; i < modules->problem_count; i++) {
        g_autofree char *words = g_strdup_printf("The schemas and changesets of a file are not "
                                                 "known: %s",
                                                 modules->problems[i].reason);
        message_warning(words);
    }
    return true;
}
