/* config.c - dbdoc.yml through field tables, then the few rules that a table cannot say. */
#include "config/config.h"

#include "base/failure.h"
#include "base/files.h"
#include "base/text.h"
#include "base/yaml.h"
#include "config/selection.h"

#include <string.h>
#include <unistd.h>

#define FILE_NAME       "dbdoc.yml"
#define FILE_LIMIT      ((size_t)1024 * 1024)
#define LOAD_SECONDS    300
#define LOAD_MEGABYTES  2048
#define MOST_SECONDS    86400
#define MOST_MEGABYTES  1048576
#define DATE_LENGTH     10 /* "2027-03-31" */
#define FIRST_YEAR      2000
#define VARIABLE_OPENER "${"

/* One reading of the file. */
struct reader {
    struct arena *arena;
    struct yaml_source source;
    char **environment;
    const struct yaml *map; /* the whole file */
};

struct document {
    const char *title;
    const char *intro;
    const char *database;
    const char *notes;
    const char *output;
    const struct yaml *accept;
    const struct yaml *groups;
    const struct yaml *viewpoints;
    const struct yaml *limits;
};

static const struct yaml_field document_fields[] = {
    {"title", YAML_TEXT, YAML_OPTIONAL, offsetof(struct document, title)},
    {"intro", YAML_TEXT, YAML_OPTIONAL, offsetof(struct document, intro)},
    {"database", YAML_TEXT, YAML_OPTIONAL, offsetof(struct document, database)},
    {"notes", YAML_TEXT, YAML_OPTIONAL, offsetof(struct document, notes)},
    {"output", YAML_TEXT, YAML_OPTIONAL, offsetof(struct document, output)},
    {"accept", YAML_LIST, YAML_OPTIONAL, offsetof(struct document, accept)},
    {"groups", YAML_LIST, YAML_OPTIONAL, offsetof(struct document, groups)},
    {"viewpoints", YAML_LIST, YAML_OPTIONAL, offsetof(struct document, viewpoints)},
    {"limits", YAML_MAP, YAML_OPTIONAL, offsetof(struct document, limits)},
    {NULL, YAML_TEXT, YAML_OPTIONAL, 0},
};

static const struct yaml_field acceptance_fields[] = {
    {"rule", YAML_TEXT, YAML_REQUIRED, offsetof(struct acceptance, slug)},
    {"object", YAML_TEXT, YAML_OPTIONAL, offsetof(struct acceptance, object)},
    {"reason", YAML_TEXT, YAML_REQUIRED, offsetof(struct acceptance, reason)},
    {"until", YAML_TEXT, YAML_OPTIONAL, offsetof(struct acceptance, until)},
    {NULL, YAML_TEXT, YAML_OPTIONAL, 0},
};

struct limits {
    const char *seconds;
    const char *megabytes;
};

static const struct yaml_field limit_fields[] = {
    {"seconds", YAML_TEXT, YAML_OPTIONAL, offsetof(struct limits, seconds)},
    {"megabytes", YAML_TEXT, YAML_OPTIONAL, offsetof(struct limits, megabytes)},
    {NULL, YAML_TEXT, YAML_OPTIONAL, 0},
};

