/* config.c - dbdoc.yml through field tables, then the few rules that a table cannot say. */
#include "config/reader.h"

#include "base/failure.h"
#include "base/files.h"
#include "base/text.h"

#include <string.h>

#define FILE_NAME       "dbdoc.yml"
#define FILE_LIMIT      ((size_t)1024 * 1024)
#define LOAD_SECONDS    300
#define LOAD_MEGABYTES  2048
#define MOST_SECONDS    86400
#define MOST_MEGABYTES  1048576
#define MOST_MAJOR      99
#define VARIABLE_OPENER "${"
#define LANGUAGE        "en"

/* Every key of the file. */
#define DOCUMENT(KEY)                                                                              \
    KEY(TEXT, title)                                                                               \
    KEY(TEXT, url)                                                                                 \
    KEY(TEXT, logo)                                                                                \
    KEY(TEXT, intro)                                                                               \
    KEY(TEXT, database)                                                                            \
    KEY(TEXT, observations)                                                                        \
    KEY(MAP_OR_LIST, migrations)                                                                   \
    KEY(TEXT, notes)                                                                               \
    KEY(TEXT, queries)                                                                             \
    KEY(LIST, workload)                                                                            \
    KEY(TEXT, statistics)                                                                          \
    KEY(TEXT, output)                                                                              \
    KEY(TEXT, theme)                                                                               \
    KEY(TEXT, templates)                                                                           \
    KEY(TEXT, profile)                                                                             \
    KEY(TEXT, tenants)                                                                             \
    KEY(TEXT, libraries)                                                                           \
    KEY(TEXT, publish)                                                                             \
    KEY(TEXT, language)                                                                            \
    KEY(LIST, include)                                                                             \
    KEY(LIST, exclude)                                                                             \
    KEY(LIST, groups)                                                                              \
    KEY(LIST, viewpoints)                                                                          \
    KEY(LIST, labels)                                                                              \
    KEY(LIST, footer)                                                                              \
    KEY(LIST, accept)                                                                              \
    KEY(MAP, coverage)                                                                             \
    KEY(MAP, connections)                                                                          \
    KEY(MAP, limits)                                                                               \
    KEY(MAP, rehearsal)

