/* place.h - where a repository keeps its migrations. */
#ifndef DBDOC_MIGRATIONS_PLACE_H
#define DBDOC_MIGRATIONS_PLACE_H

#include <glib.h>
#include <stdbool.h>

/* A migrations folder, and the project it belongs to. Free both. */
struct migrations_place {
    char *root;   /* the folder of mix.exs (of an umbrella: the outer one), or what stands for it */
    char *folder; /* below the root */
};

/* The place of a folder that a person named. FAILURE_USAGE when it is no folder. */
bool place_of_folder(const char *folder, struct migrations_place *place, GError **error);

/* All migrations folders of the repository, as struct migrations_place; free with places_free.
 * FAILURE_USAGE when there is none. */
GArray *places_find(const char *root, GError **error);
void places_free(GArray *places);

/* The only one. FAILURE_USAGE when there is none, or several. */
bool place_find(const char *root, struct migrations_place *place, GError **error);

void place_clear(struct migrations_place *place);

#endif
