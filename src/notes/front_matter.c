/* front_matter.c - finds the two lines, and reads the YAML between them. */
#include "notes/front_matter.h"

#include "base/text.h"
#include "base/yaml.h"
#include "notes/decision.h"
#include "notes/named.h"

#include <stdlib.h>
#include <string.h>

#define SOURCE_NAME "note" /* in yaml's messages; the file's own name may hold anything */
#define LIMIT       ((size_t)16 * 1024)

/* What the keys hold, before it is looked at. */
struct fields {
    const char *object;
    const char *hidden;
    const char *owner;
    const char *since;
    const char *review_by;
    const char *deprecated;
    const struct yaml *tags;
    const struct yaml *links;
    const struct yaml *queries;
    const struct yaml *accept;
    const struct yaml *decision;
};

#define KEYS_OF_OBJECTS                                                                            \
    {"owner", YAML_TEXT, YAML_OPTIONAL, offsetof(struct fields, owner)},                           \
        {"since", YAML_TEXT, YAML_OPTIONAL, offsetof(struct fields, since)},                       \
        {"review-by", YAML_TEXT, YAML_OPTIONAL, offsetof(struct fields, review_by)},               \
        {"deprecated", YAML_TEXT, YAML_OPTIONAL, offsetof(struct fields, deprecated)},             \
        {"tags", YAML_LIST, YAML_OPTIONAL, offsetof(struct fields, tags)},                         \
        {"links", YAML_LIST, YAML_OPTIONAL, offsetof(struct fields, links)},                       \
        {"queries", YAML_LIST, YAML_OPTIONAL, offsetof(struct fields, queries)},                   \
    {                                                                                              \
        "accept", YAML_LIST, YAML_OPTIONAL, offsetof(struct fields, accept)                        \
    }

static const struct yaml_field known_fields[] = {
    {"object", YAML_TEXT, YAML_OPTIONAL, offsetof(struct fields, object)},
    {"private", YAML_TEXT, YAML_OPTIONAL, offsetof(struct fields, hidden)},
    {"decision", YAML_MAP, YAML_OPTIONAL, offsetof(struct fields, decision)},
    KEYS_OF_OBJECTS,
    {0},
};

static const struct yaml_field part_fields[] = {KEYS_OF_OBJECTS, {0}};

static bool
complain(struct complaint *complaint, unsigned line, const char *words)
{
    *complaint = (struct complaint){line, words};
    return false;
}

/* From "note:3:1: words" to its parts. */
static bool
complain_of_yaml(struct arena *arena, struct complaint *complaint, const GError *error)
{
    const char *words = error->message + strlen(SOURCE_NAME ":");
    char *end = NULL;
    unsigned line = (unsigned)strtoul(words, &end, 10);
    const char *space = strchr(end, ' ');
    g_assert(space != NULL);
    g_autofree char *clean = text_clean(space + 1);
    return complain(complaint, line, arena_text(arena, clean, -1));
}

static bool
is_fence(const char *line, size_t length)
{
    return length >= 3 && strncmp(line, "---", 3) == 0 && strspn(line + 3, " \t") >= length - 3;
}

/* The YAML between the fences; false when the second one is missing. */
static bool
find_end(const char *text, const char **yaml, size_t *length, struct front_matter *front)
{
    const char *line = text + strcspn(text, "\n");
    *yaml = line + (*line == '\n');
    for (front->next_line = 2; *line != '\0'; front->next_line++) {
        line++;
        size_t bytes = strcspn(line, "\n");
        if (is_fence(line, bytes)) {
            *length = (size_t)(line - *yaml);
            line += bytes;
            front->end = (size_t)(line - text) + (*line == '\n');
            front->next_line++;
            return true;
        }
        line += bytes;
    }
    return false;
}

/* "table blog.posts", or "database" alone. */
static bool
read_object(struct arena *arena, const char *object, struct front_matter *front,
            struct complaint *complaint)
{
    if (note_read_named(arena, object, &front->word, &front->path))
        return true;
    return complain(complaint, front->named_at,
                    "\"object\" takes a word and a name, such as \"table blog.posts\".");
}

static const char *
keep_optional(struct arena *arena, const char *text)
{
    return text_is_empty(text) ? NULL : note_keep_clean(arena, text);
}

