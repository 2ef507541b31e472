/* evaluate.h - what Elixir source comes to, without running Elixir: a static evaluator over the
 * tree. Values that only a running program has (the environment, query results, the clock) are
 * opaque. What other libraries provide (Ecto's DSL) comes from a host. A function here returns NULL
 * when the program raised: evaluation->exception says what. Work and depth are limited. */
#ifndef DBDOC_EVALUATE_H
#define DBDOC_EVALUATE_H

#include "elixir/project.h"
#include "elixir/value.h"

/* Where an expression stands. Blocks and functions work on a copy, so that names end with them. */
struct frame {
    const struct module *module;      /* NULL in scripts */
    const struct binding *variables;  /* the newest first, here and below */
    const struct binding *attributes; /* of the module, as far as it was read */
    const struct binding *aliases;    /* short name → module */
};

enum exception_kind { EXCEPTION_RAISED, EXCEPTION_LIMIT };

struct exception {
    enum exception_kind kind;
    const char *module;  /* "RuntimeError"; NULL for a limit */
    const char *message; /* in words of Elixir or of who raised */
    const struct syntax *syntax;
};

struct call {
    const char *module; /* "Elixir.Ecto.Migration" */
    const char *name;
    const struct syntax *syntax;
    const struct frame *frame;
    size_t count;
    const struct value *const *arguments;
};

struct evaluation;

struct host {
    /* Whether the host has a function of that name in that module. */
    bool (*knows)(const struct evaluation *evaluation, const char *module, const char *name);
    const struct value *(*call)(struct evaluation *evaluation, const struct call *call);
    /* A macro that builds a query: its arguments are not evaluated. NULL: none is followed. */
    const struct value *(*query)(struct evaluation *evaluation, struct frame *frame,
                                 const struct syntax *call);
    /* Something happens here that cannot be followed. NULL: nobody asks. */
    void (*step)(struct evaluation *evaluation, const struct syntax *syntax, const char *reason);
};

/* Where nothing can happen: for the values that a module is read for. */
extern const struct host no_host;

struct evaluation {
    struct arena *arena;
    struct project *project; /* NULL: no other module is followed */
    const struct host *host;
    void *data; /* the host's */
    const struct exception *exception;
    const struct syntax *statement; /* the innermost statement being evaluated */
    unsigned depth;
    unsigned work;
};

const struct value *evaluate(struct evaluation *evaluation, struct frame *frame,
                             const struct syntax *syntax);

/* Evaluates the statements of a block in the frame itself; the value of the last one. */
const struct value *evaluate_block(struct evaluation *evaluation, struct frame *frame,
                                   const struct syntax *block);

/* Calls a function value; `syntax` is where that happens. */
const struct value *evaluate_apply(struct evaluation *evaluation, const struct syntax *syntax,
                                   const struct value *function, size_t count,
                                   const struct value *const *arguments);

/* Calls a function of a module that the project holds. */
const struct value *evaluate_function(struct evaluation *evaluation, const struct call *call,
                                      const struct module *module);

/* Whether so many bytes more may be written; raises the limit otherwise. */
bool evaluate_afford(struct evaluation *evaluation, const struct syntax *syntax, size_t bytes);

/* Raises; returns NULL. */
const struct value *evaluate_raise(struct evaluation *evaluation, const struct syntax *syntax,
                                   const char *module, const char *format, ...) G_GNUC_PRINTF(4, 5);

/* Tells the host of an opaque step; returns an opaque value. */
const struct value *evaluate_step(struct evaluation *evaluation, const struct syntax *syntax,
                                  const char *format, ...) G_GNUC_PRINTF(3, 4);

/* An opaque value. */
const struct value *evaluate_opaque(struct evaluation *evaluation, const char *format, ...)
    G_GNUC_PRINTF(2, 3);

#endif
