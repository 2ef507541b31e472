/* process.h - child processes: an argv array, never a shell; a clean environment. */
#ifndef DBDOC_PROCESS_H
#define DBDOC_PROCESS_H

#include <glib.h>
#include <stdbool.h>
#include <sys/types.h>

/* Who a child runs as; {0, 0} with `switches` false leaves the user as it is. */
struct identity {
    bool switches;
    uid_t user;
    gid_t group;
};

struct process {
    const char *const *argv; /* NULL-terminated, argv[0] is a path or found in /usr/bin:/bin */
    const char *const *environment; /* NULL-terminated NAME=value; NULL for the minimum */
    struct identity identity;
    int input;  /* descriptor that the program reads; 0: nothing */
    int result; /* descriptor that takes its standard output; 0: it goes the way of its errors */
    const char *folder; /* where it runs, and where a relative argv[0] lies; NULL: where dbdoc does
                         */
};

/* Runs the program to its end. Its standard output and error go to *output (may be NULL).
 * False when it cannot start or ends otherwise than with 0: the error quotes the last lines. */
bool process_run(const struct process *process, char **output, GError **error);

/* Asked several times a second; false (with *error) ends what it guards. */
struct process_guard {
    bool (*check)(void *data, GError **error);
    void *data;
};

/* Runs a program that nobody vouches for, in a process group of its own: what is left of the group
 * ends with the program, and all of it when the guard says so, the user interrupts (then false) or
 * dbdoc is killed.
 * The program is looked up in the PATH of its environment. *output is what it wrote, up to a limit,
 * also when it failed; *status is as of waitpid. */
bool process_watch(const struct process *process, const struct process_guard *guard, char **output,
                   int *status, GError **error);

/* In a child: gives up root, then lives no longer than its parent. Sets signals back to default. */
bool process_become(const struct identity *identity);

extern const char *const process_minimal_environment[];

#endif
