/* project.h - the modules of a Mix project, read from its files when they are first asked for. */
#ifndef DBDOC_PROJECT_H
#define DBDOC_PROJECT_H

#include "elixir/value.h"

/* A name and what it stands for; newer bindings hide older ones. */
struct binding {
    const char *name;
    const struct value *value;
    const struct binding *next;
};

/* One clause of a function. */
struct definition {
    const char *name;
    size_t arity;               /* with all arguments */
    size_t defaults;            /* how many of them may be left out */
    const struct syntax *head;  /* CALL or VARIABLE; items are patterns, BINARY \\ for defaults */
    const struct syntax *guard; /* or NULL */
    const struct syntax *body;  /* NULL for a head that only sets defaults */
    const struct binding *attributes; /* of the module, where the clause stands */
    const struct binding *aliases;
};

struct module {
    const char *name; /* "Elixir.Blog.Repo" */
    const struct source *source;
    const struct syntax *syntax;
    const struct binding *attributes;
    const struct binding *aliases;
    GPtrArray *definitions;     /* in the order of the source */
    GPtrArray *imports;         /* names of modules whose functions are called without a name */
    GPtrArray *macros;          /* struct definition: macros that are a quote; its body is that */
    const struct syntax *using; /* the body of its __using__ macro, or NULL */
    bool chooses;               /* `use X, :name` is the quote of X's function of that name */
};

struct project;

/* The folder that holds mix.exs (of an umbrella: the outer one) and lib/. */
struct project *project_new(struct arena *arena, const char *root);
void project_free(struct project *project);

/* A project of the same files whose modules live in another arena; it ends before `other` does. */
struct project *project_beside(struct arena *arena, struct project *other);

const char *project_root(const struct project *project);

/* The first `count` modules of a file below the root are registered; NULL with an error when it
 * cannot be read or is no Elixir. The array holds struct module, outer ones first. */
const GPtrArray *project_read(struct project *project, const char *path, GError **error);

/* The module of that full name, wherever below lib/ it stands; NULL when there is none. */
const struct module *project_find(struct project *project, const char *name);

/* The macro of that name and number of arguments; NULL when it is none that can be followed. */
const struct definition *module_macro(const struct module *module, const char *name, size_t count);

bool module_imports(const struct module *module, const char *name);
bool module_defines(const struct module *module, const char *name, size_t count);

/* The newest value of the name; NULL when there is none. */
const struct value *binding_find(const struct binding *bindings, const char *name);
const struct binding *binding_add(struct arena *arena, const struct binding *bindings,
                                  const char *name, const struct value *value);

#endif
