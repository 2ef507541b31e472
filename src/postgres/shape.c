/* shape.c - comments go first, by our own lexer; then libpg_query puts parameters in the place of
 * literals, and the lexer looks once more that none is left. */
#include "postgres/shape.h"

#include "base/sql_lexer.h"

#include <glib.h>
#include <jansson.h>
#include <pg_query.h>
#include <string.h>

/* libpg_query goes down one frame of the stack for each level of an expression. */
#define TEXT_MOST ((size_t)32 * 1024)

/* What stays a number is of a type, as in numeric(10, 2), or the place of a column in ORDER BY. */
#define DIGITS_MOST 4

/* Without comments and the semicolon, every space one blank. */
static char *
squeeze(const char *sql)
{
    GString *text = g_string_new(NULL);
    struct sql_token token;
    bool blank = false;
    while (sql_next(&sql, &token)) {
        if (token.kind == SQL_SPACE || token.kind == SQL_COMMENT) {
            blank = text->len > 0;
            continue;
        }
        if (blank)
            g_string_append_c(text, ' ');
        blank = false;
        g_string_append_len(text, token.text, (gssize)token.length);
    }
    while (text->len > 0 && (text->str[text->len - 1] == ';' || text->str[text->len - 1] == ' '))
        g_string_truncate(text, text->len - 1);
    return g_string_free(text, FALSE);
}

/* What stands between two words: one blank, or with a line break the indent of the second. */
static void
append_space(GString *text, const GString *space)
{
    const char *line = strrchr(space->str, '\n');
    if (text->len > 0 && space->len > 0)
        g_string_append(text, line != NULL ? line : " ");
}

/* Without comments, empty lines and the semicolon. */
static char *
lay_out(const char *sql)
{
    GString *text = g_string_new(NULL);
    g_autoptr(GString) space = g_string_new(NULL);
    struct sql_token token;
    while (sql_next(&sql, &token)) {
        if (token.kind == SQL_COMMENT)
            g_string_append_c(space, ' ');
        else if (token.kind == SQL_SPACE)
            g_string_append_len(space, token.text, (gssize)token.length);
        else {
            append_space(text, space);
            g_string_truncate(space, 0);
            g_string_append_len(text, token.text, (gssize)token.length);
        }
    }
    while (text->len > 0 && strchr("; \n", text->str[text->len - 1]) != NULL)
        g_string_truncate(text, text->len - 1);
    return g_string_free(text, FALSE);
}

/* Words count as they are, everything that may be a value by its kind alone. */
static const char *
hash_tokens(struct arena *arena, const char *sql)
{
    GChecksum *checksum = g_checksum_new(G_CHECKSUM_SHA256);
    struct sql_token token;
    while (sql_next_word(&sql, &token)) {
        const guchar kind = (guchar)('a' + token.kind);
        g_checksum_update(checksum, &kind, 1);
        if (token.kind == SQL_OPERATOR || token.kind == SQL_PUNCTUATION)
            g_checksum_update(checksum, (const guchar *)token.text, (gssize)token.length);
    }
    const char *fingerprint = arena_text(arena, g_checksum_get_string(checksum), 16);
    g_checksum_free(checksum);
    return fingerprint;
}

static const struct {
    const char *node;
    enum shape_kind kind;
} kinds[] = {
    {"SelectStmt", SHAPE_SELECT}, {"InsertStmt", SHAPE_INSERT}, {"UpdateStmt", SHAPE_UPDATE},
    {"DeleteStmt", SHAPE_DELETE}, {"MergeStmt", SHAPE_MERGE},
};

static enum shape_kind
kind_of(const json_t *tree)
{
    const json_t *list = json_object_get(tree, "stmts");
    const json_t *statement = json_object_get(json_array_get(list, 0), "stmt");
    for (size_t i = 0; json_array_size(list) == 1 && i < G_N_ELEMENTS(kinds); i++)
        if (json_object_get(statement, kinds[i].node) != NULL)
            return kinds[i].kind;
    return SHAPE_OTHER;
}

static bool
holds_literals(const char *sql)
{
    struct sql_token token;
    while (sql_next_word(&sql, &token))
        if (token.kind == SQL_STRING || (token.kind == SQL_NUMBER && token.length > DIGITS_MOST))
            return true;
    return false;
}

/* The statement with a parameter for each literal; NULL when one is left. */
static const char *
normalise(struct arena *arena, const char *sql)
{
    PgQueryNormalizeResult normal = pg_query_normalize(sql);
    bool sure = normal.error == NULL && !holds_literals(normal.normalized_query);
    const char *text = sure ? arena_text(arena, normal.normalized_query, -1) : NULL;
    pg_query_free_normalize_result(normal);
    return text;
}

static void
read_statement(struct arena *arena, const char *text, const char *layout, struct shape *shape)
{
    PgQueryFingerprintResult print = pg_query_fingerprint(text);
    shape->text = normalise(arena, text);
    shape->layout = strchr(layout, '\n') != NULL ? normalise(arena, layout) : shape->text;
    if (print.error != NULL || shape->text == NULL || shape->layout == NULL) {
        shape->text = NULL;
        shape->layout = NULL;
        shape->kind = SHAPE_OTHER;
        shape->problem = "its values cannot be told from its words";
    } else {
        shape->fingerprint = arena_text(arena, print.fingerprint_str, -1);
    }
    pg_query_free_fingerprint_result(print);
}

/* Of the text in which each value is a parameter. */
static void
read_equalities(struct arena *arena, struct shape *shape)
{
    PgQueryParseResult result = pg_query_parse(shape->text);
    json_t *tree = result.error == NULL ? json_loads(result.parse_tree, 0, NULL) : NULL;
    if (tree != NULL)
        equalities_read(arena, tree, &shape->equalities);
    json_decref(tree);
    pg_query_free_parse_result(result);
}

struct shape
shape_of(struct arena *arena, const char *sql)
{
    g_autofree char *text = squeeze(sql);
    struct shape shape = {.kind = SHAPE_OTHER};
    if (strlen(text) > TEXT_MOST) {
        shape.problem = "it is longer than 32 KB";
    } else {
        PgQueryParseResult result = pg_query_parse(text);
        json_t *tree = result.error == NULL ? json_loads(result.parse_tree, 0, NULL) : NULL;
        shape.kind = kind_of(tree);
        shape.is_read = tree != NULL;
        shape.problem = tree == NULL ? "it is not SQL as PostgreSQL 15 knows it"
                        : shape.kind == SHAPE_OTHER
                            ? "it is not one SELECT, INSERT, UPDATE, DELETE or MERGE"
                            : NULL;
        g_autofree char *layout = lay_out(sql);
        if (shape.kind != SHAPE_OTHER)
            read_statement(arena, text, layout, &shape);
        if (shape.text != NULL) {
            references_read(arena, tree, &shape.references);
            traits_read(arena, tree, &shape.traits);
            read_equalities(arena, &shape);
        }
        json_decref(tree);
        pg_query_free_parse_result(result);
    }
    if (shape.fingerprint == NULL)
        shape.fingerprint = hash_tokens(arena, text);
    return shape;
}
