/* access.c - closes the memberships once; then each question reads one object's grants. */
#include "catalog/access.h"

#include "base/text.h"

#define DATABASE_OWNER "pg_database_owner"
#define SET(privilege) (1U << (privilege))

struct access {
    const struct catalog *catalog;
    GHashTable *rights; /* name of a role → set of the names whose rights it has */
};

static const struct role *
find_role(const struct database *database, const char *name)
{
    for (size_t i = 0; i < database->catalog->roles.count; i++)
        if (g_str_equal(database->catalog->roles.items[i].name, name))
            return &database->catalog->roles.items[i];
    return NULL;
}

/* Each name once, so that a circle in a file made by hand ends, too. */
static GHashTable *
close_memberships(const struct database *database, const struct role *role)
{
    GHashTable *names = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GPtrArray) queue = g_ptr_array_new();
    g_ptr_array_add(queue, (gpointer)(guintptr)role->name);
    for (guint i = 0; i < queue->len; i++) {
        const char *name = queue->pdata[i];
        if (!g_hash_table_add(names, (gpointer)(guintptr)name))
            continue;
        if (text_equal(name, database->catalog->owner))
            g_ptr_array_add(queue, (gpointer)(guintptr)DATABASE_OWNER);
        const struct role *one = find_role(database, name);
        for (size_t j = 0; one != NULL && j < one->memberships.count; j++)
            if (one->memberships.items[j].inherit == YES)
                g_ptr_array_add(queue, (gpointer)(guintptr)one->memberships.items[j].name);
    }
    return names;
}

struct access *
access_new(const struct database *database)
{
    struct access *access = g_new0(struct access, 1);
    access->catalog = database->catalog;
    access->rights = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
                                           (GDestroyNotify)g_hash_table_unref);
    for (size_t i = 0; i < database->catalog->roles.count; i++) {
        const struct role *role = &database->catalog->roles.items[i];
        g_hash_table_insert(access->rights, (gpointer)(guintptr)role->name,
                            close_memberships(database, role));
    }
    return access;
}

void
access_free(struct access *access)
{
    if (access == NULL)
        return;
    g_hash_table_unref(access->rights);
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

static bool
is_superuser(const struct access *access, const char *name)
{
    for (size_t i = 0; i < access->catalog->roles.count; i++)
        if (g_str_equal(access->catalog->roles.items[i].name, name))
            return access->catalog->roles.items[i].superuser == YES;
    return false;
}

#define COLUMN_PRIVILEGES                                                                          \
    (SET(PRIVILEGE_SELECT) | SET(PRIVILEGE_INSERT) | SET(PRIVILEGE_UPDATE) |                       \
     SET(PRIVILEGE_REFERENCES))

/* All that there is to do with an object of the kind. */
static unsigned
everything(const struct access *access, const struct kind *kind)
{
    return kind == &kind_column ? COLUMN_PRIVILEGES
                                : acl_owner_privileges(kind, access->catalog->postgresql);
}

static bool
is_granted_to(const struct access *access, const struct acl_entry *entry, const char *role,
              const char *owner)
{
    switch (entry->grantee) {
    case GRANTEE_PUBLIC:
        return true;
    case GRANTEE_OWNER:
        return access_has_rights_of(access, role, owner);
    case GRANTEE_ROLE:
        return access_has_rights_of(access, role, entry->role);
    }
    g_assert_not_reached();
}

static unsigned
granted(const struct access *access, const char *role, const struct object *object)
{
    const struct field *grants = kind_field(object->kind, "grants");
    const struct field *owner_field = kind_field(object->kind, "owner");
    if (grants == NULL)
        return 0;
    const char *owner = owner_field == NULL ? NULL : field_text(owner_field, object);
    const struct names *texts = field_names(grants, object);
    unsigned set = 0;
    bool owner_has_all = true;
    for (size_t i = 0; i < texts->count; i++) {
        struct acl_entry entry;
        if (!acl_entry_read(texts->items[i], &entry))
            continue;
        owner_has_all = owner_has_all && entry.grantee != GRANTEE_OWNER;
        if (is_granted_to(access, &entry, role, owner))
            set |= entry.privileges;
        acl_entry_clear(&entry);
    }
    if (owner_has_all && access_has_rights_of(access, role, owner))
        set |= everything(access, object->kind);
    return set;
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

static unsigned
everywhere(const struct access *access, const char *role, const struct kind *kind)
{
    bool relation = kind == &kind_table || kind == &kind_view || kind == &kind_sequence;
    unsigned set = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(predefined); i++)
        if ((relation || kind == &kind_schema) &&
            access_has_rights_of(access, role, predefined[i].role))
            set |= relation ? predefined[i].relations : predefined[i].schemas;
    return set & everything(access, kind);
}

unsigned
access_privileges(const struct access *access, const char *role, const struct object *object)
{
    unsigned all = everything(access, object->kind);
    if (is_superuser(access, role))
        return all;
    unsigned set = granted(access, role, object) | everywhere(access, role, object->kind);
    if (object->kind == &kind_column)
        set |= access_privileges(access, role, object->parent);
    return set & all;
}
