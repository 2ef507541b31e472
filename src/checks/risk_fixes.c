/* risk_fixes.c - a statement of a migration, said so that it blocks less. Only statements with a
 * single act are changed. */
#include "checks/risks.h"

#include "base/sql_lexer.h"
#include "catalog/address.h"
#include "checks/fix.h"

#include <string.h>

/* The text up to its last word, without what ends a statement. Free with g_free. */
static char *
bare(const char *sql)
{
    char *text = g_strstrip(g_strdup(sql));
    for (size_t length = strlen(text); length > 0 && text[length - 1] == ';'; length--)
        text[length - 1] = '\0';
    return g_strchomp(text);
}

/* Whether the statement does nothing but this act; comments at its end would hide what is added. */
static bool
is_single(const struct deed *deed)
{
    return deed->single && strstr(deed->sql, "--") == NULL;
}

/* The word behind which CONCURRENTLY stands. */
static bool
is_object_word(const struct sql_token *token)
{
    static const char *const words[] = {"index", "table", "schema", "database", "view"};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (sql_is_word(token, words[i]))
            return true;
    return false;
}

/* The index lies in its table's schema. */
static char *
index_drop(const struct deed *deed)
{
    g_autofree char *schema = address_parent(deed->act->relation);
    return sql_text("DROP INDEX CONCURRENTLY %S%S%I", schema != NULL ? schema : "",
                    schema != NULL ? "." : "", deed->act->name);
}

void
fix_concurrently(struct check_run *run, struct finding *finding, const struct deed *deed)
{
    if (!is_single(deed))
        return;
    g_autofree char *text = bare(deed->sql);
    g_autoptr(GString) sql = g_string_new(NULL);
    const char *cursor = text;
    struct sql_token token;
    bool said = false;
    while (sql_next(&cursor, &token)) {
        g_string_append_len(sql, token.text, (gssize)token.length);
        if (said || !is_object_word(&token))
            continue;
        g_string_append(sql, " CONCURRENTLY");
        said = true;
    }
    const struct act *act = deed->act;
    g_autofree char *back = act->kind == ACT_CREATE_INDEX && act->name != NULL ? index_drop(deed)
                                                                               : NULL;
    fix_each_alone(run, finding, (const char *const[]){sql->str, NULL}, back);
}

void
fix_detach(struct check_run *run, struct finding *finding, const struct deed *deed)
{
    if (!is_single(deed))
        return;
    g_autofree char *text = bare(deed->sql);
    g_autofree char *sql = g_strconcat(text, " CONCURRENTLY", NULL);
    fix_alone(run, finding, sql);
}

void
fix_validate_later(struct check_run *run, struct finding *finding, const struct deed *deed)
{
    if (!is_single(deed) || deed->act->name == NULL)
        return;
    g_autofree char *text = bare(deed->sql);
    g_autofree char *add = g_strconcat(text, " NOT VALID", NULL);
    g_autofree char *validate = sql_text("ALTER TABLE %S VALIDATE CONSTRAINT %I",
                                         deed->act->relation, deed->act->name);
    g_autofree char *back = sql_text("ALTER TABLE %S DROP CONSTRAINT %I", deed->act->relation,
                                     deed->act->name);
    fix_each_alone(run, finding, (const char *const[]){add, validate, NULL}, back);
}

void
fix_not_null_by_check(struct check_run *run, struct finding *finding, const struct deed *deed)
{
    const char *table = deed->act->relation;
    const char *column = deed->act->name;
    enum { NAME_MOST = 63 };
    g_autofree char *name = g_strconcat(column, "_is_set", NULL);
    if (strlen(name) > NAME_MOST)
        return;
    g_autofree char *add = sql_text("ALTER TABLE %S ADD CONSTRAINT %I CHECK (%I IS NOT NULL) NOT "
                                    "VALID",
                                    table, name, column);
    g_autofree char *validate = sql_text("ALTER TABLE %S VALIDATE CONSTRAINT %I", table, name);
    g_autofree char *set = sql_text("ALTER TABLE %S ALTER COLUMN %I SET NOT NULL", table, column);
    g_autofree char *drop = sql_text("ALTER TABLE %S DROP CONSTRAINT %I", table, name);
    g_autofree char *back = sql_text("ALTER TABLE %S ALTER COLUMN %I DROP NOT NULL", table, column);
    fix_each_alone(run, finding, (const char *const[]){add, validate, set, drop, NULL}, back);
}
