/* sight.c - cuts a statement where its main SELECT has commas and joins, and looks into the pieces.
 * It knows SQL as far as the files of this folder use it. */
#include "introspect/sight.h"

#include "base/sql_lexer.h"

#include <string.h>

struct sight {
    GHashTable *hidden; /* names, as sight_hide takes them */
};

struct sight *
sight_new(void)
{
    struct sight *sight = g_new(struct sight, 1);
    sight->hidden = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return sight;
}

void
sight_free(struct sight *sight)
{
    g_hash_table_unref(sight->hidden);
    g_free(sight);
}

/* pg_get_viewdef reads it with the rights of its caller. */
static bool
is_for_views(const char *name)
{
    return g_str_equal(name, "pg_rewrite") || g_str_has_prefix(name, "pg_rewrite.");
}

void
sight_hide(struct sight *sight, const char *name)
{
    g_hash_table_add(sight->hidden, g_strdup(name));
    if (is_for_views(name))
        g_hash_table_add(sight->hidden, g_strdup("pg_get_viewdef()"));
}

bool
sight_hides(const struct sight *sight, const char *name)
{
    return g_hash_table_contains(sight->hidden, name);
}

bool
sight_is_whole(const struct sight *sight)
{
    return g_hash_table_size(sight->hidden) == 0;
}

/* ---- pieces ---- */

enum role { HEAD, ITEM, SOURCE, OPTIONAL, TAIL }; /* OPTIONAL: of a LEFT JOIN */

struct piece {
    enum role role;
    const char *text;
    const char *end;
    bool lost;
};

static bool
ends_sources(const struct sql_token *token)
{
    static const char *const words[] = {"where", "group", "order", "limit"};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (sql_is_word(token, words[i]))
            return true;
    return sql_is_sign(token, ';');
}

/* Words that begin a source, and whether those before them still belong to it. */
static bool
begins_source(const struct sql_token *token, const struct sql_token *before)
{
    if (sql_is_word(token, "join"))
        return !sql_is_word(before, "left") && !sql_is_word(before, "cross");
    return sql_is_word(token, "left") || sql_is_word(token, "cross");
}

static int
deeper(const struct sql_token *token)
{
    return sql_is_sign(token, '(') || sql_is_sign(token, '[')   ? 1
           : sql_is_sign(token, ')') || sql_is_sign(token, ']') ? -1
                                                                : 0;
}

/* Behind the last SELECT that stands in no brackets. */
static const char *
main_select(const char *sql)
{
    const char *found = NULL;
    struct sql_token token;
    for (int depth = 0; sql_next_word(&sql, &token); depth += deeper(&token))
        if (depth == 0 && sql_is_word(&token, "select"))
            found = sql;
    g_assert(found != NULL);
    return found;
}

static void
add_piece(GArray *pieces, enum role role, const char *text)
{
    struct piece piece = {.role = role, .text = text};
    if (pieces->len > 0)
        g_array_index(pieces, struct piece, pieces->len - 1).end = text;
    g_array_append_val(pieces, piece);
}

static GArray *
cut(const char *sql)
{
    GArray *pieces = g_array_new(FALSE, FALSE, sizeof(struct piece));
    const char *cursor = main_select(sql);
    add_piece(pieces, HEAD, sql);
    add_piece(pieces, ITEM, cursor);
    struct sql_token token;
    struct sql_token before = {0};
    int depth = 0;
    enum role role = ITEM;
    for (; sql_next_word(&cursor, &token); depth += deeper(&token), before = token) {
        if (depth > 0 || role == TAIL)
            continue;
        if (role == ITEM && sql_is_sign(&token, ','))
            add_piece(pieces, ITEM, token.text + 1);
        else if (ends_sources(&token))
            add_piece(pieces, role = TAIL, token.text);
        else if ((role == ITEM && sql_is_word(&token, "from")) ||
                 (role != ITEM && begins_source(&token, &before)))
            add_piece(pieces, role = sql_is_word(&token, "left") ? OPTIONAL : SOURCE, token.text);
    }
    g_array_index(pieces, struct piece, pieces->len - 1).end = cursor;
    return pieces;
}

/* ---- what they mention ---- */

/* The last words that were read; [0] is the newest. */
struct words {
    struct sql_token token[4];
};

static bool
next_words(const char **cursor, const char *end, struct words *words)
{
    struct sql_token token;
    if (!sql_next_word(cursor, &token) || token.text >= end)
        return false;
    memmove(words->token + 1, words->token, 3 * sizeof *words->token);
    words->token[0] = token;
    return true;
}

static bool
is_dot(const struct sql_token *token)
{
    return sql_is_sign(token, '.');
}

/* "pg_catalog.NAME", but as the type of a cast. */
static char *
catalog_name(const struct words *words)
{
    bool named = is_dot(&words->token[1]) && sql_is_word(&words->token[2], "pg_catalog") &&
                 words->token[3].kind != SQL_CAST;
    return named ? sql_identifier(&words->token[0]) : NULL;
}

static bool
is_followed_by(const char *cursor, char sign)
{
    struct sql_token token;
    return sql_next_word(&cursor, &token) && sql_is_sign(&token, sign);
}

/* The aliases of a statement: name → relation. */
static GHashTable *
find_aliases(const char *sql)
{
    GHashTable *aliases = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    const char *end = sql + strlen(sql);
    struct words words = {0};
    while (next_words(&sql, end, &words)) {
        g_autofree char *name = catalog_name(&words);
        const char *behind = sql;
        struct sql_token alias;
        if (name != NULL && sql_next_word(&behind, &alias) && alias.kind == SQL_WORD)
            g_hash_table_insert(aliases, sql_identifier(&alias), g_steal_pointer(&name));
    }
    return aliases;
}

