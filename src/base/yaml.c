/* yaml.c - libyaml's events become a small tree; field tables bind the tree to structs. */
#include "base/yaml.h"

#include "base/failure.h"
#include "base/json.h"
#include "base/text.h"

#include <stdarg.h>
#include <string.h>
#include <yaml.h>

#define DEPTH 32 /* nesting that a configuration file can need, with room to spare */

struct reader {
    struct arena *arena;
    const struct yaml_source *source;
    yaml_parser_t parser;
};

static bool
complain_at(const struct yaml_source *source, size_t line, size_t column, GError **error,
            const char *words)
{
    return failure_set(error, FAILURE_USAGE, "%s:%zu:%zu: %s", source->name,
                       line + source->first_line - 1, column, words);
}

bool
yaml_complain(const struct yaml_source *source, const struct yaml *node, GError **error,
              const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *words = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return complain_at(source, node->line, node->column, error, words);
}

static bool
next_event(struct reader *reader, yaml_event_t *event, GError **error)
{
    if (yaml_parser_parse(&reader->parser, event))
        return true;
    const yaml_parser_t *parser = &reader->parser;
    g_autofree char *words = g_strdup_printf(
        "this is not valid YAML: %s. Check quotes, colons and indentation here.",
        parser->problem != NULL ? parser->problem : "unreadable");
    return complain_at(reader->source, parser->problem_mark.line + 1,
                       parser->problem_mark.column + 1, error, words);
}

static struct yaml *
node_new(struct reader *reader, enum yaml_type type, const yaml_event_t *event)
{
    struct yaml *node = arena_alloc(reader->arena, sizeof *node);
    node->type = type;
    node->line = (unsigned)event->start_mark.line + 1;
    node->column = (unsigned)event->start_mark.column + 1;
    return node;
}

static bool
refuse_extras(struct reader *reader, const yaml_event_t *event, GError **error)
{
    const yaml_char_t *anchor = NULL;
    const yaml_char_t *tag = NULL;
    if (event->type == YAML_SCALAR_EVENT) {
        anchor = event->data.scalar.anchor;
        tag = event->data.scalar.tag;
    } else if (event->type == YAML_SEQUENCE_START_EVENT) {
        anchor = event->data.sequence_start.anchor;
        tag = event->data.sequence_start.tag;
    } else if (event->type == YAML_MAPPING_START_EVENT) {
        anchor = event->data.mapping_start.anchor;
        tag = event->data.mapping_start.tag;
    }
    if (anchor == NULL && tag == NULL && event->type != YAML_ALIAS_EVENT)
        return true;
    return complain_at(reader->source, event->start_mark.line + 1, event->start_mark.column + 1,
                       error, "anchors, aliases and tags are not used here. Write the value out.");
}

static struct yaml *read_node(struct reader *reader, yaml_event_t *event, unsigned depth,
                              GError **error);

static bool
check_key(const struct reader *reader, GHashTable *seen, const struct yaml *key, GError **error)
{
    if (key->type != YAML_TEXT)
        return yaml_complain(reader->source, key, error, "a key must be a word.");
    if (g_hash_table_add(seen, (gpointer)(guintptr)key->text))
        return true;
    return yaml_complain(reader->source, key, error, "\"%s\" stands here twice. Keep one of them.",
                         key->text);
}

static struct yaml **
keep_nodes(struct arena *arena, const GPtrArray *nodes)
{
    struct yaml **kept = arena_array(arena, nodes->len, sizeof *kept);
    if (nodes->len > 0)
        memcpy(kept, nodes->pdata, nodes->len * sizeof *kept);
    return kept;
}

/* Reads children up to the end event. In a map, keys and values alternate. */
static bool
read_children(struct reader *reader, struct yaml *parent, unsigned depth, GError **error)
{
    g_autoptr(GPtrArray) items = g_ptr_array_new();
    g_autoptr(GPtrArray) keys = g_ptr_array_new();
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    bool at_key = parent->type == YAML_MAP;
    for (;;) {
        yaml_event_t event;
        if (!next_event(reader, &event, error))
            return false;
        bool ends = event.type == YAML_SEQUENCE_END_EVENT || event.type == YAML_MAPPING_END_EVENT;
        struct yaml *node = ends ? NULL : read_node(reader, &event, depth, error);
        yaml_event_delete(&event);
        if (ends)
            break;
        if (node == NULL)
            return false;
        if (at_key && !check_key(reader, seen, node, error))
            return false;
        g_ptr_array_add(at_key ? keys : items, node);
        at_key = parent->type == YAML_MAP && !at_key;
    }
    parent->count = items->len;
    parent->items = keep_nodes(reader->arena, items);
    parent->keys = keep_nodes(reader->arena, keys);
    return true;
}

