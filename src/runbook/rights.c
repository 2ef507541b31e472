/* rights.c - by the title that rehearsal/sql/facets.sql gives a fact. */
#include "runbook/rights.h"

#include "catalog/address.h"
#include "postgres/connection.h"

#include <string.h>

struct writer {
    struct arena *arena;
    GPtrArray *statements;
    const struct difference *difference;
};

static void add(struct writer *writer, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void
add(struct writer *writer, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_ptr_array_add(writer->statements, (gpointer)(guintptr)arena_text(writer->arena, text, -1));
}

/* "public.posts" and "title" of a column's path, as SQL writes them; false when it is none. */
static bool
split_column(const char *path, char **table, char **column)
{
    enum { PARTS = 3 };
    struct address_parts parts;
    if (!address_parse(path, &parts))
        return false;
    bool good = parts.count == PARTS;
    *table = good ? sql_quote_qualified(parts.names[0], parts.names[1]) : NULL;
    *column = good ? sql_quote_name(parts.names[2]) : NULL;
    address_parts_clear(&parts);
    return good;
}

/* ---- grants: "app: INSERT, SELECT WITH GRANT OPTION; PUBLIC: SELECT" ---- */

static const struct {
    const char *word;
    const char *subject;
} subjects[] = {
    {"table", "TABLE"},   {"view", "TABLE"},       {"sequence", "SEQUENCE"},
    {"schema", "SCHEMA"}, {"function", "ROUTINE"},
};

/* "TABLE public.posts"; of a column its table. NULL: nothing that has rights. Free with g_free. */
static char *
subject_of(const struct difference *difference, char **column)
{
    g_autofree char *table = NULL;
    if (g_str_equal(difference->word, "column"))
        return split_column(difference->path, &table, column) ? g_strconcat("TABLE ", table, NULL)
                                                              : NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(subjects); i++)
        if (g_str_equal(subjects[i].word, difference->word))
            return g_strconcat(subjects[i].subject, " ", difference->path, NULL);
    return NULL;
}

static char *
role_of(const char *who)
{
    return g_str_equal(who, "PUBLIC") ? g_strdup("PUBLIC") : sql_quote_name(who);
}

