/* treatment.c - a table of first words. Longer patterns stand before shorter ones. */
#include "source/treatment.h"

#include "base/sql_lexer.h"
#include "postgres/connection.h"

#include <string.h>

#define ROLE_SEARCH_DEPTH 4 /* strings within strings: DO $$ … EXECUTE 'create role …' $$ */

static const struct {
    const char *words;
    enum treatment treatment;
} first_words[] = {
    {"begin", TREAT_TRANSACTION},
    {"start transaction", TREAT_TRANSACTION},
    {"commit", TREAT_TRANSACTION},
    {"end", TREAT_TRANSACTION},
    {"rollback", TREAT_TRANSACTION},
    {"abort", TREAT_TRANSACTION},
    {"savepoint", TREAT_TRANSACTION},
    {"release", TREAT_TRANSACTION},
    {"prepare transaction", TREAT_TRANSACTION},
    {"set transaction", TREAT_TRANSACTION},
    {"set session characteristics", TREAT_TRANSACTION},
    {"set role", TREAT_NOTHING},
    {"set local role", TREAT_NOTHING},
    {"set session role", TREAT_NOTHING},
    {"set session authorization default", TREAT_NOTHING},
    {"set session authorization", TREAT_ROLE},
    {"set local session authorization", TREAT_ROLE},
    {"set default_tablespace", TREAT_NOTHING},
    {"set", TREAT_SETTING},
    {"reassign owned", TREAT_NOTHING},
    {"lock", TREAT_NOTHING},
    {"security label", TREAT_NOTHING},
    {"create user mapping", TREAT_RUN},
    {"alter user mapping", TREAT_RUN},
    {"drop user mapping", TREAT_DROP},
    {"create role", TREAT_ROLE},
    {"create user", TREAT_ROLE},
    {"create group", TREAT_ROLE},
    {"alter role", TREAT_ROLE},
    {"alter user", TREAT_ROLE},
    {"alter group", TREAT_ROLE},
    {"drop role", TREAT_ROLE},
    {"drop user", TREAT_ROLE},
    {"drop group", TREAT_ROLE},
    {"comment on role", TREAT_ROLE},
    {"create database", TREAT_DATABASE},
    {"alter database", TREAT_DATABASE},
    {"drop database", TREAT_DATABASE},
    {"comment on database", TREAT_DATABASE_COMMENT},
    {"create extension", TREAT_EXTENSION},
    {"comment on extension", TREAT_EXTENSION_COMMENT},
    {"comment on", TREAT_ABOUT},
    {"alter event trigger", TREAT_ABOUT},
    {"create schema", TREAT_SCHEMA},
    {"drop", TREAT_DROP},
};

static bool
begins_with(const char *sql, const char *words)
{
    g_auto(GStrv) parts = g_strsplit(words, " ", -1);
    struct sql_token token;
    for (char **part = parts; *part != NULL; part++)
        if (!sql_next_word(&sql, &token) || !sql_is_word(&token, *part))
            return false;
    return true;
}

bool
treatment_changes_owner(const char *sql)
{
    struct sql_token token;
    if (!begins_with(sql, "alter"))
        return false;
    int depth = 0;
    bool behind_owner = false;
    while (sql_next_word(&sql, &token)) {
        depth += sql_is_sign(&token, '(') - sql_is_sign(&token, ')');
        /* RENAME owner TO … is about a column. */
        if (depth == 0 && (sql_is_sign(&token, ',') || sql_is_word(&token, "rename")))
            return false;
        if (behind_owner && sql_is_word(&token, "to")) {
            return sql_next_word(&sql, &token) &&
                   (!sql_next_word(&sql, &token) || sql_is_sign(&token, ';'));
        }
        behind_owner = sql_is_word(&token, "owner");
    }
    return false;
}

/* ALTER … DROP …, which pg_dump --clean writes. */
static bool
only_drops(const char *sql)
{
    struct sql_token token;
    int depth = 0;
    bool drops = false;
    while (sql_next_word(&sql, &token)) {
        depth += sql_is_sign(&token, '(') - sql_is_sign(&token, ')');
        if (depth == 0 && sql_is_sign(&token, ','))
            return false;
        drops = drops || (depth == 0 && sql_is_word(&token, "drop"));
    }
    return drops;
}

