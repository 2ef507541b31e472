/* lines.c - "migrations:", the folders of migrations: a group of keys for one, a list of groups for
 * several. */
#include "config/reader.h"

#include <string.h>

static const struct yaml_field fields[] = {
    {"folder", YAML_TEXT, YAML_OPTIONAL, offsetof(struct config_line, folder)},
    {"tool", YAML_TEXT, YAML_OPTIONAL, offsetof(struct config_line, tool)},
    {NULL, YAML_TEXT, YAML_OPTIONAL, 0},
};

/* Which tools there are is known to who reads their files. */
static bool
read_line(const struct reader *reader, const struct yaml *map, struct config_line *line,
          GError **error)
{
    return yaml_bind(&reader->source, map, fields, line, error) &&
           (line->folder == NULL || config_check_below(reader, "migrations", line->folder, error));
}

static bool
read_several(const struct reader *reader, const struct yaml *list, struct config *config,
             GError **error)
{
    for (size_t i = 0; i < list->count; i++) {
        struct config_line *line = &config->lines[i];
        if (!read_line(reader, list->items[i], line, error))
            return false;
        if (line->folder == NULL)
            return yaml_complain(&reader->source, list->items[i], error,
                                 "\"folder\" is missing here.");
        for (size_t j = 0; j < i; j++)
            if (g_str_equal(config->lines[j].folder, line->folder))
                return yaml_complain(&reader->source, list->items[i], error,
                                     "the folder \"%s\" is there twice.", line->folder);
    }
    return true;
}

bool
config_read_lines(const struct reader *reader, const struct yaml *node, struct config *config,
                  GError **error)
{
    config->line_count = node->type == YAML_LIST ? node->count : 1;
    config->lines = arena_array(reader->arena, config->line_count, sizeof *config->lines);
    return node->type == YAML_LIST ? read_several(reader, node, config, error)
                                   : read_line(reader, node, &config->lines[0], error);
}
