/* front_matter.c - finds the two lines, and reads the YAML between them. */
#include "notes/front_matter.h"

#include "base/text.h"
#include "base/yaml.h"

#include <stdlib.h>
#include <string.h>

#define SOURCE_NAME "note" /* in yaml's messages; the file's own name may hold anything */
#define LIMIT       ((size_t)16 * 1024)

/* What the keys hold, before it is looked at. */
struct fields {
    const char *object;
    const char *owner;
    const struct yaml *tags;
};

static const struct yaml_field known_fields[] = {
    {"object", YAML_TEXT, YAML_OPTIONAL, offsetof(struct fields, object)},
    {"owner", YAML_TEXT, YAML_OPTIONAL, offsetof(struct fields, owner)},
    {"tags", YAML_LIST, YAML_OPTIONAL, offsetof(struct fields, tags)},
    {0},
};

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

static const char *
keep_clean(struct arena *arena, const char *text)
{
    g_autofree char *clean = text_clean(text);
    return arena_text(arena, g_strstrip(clean), -1);
}

/* "table blog.posts", or "database" alone. */
static bool
read_object(struct arena *arena, const char *object, struct front_matter *front,
            struct complaint *complaint)
{
    const char *clean = keep_clean(arena, object);
    size_t length = strcspn(clean, " \t\n");
    g_autofree char *word = g_ascii_strdown(clean, (gssize)length);
    front->word = arena_text(arena, word, -1);
    front->path = clean + length + strspn(clean + length, " \t\n");
    if (g_str_equal(word, "database") && *front->path == '\0') {
        front->path = NULL;
        return true;
    }
    if (*front->path != '\0')
        return true;
    return complain(complaint, front->named_at,
                    "\"object\" takes a word and a name, such as \"table blog.posts\".");
}

static bool
read_fields(struct arena *arena, const struct yaml_source *source, struct fields *fields,
            struct front_matter *front, GError **error)
{
    struct yaml *document = NULL;
    if (!yaml_read(arena, source, &document, error) ||
        !yaml_bind(source, document, known_fields, fields, error) ||
        (fields->tags != NULL && !yaml_names(arena, source, fields->tags, &front->tags, error)))
        return false;
    if (fields->object != NULL)
        front->named_at = yaml_get(document, "object")->line + source->first_line - 1;
    return true;
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
    front->owner = text_is_empty(fields.owner) ? NULL : keep_clean(arena, fields.owner);
    for (size_t i = 0; i < front->tags.count; i++)
        front->tags.items[i] = keep_clean(arena, front->tags.items[i]);
    return text_is_empty(fields.object) || read_object(arena, fields.object, front, complaint);
}
