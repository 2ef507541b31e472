/* access.c - closes the memberships once and reads the grants of each object once; then each
 * question looks up. */
#include "catalog/access.h"

#include "base/text.h"
#include "catalog/known.h"

#define DATABASE_OWNER "pg_database_owner"
#define SET(privilege) (1U << (privilege))

struct access {
    const struct catalog *catalog;
    GHashTable *rights;     /* name of a role → see close_memberships */
    GHashTable *superusers; /* set of names */
    GHashTable *grants; /* struct object → GArray of struct acl_entry, as they are asked for */
};

static const struct role *
find_role(const struct catalog *catalog, const char *name)
{
    for (size_t i = 0; i < catalog->roles.count; i++)
        if (g_str_equal(catalog->roles.items[i].name, name))
            return &catalog->roles.items[i];
    return NULL;
}

/* Whose rights a role has → through whom it has them, NULL for itself. Each name once, nearest
 * first, so that a circle in a file made by hand ends, too. */
static GHashTable *
close_memberships(const struct catalog *catalog, const struct role *role)
{
    GHashTable *through = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GPtrArray) queue = g_ptr_array_new();
    g_hash_table_insert(through, (gpointer)(guintptr)role->name, NULL);
    g_ptr_array_add(queue, (gpointer)(guintptr)role->name);
    for (guint i = 0; i < queue->len; i++) {
        const char *name = queue->pdata[i];
        g_autoptr(GPtrArray) next = g_ptr_array_new();
        if (text_equal(name, catalog->owner))
            g_ptr_array_add(next, (gpointer)(guintptr)DATABASE_OWNER);
        const struct role *one = find_role(catalog, name);
        for (size_t j = 0; one != NULL && j < one->memberships.count; j++)
            if (one->memberships.items[j].inherit == YES)
                g_ptr_array_add(next, (gpointer)(guintptr)one->memberships.items[j].name);
        for (guint j = 0; j < next->len; j++) {
            if (g_hash_table_contains(through, next->pdata[j]))
                continue;
            g_hash_table_insert(through, next->pdata[j], (gpointer)(guintptr)name);
            g_ptr_array_add(queue, next->pdata[j]);
        }
    }
    return through;
}

bool
access_is_seen(const struct catalog *catalog)
{
    static const char *const facts[] = {"grants",   "memberships", "owner",
                                        "policies", "roles",       "row_security"};
    for (const struct kind *const *kind = all_kinds; *kind != NULL; kind++)
        for (size_t i = 0; i < G_N_ELEMENTS(facts); i++)
            if (!catalog_sees(catalog, *kind, facts[i]))
                return false;
    return true;
}

struct access *
access_new(const struct database *database)
{
    struct access *access = g_new0(struct access, 1);
    access->catalog = database->catalog;
    access->rights = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
                                           (GDestroyNotify)g_hash_table_unref);
    access->superusers = g_hash_table_new(g_str_hash, g_str_equal);
    access->grants = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_array_unref);
    for (size_t i = 0; i < database->catalog->roles.count; i++) {
        const struct role *role = &database->catalog->roles.items[i];
        g_hash_table_insert(access->rights, (gpointer)(guintptr)role->name,
                            close_memberships(database->catalog, role));
        if (role->superuser == YES)
            g_hash_table_add(access->superusers, (gpointer)(guintptr)role->name);
    }
    return access;
}

void
access_free(struct access *access)
{
    if (access == NULL)
        return;
    g_hash_table_unref(access->rights);
    g_hash_table_unref(access->superusers);
    g_hash_table_unref(access->grants);
    g_free(access);
}

bool
access_has_rights_of(const struct access *access, const char *role, const char *other)
{
    const GHashTable *names = g_hash_table_lookup(access->rights, role);
    if (other == NULL)
        return false;
    return names == NULL ? g_str_equal(role, other)
                         : g_hash_table_contains((GHashTable *)(guintptr)names, other);
}

#define COLUMN_PRIVILEGES                                                                          \
    (SET(PRIVILEGE_SELECT) | SET(PRIVILEGE_INSERT) | SET(PRIVILEGE_UPDATE) |                       \
     SET(PRIVILEGE_REFERENCES))

unsigned
access_everything(const struct access *access, const struct kind *kind)
{
    return kind == &kind_column ? COLUMN_PRIVILEGES
                                : acl_owner_privileges(kind, access->catalog->postgresql);
}

const char **
access_chain(const struct access *access, const char *role, const char *other)
{
    GHashTable *through = g_hash_table_lookup(access->rights, role);
    if (through == NULL || !g_hash_table_contains(through, other))
        return NULL;
    GPtrArray *names = g_ptr_array_new();
    for (const char *name = other; !g_str_equal(name, role);
         name = g_hash_table_lookup(through, name))
        g_ptr_array_insert(names, 0, (gpointer)(guintptr)name);
    g_ptr_array_add(names, NULL);
    return (const char **)g_ptr_array_free(names, FALSE);
}

