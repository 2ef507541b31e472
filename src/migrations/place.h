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

/* The same; an empty array when there is none. */
GArray *places_look(const char *root, GError **error);
void places_free(GArray *places);

/* The only one. FAILURE_USAGE when there is none, or several. */
bool place_find(const char *root, struct migrations_place *place, GError **error);

/* The folder as somebody in `root` calls it: "apps/shop/priv/repo/migrations"; "." for the root
 * itself. `project` and `folder` are those of a place or of migrations. Free with g_free. */
char *place_seen_from(const char *root, const char *project, const char *folder);

void place_clear(struct migrations_place *place);

#endif
