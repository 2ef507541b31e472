/* survey.h - what a folder shows of its database, for "dbdoc init". Names of files are as found:
 * they may hold all that a name can. */
#ifndef DBDOC_SURVEY_H
#define DBDOC_SURVEY_H

#include <glib.h>
#include <stdbool.h>

#define SURVEY_OBSERVATIONS "observations.json"

struct survey {
    GPtrArray *sources;     /* char *: what database: can be, the most telling first */
    GPtrArray *unspeakable; /* char *: the same, but their names cannot stand in dbdoc.yml */
    char *title;            /* the folder's name; NULL for the root of all */
    bool has_mix;
    bool has_observations;
};

/* Looks into `root`, which must be a folder. FAILURE_USAGE when it cannot be read. */
bool survey_make(const char *root, char **variables, struct survey *survey, GError **error);
void survey_clear(struct survey *survey);

#endif
