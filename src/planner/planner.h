/* planner.h - what PostgreSQL's planner says of the queries of a project: which index can serve
 * which query, and what it would cost without. Asked in a throw-away database by EXPLAIN alone:
 * nothing is executed. Plans are generic: they hold for all values of parameters.
 *
 * Costs mean something only with statistics. Without them, an index is looked at alone: all other
 * ways that the planner could take are hidden or made dear. What it does then it can do; whether it
 * would, depends on the rows. */
#ifndef DBDOC_PLANNER_H
#define DBDOC_PLANNER_H

#include "base/arena.h"
#include "statistics/statistics.h"
#include "workload/workload.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

struct cluster;

/* What a node does, in the words of EXPLAIN: "Index Cond", "Sort Key" … */
struct plan_detail {
    const char *label;
    const char *text; /* constants read ? */
};

struct plan_node {
    const char *type;     /* "Index Scan" */
    const char *title;    /* as EXPLAIN prints it: "Hash Left Join", "Parallel Seq Scan" */
    const char *part;     /* how the query uses what it yields: "InitPlan 1"; NULL: as a whole */
    const char *source;   /* a CTE or a function that it reads; NULL: none */
    const char *schema;   /* of the relation; NULL: it reads none */
    const char *relation; /* of a bitmap, the one that its rows are in */
    const char *alias;
    const char *index;      /* as the relation has it: a partition's own; NULL: none */
    const char *condition;  /* of the index or of the join; constants read ? */
    const char *filter;     /* what rows are thrown away by; constants read ? */
    const char *ordered_by; /* first key of what must put rows in order itself: a sort, or a hash
                               in the place of one; constants read ? */
    size_t detail_count;
    const struct plan_detail *details;
    double startup_cost;
    double total_cost;
    double rows;
    double share;      /* of the cost of the whole plan: what is its own, without its children's */
    bool inner_unique; /* a join that finds one row at most */
    unsigned removed;  /* subplans that values of parameters would leave out */
    struct names arbiters; /* indexes that settle ON CONFLICT */
    size_t count;
    struct plan_node *children;
};

/* The text that EXPLAIN (FORMAT JSON) answers; NULL when it is none. */
const struct plan_node *plan_read(struct arena *arena, const char *text);

/* Tells each node of a plan its share. Nothing ran: how often a node runs is what the planner
 * expects, and of what a LIMIT above leaves unread only the part that is read counts. */
void plan_share(struct plan_node *root);

/* What plans were made from. */
enum plan_basis {
    PLANS_BY_ABILITY, /* too little is known of the rows: costs and `chosen` are not told */
    PLANS_BY_STATISTICS,
};

/* A line a node, those below it indented; with costs where they mean something. g_free. */
char *plan_text(const struct plan_node *root, enum plan_basis basis);

/* What an index does for a query. */
enum use_role {
    USE_FILTER = 1 << 0,      /* finds rows by a condition */
    USE_JOIN = 1 << 1,        /* finds the rows that go with a row of another relation */
    USE_ORDER = 1 << 2,       /* gives rows in the order that is asked for */
    USE_BEGIN_ORDER = 1 << 3, /* gives them in the order of its first part */
    USE_LIMIT = 1 << 4,       /* … of which a LIMIT takes the first */
    USE_UNIQUENESS = 1 << 5,  /* shows that a join finds one row at most */
    USE_ARBITER = 1 << 6,     /* settles ON CONFLICT */
};

struct index_use {
    const char *index;     /* path: "blog.posts_author_id_index" … */
    const char *table;     /* … and that of its table */
    unsigned roles;        /* enum use_role */
    const char *condition; /* which it finds rows by; constants read ?; NULL: none */
    bool chosen;           /* with statistics: the query's plan uses it */
    double cost_without;   /* of the query, without it … */
    double cost_family;    /* … and without all indexes that begin as it does; 0: it is alone */
    const struct plan_node *without; /* the plans of both; NULL: there is none */
    const struct plan_node *without_family;
};

/* An index that is not there, and was tried in a transaction that was rolled back. */
struct missing_index {
    const char *table; /* path */
    struct names columns;
    double bytes; /* estimated from rows and widths of columns */
    double cost;  /* of the query with it */
    const struct plan_node *root;
};

/* So many times as much a query must cost without it. */
#define MISSING_FROM 2.0

struct query_plan {
    const struct query *query;
    const char *problem;   /* why it has no plan, without any value; NULL: it has one */
    struct names tampered; /* what was done so that the generic plan shows all, in sentences */
    const struct plan_node *root; /* the generic plan with all indexes … */
    const struct plan_node *able; /* … and by ability, the one that uses all that can
                                     serve it; NULL: none */
    enum plan_basis basis;        /* by statistics when those of all its tables are known */
    size_t use_count;             /* by path */
    const struct index_use *uses;
    const struct missing_index *missing; /* by statistics, the best of those that were tried; NULL:
                                            none is so much better */
};

/* Part of a database: what a change of it concerns. */
struct plan_scope {
    GHashTable *changed; /* paths of its indexes, and of tables that are new or go */
    GHashTable *tables;  /* paths, likewise of strings: those, and the tables of these indexes that
                            were seen so far */
};

struct query_plans {
    const struct plan_scope *scope; /* of what indexes do, that of its tables alone is known; NULL:
                                       all of it */
    const char *server;             /* "15.20" */
    bool by_statistics;             /* some are known … */
    const char *date;               /* … of that day; NULL: of a day that is not said */
    size_t count;                   /* those of the workload that are statements, in its order */
    const struct query_plan *items;
    unsigned explained; /* how often EXPLAIN ran */
    unsigned tried;     /* indexes that are not there … */
    unsigned untried;   /* … and those that were too many */
};

/* What is to be planned. */
struct plan_request {
    struct arena *arena;
    struct cluster *cluster;
    const char *database; /* of the cluster; the schema is there */
    const struct workload *workload;
    const struct known_rows *known; /* NULL: of no rows is anything known */
    const struct plan_scope *scope; /* whose indexes are looked at: all queries are planned.
                                       Adds the tables of its indexes. NULL: all indexes */
};

/* Plans each query of the workload. Adds a function to the database. What is wrong with a query
 * is its problem; FAILURE_DATABASE when the server is gone, or the cluster's limits are reached. */
bool plan_queries(const struct plan_request *request, struct query_plans *plans, GError **error);

/* What the index does in the plan, compared with the plan where no index is (NULL: there is none).
 * `is_index` says whether a node's index is it. */
struct index_question {
    bool (*is_index)(const struct plan_node *node, const void *data);
    bool (*narrows)(const struct plan_node *node, const void *data); /* its condition: it does not
                                                                        read all of the index */
    const void *data;
};
unsigned plan_roles(const struct plan_node *with, const struct plan_node *without,
                    const struct index_question *question);

/* What it finds rows by there; NULL: nothing, or it is not in the plan. */
const char *plan_condition(const struct plan_node *root, const struct index_question *question);
bool plan_uses(const struct plan_node *root, const struct index_question *question);

/* The nodes of the first that are not in the second, in the order of the plan. Free with
 * g_ptr_array_unref. */
GPtrArray *plan_missing(const struct plan_node *first, const struct plan_node *second);
bool plan_differs(const struct plan_node *first, const struct plan_node *second);

#endif
