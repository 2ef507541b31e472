/* statements.c - the tables by which introspect.c reads, as a list. */
#include "introspect/statements.h"

#include "introspect/query.h"
#include "introspect/readings.h"

static void
statement_free(void *data)
{
    struct statement *statement = data;
    g_free((char *)(guintptr)statement->sql);
    g_free(statement);
}

static void
add(GPtrArray *list, const char *name, const struct kind *kind, const char *when)
{
    struct statement *statement = g_new(struct statement, 1);
    *statement = (struct statement){name, query_text(name, QUERY_NEWEST), kind, when};
    g_ptr_array_add(list, statement);
}

static void
add_plain(GPtrArray *list, const char *sql)
{
    struct statement *statement = g_new(struct statement, 1);
    *statement = (struct statement){NULL, g_strconcat(sql, ";\n", NULL), NULL, NULL};
    g_ptr_array_add(list, statement);
}

static void
add_readings(GPtrArray *list, const struct reading *reading)
{
    for (; reading->query != NULL; reading++)
        add(list, reading->query,
            reading->root != NULL ? kind_field(reading->root, reading->list)->child
                                  : reading->child,
            reading->manner == RARE ? "where the answer to \"" QUERY_PRESENT "\" names it" : NULL);
}

GPtrArray *
statements_list(enum observe observe)
{
    GPtrArray *list = g_ptr_array_new_with_free_func(statement_free);
    add_plain(list, STATEMENT_BEGIN);
    add(list, QUERY_SESSION, NULL, NULL);
    add(list, QUERY_SIGHT, NULL, NULL);
    add(list, QUERY_SIGHT_COLUMNS, NULL,
        "where the role may read a catalog of the server in part; what it may not read is left out "
        "of the statements that follow");
    add(list, QUERY_SERVER, &kind_catalog, NULL);
    add(list, QUERY_PRESENT, NULL, NULL);
    add_readings(list, readings);
    add(list, QUERY_HISTORIES, &kind_history,
        "then the statement that it answers, which reads the tables that it found");
    if (observe != OBSERVE_NOTHING) {
        add(list, QUERY_OBSERVED, &kind_observations, NULL);
        add_plain(list, STATEMENT_MARK);
        add(list, QUERY_IDENTITY, &kind_observations,
            "and \"" STATEMENT_TO_MARK "\" behind it, where the server refuses it");
        add_readings(list, observing);
    }
    add(list, QUERY_VANISHED, NULL, NULL);
    add(list, QUERY_LOCKS, NULL, "after a timeout, in a transaction of its own, for the message");
    add_plain(list, STATEMENT_END);
    return list;
}
