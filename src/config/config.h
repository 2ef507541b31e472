/* config.h - dbdoc.yml as a struct. What is absent has its default; unknown keys are errors with
 * file:line:column and "did you mean". All texts live in the arena. */
#ifndef DBDOC_CONFIG_H
#define DBDOC_CONFIG_H

#include "base/arena.h"
#include "config/language.h"
#include "config/pattern.h"

#include <glib.h>
#include <stdbool.h>

/* A finding that somebody looked at and found to be fine. */
struct acceptance {
    const char *slug;   /* of the rule */
    const char *object; /* address as written: "table blog.posts"; NULL: wherever it occurs */
    const char *reason; /* never empty */
    const char *until;  /* "2027-03-31"; NULL: for good */
    unsigned line;      /* in the configuration file */
    const char *file;   /* a note that says so; NULL: the configuration file */
};

/* What the rules speak of: all but matters of taste; what Ecto makes unasked once for the whole
 * database; everything. */
enum profile { PROFILE_DEFAULT, PROFILE_ECTO, PROFILE_STRICT };
extern const char *const profile_words[]; /* "default", "ecto", "strict"; ends with NULL */

/* Whether schemas of one structure are documented once, or each for itself. */
enum tenants { TENANTS_ONCE, TENANTS_EACH };

/* What may be published: all that is read, or the structure alone (catalog/structure.h). */
enum publish { PUBLISH_INTERNAL, PUBLISH_STRUCTURE };
extern const char *const publish_words[]; /* "internal", "structure"; ends with NULL */

/* Whether what libraries keep in the database is apart, or among all else. */
enum libraries { LIBRARIES_APART, LIBRARIES_COUNTED };

/* A link at the foot of every page. */
struct footer_link {
    const char *text;
    const char *url; /* https:, http: or mailto: */
};

/* Tables that belong together on the map; one that several groups name belongs to the first. */
struct config_group {
    const char *name; /* unique, never empty */
    struct patterns tables;
    unsigned line; /* in the configuration file */
};

/* Tables that are shown on a page of their own. */
struct config_viewpoint {
    const char *name;  /* unique, never empty: the address of the page */
    const char *title; /* never empty; the name when it is not said */
    const char *text;  /* Markdown; NULL for none */
    struct patterns tables;
    unsigned line;
};

/* A folder of migrations. Commands are in words, the first of which is the program. */
struct config_line {
    const char *folder;   /* below the root; NULL, of a line alone: where projects keep them */
    const char *tool;     /* whose migrations they are; NULL: what the files show */
    struct names up;      /* of a tool that dbdoc does not read; none: it reads the files */
    struct names down;    /* none: there is no way down */
    struct names probe;   /* only reads; never empty where there is `up` */
    const char *base;     /* what the version before the first one is called; "0" */
    struct names history; /* tables in which the tool keeps what is applied */
};

/* A word on tables and columns, such as "personal data". */
struct config_label {
    const char *name;        /* unique, never empty */
    const char *text;        /* what it means, one sentence; NULL for none */
    struct patterns objects; /* tables, and by three parts columns */
    unsigned line;
};

/* What migrations are rehearsed on. */
struct config_rehearsal {
    unsigned major;     /* of the PostgreSQL that they are for; 0: what is documented */
    const char *server; /* a connection string, ${NAME} replaced from the environment; NULL: a
                           throw-away one is started, as where a variable is not set */
    bool shared;        /* it may hold other databases */
};

/* What a deployment takes of the server's connections. */
struct config_connections {
    unsigned pool;     /* of one node */
    unsigned nodes;    /* that run at once */
    unsigned maximum;  /* max_connections; 0: what was observed of the server */
    unsigned reserved; /* for superusers and others; 3 */
    unsigned line;     /* 0: not said */
};

/* Kinds that a share of words can be asked for, as in model/coverage. */
enum { CONFIG_COVERAGE_COUNT = 8 };

struct config {
    const char *file;     /* "dbdoc.yml" as opened; NULL when there is none */
    const char *digest;   /* SHA-256 of its bytes; NULL when there is none */
    const char *root;     /* folder of the repository: where the file is, else the current one */
    const char *title;    /* NULL: the database's name */
    const char *url;      /* where the site is published, ending with "/"; NULL: not known */
    const char *logo;     /* picture below the root; NULL: dbdoc's own */
    const char *intro;    /* Markdown file below the root; NULL: none */
    const char *database; /* SOURCE, below the root when it is a path; ${NAME} is replaced from
                             the environment here alone; NULL: not said */
    const char *database_problem; /* why that cannot be read: a variable is not set, with what to
                                     do. NULL: it can. Others of the file's keys stand all the
                                     same */
    const char *observations; /* file below the root, for a SOURCE that is no server; NULL: none */
    size_t line_count;        /* none: migrations are where projects keep them */
    struct config_line *lines;
    const char *notes;      /* folder below the root; "notes" */
    const char *queries;    /* folder below the root; "queries" */
    struct names workload;  /* files below the root that say what the database was asked */
    const char *statistics; /* file below the root, of what the planner knows of rows; NULL: none */
    const char *output;     /* folder of the site, to be opened as it is; "site" in the root */
    const char *theme;      /* folder below the root whose files replace those of the theme */
    const char *templates;  /* likewise for templates; both NULL: none */
    const struct language *language; /* of dates and numbers; never NULL: "en" */
    unsigned load_seconds;           /* wall clock for loading a dump; 300 */
    unsigned load_megabytes;         /* disk for loading a dump; 2048 */
    struct config_rehearsal rehearsal;
    enum profile profile;
    enum tenants tenants;
    enum libraries libraries;
    enum publish publish;
    unsigned coverage[CONFIG_COVERAGE_COUNT]; /* percent; 0: not asked for */
    unsigned coverage_line;                   /* 0: nothing is */
    struct config_connections connections;
    struct patterns include; /* none: everything */
    struct patterns exclude; /* wins over include */
    size_t acceptance_count;
    struct acceptance *acceptances;
    size_t footer_count;
    struct footer_link *footer;
    size_t group_count;
    struct config_group *groups;
    size_t viewpoint_count;
    struct config_viewpoint *viewpoints;
    size_t label_count;
    struct config_label *labels;
};

/* Whether include and exclude let a table, a view or the like into the documentation. */
bool config_documents(const struct config *config, const char *schema, const char *name);

/* Reads `path`, or dbdoc.yml in the current folder when it is NULL (then its absence is no error).
 * `environment` is a list of NAME=value that ends with NULL: main.c clears some of the process's
 * own before anything is read; NULL leaves ${NAME} as it is written. FAILURE_USAGE with
 * file:line:column. */
struct config *config_read(struct arena *arena, const char *path, char **environment,
                           GError **error);

/* The same of a text that is no file here, such as one of a commit; messages call it `name`. Its
 * `file` is NULL, and its paths are as written. */
struct config *config_read_text(struct arena *arena, const char *name, const GString *text,
                                char **environment, GError **error);

#endif
