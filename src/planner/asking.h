/* asking.h - one session that explains one query after another, with some indexes out of sight. For
 * planner/ alone. */
#ifndef DBDOC_PLANNER_ASKING_H
#define DBDOC_PLANNER_ASKING_H

#include "cluster/cluster.h"
#include "planner/planner.h"

struct asking {
    struct arena *arena;
    struct cluster *cluster;
    struct connection *session;
    unsigned explained;
};

/* The planner's settings are those of what is known of rows; NULL: nothing is. */
bool asking_open(struct asking *asking, const char *database, const struct known_rows *known,
                 GError **error);
void asking_close(struct asking *asking);

enum manner {
    BY_COST,
    BY_INDEX, /* whatever an index can do, it does */
};

enum pruning {
    PRUNED,
    UNPRUNED, /* all partitions are planned, whatever the parameters are */
};

/* What is asked of the planner. */
struct wish {
    const char *text;   /* of the query */
    const char *hidden; /* indexes, as text of oid[] */
    enum manner manner;
    enum pruning pruning;
};

/* Gets ready for a query, and for the next one. `problem` says why the server does not take it. */
bool asking_begin(struct asking *asking, const char *text, const char **problem, GError **error);
bool asking_end(struct asking *asking, GError **error);

/* The generic plan; NULL in *plan when the server refuses, and *problem says why. False only when
 * the session cannot go on. */
bool asking_explain(struct asking *asking, const struct wish *wish, const struct plan_node **plan,
                    const char **problem, GError **error);

/* Likewise within a transaction that the caller began, and with all that is in it. */
bool asking_explain_here(struct asking *asking, const char *text, const struct plan_node **plan,
                         const char **problem, GError **error);

#endif