/* Before 16 nothing but the membership is asked for. */
GPtrArray *
access_becomes(const struct access *access, const char *role)
{
    GPtrArray *found = g_ptr_array_new();
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GPtrArray) queue = g_ptr_array_new();
    g_ptr_array_add(queue, (gpointer)(guintptr)role);
    for (guint i = 0; i < queue->len; i++) {
        const char *name = queue->pdata[i];
        const struct role *one = find_role(access->catalog, name);
        if (!g_hash_table_add(seen, (gpointer)(guintptr)name))
            continue;
        if (!access_has_rights_of(access, role, name))
            g_ptr_array_add(found, (gpointer)(guintptr)name);
        for (size_t j = 0; one != NULL && j < one->memberships.count; j++)
            if (one->memberships.items[j].set != NO)
                g_ptr_array_add(queue, (gpointer)(guintptr)one->memberships.items[j].name);
    }
    return found;
}

static void
clear_entry(void *entry)
{
    acl_entry_clear(entry);
}

static const char *
owner_of(const struct object *object)
{
    const struct field *owner = kind_field(object->kind, "owner");
    return owner == NULL ? NULL : field_text(owner, object);
}

/* What was granted, with what its owner has by default, which the catalog leaves out. */
static GArray *
read_grants(const struct access *access, const struct object *object)
{
    GArray *entries = g_array_new(FALSE, FALSE, sizeof(struct acl_entry));
    g_array_set_clear_func(entries, clear_entry);
    const struct field *grants = kind_field(object->kind, "grants");
    if (grants == NULL)
        return entries;
    const struct names *texts = field_names(grants, object);
    bool owner_has_all = owner_of(object) != NULL;
    for (size_t i = 0; i < texts->count; i++) {
        struct acl_entry entry;
        if (!acl_entry_read(texts->items[i], &entry))
            continue;
        owner_has_all = owner_has_all && entry.grantee != GRANTEE_OWNER;
        g_array_append_val(entries, entry);
    }
    const struct acl_entry all = {
        .grantee = GRANTEE_OWNER,
        .privileges = access_everything(access, object->kind),
    };
    if (owner_has_all)
        g_array_prepend_val(entries, all);
    return entries;
}

static const GArray *
grants_of(const struct access *access, const struct object *object)
{
    GArray *entries = g_hash_table_lookup(access->grants, object);
    if (entries == NULL) {
        entries = read_grants(access, object);
        g_hash_table_insert(access->grants, (gpointer)(guintptr)object, entries);
    }
    return entries;
}

/* Roles whose members may do something everywhere. */
static const struct {
    const char *role;
    unsigned relations;
    unsigned schemas;
} predefined[] = {
    {"pg_read_all_data", SET(PRIVILEGE_SELECT), SET(PRIVILEGE_USAGE)},
    {"pg_write_all_data", SET(PRIVILEGE_INSERT) | SET(PRIVILEGE_UPDATE) | SET(PRIVILEGE_DELETE),
     SET(PRIVILEGE_USAGE)},
    {"pg_maintain", SET(PRIVILEGE_MAINTAIN), 0},
};

/* One way in which a role comes to rights; those without any are left out. */
static void
add_way(GArray *ways, struct access_way way)
{
    if (way.privileges != 0)
        g_array_append_val(ways, way);
}

static void
add_granted(const struct access *access, const char *role, const struct object *object,
            GArray *ways)
{
    const GArray *entries = grants_of(access, object);
    for (guint i = 0; i < entries->len; i++) {
        const struct acl_entry *entry = &g_array_index(entries, struct acl_entry, i);
        struct access_way way = {entry->grantee, entry->role, entry->privileges, entry->grantable};
        if (entry->grantee == GRANTEE_OWNER)
            way.role = owner_of(object);
        if (entry->grantee == GRANTEE_PUBLIC || access_has_rights_of(access, role, way.role))
            add_way(ways, way);
    }
}

static void
add_everywhere(const struct access *access, const char *role, const struct kind *kind, GArray *ways)
{
    bool relation = kind == &kind_table || kind == &kind_view || kind == &kind_sequence;
    if (!relation && kind != &kind_schema)
        return;
    for (size_t i = 0; i < G_N_ELEMENTS(predefined); i++) {
        unsigned set = relation ? predefined[i].relations : predefined[i].schemas;
        if (access_has_rights_of(access, role, predefined[i].role))
            add_way(ways, (struct access_way){GRANTEE_ROLE, predefined[i].role,
                                              set & access_everything(access, kind), 0});
    }
}

GArray *
access_ways(const struct access *access, const char *role, const struct object *object)
{
    GArray *ways = g_array_new(FALSE, FALSE, sizeof(struct access_way));
    add_granted(access, role, object, ways);
    add_everywhere(access, role, object->kind, ways);
    return ways;
}

bool
access_is_superuser(const struct access *access, const char *role)
{
    return g_hash_table_contains(access->superusers, role);
}

unsigned
access_privileges(const struct access *access, const char *role, const struct object *object)
{
    unsigned all = access_everything(access, object->kind);
    if (access_is_superuser(access, role))
        return all;
    g_autoptr(GArray) ways = access_ways(access, role, object);
    unsigned set = 0;
    for (guint i = 0; i < ways->len; i++)
        set |= g_array_index(ways, struct access_way, i).privileges;
    if (object->kind == &kind_column)
        set |= access_privileges(access, role, object->parent);
    return set & all;
}