static bool
is_privilege(const char *text)
{
    return *text != '\0' && text[strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ ")] == '\0';
}

/* "app: SELECT WITH GRANT OPTION", one right an entry. */
static GPtrArray *
split_rights(const char *rights)
{
    GPtrArray *list = g_ptr_array_new_with_free_func(g_free);
    g_auto(GStrv) entries = rights == NULL ? NULL : g_strsplit(rights, "; ", -1);
    for (size_t i = 0; entries != NULL && entries[i] != NULL; i++) {
        char *colon = strstr(entries[i], ": ");
        g_auto(GStrv) privileges = colon == NULL ? NULL : g_strsplit(colon + 2, ", ", -1);
        if (colon != NULL)
            *colon = '\0';
        for (size_t k = 0; privileges != NULL && privileges[k] != NULL; k++)
            g_ptr_array_add(list, g_strdup_printf("%s: %s", entries[i], privileges[k]));
    }
    return list;
}

enum granting { TAKES_AWAY, GIVES };

static void
write_right(struct writer *writer, const char *right, enum granting granting)
{
    static const char option[] = " WITH GRANT OPTION";
    const char *colon = strstr(right, ": ");
    const char *what = colon + strlen(": ");
    bool grantable = g_str_has_suffix(what, option);
    bool nothing = g_str_equal(what, "nothing"); /* of what its owner may do */
    g_autofree char *column = NULL;
    g_autofree char *subject = subject_of(writer->difference, &column);
    g_autofree char *who = g_strndup(right, (gsize)(colon - right));
    g_autofree char *role = role_of(who);
    g_autofree char *privilege = g_strndup(what, strlen(what) - (grantable ? strlen(option) : 0));
    if (subject == NULL || (!nothing && !is_privilege(privilege)))
        return;
    g_autofree char *of = column == NULL ? g_strdup("") : g_strdup_printf(" (%s)", column);
    if ((granting == GIVES) != nothing)
        add(writer, "GRANT %s%s ON %s TO %s%s;", nothing ? "ALL" : privilege, of, subject, role,
            grantable ? option : "");
    else
        add(writer, "REVOKE %s%s ON %s FROM %s;", nothing ? "ALL" : privilege, of, subject, role);
}

static bool
is_among(const GPtrArray *rights, const char *right)
{
    return g_ptr_array_find_with_equal_func((GPtrArray *)(guintptr)rights, right, g_str_equal,
                                            NULL);
}

/* What is in `some` alone. */
static void
write_rights(struct writer *writer, const GPtrArray *some, const GPtrArray *other,
             enum granting granting)
{
    for (guint i = 0; i < some->len; i++)
        if (!is_among(other, some->pdata[i]))
            write_right(writer, some->pdata[i], granting);
}

static void
repair_grants(struct writer *writer)
{
    g_autoptr(GPtrArray) wanted = split_rights(writer->difference->before);
    g_autoptr(GPtrArray) found = split_rights(writer->difference->after);
    write_rights(writer, found, wanted, TAKES_AWAY);
    write_rights(writer, wanted, found, GIVES);
}

/* ---- the rest ---- */

static void
repair_target(struct writer *writer)
{
    g_autofree char *table = NULL;
    g_autofree char *column = NULL;
    const char *target = writer->difference->before;
    if (split_column(writer->difference->path, &table, &column) &&
        (target == NULL || target[strspn(target, "0123456789")] == '\0'))
        add(writer, "ALTER TABLE %s ALTER COLUMN %s SET STATISTICS %s;", table, column,
            target != NULL ? target : "-1");
}

static void
repair_storage(struct writer *writer)
{
    static const struct {
        const char *letter;
        const char *word;
    } storages[] = {{"p", "PLAIN"}, {"e", "EXTERNAL"}, {"m", "MAIN"}, {"x", "EXTENDED"}};
    g_autofree char *table = NULL;
    g_autofree char *column = NULL;
    if (!split_column(writer->difference->path, &table, &column))
        return;
    for (size_t i = 0; i < G_N_ELEMENTS(storages); i++)
        if (g_strcmp0(storages[i].letter, writer->difference->before) == 0)
            add(writer, "ALTER TABLE %s ALTER COLUMN %s SET STORAGE %s;", table, column,
                storages[i].word);
}

/* The server's own text makes it. */
static void
repair_statistics(struct writer *writer)
{
    const struct difference *difference = writer->difference;
    if (difference->after != NULL)
        add(writer, "DROP STATISTICS %s;", difference->path);
    if (difference->before != NULL)
        add(writer, "%s;", difference->before);
}

static void
repair_rule(struct writer *writer)
{
    const struct difference *difference = writer->difference;
    if (difference->after != NULL)
        add(writer, "DROP %s ON %s;", difference->title, difference->path);
    if (difference->before != NULL)
        add(writer, "%s", difference->before);
}

static const struct {
    const char *word; /* NULL: of all */
    const char *title;
    void (*repair)(struct writer *writer);
} repairs[] = {
    {NULL, "Grants", repair_grants},       {"column", "Statistics target", repair_target},
    {"column", "Storage", repair_storage}, {"statistics", "Definition", repair_statistics},
    {NULL, "Rule ", repair_rule},
};

struct names
rights_statements(struct arena *arena, const struct differences *differences)
{
    g_autoptr(GPtrArray) statements = g_ptr_array_new();
    for (size_t i = 0; i < differences->count; i++) {
        struct writer writer = {arena, statements, &differences->items[i]};
        const char *title = differences->items[i].title;
        for (size_t k = 0; title != NULL && k < G_N_ELEMENTS(repairs); k++)
            if ((repairs[k].word == NULL ||
                 g_str_equal(repairs[k].word, differences->items[i].word)) &&
                g_str_has_prefix(title, repairs[k].title))
                repairs[k].repair(&writer);
    }
    return names_keep(arena, statements);
}
