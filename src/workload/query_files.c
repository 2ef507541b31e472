/* query_files.c - a folder of SQL files as queries. Comments above a statement are about it; a
 * blank line takes words away from it, but not its name. */
#include "base/files.h"
#include "base/sql_lexer.h"
#include "base/text.h"
#include "workload/internal.h"

#include <string.h>

#define BOM         "\xEF\xBB\xBF"
#define FILE_LIMIT  ((size_t)1024 * 1024)
#define TOTAL_LIMIT ((size_t)64 * 1024 * 1024) /* bytes of all files together */
#define NAME_MOST   120

struct reading {
    struct arena *arena;
    const char *root;
    size_t bytes;
    GArray *queries;   /* struct query */
    GArray *problems;  /* struct workload_problem */
    GHashTable *names; /* of queries, to themselves */
};

/* The comments above a statement. */
struct words {
    GString *purpose;
    const char *name;   /* NULL: none yet */
    const char *params; /* as written; NULL: none */
    unsigned params_line;
};

/* A file on its way to statements. */
struct cutting {
    struct reading *reading;
    const char *file;
    unsigned line; /* of the token that is looked at */
    struct words words;
    const char *start; /* of the statement; NULL: between two */
    unsigned start_line;
    unsigned end_line; /* of the statement before */
    unsigned blank;    /* line behind the last blank one; 0: none since the statement before */
    GArray *found;     /* struct query, unchecked */
};

static void G_GNUC_PRINTF(4, 5)
    complain(struct reading *reading, const char *file, unsigned line, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *words = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_autofree char *clean_file = text_clean(file);
    g_autofree char *clean = g_strdelimit(text_clean(words), "`",
                                          '\''); /* marks code in findings */
    const struct workload_problem problem = {
        .file = arena_intern(reading->arena, clean_file),
        .line = line,
        .words = arena_text(reading->arena, clean, -1),
    };
    g_array_append_val(reading->problems, problem);
}

/* ---- comments ---- */

static void
forget_words(struct words *words)
{
    g_string_truncate(words->purpose, 0);
    words->name = NULL;
    words->params = NULL;
}

/* What stands behind "key:", without blanks around it; NULL when the line is none of these. */
static char *
value_of(struct arena *arena, const char *line, const char *key)
{
    const char *rest = line + strspn(line, " \t");
    if (!g_str_has_prefix(rest, key))
        return NULL;
    return g_strstrip(arena_text(arena, rest + strlen(key), -1));
}

/* "get_post" of "get_post :one". */
static void
read_name(struct cutting *cutting, char *value)
{
    size_t length = strcspn(value, " \t");
    const char *rest = value + length + strspn(value + length, " \t");
    if (length == 0 || length > NAME_MOST || (*rest != '\0' && *rest != ':')) {
        complain(cutting->reading, cutting->file, cutting->line,
                 "a name is one word of at most %d bytes. Write \"-- name: list_posts\".",
                 NAME_MOST);
        return;
    }
    if (cutting->words.name != NULL)
        complain(
            cutting->reading, cutting->file, cutting->line,
            "this statement already has the name \"%s\". Leave one of them, or put a statement "
            "between them.",
            cutting->words.name);
    value[length] = '\0';
    cutting->words.name = value;
}

static void
read_comment_line(struct cutting *cutting, const char *line)
{
    struct arena *arena = cutting->reading->arena;
    char *value = value_of(arena, line, "name:");
    if (value != NULL) {
        read_name(cutting, value);
        return;
    }
    value = value_of(arena, line, "params:");
    if (value != NULL) {
        cutting->words.params = value;
        cutting->words.params_line = cutting->line;
        return;
    }
    g_string_append(cutting->words.purpose, line);
    g_string_append_c(cutting->words.purpose, '\n');
}

/* Without the signs of the comment; of a block comment every line, with the star that some put
 * before it. */