static struct yaml *
read_scalar(struct reader *reader, const yaml_event_t *event, GError **error)
{
    struct yaml *node = node_new(reader, YAML_TEXT, event);
    const char *value = (const char *)event->data.scalar.value;
    size_t length = event->data.scalar.length;
    if (memchr(value, '\0', length) != NULL) {
        yaml_complain(reader->source, node, error, "a text cannot hold the character \"\\0\".");
        return NULL;
    }
    node->text = arena_text(reader->arena, value, (gssize)length);
    return node;
}

/* The node that begins with this event; NULL on error. */
static struct yaml *
read_node(struct reader *reader, yaml_event_t *event, unsigned depth, GError **error)
{
    if (!refuse_extras(reader, event, error))
        return NULL;
    if (depth >= DEPTH) {
        complain_at(reader->source, event->start_mark.line + 1, event->start_mark.column + 1, error,
                    "this is nested too deeply.");
        return NULL;
    }
    if (event->type == YAML_SCALAR_EVENT)
        return read_scalar(reader, event, error);
    bool is_map = event->type == YAML_MAPPING_START_EVENT;
    struct yaml *node = node_new(reader, is_map ? YAML_MAP : YAML_LIST, event);
    return read_children(reader, node, depth + 1, error) ? node : NULL;
}

static bool
read_document(struct reader *reader, struct yaml **document, GError **error)
{
    *document = NULL;
    for (bool ended = false; !ended;) {
        yaml_event_t event;
        if (!next_event(reader, &event, error))
            return false;
        bool good = true;
        switch ((int)event.type) {
        case YAML_STREAM_START_EVENT:
        case YAML_DOCUMENT_START_EVENT:
        case YAML_DOCUMENT_END_EVENT:
            break;
        case YAML_STREAM_END_EVENT:
            ended = true;
            break;
        default:
            good = *document == NULL || complain_at(reader->source, event.start_mark.line + 1,
                                                    event.start_mark.column + 1, error,
                                                    "a second document starts here.");
            if (good)
                good = (*document = read_node(reader, &event, 0, error)) != NULL;
        }
        yaml_event_delete(&event);
        if (!good)
            return false;
    }
    return true;
}

/* Not so is "accept:" with nothing behind it, as in a file whose entries are all commented out. */
static bool
is_filled(const struct yaml *value)
{
    return value != NULL && (value->type != YAML_TEXT || *value->text != '\0');
}

bool
yaml_read(struct arena *arena, const struct yaml_source *source, struct yaml **document,
          GError **error)
{
    struct reader reader = {.arena = arena, .source = source};
    g_assert(yaml_parser_initialize(&reader.parser));
    yaml_parser_set_input_string(&reader.parser, (const unsigned char *)source->text,
                                 source->length);
    bool done = read_document(&reader, document, error);
    yaml_parser_delete(&reader.parser);
    if (done && !is_filled(*document)) {
        *document = arena_alloc(arena, sizeof **document);
        **document = (struct yaml){.type = YAML_MAP, .line = 1, .column = 1};
    }
    return done;
}

const struct yaml *
yaml_get(const struct yaml *map, const char *key)
{
    for (size_t i = 0; i < map->count; i++)
        if (g_str_equal(map->keys[i]->text, key))
            return map->items[i];
    return NULL;
}

static const char *const type_words[] = {
    [YAML_TEXT] = "a text",
    [YAML_LIST] = "a list",
    [YAML_MAP] = "a group of keys",
    [YAML_MAP_OR_LIST] = "a group of keys or a list of groups",
};

static bool
takes(const struct yaml_field *field, const struct yaml *value)
{
    return field->type == value->type ||
           (field->type == YAML_MAP_OR_LIST && value->type != YAML_TEXT);
}

