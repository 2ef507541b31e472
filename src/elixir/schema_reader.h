/* schema_reader.h - what the files that read schema modules share among themselves. */
#ifndef DBDOC_SCHEMA_READER_H
#define DBDOC_SCHEMA_READER_H

#include "elixir/internal.h"
#include "elixir/schema_module.h"

/* One run over a project. Modules of a file live in a scratch arena until their file is done. */
struct schema_reader {
    struct arena *arena;   /* of the result */
    struct arena *scratch; /* of the syntax */
    struct project *project;
    GArray *modules;     /* struct schema_module */
    GArray *constraints; /* struct schema_constraint */
    GArray *targets;     /* struct names */
    GArray *hints;       /* struct query_hint */
    GArray *problems;    /* struct schema_problem */
};

/* The call that makes a module a schema; NULL when there is none. */
const struct syntax *schema_call(const struct module *module);

/* Reads the schema of a module, if it has one; false when it has none. */
bool schema_read(struct schema_reader *reader, const struct module *module,
                 struct schema_module *schema);

/* Reads its functions: their constraints and conflict targets go into the reader, casts and
 * validations into the schema (NULL: it has none). */
void schema_read_functions(struct schema_reader *reader, const struct module *module,
                           struct schema_module *schema);

/* Looks at the queries in its functions. */
void schema_read_queries(struct schema_reader *reader, const struct module *module);

/* Gives names to constraints that follow Ecto's rule: once all modules are known. */
void schema_name_constraints(struct schema_reader *reader, const struct schema_modules *modules);

/* The value of an expression; an opaque one where it raises. */
const struct value *schema_value(struct schema_reader *reader, const struct frame *frame,
                                 const struct syntax *syntax);

/* "Blog.Post" of :"Elixir.Blog.Post", in the result's arena; NULL for anything else. */
const char *schema_module_name(struct schema_reader *reader, const struct value *value);

/* An atom, or the atoms or texts of a list, in the result's arena; false when not all are known. */
bool schema_names(struct schema_reader *reader, const struct value *value, struct names *names);

struct code_place schema_place(struct schema_reader *reader, const struct syntax *syntax);

#endif
