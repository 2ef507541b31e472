/* lines.c - "migrations:", the folders of migrations: a group of keys for one, a list of groups for
 * several. */
#include "config/reader.h"

#include <stddef.h>
#include <string.h>

#define BASE "0"

/* A line as it is written. */
struct written {
    const char *folder;
    const char *tool;
    const char *up;
    const char *down;
    const char *probe;
    const char *base;
    const struct yaml *history;
};

static const struct yaml_field fields[] = {
    {"folder", YAML_TEXT, YAML_OPTIONAL, offsetof(struct written, folder)},
    {"tool", YAML_TEXT, YAML_OPTIONAL, offsetof(struct written, tool)},
    {"up", YAML_TEXT, YAML_OPTIONAL, offsetof(struct written, up)},
    {"down", YAML_TEXT, YAML_OPTIONAL, offsetof(struct written, down)},
    {"probe", YAML_TEXT, YAML_OPTIONAL, offsetof(struct written, probe)},
    {"base", YAML_TEXT, YAML_OPTIONAL, offsetof(struct written, base)},
    {"history", YAML_LIST, YAML_OPTIONAL, offsetof(struct written, history)},
    {NULL, YAML_TEXT, YAML_OPTIONAL, 0},
};

/* The words of a command, as a shell would split them; nothing in them is looked at further. */
static bool
read_command(const struct reader *reader, const struct yaml *map, const char *key,
             struct names *words, GError **error)
{
    const struct yaml *node = yaml_get(map, key);
    g_auto(GStrv) argv = NULL;
    int count = 0;
    if (node == NULL || *node->text == '\0')
        return true;
    if (!g_shell_parse_argv(node->text, &count, &argv, NULL))
        return yaml_complain(&reader->source, node, error,
                             "\"%s\" is no command: a quotation mark is not closed.", key);
    words->count = (size_t)count;
    words->items = arena_array(reader->arena, words->count, sizeof *words->items);
    for (int i = 0; i < count; i++)
        words->items[i] = arena_text(reader->arena, argv[i], -1);
    return true;
}

/* Commands come together, and leave nothing for dbdoc to read. */
static bool
check_commands(const struct reader *reader, const struct yaml *map, const struct config_line *line,
               GError **error)
{
    static const char *const of_up[] = {"down", "probe", "base", "history"};
    if (line->up.count == 0) {
        for (size_t i = 0; i < G_N_ELEMENTS(of_up); i++)
            if (yaml_get(map, of_up[i]) != NULL)
                return yaml_complain(&reader->source, yaml_get(map, of_up[i]), error,
                                     "\"%s\" goes with \"up\", the command that runs a migration.",
                                     of_up[i]);
        return true;
    }
    const struct yaml *up = yaml_get(map, "up");
    if (line->tool != NULL)
        return yaml_complain(&reader->source, up, error,
                             "\"up\" is for a tool whose files dbdoc does not read: leave out "
                             "\"up\", or \"tool\".");
    if (line->folder == NULL)
        return yaml_complain(&reader->source, up, error,
                             "\"up\" needs \"folder\", where the files of the migrations are.");
    return line->probe.count > 0 ||
           yaml_complain(
               &reader->source, up, error,
               "\"up\" needs \"probe\", a command of the same tool that asks the database "
               "something and changes nothing: it shows that the tool goes to the "
               "throw-away database, before a migration is run.");
}

/* Which tools there are is known to who reads their files. */
static bool
read_line(const struct reader *reader, const struct yaml *map, struct config_line *line,
          GError **error)
{
    struct written written = {.base = BASE};
    if (!yaml_bind(&reader->source, map, fields, &written, error) ||
        (written.folder != NULL &&
         !config_check_below(reader, "migrations", written.folder, error)) ||
        (written.history != NULL &&
         !yaml_names(reader->arena, &reader->source, written.history, &line->history, error)))
        return false;
    line->folder = written.folder;
    line->tool = written.tool;
    line->base = written.base;
    return read_command(reader, map, "up", &line->up, error) &&
           read_command(reader, map, "down", &line->down, error) &&
           read_command(reader, map, "probe", &line->probe, error) &&
           check_commands(reader, map, line, error);
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