static bool
complain_unknown(const struct yaml_source *source, const struct yaml *key,
                 const struct yaml_field *fields, GError **error)
{
    g_autoptr(GPtrArray) known = g_ptr_array_new();
    g_autoptr(GString) list = g_string_new(NULL);
    for (const struct yaml_field *field = fields; field->key != NULL; field++) {
        g_ptr_array_add(known, (gpointer)(guintptr)field->key);
        g_string_append_printf(list, "%s%s", list->len > 0 ? ", " : "", field->key);
    }
    g_ptr_array_add(known, NULL);
    const char *near = text_nearest(key->text, (const char *const *)known->pdata);
    if (near != NULL)
        return yaml_complain(source, key, error, "there is no key \"%s\". Did you mean \"%s\"?",
                             key->text, near);
    return yaml_complain(source, key, error, "there is no key \"%s\". Known here: %s.", key->text,
                         list->str);
}

static const struct yaml_field *
find_field(const struct yaml_field *fields, const char *key)
{
    for (; fields->key != NULL; fields++)
        if (g_str_equal(fields->key, key))
            return fields;
    return NULL;
}

bool
yaml_bind(const struct yaml_source *source, const struct yaml *map, const struct yaml_field *fields,
          void *target, GError **error)
{
    if (map->type != YAML_MAP)
        return yaml_complain(source, map, error, "expected keys and values, found %s.",
                             type_words[map->type]);
    for (size_t i = 0; i < map->count; i++) {
        const struct yaml *value = map->items[i];
        const struct yaml_field *field = find_field(fields, map->keys[i]->text);
        if (field == NULL)
            return complain_unknown(source, map->keys[i], fields, error);
        if (!is_filled(value))
            continue;
        if (!takes(field, value))
            return yaml_complain(source, value, error, "\"%s\" takes %s, found %s.", field->key,
                                 type_words[field->type], type_words[value->type]);
        const void *filling = field->type == YAML_TEXT ? (const void *)value->text : value;
        memcpy((char *)target + field->offset, &filling, sizeof filling);
    }
    for (const struct yaml_field *field = fields; field->key != NULL; field++)
        if (field->need == YAML_REQUIRED && !is_filled(yaml_get(map, field->key)))
            return yaml_complain(source, map, error, "\"%s\" is missing here.", field->key);
    return true;
}

bool
yaml_names(struct arena *arena, const struct yaml_source *source, const struct yaml *node,
           struct names *names, GError **error)
{
    if (node->type == YAML_MAP)
        return yaml_complain(source, node, error, "expected a text or a list of texts.");
    names->count = node->type == YAML_TEXT ? 1 : node->count;
    names->items = arena_array(arena, names->count, sizeof *names->items);
    for (size_t i = 0; i < names->count; i++) {
        const struct yaml *item = node->type == YAML_TEXT ? node : node->items[i];
        if (item->type != YAML_TEXT)
            return yaml_complain(source, item, error, "expected a text.");
        names->items[i] = item->text;
    }
    return true;
}

static bool
is_plain(const char *text)
{
    return g_ascii_isalnum(*text) &&
           text[strspn(text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_./-")] == '\0';
}

/* Whether the file "text: WRITTEN" holds the text. */
static bool
reads_back(const char *written, const char *text)
{
    g_autofree char *file = g_strdup_printf("text: %s\n", written);
    const struct yaml_source source = {"", file, strlen(file), 1};
    struct arena *arena = arena_new();
    struct yaml *map = NULL;
    const struct yaml *value = yaml_read(arena, &source, &map, NULL) ? yaml_get(map, "text") : NULL;
    bool same = value != NULL && value->type == YAML_TEXT && g_str_equal(value->text, text);
    arena_free(arena);
    return same;
}

char *
yaml_scalar(const char *text)
{
    g_autofree char *clean = text_clean(text);
    if (is_plain(text))
        return g_strdup(text);
    if (!g_str_equal(clean, text) || strpbrk(text, "\t\n") != NULL)
        return NULL;
    g_autoptr(GString) quoted = g_string_new(NULL);
    json_append_quoted(quoted, text); /* double quotes mean the same in YAML */
    return reads_back(quoted->str, text) ? g_string_free(g_steal_pointer(&quoted), FALSE) : NULL;
}
