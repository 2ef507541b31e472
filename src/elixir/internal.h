/* internal.h - what the files of the evaluator share among themselves. */
#ifndef DBDOC_ELIXIR_INTERNAL_H
#define DBDOC_ELIXIR_INTERNAL_H

#include "elixir/evaluate.h"

enum closure_kind {
    CLOSURE_FUNCTION, /* fn … end: clauses */
    CLOSURE_BLOCK,    /* the do block of a host's call */
    CLOSURE_CAPTURE,  /* &(… &1 …) */
    CLOSURE_NAMED,    /* &name/1, &Module.name/1 */
};

struct closure {
    enum closure_kind kind;
    const struct syntax *syntax;
    struct frame frame;
    const char *module; /* NAMED; NULL for a local function */
    const char *name;
};

enum match { MATCH_NO, MATCH_YES, MATCH_UNKNOWN };

/* Binds the variables of the pattern in the frame. MATCH_UNKNOWN where an opaque value decides; all
 * variables of the pattern are opaque then. */
enum match pattern_match(struct evaluation *evaluation, struct frame *frame,
                         const struct syntax *pattern, const struct value *value);

/* Whether the guard (NULL: always) holds. */
enum match guard_holds(struct evaluation *evaluation, struct frame *frame,
                       const struct syntax *guard);

/* Tries clauses (with patterns for all arguments) in order and evaluates the body of the first that
 * fits. *matched is MATCH_NO when none does; the result is then nil. */
const struct value *clauses_evaluate(struct evaluation *evaluation, const struct frame *frame,
                                     const struct syntax *clauses, const GPtrArray *arguments,
                                     enum match *matched);

/* The special form of that name and its evaluation; NULL when it is an ordinary call. */
typedef const struct value *(*special_form)(struct evaluation *evaluation, struct frame *frame,
                                            const struct syntax *call);
special_form special_form_find(const char *name);

const struct value *call_evaluate(struct evaluation *evaluation, struct frame *frame,
                                  const struct syntax *call);
const struct value *capture_evaluate(struct evaluation *evaluation, struct frame *frame,
                                     const struct syntax *capture);
const struct value *operator_evaluate(struct evaluation *evaluation, struct frame *frame,
                                      const struct syntax *binary);
const struct value *unary_evaluate(struct evaluation *evaluation, struct frame *frame,
                                   const struct syntax *unary);

/* A function of Elixir's own library. */
struct library_function {
    const char *module; /* without "Elixir." */
    const char *name;
    size_t least, most; /* how many arguments */
    const struct value *(*run)(struct evaluation *evaluation, const struct call *call);
};
const struct library_function *library_find(const char *module, const char *name, size_t count);
/* Modules that read what only a running program has, and change no database. */
bool library_reads_surroundings(const char *module);

extern const struct library_function library_enum[];
extern const struct library_function library_texts[];
extern const struct library_function library_kernel[];
extern const struct library_function library_containers[];
extern const struct library_function library_lists[];

/* The module that an alias stands for: "Elixir.Foo.Bar". NULL when its target is not known. */
const char *alias_resolve(struct evaluation *evaluation, const struct frame *frame,
                          const struct syntax *alias);

const struct value *value_closure(struct arena *arena, const struct closure *closure);

/* Items of a list, a map (as pairs) or a range; NULL for what cannot be enumerated. Free it. */
GPtrArray *value_enumerate(struct arena *arena, const struct value *value);

#endif
