/* selection.c - groups and viewpoints: names, and patterns of tables. */
#include "config/selection.h"

#include "base/text.h"

#include <string.h>

/* An item of either list as it stands there. */
struct selection {
    const char *name;
    const char *title;
    const char *text;
    const struct yaml *tables;
};

static const struct yaml_field group_fields[] = {
    {"name", YAML_TEXT, YAML_REQUIRED, offsetof(struct selection, name)},
    {"tables", YAML_LIST, YAML_REQUIRED, offsetof(struct selection, tables)},
    {NULL, YAML_TEXT, YAML_OPTIONAL, 0},
};

static const struct yaml_field viewpoint_fields[] = {
    {"name", YAML_TEXT, YAML_REQUIRED, offsetof(struct selection, name)},
    {"title", YAML_TEXT, YAML_OPTIONAL, offsetof(struct selection, title)},
    {"text", YAML_TEXT, YAML_OPTIONAL, offsetof(struct selection, text)},
    {"tables", YAML_LIST, YAML_REQUIRED, offsetof(struct selection, tables)},
    {NULL, YAML_TEXT, YAML_OPTIONAL, 0},
};

static bool
check_name(const struct yaml_source *source, const struct yaml *list, size_t number,
           const char *name, GError **error)
{
    const struct yaml *node = yaml_get(list->items[number], "name");
    if (text_is_empty(name))
        return yaml_complain(source, node, error, "\"name\" is empty.");
    for (size_t i = 0; i < number; i++)
        if (g_str_equal(yaml_get(list->items[i], "name")->text, name))
            return yaml_complain(source, node, error,
                                 "\"%s\" is the name of line %u already. Choose another one.", name,
                                 list->items[i]->line);
    return true;
}

static bool
read_patterns(struct arena *arena, const struct yaml_source *source, const struct yaml *list,
              struct names *patterns, GError **error)
{
    if (list->count == 0)
        return yaml_complain(source, list, error, "\"tables\" names no table.");
    if (!yaml_names(arena, source, list, patterns, error))
        return false;
    for (size_t i = 0; i < patterns->count; i++)
        if (strchr(patterns->items[i], '.') == NULL)
            return yaml_complain(source, list->items[i], error,
                                 "\"%s\" has no dot. Write SCHEMA.TABLE, where * stands for any "
                                 "characters and ? for one.",
                                 patterns->items[i]);
    return true;
}

static bool
read_item(struct arena *arena, const struct yaml_source *source, const struct yaml *list,
          size_t number, const struct yaml_field *fields, struct config_viewpoint *item,
          GError **error)
{
    struct selection selection = {0};
    struct names patterns = {0};
    if (!yaml_bind(source, list->items[number], fields, &selection, error) ||
        !check_name(source, list, number, selection.name, error) ||
        !read_patterns(arena, source, selection.tables, &patterns, error))
        return false;
    *item = (struct config_viewpoint){
        .name = selection.name,
        .title = text_is_empty(selection.title) ? selection.name : selection.title,
        .text = text_is_empty(selection.text) ? NULL : selection.text,
        .pattern_count = patterns.count,
        .patterns = patterns.items,
        .line = list->items[number]->line,
    };
    return true;
}

bool
selection_read_groups(struct arena *arena, const struct yaml_source *source,
                      const struct yaml *list, struct config *config, GError **error)
{
    size_t count = list == NULL ? 0 : list->count;
    config->groups = arena_array(arena, count, sizeof *config->groups);
    for (size_t i = 0; i < count; i++) {
        struct config_viewpoint item;
        if (!read_item(arena, source, list, i, group_fields, &item, error))
            return false;
        config->groups[i] = (struct config_group){item.name, item.pattern_count, item.patterns,
                                                  item.line};
    }
    config->group_count = count;
    return true;
}

bool
selection_read_viewpoints(struct arena *arena, const struct yaml_source *source,
                          const struct yaml *list, struct config *config, GError **error)
{
    size_t count = list == NULL ? 0 : list->count;
    config->viewpoints = arena_array(arena, count, sizeof *config->viewpoints);
    for (size_t i = 0; i < count; i++)
        if (!read_item(arena, source, list, i, viewpoint_fields, &config->viewpoints[i], error))
            return false;
    config->viewpoint_count = count;
    return true;
}
