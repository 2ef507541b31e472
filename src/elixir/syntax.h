/* syntax.h - Elixir source as a tree: what is written, nothing of what it means.
 * The only user of tree-sitter and its grammar. Where Elixir's parser makes one form of two
 * spellings, so does this tree: `do … end` is a last argument [do: …], keywords without brackets
 * are a list, a keyword pair is a tuple, `x |> f(y)` is f(x, y), heredocs have lost their
 * indentation and literals their escapes. Everything lives in the arena; the source's text must
 * live as long. */
#ifndef DBDOC_SYNTAX_H
#define DBDOC_SYNTAX_H

#include "base/arena.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

enum syntax_kind {
    SYNTAX_ATOM,         /* text; true, false and nil too */
    SYNTAX_ALIAS,        /* text "Foo.Bar"; target for __MODULE__.Bar */
    SYNTAX_ALIASES,      /* target.{items} */
    SYNTAX_VARIABLE,     /* text; also a call without arguments and parentheses */
    SYNTAX_INTEGER,      /* integer */
    SYNTAX_FLOAT,        /* real */
    SYNTAX_STRING,       /* text */
    SYNTAX_INTERPOLATED, /* items: SYNTAX_STRING and expressions; `makes` says of what kind */
    SYNTAX_SIGIL,        /* text is the name; items as above; modifiers */
    SYNTAX_LIST,         /* items; a last item BINARY | is head and tail */
    SYNTAX_TUPLE,        /* items */
    SYNTAX_MAP,          /* items: pairs; target is the struct's name, base the map updated */
    SYNTAX_CALL,         /* text name, target the receiver or NULL, items the arguments */
    SYNTAX_APPLY,        /* target.(items) */
    SYNTAX_ACCESS,       /* items[0][items[1]] */
    SYNTAX_UNARY,        /* text operator, items[0] */
    SYNTAX_BINARY,       /* text operator, items[0] and items[1] */
    SYNTAX_BLOCK,        /* items, one after the other; CLAUSEs for `do x -> y end` */
    SYNTAX_FUNCTION,     /* fn: items are CLAUSEs */
    SYNTAX_CLAUSE,       /* items: patterns; guard or NULL; body */
    SYNTAX_UNKNOWN,      /* a form this tree does not have; text says which */
};

struct source {
    const char *path; /* as shown to the user */
    const char *text;
    gsize length;
    const struct syntax *root; /* a BLOCK */
};

struct syntax {
    enum syntax_kind kind;
    unsigned line; /* from 1 */
    const struct source *source;
    gsize start, end; /* bytes of the source */
    const char *text; /* NUL-terminated; may hold NULs of its own where length says so */
    gsize length;
    size_t count;
    const struct syntax **items;
    const struct syntax *target;
    union {
        const struct syntax *base;  /* MAP */
        const struct syntax *guard; /* CLAUSE */
        const char *modifiers;      /* SIGIL */
        enum syntax_kind makes;     /* INTERPOLATED: STRING or ATOM */
        int64_t integer;
        double real;
    };
    const struct syntax *body; /* CLAUSE */
};

/* Reads a file's text. NULL when it is no Elixir: *line is where that shows. */
const struct source *syntax_read(struct arena *arena, const char *path, const GString *text,
                                 unsigned *line);

/* The source of an expression on one line, cut after `limit` bytes, in the arena. */
const char *syntax_excerpt(struct arena *arena, const struct syntax *syntax, gsize limit);

/* The value of a key in the keyword list that is the last argument; NULL when there is none. */
const struct syntax *syntax_section(const struct syntax *call, const char *key);

#endif
