/* answer.h - what stands at an address: a file of the site, or a page, script or style of the
 * server's own below "/.dbdoc/". Only what lies in the folder of the site is read, no link is
 * followed, and hidden files are not shown. */
#ifndef DBDOC_SERVE_ANSWER_H
#define DBDOC_SERVE_ANSWER_H

#include <glib.h>

/* What there is to see. */
struct exhibit {
    char *folder;  /* of the site; NULL: not known yet */
    char *edition; /* of the site as it was last built: another one, another text; "" for none */
    char *moment;  /* the same of all the news there is */
    char *problem; /* why the newest build failed; NULL: it did not */
};

struct answer {
    unsigned status; /* of HTTP */
    const char *type;
    GString *body; /* g_string_free */
};

/* `path` begins with "/" and is decoded. */
struct answer answer_find(const struct exhibit *exhibit, const char *path);

/* The script that brings the news. */
struct answer answer_news(const struct exhibit *exhibit);

/* A page that says why there is none. */
struct answer answer_refusal(unsigned status, const char *words);

#endif