static void
read_comment(struct cutting *cutting, const struct sql_token *token)
{
    const unsigned first = cutting->line;
    if (first == cutting->end_line)
        return; /* of the statement before it */
    if (cutting->blank != 0 && cutting->words.name == NULL)
        forget_words(&cutting->words);
    cutting->blank = 0;
    bool block = *token->text == '/';
    g_autofree char *text = g_strndup(token->text + 2, token->length - 2);
    if (block && g_str_has_suffix(text, "*/"))
        text[strlen(text) - 2] = '\0';
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    if (*lines == NULL)
        g_string_append_c(cutting->words.purpose, '\n'); /* between two paragraphs */
    for (char **line = lines; *line != NULL; line++) {
        const char *rest = *line;
        if (block && line != lines)
            rest += strspn(rest, " \t") + (rest[strspn(rest, " \t")] == '*');
        rest += *rest == ' ';
        read_comment_line(cutting, rest);
        cutting->line++;
    }
    cutting->line = first;
}

/* ---- statements ---- */

static char *
purpose_of(struct cutting *cutting)
{
    g_autofree char *clean = text_clean(cutting->words.purpose->str);
    char *start = clean;
    for (char *c = clean; g_ascii_isspace(*c); c++)
        if (*c == '\n')
            start = c + 1;
    g_strchomp(start);
    return *start == '\0' ? NULL : arena_text(cutting->reading->arena, start, -1);
}

static void
end_statement(struct cutting *cutting, const char *end)
{
    struct reading *reading = cutting->reading;
    struct words *words = &cutting->words;
    g_autofree char *sql = g_strchomp(g_strndup(cutting->start, (gsize)(end - cutting->start)));
    struct query query = {
        .name = words->name,
        .file = cutting->file,
        .line = cutting->start_line,
        .purpose = purpose_of(cutting),
        .sources = QUERY_OF_FILE,
        .statements = usage_none,
        .logged = usage_none,
    };
    g_autofree char *numbered = parameters_number(reading->arena, sql, &query);
    query.written = arena_text(reading->arena, numbered, -1);
    if (words->params != NULL && !parameters_read(reading->arena, words->params, &query.params))
        complain(reading, cutting->file, words->params_line,
                 "\"params:\" takes constants, as in \"-- params: 1, 'published', "
                 "'2026-01-01'::date\".");
    g_array_append_val(cutting->found, query);
    forget_words(words);
    cutting->start = NULL;
    cutting->end_line = cutting->line;
    cutting->blank = 0;
}

static unsigned
lines_of(const struct sql_token *token)
{
    unsigned lines = 0;
    for (size_t i = 0; i < token->length; i++)
        lines += token->text[i] == '\n';
    return lines;
}

static void
cut(struct cutting *cutting, const char *text)
{
    struct sql_token token;
    const char *cursor = text;
    while (sql_next(&cursor, &token)) {
        const unsigned lines = lines_of(&token);
        bool silent = token.kind == SQL_SPACE || token.kind == SQL_COMMENT;
        if (cutting->start == NULL && token.kind == SQL_COMMENT)
            read_comment(cutting, &token);
        else if (cutting->start == NULL && token.kind == SQL_SPACE && lines > 1)
            cutting->blank = cutting->line;
        else if (cutting->start != NULL && sql_is_sign(&token, ';'))
            end_statement(cutting, token.text);
        else if (cutting->start == NULL && !silent && !sql_is_sign(&token, ';')) {
            cutting->start = token.text;
            cutting->start_line = cutting->line;
        }
        cutting->line += lines;
    }
    if (cutting->start != NULL)
        end_statement(cutting, cursor);
}

/* ---- files ---- */

static const char *
name_of_file(struct arena *arena, const char *file)
{
    g_autofree char *base = g_path_get_basename(file);
    return arena_text(arena, base, (gssize)(strlen(base) - strlen(".sql")));
}