/* Appends the variable whose name starts at `name`; returns what stands behind its "}". */
static const char *
append_variable(const struct reader *reader, const struct yaml *node, const char *name,
                GString *text, GError **error)
{
    size_t length = strspn(name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_");
    if (length == 0 || name[length] != '}') {
        yaml_complain(&reader->source, node, error,
                      "\"${\" must be followed by the name of an environment variable and \"}\".");
        return NULL;
    }
    g_autofree char *variable = g_strndup(name, length);
    const char *value = g_environ_getenv(reader->environment, variable);
    if (text_is_empty(value)) {
        yaml_complain(&reader->source, node, error,
                      "the environment variable %s is not set or empty. Set it, or write the "
                      "database here without it.",
                      variable);
        return NULL;
    }
    g_string_append(text, value);
    return name + length + 1;
}

static bool
expand_database(const struct reader *reader, struct config *config, GError **error)
{
    const struct yaml *node = yaml_get(reader->map, "database");
    g_autoptr(GString) text = g_string_new(NULL);
    for (const char *c = config->database; *c != '\0';) {
        const char *opener = strstr(c, VARIABLE_OPENER);
        g_string_append_len(text, c, opener == NULL ? -1 : opener - c);
        if (opener == NULL)
            break;
        c = append_variable(reader, node, opener + strlen(VARIABLE_OPENER), text, error);
        if (c == NULL)
            return false;
    }
    config->database = arena_text(reader->arena, text->str, (gssize)text->len);
    return true;
}

/* What is read from the repository lies below its root. */
static bool
check_below(const struct reader *reader, const char *key, const char *path, GError **error)
{
    g_auto(GStrv) parts = g_strsplit(path, "/", -1);
    if (!g_path_is_absolute(path) && !g_strv_contains((const char *const *)parts, ".."))
        return true;
    return yaml_complain(&reader->source, yaml_get(reader->map, key), error,
                         "\"%s\" must be a path below the folder of this file, without \"..\".",
                         key);
}

static bool
is_date(const char *text)
{
    unsigned parts[3] = {0};
    size_t part = 0;
    for (size_t i = 0; i < DATE_LENGTH; i++) {
        bool dash = i == 4 || i == 7;
        if (dash ? text[i] != '-' : !g_ascii_isdigit(text[i]))
            return false;
        if (dash)
            part++;
        else
            parts[part] = parts[part] * 10 + (unsigned)g_ascii_digit_value(text[i]);
    }
    return text[DATE_LENGTH] == '\0' && parts[0] >= FIRST_YEAR &&
           g_date_valid_dmy((GDateDay)parts[2], (GDateMonth)parts[1], (GDateYear)parts[0]);
}

static bool
read_acceptance(const struct reader *reader, const struct yaml *item, struct acceptance *acceptance,
                GError **error)
{
    if (!yaml_bind(&reader->source, item, acceptance_fields, acceptance, error))
        return false;
    acceptance->line = item->line;
    if (text_is_empty(acceptance->reason))
        return yaml_complain(&reader->source, yaml_get(item, "reason"), error,
                             "\"reason\" is empty. Say why this finding is fine.");
    if (acceptance->until != NULL && !is_date(acceptance->until))
        return yaml_complain(&reader->source, yaml_get(item, "until"), error,
                             "\"until\" takes a date such as 2027-03-31, found \"%s\".",
                             acceptance->until);
    return true;
}

static bool
read_acceptances(const struct reader *reader, const struct yaml *list, struct config *config,
                 GError **error)
{
    config->acceptances = arena_array(reader->arena, list->count, sizeof *config->acceptances);
    config->acceptance_count = list->count;
    for (size_t i = 0; i < list->count; i++)
        if (!read_acceptance(reader, list->items[i], &config->acceptances[i], error))
            return false;
    return true;
}

static bool
read_number(const struct reader *reader, const struct yaml *node, guint64 most, unsigned *number,
            GError **error)
{
    guint64 value = 0;
    if (!g_ascii_string_to_unsigned(node->text, 10, 1, most, &value, NULL))
        return yaml_complain(&reader->source, node, error,
                             "expected a whole number from 1 to %" G_GUINT64_FORMAT
                             ", found \"%s\".",
                             most, node->text);
    *number = (unsigned)value;
    return true;
}

static bool
read_limits(const struct reader *reader, const struct yaml *map, struct config *config,
            GError **error)
{
    struct limits limits = {0};
    return yaml_bind(&reader->source, map, limit_fields, &limits, error) &&
           (limits.seconds == NULL || read_number(reader, yaml_get(map, "seconds"), MOST_SECONDS,
                                                  &config->load_seconds, error)) &&
           (limits.megabytes == NULL ||
            read_number(reader, yaml_get(map, "megabytes"), MOST_MEGABYTES, &config->load_megabytes,
                        error));
}

static bool
read_document(struct reader *reader, struct config *config, GError **error)
{
    struct yaml *map = NULL;
    struct document document = {.notes = config->notes, .output = config->output};
    if (!yaml_read(reader->arena, &reader->source, &map, error) ||
        !yaml_bind(&reader->source, map, document_fields, &document, error))
        return false;
    reader->map = map;
    config->title = document.title;
    config->intro = document.intro;
    config->database = document.database;
    config->notes = document.notes;
    config->output = document.output;
    return (config->database == NULL || expand_database(reader, config, error)) &&
           (config->intro == NULL || check_below(reader, "intro", config->intro, error)) &&
           check_below(reader, "notes", config->notes, error) &&
           (document.accept == NULL || read_acceptances(reader, document.accept, config, error)) &&
           selection_read_groups(reader->arena, &reader->source, document.groups, config, error) &&
           selection_read_viewpoints(reader->arena, &reader->source, document.viewpoints, config,
                                     error) &&
           (document.limits == NULL || read_limits(reader, document.limits, config, error));
}

static struct config *
config_new(struct arena *arena)
{
    struct config *config = arena_alloc(arena, sizeof *config);
    *config = (struct config){
        .root = ".",
        .notes = "notes",
        .output = "site",
        .load_seconds = LOAD_SECONDS,
        .load_megabytes = LOAD_MEGABYTES,
    };
    return config;
}

/* Paths in the file start at its folder, wherever dbdoc was started. */
static void
set_place(struct arena *arena, const char *path, struct config *config)
{
    g_autofree char *root = g_path_get_dirname(path);
    config->file = arena_text(arena, path, -1);
    config->root = arena_text(arena, root, -1);
    if (g_str_equal(root, ".") || g_path_is_absolute(config->output))
        return;
    g_autofree char *output = g_build_filename(root, config->output, NULL);
    config->output = arena_text(arena, output, -1);
}

struct config *
config_read(struct arena *arena, const char *path, char **environment, GError **error)
{
    struct config *config = config_new(arena);
    if (path == NULL && access(FILE_NAME, F_OK) != 0)
        return config;
    GString *text = NULL;
    bool done = path == NULL ? file_read_below(".", FILE_NAME, FILE_LIMIT, &text, error)
                             : file_read(path, FILE_LIMIT, &text, error);
    if (!done)
        return NULL;
    const char *name = path != NULL ? path : FILE_NAME;
    struct reader reader = {
        .arena = arena,
        .source = {.name = name, .text = text->str, .length = text->len, .first_line = 1},
        .environment = environment,
    };
    done = read_document(&reader, config, error);
    g_string_free(text, TRUE);
    if (!done)
        return NULL;
    set_place(arena, name, config);
    return config;
}