/* GRANT and REVOKE: of memberships, of rights on whole databases, of anything else. */
static enum treatment
treatment_of_grant(const char *sql)
{
    struct sql_token token;
    int depth = 0;
    while (sql_next_word(&sql, &token)) {
        depth += sql_is_sign(&token, '(') - sql_is_sign(&token, ')');
        if (depth > 0 || !sql_is_word(&token, "on"))
            continue;
        bool database = sql_next_word(&sql, &token) && sql_is_word(&token, "database");
        return database ? TREAT_DATABASE : TREAT_ABOUT;
    }
    return TREAT_ROLE;
}

enum treatment
treatment_of(const char *sql)
{
    if (begins_with(sql, "grant") || begins_with(sql, "revoke"))
        return treatment_of_grant(sql);
    if (treatment_changes_owner(sql))
        return TREAT_NOTHING;
    for (size_t i = 0; i < G_N_ELEMENTS(first_words); i++)
        if (begins_with(sql, first_words[i].words))
            return first_words[i].treatment;
    return begins_with(sql, "alter") && only_drops(sql) ? TREAT_DROP : TREAT_RUN;
}

/* The text within a string token: between its quotes or dollar tags. */
static char *
string_body(const struct sql_token *token)
{
    const char *start = memchr(token->text, *token->text == '$' ? '$' : '\'', token->length);
    if (start == NULL)
        return NULL;
    size_t opening = 1;
    if (*start == '$')
        opening = (size_t)(strchr(start + 1, '$') - start) + 1;
    size_t before = (size_t)(start - token->text) + opening;
    return before + opening > token->length
               ? NULL
               : g_strndup(token->text + before, token->length - before - opening);
}

static void
find_roles(const char *sql, GPtrArray *names, unsigned depth)
{
    struct sql_token token;
    bool behind_create = false;
    while (sql_next_word(&sql, &token)) {
        bool is_role = sql_is_word(&token, "role") || sql_is_word(&token, "user") ||
                       sql_is_word(&token, "group");
        if (behind_create && is_role) {
            if (sql_next_word(&sql, &token) && (token.kind == SQL_WORD || token.kind == SQL_QUOTED))
                g_ptr_array_add(names, sql_identifier(&token));
        } else if (token.kind == SQL_STRING && depth < ROLE_SEARCH_DEPTH) {
            g_autofree char *body = string_body(&token);
            if (body != NULL)
                find_roles(body, names, depth + 1);
        }
        behind_create = sql_is_word(&token, "create");
    }
}

void
treatment_find_roles(const char *sql, GPtrArray *names)
{
    find_roles(sql, names, 0);
}

static char *
string_value(const struct sql_token *token)
{
    return token->kind == SQL_STRING ? string_body(token) : sql_identifier(token);
}

void
extension_request_read(const char *sql, struct extension_request *request)
{
    *request = (struct extension_request){0};
    struct sql_token token;
    sql_next_word(&sql, &token); /* create */
    sql_next_word(&sql, &token); /* extension */
    bool more = sql_next_word(&sql, &token);
    if (more && sql_is_word(&token, "if")) {
        sql_next_word(&sql, &token); /* not */
        sql_next_word(&sql, &token); /* exists */
        more = sql_next_word(&sql, &token);
    }
    if (!more)
        return;
    request->name = sql_identifier(&token);
    while (sql_next_word(&sql, &token)) {
        char **place = sql_is_word(&token, "schema")    ? &request->schema
                       : sql_is_word(&token, "version") ? &request->version
                                                        : NULL;
        request->cascade = request->cascade || sql_is_word(&token, "cascade");
        if (place != NULL && sql_next_word(&sql, &token)) {
            g_free(*place);
            *place = string_value(&token);
        }
    }
}

void
extension_request_clear(struct extension_request *request)
{
    g_clear_pointer(&request->name, g_free);
    g_clear_pointer(&request->schema, g_free);
    g_clear_pointer(&request->version, g_free);
}

char *
database_comment_rename(const char *sql, const char *name)
{
    struct sql_token token = {0};
    for (int i = 0; i < 4; i++) /* comment on database x */
        if (!sql_next_word(&sql, &token))
            break;
    g_autofree char *quoted = sql_quote_name(name);
    return g_strdup_printf("COMMENT ON DATABASE %s %s", quoted, sql);
}

char *
treatment_drop_word(const char *sql, const char *keyword)
{
    GString *rest = g_string_new(NULL);
    struct sql_token token;
    while (sql_next(&sql, &token))
        if (!sql_is_word(&token, keyword))
            g_string_append_len(rest, token.text, (gssize)token.length);
    return g_string_free(rest, FALSE);
}