static void
add_query(struct reading *reading, struct query *query, bool alone)
{
    if (query->name == NULL && alone)
        query->name = name_of_file(reading->arena, query->file);
    if (query->name == NULL) {
        complain(reading, query->file, query->line,
                 "this statement has no name. Write \"-- name: …\" above it.");
        return;
    }
    const struct query *other = g_hash_table_lookup(reading->names, query->name);
    if (other != NULL) {
        complain(reading, query->file, query->line,
                 "the name \"%s\" is taken by %s:%u. Give one of the two another.", query->name,
                 other->file, other->line);
        return;
    }
    const struct shape shape = shape_of(reading->arena, query->written);
    query->kind = shape.kind;
    query->text = shape.text;
    query->layout = shape.layout;
    query->references = shape.references;
    query->traits = shape.traits;
    query->fingerprint = shape.fingerprint;
    query->problem = shape.problem;
    if (shape.problem != NULL)
        complain(reading, query->file, query->line, "%s: %s.", query->name, shape.problem);
    struct query *kept = arena_alloc(reading->arena, sizeof *kept);
    *kept = *query;
    g_hash_table_insert(reading->names, (gpointer)(guintptr)kept->name, kept);
    g_array_append_val(reading->queries, *query);
}

static void
read_text(struct reading *reading, const char *file, const char *text)
{
    g_autofree char *clean_file = text_clean(file);
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(struct query));
    g_autoptr(GString) purpose = g_string_new(NULL);
    struct cutting cutting = {
        .reading = reading,
        .file = arena_intern(reading->arena, clean_file),
        .line = 1,
        .words = {.purpose = purpose},
        .found = found,
    };
    cut(&cutting, text);
    if (cutting.words.name != NULL)
        complain(reading, file, cutting.line, "no statement follows the name \"%s\".",
                 cutting.words.name);
    for (guint i = 0; i < found->len; i++)
        add_query(reading, &g_array_index(found, struct query, i), found->len == 1);
}

static void
read_file(struct reading *reading, const char *file)
{
    g_autoptr(GError) error = NULL;
    GString *text = NULL;
    if (!file_read_below(reading->root, file, FILE_LIMIT, &text, &error)) {
        complain(reading, file, 0, "%s", error->message);
        return;
    }
    reading->bytes += text->len;
    bool valid = g_utf8_validate_len(text->str, text->len, NULL);
    g_autofree char *raw = g_string_free(text, FALSE);
    if (!valid || reading->bytes > TOTAL_LIMIT) {
        complain(reading, file, 0, "%s.",
                 !valid ? "it is not UTF-8" : "the queries before it already have 64 MiB together");
        return;
    }
    g_autofree char *clean = text_clean(g_str_has_prefix(raw, BOM) ? raw + strlen(BOM) : raw);
    read_text(reading, file, clean);
}

bool
workload_read_files(struct arena *arena, const char *root, const char *folder,
                    struct workload *workload, GError **error)
{
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) links = g_ptr_array_new_with_free_func(g_free);
    if (!files_below(root, folder, ".sql", LIST_TREE, files, links, error))
        return false;
    g_autoptr(GArray) queries = g_array_new(FALSE, FALSE, sizeof(struct query));
    g_autoptr(GArray) problems = g_array_new(FALSE, FALSE, sizeof(struct workload_problem));
    g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
    struct reading reading = {arena, root, 0, queries, problems, names};
    for (guint i = 0; i < links->len; i++)
        complain(&reading, links->pdata[i], 0, "it is a symbolic link.");
    for (guint i = 0; i < files->len; i++)
        read_file(&reading, files->pdata[i]);
    *workload = (struct workload){
        .count = queries->len,
        .queries = arena_keep(arena, queries),
        .problem_count = problems->len,
        .problems = arena_keep(arena, problems),
    };
    return true;
}

const struct query *
workload_find(const struct workload *workload, const char *name)
{
    for (size_t i = 0; i < workload->count; i++)
        if (g_str_equal(workload->queries[i].name, name))
            return &workload->queries[i];
    return NULL;
}
