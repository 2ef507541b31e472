/* selection.c - subsets of the tables: what is documented, groups, viewpoints, labels. */
#include "config/reader.h"

#include "base/text.h"

#define TABLE_PARTS 2 /* schema and name; columns have one more */

/* An entry of any of the lists as it stands there. */
struct draft {
    const char *name;
    const char *title;
    const char *text;
    const struct yaml *members;
};

#define DRAFT_FIELD(key, member, type, need)                                                       \
    {                                                                                              \
        key, YAML_##type, YAML_##need, offsetof(struct draft, member)                              \
    }

static const struct yaml_field group_fields[] = {
    DRAFT_FIELD("name", name, TEXT, REQUIRED),
    DRAFT_FIELD("tables", members, LIST, REQUIRED),
    {NULL, YAML_TEXT, YAML_OPTIONAL, 0},
};

static const struct yaml_field viewpoint_fields[] = {
    DRAFT_FIELD("name", name, TEXT, REQUIRED), DRAFT_FIELD("title", title, TEXT, OPTIONAL),
    DRAFT_FIELD("text", text, TEXT, OPTIONAL), DRAFT_FIELD("tables", members, LIST, REQUIRED),
    {NULL, YAML_TEXT, YAML_OPTIONAL, 0},
};

static const struct yaml_field label_fields[] = {
    DRAFT_FIELD("name", name, TEXT, REQUIRED),
    DRAFT_FIELD("text", text, TEXT, OPTIONAL),
    DRAFT_FIELD("objects", members, LIST, REQUIRED),
    {NULL, YAML_TEXT, YAML_OPTIONAL, 0},
};

static bool
read_pattern(const struct reader *reader, const struct yaml *item, size_t parts,
             struct pattern *pattern, GError **error)
{
    if (item->type != YAML_TEXT)
        return yaml_complain(&reader->source, item, error, "expected a text.");
    if (!pattern_parse(reader->arena, item->text, pattern) || pattern->count > parts)
        return yaml_complain(&reader->source, item, error,
                             parts == TABLE_PARTS
                                 ? "\"%s\" names no tables. Write blog.posts, blog.* or \"a.b\".c."
                                 : "\"%s\" names no tables or columns. Write blog.posts, blog.* or "
                                   "blog.posts.body.",
                             item->text);
    pattern->line = item->line;
    return true;
}

static bool
read_patterns(const struct reader *reader, const struct yaml *list, size_t parts,
              struct patterns *patterns, GError **error)
{
    if (list->count == 0)
        return yaml_complain(&reader->source, list, error, "this list is empty.");
    patterns->items = arena_array(reader->arena, list->count, sizeof *patterns->items);
    patterns->count = list->count;
    for (size_t i = 0; i < list->count; i++)
        if (!read_pattern(reader, list->items[i], parts, &patterns->items[i], error))
            return false;
    return true;
}

bool
config_read_include(const struct reader *reader, const struct yaml *list, struct config *config,
                    GError **error)
{
    return read_patterns(reader, list, TABLE_PARTS, &config->include, error);
}

bool
config_read_exclude(const struct reader *reader, const struct yaml *list, struct config *config,
                    GError **error)
{
    return read_patterns(reader, list, TABLE_PARTS, &config->exclude, error);
}

/* Names are headings and addresses: two entries of a list cannot share one. */
static bool
check_name(const struct reader *reader, const struct yaml *list, size_t number, GError **error)
{
    const struct yaml *name = yaml_get(list->items[number], "name");
    if (text_is_empty(name->text))
        return yaml_complain(&reader->source, name, error, "\"name\" is empty.");
    for (size_t i = 0; i < number; i++)
        if (g_str_equal(yaml_get(list->items[i], "name")->text, name->text))
            return yaml_complain(&reader->source, name, error,
                                 "\"%s\" is the name of line %u already. Choose another one.",
                                 name->text, list->items[i]->line);
    return true;
}

/* The entry of this number, all but its members. */
static bool
read_draft(const struct reader *reader, const struct yaml *list, size_t number,
           const struct yaml_field *fields, struct draft *draft, GError **error)
{
    *draft = (struct draft){0};
    if (!yaml_bind(&reader->source, list->items[number], fields, draft, error) ||
        !check_name(reader, list, number, error))
        return false;
    if (text_is_empty(draft->title))
        draft->title = draft->name;
    if (text_is_empty(draft->text))
        draft->text = NULL;
    return true;
}

bool
config_read_groups(const struct reader *reader, const struct yaml *list, struct config *config,
                   GError **error)
{
    config->groups = arena_array(reader->arena, list->count, sizeof *config->groups);
    config->group_count = list->count;
    for (size_t i = 0; i < list->count; i++) {
        struct draft draft;
        struct config_group *group = &config->groups[i];
        if (!read_draft(reader, list, i, group_fields, &draft, error) ||
            !read_patterns(reader, draft.members, TABLE_PARTS, &group->tables, error))
            return false;
        group->name = draft.name;
        group->line = list->items[i]->line;
    }
    return true;
}

bool
config_read_viewpoints(const struct reader *reader, const struct yaml *list, struct config *config,
                       GError **error)
{
    config->viewpoints = arena_array(reader->arena, list->count, sizeof *config->viewpoints);
    config->viewpoint_count = list->count;
    for (size_t i = 0; i < list->count; i++) {
        struct draft draft;
        struct config_viewpoint *viewpoint = &config->viewpoints[i];
        if (!read_draft(reader, list, i, viewpoint_fields, &draft, error) ||
            !read_patterns(reader, draft.members, TABLE_PARTS, &viewpoint->tables, error))
            return false;
        viewpoint->name = draft.name;
        viewpoint->title = draft.title;
        viewpoint->text = draft.text;
        viewpoint->line = list->items[i]->line;
    }
    return true;
}

bool
config_read_labels(const struct reader *reader, const struct yaml *list, struct config *config,
                   GError **error)
{
    config->labels = arena_array(reader->arena, list->count, sizeof *config->labels);
    config->label_count = list->count;
    for (size_t i = 0; i < list->count; i++) {
        struct draft draft;
        struct config_label *label = &config->labels[i];
        if (!read_draft(reader, list, i, label_fields, &draft, error) ||
            !read_patterns(reader, draft.members, PATTERN_PARTS, &label->objects, error))
            return false;
        label->name = draft.name;
        label->text = draft.text;
        label->line = list->items[i]->line;
    }
    return true;
}
