/* rights.c - by the title that rehearsal/sql/facets.sql or the catalog gives a fact. */
#include "runbook/rights.h"

#include "catalog/acl.h"
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

/* ---- grants, as the catalog has them (catalog/acl.h) ---- */

static const struct {
    const char *word;
    const char *subject;
} subjects[] = {
    {"table", "TABLE"},   {"view", "TABLE"},       {"sequence", "SEQUENCE"},
    {"schema", "SCHEMA"}, {"function", "ROUTINE"}, {"type", "TYPE"},
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

/* The role that runs the repair owns what it repairs. */
static char *
role_of(const struct acl_entry *entry)
{
    switch (entry->grantee) {
    case GRANTEE_PUBLIC:
        return g_strdup("PUBLIC");
    case GRANTEE_OWNER:
        return g_strdup("CURRENT_USER");
    case GRANTEE_ROLE:
        return g_str_equal(entry->role, MIGRATING_ROLE) ? g_strdup("CURRENT_USER")
                                                        : sql_quote_name(entry->role);
    }
    g_assert_not_reached();
}

enum granting { TAKES_AWAY, GIVES };

/* `privilege` NULL: all. */
static void
write_right(struct writer *writer, const struct acl_entry *entry, const char *privilege,
            enum granting granting, const char *option)
{
    g_autofree char *column = NULL;
    g_autofree char *subject = subject_of(writer->difference, &column);
    g_autofree char *role = role_of(entry);
    if (subject == NULL)
        return;
    g_autofree char *of = column == NULL ? g_strdup("") : g_strdup_printf(" (%s)", column);
    add(writer, granting == GIVES ? "GRANT %s%s ON %s TO %s%s;" : "REVOKE %s%s ON %s FROM %s%s;",
        privilege == NULL ? "ALL" : privilege, of, subject, role, option);
}

static const struct acl_entry *
find_entry(const GArray *entries, const struct acl_entry *of)
{
    static const struct acl_entry none = {0};
    for (guint i = 0; i < entries->len; i++) {
        const struct acl_entry *entry = &g_array_index(entries, struct acl_entry, i);
        if (entry->grantee == of->grantee && g_strcmp0(entry->role, of->role) == 0)
            return entry;
    }
    return &none;
}

/* What is in `some` alone, right by right; with a grant option and without it are two. */
static void
write_rights(struct writer *writer, const GArray *some, const GArray *others,
             enum granting granting)
{
    for (guint i = 0; i < some->len; i++) {
        const struct acl_entry *entry = &g_array_index(some, struct acl_entry, i);
        const struct acl_entry *other = find_entry(others, entry);
        unsigned set = entry->privileges &
                       ~(other->privileges & ~(entry->grantable ^ other->grantable));
        for (unsigned bit = 0; bit < PRIVILEGE_COUNT && entry->grantee != GRANTEE_OWNER; bit++)
            if ((set & 1U << bit) != 0)
                write_right(writer, entry, privilege_word((enum privilege)bit), granting,
                            granting == GIVES && (entry->grantable & 1U << bit) != 0
                                ? " WITH GRANT OPTION"
                                : "");
    }
}

static const struct acl_entry *
find_owner(const GArray *entries)
{
    const struct acl_entry *found = find_entry(entries,
                                               &(struct acl_entry){.grantee = GRANTEE_OWNER});
    return found->grantee == GRANTEE_OWNER ? found : NULL;
}

/* The owner has all, unless something else is said. */
static void
write_owner(struct writer *writer, const struct acl_entry *wanted, const struct acl_entry *found)
{
    const struct acl_entry owner = {.grantee = GRANTEE_OWNER};
    if (wanted == NULL && found != NULL)
        write_right(writer, &owner, NULL, GIVES, "");
    if (wanted == NULL || (found != NULL && found->privileges == wanted->privileges))
        return;
    g_autofree char *words = privileges_text(wanted->privileges, 0);
    write_right(writer, &owner, NULL, TAKES_AWAY, "");
    if (wanted->privileges != 0)
        write_right(writer, &owner, words, GIVES, "");
}

static void
repair_grants(struct writer *writer)
{
    g_autoptr(GArray) wanted = acl_entries_read(writer->difference->before);
    g_autoptr(GArray) found = acl_entries_read(writer->difference->after);
    write_owner(writer, find_owner(wanted), find_owner(found));
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