#define VALUE_TEXT                 const char *
#define VALUE_LIST                 const struct yaml *
#define VALUE_MAP                  const struct yaml *
#define VALUE_MAP_OR_LIST          const struct yaml *
#define DOCUMENT_MEMBER(type, key) VALUE_##type key;
#define DOCUMENT_FIELD(type, key)                                                                  \
    {#key, YAML_##type, YAML_OPTIONAL, offsetof(struct document, key)},

struct document {
    DOCUMENT(DOCUMENT_MEMBER)
};

static const struct yaml_field document_fields[] = {
    DOCUMENT(DOCUMENT_FIELD){NULL, YAML_TEXT, YAML_OPTIONAL, 0},
};

/* In the order of model/coverage. */
#define COVERAGE(KEY)                                                                              \
    KEY(tables)                                                                                    \
    KEY(views)                                                                                     \
    KEY(columns)                                                                                   \
    KEY(indexes)                                                                                   \
    KEY(constraints)                                                                               \
    KEY(functions)                                                                                 \
    KEY(triggers)                                                                                  \
    KEY(types)

#define COVERAGE_MEMBER(key) const char *key;
#define COVERAGE_FIELD(key)  {#key, YAML_TEXT, YAML_OPTIONAL, offsetof(struct coverage, key)},

struct coverage {
    COVERAGE(COVERAGE_MEMBER)
};

static const struct yaml_field coverage_fields[] = {
    COVERAGE(COVERAGE_FIELD){NULL, YAML_TEXT, YAML_OPTIONAL, 0},
};

struct connections {
    const char *pool;
    const char *nodes;
    const char *maximum;
    const char *reserved;
};

static const struct yaml_field connection_fields[] = {
    {"pool", YAML_TEXT, YAML_REQUIRED, offsetof(struct connections, pool)},
    {"nodes", YAML_TEXT, YAML_REQUIRED, offsetof(struct connections, nodes)},
    {"maximum", YAML_TEXT, YAML_OPTIONAL, offsetof(struct connections, maximum)},
    {"reserved", YAML_TEXT, YAML_OPTIONAL, offsetof(struct connections, reserved)},
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

struct rehearsal {
    const char *postgresql;
    const char *server;
    const char *shared;
};

static const struct yaml_field rehearsal_fields[] = {
    {"postgresql", YAML_TEXT, YAML_OPTIONAL, offsetof(struct rehearsal, postgresql)},
    {"server", YAML_TEXT, YAML_OPTIONAL, offsetof(struct rehearsal, server)},
    {"shared", YAML_TEXT, YAML_OPTIONAL, offsetof(struct rehearsal, shared)},
    {NULL, YAML_TEXT, YAML_OPTIONAL, 0},
};

/* A value on its way to a text without variables. */
struct expansion {
    const struct reader *reader;
    const struct yaml *node;
    GString *text;
    char *lacks; /* a variable that is not set or empty; NULL: none */
};

/* Appends the variable whose name starts at `name`; returns what stands behind its "}". */
static const char *
append_variable(struct expansion *expansion, const char *name, GError **error)
{
    size_t length = strspn(name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_");
    if (length == 0 || name[length] != '}') {
        yaml_complain(&expansion->reader->source, expansion->node, error,
                      "\"${\" must be followed by the name of an environment variable and \"}\".");
        return NULL;
    }
    g_autofree char *variable = g_strndup(name, length);
    if (expansion->reader->environment == NULL) {
        g_string_append_printf(expansion->text, VARIABLE_OPENER "%s}", variable);
        return name + length + 1;
    }
    const char *value = g_environ_getenv(expansion->reader->environment, variable);
    if (text_is_empty(value) && expansion->lacks == NULL)
        expansion->lacks = g_steal_pointer(&variable);
    else
        g_string_append(expansion->text, value != NULL ? value : "");
    return name + length + 1;
}

static bool
expand(struct expansion *expansion, GError **error)
{
    for (const char *c = expansion->node->text; c != NULL && *c != '\0';) {
        const char *opener = strstr(c, VARIABLE_OPENER);
        g_string_append_len(expansion->text, c, opener == NULL ? -1 : opener - c);
        if (opener == NULL)
            return true;
        c = append_variable(expansion, opener + strlen(VARIABLE_OPENER), error);
        if (c == NULL)
            return false;
    }
    return true;
}

/* What lacks stops only whoever wants that database. */
static bool
expand_database(const struct reader *reader, struct config *config, GError **error)
{
    g_autoptr(GError) problem = NULL;
    g_autoptr(GString) text = g_string_new(NULL);
    struct expansion expansion = {reader, yaml_get(reader->map, "database"), text, NULL};
    bool good = expand(&expansion, error);
    g_autofree char *lacks = expansion.lacks;
    if (!good)
        return false;
    config->database = arena_text(reader->arena, text->str, (gssize)text->len);
    if (lacks == NULL)
        return true;
    yaml_complain(&reader->source, expansion.node, &problem,
                  "the environment variable %s is not set or empty. Set it, or write the database "
                  "here without it.",
                  lacks);
    config->database_problem = arena_text(reader->arena, problem->message, -1);
    return true;
}

/* Where a variable is not set, as on a machine that is no CI's, no server is lent. */
static bool
expand_server(const struct reader *reader, const struct yaml *node, struct config *config,
              GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    struct expansion expansion = {reader, node, text, NULL};
    bool good = expand(&expansion, error);
    g_autofree char *lacks = expansion.lacks;
    if (!good)
        return false;
    if (lacks == NULL)
        config->rehearsal.server = arena_text(reader->arena, text->str, (gssize)text->len);
    return true;
}

/* What is read from the repository lies below its root. */
bool
config_check_below(const struct reader *reader, const char *key, const char *path, GError **error)
{
    g_auto(GStrv) parts = g_strsplit(path, "/", -1);
    if (!g_path_is_absolute(path) && !g_strv_contains((const char *const *)parts, ".."))
        return true;
    return yaml_complain(&reader->source, yaml_get(reader->map, key), error,
                         "\"%s\" must be a path below the folder of this file, without \"..\".",
                         key);
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

#define MOST_PERCENT     100
#define MOST_CONNECTIONS 100000
#define RESERVED         3

static bool
read_coverage(const struct reader *reader, const struct yaml *map, struct config *config,
              GError **error)
{
    struct coverage coverage = {0};
    if (!yaml_bind(&reader->source, map, coverage_fields, &coverage, error))
        return false;
    config->coverage_line = map->line;
    for (size_t i = 0; coverage_fields[i].key != NULL; i++) {
        const struct yaml *node = yaml_get(map, coverage_fields[i].key);
        if (node != NULL && !read_number(reader, node, MOST_PERCENT, &config->coverage[i], error))
            return false;
    }
    return true;
}

static bool
read_connections(const struct reader *reader, const struct yaml *map, struct config *config,
                 GError **error)
{
    struct connections connections = {0};
    struct config_connections *result = &config->connections;
    if (!yaml_bind(&reader->source, map, connection_fields, &connections, error))
        return false;
    unsigned *const members[] = {&result->pool, &result->nodes, &result->maximum,
                                 &result->reserved};
    result->reserved = RESERVED;
    result->line = map->line;
    for (size_t i = 0; connection_fields[i].key != NULL; i++) {
        const struct yaml *node = yaml_get(map, connection_fields[i].key);
        if (node != NULL && !read_number(reader, node, MOST_CONNECTIONS, members[i], error))
            return false;
    }
    return true;
}

static bool
read_choice(const struct reader *reader, const struct yaml *node, bool *chosen, GError **error)
{
    *chosen = g_str_equal(node->text, "true");
    return *chosen || g_str_equal(node->text, "false") ||
           yaml_complain(&reader->source, node, error, "expected true or false, found \"%s\".",
                         node->text);
}

static bool
read_rehearsal(const struct reader *reader, const struct yaml *map, struct config *config,
               GError **error)
{
    struct rehearsal rehearsal = {0};
    struct config_rehearsal *result = &config->rehearsal;
    return yaml_bind(&reader->source, map, rehearsal_fields, &rehearsal, error) &&
           (rehearsal.postgresql == NULL ||
            read_number(reader, yaml_get(map, "postgresql"), MOST_MAJOR, &result->major, error)) &&
           (rehearsal.server == NULL ||
            expand_server(reader, yaml_get(map, "server"), config, error)) &&
           (rehearsal.shared == NULL ||
            read_choice(reader, yaml_get(map, "shared"), &result->shared, error));
}

/* Paths of the repository. */
static bool
read_paths(const struct reader *reader, const struct document *document, struct config *config,
           GError **error)
{
    const struct {
        const char *key;
        const char *value;
        const char **member;
    } paths[] = {
        {"logo", document->logo, &config->logo},
        {"intro", document->intro, &config->intro},
        {"observations", document->observations, &config->observations},
        {"notes", document->notes, &config->notes},
        {"queries", document->queries, &config->queries},
        {"statistics", document->statistics, &config->statistics},
        {"theme", document->theme, &config->theme},
        {"templates", document->templates, &config->templates},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
        if (paths[i].value == NULL)
            continue;
        if (!config_check_below(reader, paths[i].key, paths[i].value, error))
            return false;
        *paths[i].member = paths[i].value;
    }
    return true;
}

/* Only formats that every browser shows and that a page may hold as a picture. */
static bool
check_logo(const struct reader *reader, const struct config *config, GError **error)
{
    static const char *const endings[] = {".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif"};
    if (config->logo == NULL)
        return true;
    for (size_t i = 0; i < G_N_ELEMENTS(endings); i++)
        if (g_str_has_suffix(config->logo, endings[i]))
            return true;
    return yaml_complain(
        &reader->source, yaml_get(reader->map, "logo"), error,
        "\"logo\" takes a picture (.svg, .png, .jpg, .webp or .gif), found \"%s\".", config->logo);
}

static bool
read_language(const struct reader *reader, const char *tag, struct config *config, GError **error)
{
    g_autoptr(GString) known = g_string_new(NULL);
    if (tag == NULL)
        return true;
    config->language = language_find(tag);
    if (config->language != NULL)
        return true;
    for (const struct language *language = languages; language->tag != NULL; language++)
        g_string_append_printf(known, "%s%s", known->len > 0 ? ", " : "", language->tag);
    return yaml_complain(&reader->source, yaml_get(reader->map, "language"), error,
                         "\"language\" takes one of %s, found \"%s\".", known->str, tag);
}

const char *const profile_words[] = {
    [PROFILE_DEFAULT] = "default", [PROFILE_ECTO] = "ecto", [PROFILE_STRICT] = "strict", NULL};

const char *const publish_words[] = {
    [PUBLISH_INTERNAL] = "internal", [PUBLISH_STRUCTURE] = "structure", NULL};

static const char *const tenants_words[] = {[TENANTS_ONCE] = "once", [TENANTS_EACH] = "each", NULL};
static const char *const libraries_words[] = {
    [LIBRARIES_APART] = "apart", [LIBRARIES_COUNTED] = "counted", NULL};

/* A key that takes one of some words; its place among them goes to *choice. */
static bool
read_word(const struct reader *reader, const char *key, const char *const *words, unsigned *choice,
          GError **error)
{
    const struct yaml *node = yaml_get(reader->map, key);
    g_autofree char *known = g_strjoinv(", ", (char **)(guintptr)words);
    if (node == NULL || text_is_empty(node->text))
        return true;
    for (unsigned i = 0; words[i] != NULL; i++) {
        if (g_str_equal(words[i], node->text)) {
            *choice = i;
            return true;
        }
    }
    return yaml_complain(&reader->source, node, error, "\"%s\" takes one of %s, found \"%s\".", key,
                         known, node->text);
}

static bool
read_words(const struct reader *reader, struct config *config, GError **error)
{
    unsigned profile = PROFILE_DEFAULT;
    unsigned publish = PUBLISH_INTERNAL;
    unsigned tenants = TENANTS_ONCE;
    unsigned libraries = LIBRARIES_APART;
    bool done = read_word(reader, "profile", profile_words, &profile, error) &&
                read_word(reader, "publish", publish_words, &publish, error) &&
                read_word(reader, "tenants", tenants_words, &tenants, error) &&
                read_word(reader, "libraries", libraries_words, &libraries, error);
    config->profile = (enum profile)profile;
    config->publish = (enum publish)publish;
    config->tenants = (enum tenants)tenants;
    config->libraries = (enum libraries)libraries;
    return done;
}

/* Every list of the file, and what reads it. */
static bool
read_lists(const struct reader *reader, const struct document *document, struct config *config,
           GError **error)
{
    const struct {
        const struct yaml *list;
        bool (*read)(const struct reader *reader, const struct yaml *list, struct config *config,
                     GError **error);
    } lists[] = {
        {document->include, config_read_include},    {document->exclude, config_read_exclude},
        {document->groups, config_read_groups},      {document->viewpoints, config_read_viewpoints},
        {document->labels, config_read_labels},      {document->footer, config_read_footer},
        {document->accept, config_read_acceptances}, {document->workload, config_read_workload},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(lists); i++)
        if (lists[i].list != NULL && !lists[i].read(reader, lists[i].list, config, error))
            return false;
    return true;
}

/* Texts of the file stand on pages and in messages. The depth is limited by yaml_read. */
static bool
check_texts(const struct reader *reader, const struct yaml *node, GError **error)
{
    g_autofree char *clean = node->type == YAML_TEXT ? text_clean(node->text) : NULL;
    if (clean != NULL && !g_str_equal(clean, node->text))
        return yaml_complain(&reader->source, node, error,
                             "a text cannot hold control characters.");
    for (size_t i = 0; i < node->count; i++)
        if (!check_texts(reader, node->items[i], error))
            return false;
    return true;
}

static bool
read_document(struct reader *reader, struct config *config, GError **error)
{
    struct yaml *map = NULL;
    struct document document = {.output = config->output};
    if (!yaml_read(reader->arena, &reader->source, &map, error) ||
        !check_texts(reader, map, error) ||
        !yaml_bind(&reader->source, map, document_fields, &document, error))
        return false;
    reader->map = map;
    config->title = document.title;
    config->database = document.database;
    config->output = document.output;
    return (config->database == NULL || expand_database(reader, config, error)) &&
           (document.url == NULL || config_read_url(reader, document.url, config, error)) &&
           read_paths(reader, &document, config, error) &&
           (document.migrations == NULL ||
            config_read_lines(reader, document.migrations, config, error)) &&
           check_logo(reader, config, error) &&
           read_language(reader, document.language, config, error) &&
           read_words(reader, config, error) && read_lists(reader, &document, config, error) &&
           (document.coverage == NULL || read_coverage(reader, document.coverage, config, error)) &&
           (document.connections == NULL ||
            read_connections(reader, document.connections, config, error)) &&
           (document.limits == NULL || read_limits(reader, document.limits, config, error)) &&
           (document.rehearsal == NULL ||
            read_rehearsal(reader, document.rehearsal, config, error));
}

static struct config *
config_new(struct arena *arena)
{
    struct config *config = arena_alloc(arena, sizeof *config);
    *config = (struct config){
        .root = ".",
        .notes = "notes",
        .queries = "queries",
        .output = "site",
        .language = language_find(LANGUAGE),
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
config_read_text(struct arena *arena, const char *name, const GString *text, char **environment,
                 GError **error)
{
    struct config *config = config_new(arena);
    struct reader reader = {
        .arena = arena,
        .source = {.name = name, .text = text->str, .length = text->len, .first_line = 1},
        .environment = environment,
    };
    g_autofree char *digest = g_compute_checksum_for_data(G_CHECKSUM_SHA256,
                                                          (const guchar *)text->str, text->len);
    config->digest = arena_text(arena, digest, -1);
    return read_document(&reader, config, error) ? config : NULL;
}

struct config *
config_read(struct arena *arena, const char *path, char **environment, GError **error)
{
    if (path == NULL && !file_is_there(FILE_NAME))
        return config_new(arena);
    GString *text = NULL;
    bool done = path == NULL ? file_read_below(".", FILE_NAME, FILE_LIMIT, &text, error)
                             : file_read(path, FILE_LIMIT, &text, error);
    if (!done)
        return NULL;
    const char *name = path != NULL ? path : FILE_NAME;
    struct config *config = config_read_text(arena, name, text, environment, error);
    g_string_free(text, TRUE);
    if (config != NULL)
        set_place(arena, name, config);
    return config;
}

bool
config_documents(const struct config *config, const char *schema, const char *name)
{
    return (config->include.count == 0 || patterns_match(&config->include, schema, name)) &&
           !patterns_match(&config->exclude, schema, name);
}
