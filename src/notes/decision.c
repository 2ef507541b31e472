/* decision.c - the keys under `decision:`. */
#include "notes/decision.h"

#include "base/text.h"
#include "catalog/address.h"
#include "notes/named.h"

#include <string.h>

const char *const decision_status_words[] = {
    [DECISION_PROPOSED] = "proposed",     [DECISION_ACCEPTED] = "accepted",
    [DECISION_REJECTED] = "rejected",     [DECISION_DEPRECATED] = "deprecated",
    [DECISION_SUPERSEDED] = "superseded",
};

/* What the keys hold, before it is looked at. */
struct fields {
    const char *status;
    const char *date;
    const char *superseded_by;
    const struct yaml *alternatives;
    const struct yaml *objects;
};

static const struct yaml_field known_fields[] = {
    {"status", YAML_TEXT, YAML_REQUIRED, offsetof(struct fields, status)},
    {"date", YAML_TEXT, YAML_REQUIRED, offsetof(struct fields, date)},
    {"superseded-by", YAML_TEXT, YAML_OPTIONAL, offsetof(struct fields, superseded_by)},
    {"alternatives", YAML_LIST, YAML_OPTIONAL, offsetof(struct fields, alternatives)},
    {"objects", YAML_LIST, YAML_OPTIONAL, offsetof(struct fields, objects)},
    {0},
};

static unsigned
line_of(const struct yaml_source *source, const struct yaml *node)
{
    return node->line + source->first_line - 1;
}

static bool
read_status(const struct yaml_source *source, const struct yaml *map, const struct fields *fields,
            struct decision *decision, GError **error)
{
    for (size_t i = 0; i < G_N_ELEMENTS(decision_status_words); i++) {
        if (!g_str_equal(fields->status, decision_status_words[i]))
            continue;
        decision->status = (enum decision_status)i;
        return true;
    }
    return yaml_complain(source, yaml_get(map, "status"), error,
                         "\"status\" is proposed, accepted, rejected, deprecated or superseded.");
}

static bool
read_successor(struct arena *arena, const struct yaml_source *source, const struct yaml *map,
               const struct fields *fields, struct decision *decision, GError **error)
{
    const struct yaml *node = yaml_get(map, "superseded-by");
    if (text_is_empty(fields->superseded_by))
        return true;
    decision->superseded_by = note_keep_clean(arena, fields->superseded_by);
    decision->superseded_line = line_of(source, node);
    return decision->status == DECISION_SUPERSEDED ||
           yaml_complain(source, node, error,
                         "\"superseded-by\" goes with \"status: superseded\".");
}

static bool
read_objects(struct arena *arena, const struct yaml_source *source, const struct yaml *list,
             struct decision *decision, GError **error)
{
    struct names texts = {0};
    if (list == NULL)
        return true;
    if (!yaml_names(arena, source, list, &texts, error))
        return false;
    decision->object_count = texts.count;
    struct decision_object *objects = arena_array(arena, texts.count, sizeof *objects);
    decision->objects = objects;
    for (size_t i = 0; i < texts.count; i++) {
        const struct yaml *item = list->type == YAML_LIST ? list->items[i] : list;
        objects[i].line = line_of(source, item);
        if (!note_read_named(arena, texts.items[i], &objects[i].word, &objects[i].path) ||
            (objects[i].path != NULL && !address_word_is_known(objects[i].word)))
            return yaml_complain(source, item, error,
                                 "\"objects\" takes words and names, such as \"table "
                                 "blog.posts\".");
    }
    return true;
}

static bool
read_alternatives(struct arena *arena, const struct yaml_source *source, const struct yaml *list,
                  struct decision *decision, GError **error)
{
    struct names *names = &decision->alternatives;
    if (list == NULL)
        return true;
    if (!yaml_names(arena, source, list, names, error))
        return false;
    for (size_t i = 0; i < names->count; i++) {
        names->items[i] = note_keep_clean(arena, names->items[i]);
        if (text_is_empty(names->items[i]))
            return yaml_complain(source, list->type == YAML_LIST ? list->items[i] : list, error,
                                 "an alternative is empty. Say what else was thought of.");
    }
    return true;
}

bool
decision_read(struct arena *arena, const struct yaml_source *source, const struct yaml *map,
              struct decision **decision, GError **error)
{
    struct fields fields = {0};
    struct decision *read = arena_alloc(arena, sizeof *read);
    *read = (struct decision){0};
    *decision = read;
    if (!yaml_bind(source, map, known_fields, &fields, error) ||
        !read_status(source, map, &fields, read, error) ||
        !read_successor(arena, source, map, &fields, read, error) ||
        !read_objects(arena, source, fields.objects, read, error) ||
        !read_alternatives(arena, source, fields.alternatives, read, error))
        return false;
    read->date = note_keep_clean(arena, fields.date);
    return text_is_day(read->date) || yaml_complain(source, yaml_get(map, "date"), error,
                                                    "\"date\" takes a day such as 2025-05-06.");
}
