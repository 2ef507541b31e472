/* releases.c - order, differences from one to the next, and the way back along an object's names.
 */
#include "model/releases.h"

#include "catalog/compare.h"
#include "catalog/renames.h"

#include <string.h>

static void
free_release(void *data)
{
    struct release *release = data;
    g_free(release->name);
    g_free(release->moment);
    g_clear_pointer(&release->renamed, g_hash_table_unref);
    g_clear_pointer(&release->changes, g_ptr_array_unref);
    database_free(release->database);
    g_free(release);
}

struct releases *
releases_new(void)
{
    struct releases *releases = g_new0(struct releases, 1);
    releases->items = g_ptr_array_new_with_free_func(free_release);
    return releases;
}

void
releases_free(struct releases *releases)
{
    if (releases == NULL)
        return;
    g_clear_pointer(&releases->unreleased_renamed, g_hash_table_unref);
    g_clear_pointer(&releases->unreleased, g_ptr_array_unref);
    g_ptr_array_unref(releases->items);
    g_free(releases->key);
    g_free(releases);
}

/* The key grows with each. */
static void
add_to_key(struct releases *releases, const struct release *release, const GString *text)
{
    GChecksum *checksum = g_checksum_new(G_CHECKSUM_SHA256);
    const char *const parts[] = {releases->key, release->name, release->moment};
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        const char *part = parts[i] != NULL ? parts[i] : "";
        g_checksum_update(checksum, (const guchar *)part, (gssize)strlen(part) + 1);
    }
    g_checksum_update(checksum, (const guchar *)text->str, (gssize)text->len);
    g_free(releases->key);
    releases->key = g_strdup(g_checksum_get_string(checksum));
    g_checksum_free(checksum);
}

void
releases_add(struct releases *releases, const char *name, const char *moment,
             struct database *database, const GString *text)
{
    struct release *release = g_new0(struct release, 1);
    release->name = g_strdup(name);
    release->moment = g_strdup(moment);
    release->database = database;
    g_ptr_array_add(releases->items, release);
    add_to_key(releases, release, text);
}

/* ---- order ---- */

static const char *
without_v(const char *name)
{
    bool version = (name[0] == 'v' || name[0] == 'V') && g_ascii_isdigit(name[1]);
    return version ? name + 1 : name;
}

/* Of two runs of digits; both move behind theirs. */
static int
compare_numbers(const char **a, const char **b)
{
    while (**a == '0' && g_ascii_isdigit((*a)[1]))
        (*a)++;
    while (**b == '0' && g_ascii_isdigit((*b)[1]))
        (*b)++;
    size_t length = strspn(*a, "0123456789");
    size_t other = strspn(*b, "0123456789");
    int order = length != other ? (length > other) - (length < other) : strncmp(*a, *b, length);
    *a += length;
    *b += other;
    return order;
}

/* What comes before a release stands behind "-": "2.0-rc1" is before "2.0". */
static int
compare_ends(const char *a, const char *b)
{
    if (*a == '\0' && *b == '\0')
        return 0;
    if (*a == '-' || *b == '-')
        return (*b == '-') - (*a == '-');
    return (unsigned char)*a < (unsigned char)*b ? -1 : 1;
}

int
release_compare_names(const char *a, const char *b)
{
    const char *left = without_v(a);
    const char *right = without_v(b);
    while (*left != '\0' && *right != '\0') {
        if (g_ascii_isdigit(*left) && g_ascii_isdigit(*right)) {
            int order = compare_numbers(&left, &right);
            if (order != 0)
                return order;
        } else if (*left == *right) {
            left++;
            right++;
        } else {
            break;
        }
    }
    int order = compare_ends(left, right);
    return order != 0 ? order : strcmp(a, b);
}

static int
compare_releases(gconstpointer a, gconstpointer b)
{
    return release_compare_names((*(const struct release *const *)a)->name,
                                 (*(const struct release *const *)b)->name);
}

/* ---- differences ---- */

static GPtrArray *
compare(const struct database *before, const struct database *after)
{
    GPtrArray *changes = catalog_compare(before->catalog, after->catalog);
    changes_join_renames(changes, NULL, 0);
    return changes;
}

void
releases_finish(struct releases *releases, const struct database *documented)
{
    g_ptr_array_sort(releases->items, compare_releases);
    const struct release *before = NULL;
    for (guint i = 0; i < releases->items->len; i++) {
        struct release *release = releases->items->pdata[i];
        if (before != NULL) {
            release->changes = compare(before->database, release->database);
            release->renamed = changes_find_renamed(release->changes);
        }
        before = release;
    }
    if (before != NULL) {
        releases->unreleased = compare(before->database, documented);
        releases->unreleased_renamed = changes_find_renamed(releases->unreleased);
    }
}

/* ---- since when ---- */

/* ".column" of a path in that of its table, "" of the table's own; NULL: it lies elsewhere, as an
 * index does. */
static const char *
path_within(const char *path, const char *holder)
{
    size_t length = strlen(holder);
    bool within = strncmp(path, holder, length) == 0 &&
                  (path[length] == '.' || path[length] == '\0');
    return within ? path + length : NULL;
}

/* The path of the same object before: its own, or what was renamed to it or to what holds it. Free
 * with g_free. */
static char *
path_before(GHashTable *renamed, const struct object *object)
{
    const struct object *holder = object;
    do {
        const struct object *before = g_hash_table_lookup(renamed, holder);
        const char *rest = before == NULL ? NULL : path_within(object->path, holder->path);
        if (rest != NULL)
            return g_strconcat(before->path, rest, NULL);
        holder = holder->parent;
    } while (holder != NULL);
    return g_strdup(object->path);
}

const struct release *
releases_since(const struct releases *releases, const struct object *object)
{
    const struct release *since = NULL;
    GHashTable *renamed = releases->unreleased_renamed;
    for (guint i = releases->items->len; i-- > 0;) {
        const struct release *release = releases->items->pdata[i];
        g_autofree char *path = path_before(renamed, object);
        object = database_find(release->database, object->kind->word, path);
        if (object == NULL)
            break;
        since = release;
        renamed = release->renamed;
    }
    return since;
}