struct look {
    const struct sight *sight;
    GHashTable *aliases;
    GHashTable *gone; /* aliases of sources that were left out; keys only */
};

static bool
is_hidden(const struct look *look, const char *name, const char *suffix)
{
    g_autofree char *whole = g_strconcat(name, suffix, NULL);
    return sight_hides(look->sight, whole);
}

/* "alias.column" */
static bool
is_hidden_column(const struct look *look, const struct words *words)
{
    if (!is_dot(&words->token[1]) || words->token[2].kind != SQL_WORD)
        return false;
    g_autofree char *alias = sql_identifier(&words->token[2]);
    if (g_hash_table_contains(look->gone, alias))
        return true;
    const char *relation = g_hash_table_lookup(look->aliases, alias);
    g_autofree char *column = sql_identifier(&words->token[0]);
    g_autofree char *suffix = g_strconcat(".", column, NULL);
    return relation != NULL && is_hidden(look, relation, suffix);
}

/* "(alias)": a row as a whole, for which each column must be visible. */
static bool
is_row_in_part(const struct look *look, const struct words *words)
{
    if (!sql_is_sign(&words->token[0], ')') || words->token[1].kind != SQL_WORD ||
        !sql_is_sign(&words->token[2], '('))
        return false;
    g_autofree char *alias = sql_identifier(&words->token[1]);
    const char *relation = g_hash_table_lookup(look->aliases, alias);
    g_autofree char *prefix = g_strconcat(relation != NULL ? relation : alias, ".", NULL);
    GHashTableIter hidden;
    gpointer name = NULL;
    g_hash_table_iter_init(&hidden, look->sight->hidden);
    while (relation != NULL && g_hash_table_iter_next(&hidden, &name, NULL))
        if (g_str_has_prefix(name, prefix))
            return true;
    return false;
}

static bool
mentions_hidden(const struct look *look, const struct piece *piece)
{
    struct words words = {0};
    const char *cursor = piece->text;
    while (next_words(&cursor, piece->end, &words)) {
        g_autofree char *name = catalog_name(&words);
        if (name != NULL && is_hidden(look, name, is_followed_by(cursor, '(') ? "()" : ""))
            return true;
        if (is_hidden_column(look, &words) || is_row_in_part(look, &words))
            return true;
    }
    return false;
}

/* ---- without them ---- */

/* What the source is called in the rest of the statement. */
static char *
alias_of(const struct piece *source)
{
    struct words words = {0};
    const char *cursor = source->text;
    while (next_words(&cursor, source->end, &words)) {
        g_autofree char *name = catalog_name(&words);
        if (name != NULL && next_words(&cursor, source->end, &words))
            return sql_identifier(&words.token[0]);
    }
    return NULL;
}

static void
lose_source(struct look *look, struct piece *source)
{
    source->lost = true;
    char *alias = alias_of(source);
    if (alias != NULL)
        g_hash_table_add(look->gone, alias);
}

/* The name of a column is the last word. */
static char *
item_name(const struct piece *item)
{
    struct words words = {0};
    const char *cursor = item->text;
    while (next_words(&cursor, item->end, &words))
        continue;
    return sql_identifier(&words.token[sql_is_sign(&words.token[0], ',') ? 1 : 0]);
}

/* A parameter that nobody uses is an error. */
static const char *
nothing_of(const struct piece *item)
{
    const char *parameter = g_strstr_len(item->text, item->end - item->text, "$1");
    return parameter == NULL ? "NULL" : "nullif($1, $1)";
}

/* Later pieces look into earlier ones. False when the statement cannot do without. */
static bool
lose_pieces(struct look *look, GArray *pieces)
{
    for (guint i = 0; i < pieces->len; i++) {
        struct piece *piece = &g_array_index(pieces, struct piece, i);
        if (piece->role == ITEM || !mentions_hidden(look, piece))
            continue;
        if (piece->role != OPTIONAL)
            return false;
        lose_source(look, piece);
    }
    for (guint i = 0; i < pieces->len; i++) {
        struct piece *piece = &g_array_index(pieces, struct piece, i);
        piece->lost = piece->lost || (piece->role == ITEM && mentions_hidden(look, piece));
    }
    return true;
}

static char *
put_together(const GArray *pieces, GPtrArray *lost)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < pieces->len; i++) {
        const struct piece *piece = &g_array_index(pieces, struct piece, i);
        if (!piece->lost) {
            g_string_append_len(text, piece->text, piece->end - piece->text);
        } else if (piece->role == ITEM) {
            g_autofree char *name = item_name(piece);
            bool last = g_array_index(pieces, struct piece, i + 1).role != ITEM;
            g_string_append_printf(text, "\n       %s AS \"%s\"%s", nothing_of(piece), name,
                                   last ? "\n " : ",");
            g_ptr_array_add(lost, g_steal_pointer(&name));
        }
    }
    return g_string_free(text, FALSE);
}

char *
sight_narrow(const struct sight *sight, const char *sql, GPtrArray *lost)
{
    if (sight_is_whole(sight))
        return g_strdup(sql);
    g_autoptr(GHashTable) aliases = find_aliases(sql);
    g_autoptr(GHashTable) gone = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GArray) pieces = cut(sql);
    struct look look = {sight, aliases, gone};
    return lose_pieces(&look, pieces) ? put_together(pieces, lost) : NULL;
}