static bool
read_lists(struct arena *arena, const struct yaml_source *source, const struct fields *fields,
           struct note_facts *facts, GError **error)
{
    const struct {
        const struct yaml *list;
        struct names *names;
    } lists[] = {
        {fields->tags, &facts->tags},
        {fields->links, &facts->links},
        {fields->queries, &facts->queries},
        {fields->accept, &facts->accept},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(lists); i++) {
        struct names *names = lists[i].names;
        if (lists[i].list != NULL && !yaml_names(arena, source, lists[i].list, names, error))
            return false;
        for (size_t j = 0; j < names->count; j++)
            names->items[j] = note_keep_clean(arena, names->items[j]);
    }
    return true;
}

/* `line` is where the keys begin. */
static bool
read_facts(struct arena *arena, const struct fields *fields, unsigned line,
           struct note_facts *facts, struct complaint *complaint)
{
    facts->owner = keep_optional(arena, fields->owner);
    facts->since = keep_optional(arena, fields->since);
    facts->review_by = keep_optional(arena, fields->review_by);
    facts->deprecated = keep_optional(arena, fields->deprecated);
    if (facts->review_by != NULL && !text_is_day(facts->review_by))
        return complain(complaint, line, "\"review-by\" takes a day such as 2027-03-31.");
    for (size_t i = 0; i < facts->accept.count; i++)
        if (strstr(facts->accept.items[i], ": ") == NULL)
            return complain(complaint, line,
                            "\"accept\" takes rules, each with its reason: "
                            "\"fk-without-index: a few hundred rows\".");
    return true;
}

static bool
read_fields(struct arena *arena, const struct yaml_source *source, struct fields *fields,
            struct front_matter *front, GError **error)
{
    struct yaml *document = NULL;
    if (!yaml_read(arena, source, &document, error) ||
        !yaml_bind(source, document, known_fields, fields, error) ||
        !read_lists(arena, source, fields, &front->facts, error))
        return false;
    if (fields->object != NULL)
        front->named_at = yaml_get(document, "object")->line + source->first_line - 1;
    if (fields->decision == NULL)
        return true;
    if (fields->object != NULL)
        return yaml_complain(source, yaml_get(document, "object"), error,
                             "a decision names what it is about in its \"objects\".");
    if (fields->accept != NULL)
        return yaml_complain(source, yaml_get(document, "accept"), error,
                             "\"accept\" goes with \"object\": write it where that object's "
                             "note is.");
    return decision_read(arena, source, fields->decision, &front->decision, error);
}

static bool
read_private(const char *word, struct front_matter *front, struct complaint *complaint)
{
    if (word == NULL || *word == '\0' || g_str_equal(word, "false"))
        return true;
    front->is_private = g_str_equal(word, "true");
    return front->is_private || complain(complaint, 1, "\"private\" takes true or false.");
}

bool
front_matter_read(struct arena *arena, const char *text, struct front_matter *front,
                  struct complaint *complaint)
{
    *front = (struct front_matter){.next_line = 1};
    if (!is_fence(text, strcspn(text, "\n")))
        return true;
    struct yaml_source source = {.name = SOURCE_NAME, .first_line = 2};
    if (!find_end(text, &source.text, &source.length, front))
        return complain(complaint, 1,
                        "the front matter that begins here has no end. Close it with "
                        "a line \"---\".");
    if (source.length > LIMIT)
        return complain(complaint, 1, "its front matter is larger than 16 KiB");
    struct fields fields = {0};
    g_autoptr(GError) error = NULL;
    if (!read_fields(arena, &source, &fields, front, &error))
        return complain_of_yaml(arena, complaint, error);
    if (!read_facts(arena, &fields, 1, &front->facts, complaint) ||
        !read_private(fields.hidden, front, complaint))
        return false;
    return text_is_empty(fields.object) || read_object(arena, fields.object, front, complaint);
}

bool
front_matter_read_part(struct arena *arena, const char *yaml, size_t length, unsigned line,
                       struct note_facts *facts, struct complaint *complaint)
{
    const struct yaml_source source = {
        .name = SOURCE_NAME, .first_line = line, .text = yaml, .length = length};
    struct yaml *document = NULL;
    struct fields fields = {0};
    g_autoptr(GError) error = NULL;
    if (length > LIMIT)
        return complain(complaint, line, "its keys are larger than 16 KiB");
    if (!yaml_read(arena, &source, &document, &error) ||
        !yaml_bind(&source, document, part_fields, &fields, &error) ||
        !read_lists(arena, &source, &fields, facts, &error))
        return complain_of_yaml(arena, complaint, error);
    return read_facts(arena, &fields, line, facts, complaint);
}
