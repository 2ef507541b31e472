/* settle.c - one walk over all objects, then the lists about roles. */
#include "introspect/settle.h"

#include "base/secret.h"
#include "base/text.h"
#include "catalog/acl.h"
#include "catalog/known.h"

#include <string.h>

struct settling {
    struct arena *arena;
    int64_t major;
    const char *login; /* of a throw-away cluster; NULL: read from a server */
    const struct role_list *roles;
    GHashTable *named; /* roles that own something, were granted something or have a policy */
    bool told;         /* something was granted or revoked */
};

/* Whether the role came with the throw-away cluster: what it owns was given to it by nobody. */
static bool
is_of_cluster(const struct settling *settling, const char *role)
{
    if (settling->login == NULL)
        return false;
    for (size_t i = 0; i < settling->roles->count; i++)
        if (g_str_equal(settling->roles->items[i].name, role))
            return settling->roles->items[i].superuser == YES || g_str_equal(role, settling->login);
    return g_str_has_prefix(role, "pg_") || g_str_equal(role, settling->login);
}

static void *
fact_place(const struct object *object, const char *name)
{
    const struct field *field = kind_field(object->kind, name);
    return field == NULL ? NULL : (char *)(guintptr)object + field->offset;
}

static void
note_role(const struct settling *settling, const char *role)
{
    if (role != NULL)
        g_hash_table_add(settling->named, (gpointer)(guintptr)arena_intern(settling->arena, role));
}

static void
note_grantees(const struct settling *settling, const struct names *grants)
{
    for (size_t i = 0; i < grants->count; i++) {
        struct acl_entry entry;
        if (acl_entry_read(grants->items[i], &entry))
            note_role(settling, entry.role);
        acl_entry_clear(&entry);
    }
}

static void
settle_grants(struct settling *settling, const struct object *object, const char *owner,
              struct names *grants)
{
    const struct acl_reading reading = {
        .owner = owner,
        .login = settling->login,
        .whole = acl_owner_privileges(object->kind, settling->major),
    };
    acl_settle(settling->arena, &reading, grants);
    note_grantees(settling, grants);
    /* What all may do in schema public differs from one major version to another. */
    bool was_there = object->kind == &kind_catalog ||
                     (object->kind == &kind_schema && g_str_equal(object_name(object), "public"));
    settling->told = settling->told || (!was_there && !acl_is_default(object->kind, grants));
}

/* Made so that foreign SQL finds it, and granted to who runs that. */
static bool
is_stand_in(const struct settling *settling, const struct object *object)
{
    return settling->login != NULL &&
           (object->kind == &kind_foreign_data_wrapper || object->kind == &kind_tablespace);
}

static void
settle_object(const struct object *object, void *data)
{
    struct settling *settling = data;
    const char **owner = fact_place(object, "owner");
    struct names *grants = fact_place(object, "grants");
    if (object->kind == &kind_policy) {
        const struct names *roles = &((const struct policy *)(const void *)object)->roles;
        for (size_t i = 0; i < roles->count; i++)
            note_role(settling, roles->items[i]);
    }
    bool told = grants != NULL && fact_is_known(object, kind_field(object->kind, "grants"));
    if (grants != NULL && (!told || is_stand_in(settling, object)))
        *grants = (struct names){0, NULL};
    else if (grants != NULL && object->kind != &kind_default_privileges)
        settle_grants(settling, object, owner == NULL ? NULL : *owner, grants);
    if (owner != NULL && *owner != NULL && is_of_cluster(settling, *owner))
        *owner = NULL;
    if (owner != NULL)
        note_role(settling, *owner);
}

static const struct {
    const char *objects;
    const struct kind *kind;
} kinds_of_defaults[] = {
    {"tables", &kind_table},    {"sequences", &kind_sequence}, {"functions", &kind_function},
    {"types", &kind_base_type}, {"schemas", &kind_schema},
};

/* In one schema they are added to those for all. */
static unsigned
default_owner_privileges(const struct settling *settling, const struct default_privileges *defaults)
{
    for (size_t i = 0; defaults->schema == NULL && i < G_N_ELEMENTS(kinds_of_defaults); i++)
        if (g_str_equal(kinds_of_defaults[i].objects, defaults->objects))
            return acl_owner_privileges(kinds_of_defaults[i].kind, settling->major);
    return 0;
}

static void
settle_defaults(struct settling *settling, struct default_privileges_list *list)
{
    settling->told = settling->told || list->count > 0;
    for (size_t i = 0; i < list->count; i++) {
        struct default_privileges *defaults = &list->items[i];
        const struct acl_reading reading = {
            .owner = defaults->role,
            .login = settling->login,
            .whole = default_owner_privileges(settling, defaults),
        };
        acl_settle(settling->arena, &reading, &defaults->grants);
        note_grantees(settling, &defaults->grants);
        if (text_equal(defaults->role, settling->login))
            defaults->role = NULL;
        note_role(settling, defaults->role);
        defaults->name = arena_printf(settling->arena, "%s in %s made by %s", defaults->objects,
                                      defaults->schema == NULL ? "any schema" : defaults->schema,
                                      defaults->role == NULL ? MIGRATING_ROLE : defaults->role);
    }
}

/* "app.pepper=…": what a setting with a point in its name means, and whether it is secret, only its
 * own application or extension knows. */
static const char *
mask_setting(const struct settling *settling, const char *setting)
{
    size_t length = strcspn(setting, "=");
    if (memchr(setting, '.', length) != NULL)
        return arena_printf(settling->arena, "%.*s=***", (int)length, setting);
    g_autofree char *masked = secret_mask(setting);
    return arena_intern(settling->arena, masked);
}

static void
mask_settings(const struct settling *settling, struct names *settings)
{
    for (size_t i = 0; i < settings->count; i++)
        settings->items[i] = mask_setting(settling, settings->items[i]);
}

/* Of a stand-in only the name is true. */
static void
forget_attributes(struct role *role)
{
    const char *name = role->name;
    memset(role, 0, sizeof *role);
    object_init(role, &kind_role, NULL);
    role->name = name;
}

static void
settle_roles(const struct settling *settling, struct role_list *roles)
{
    size_t kept = 0;
    for (size_t i = 0; i < roles->count; i++) {
        struct role role = roles->items[i];
        if (settling->login != NULL) {
            if (!g_hash_table_contains(settling->named, role.name) ||
                g_str_equal(role.name, settling->login))
                continue;
            forget_attributes(&role);
        }
        mask_settings(settling, &role.settings);
        mask_settings(settling, &role.settings_here);
        roles->items[kept++] = role;
    }
    roles->count = kept;
}

/* Made by dbdoc, whose settings and owner are no facts of what was loaded. */
static void
forget_database(struct catalog *catalog)
{
    catalog->owner = NULL;
    catalog->grants = (struct names){0, NULL};
    catalog->settings = (struct names){0, NULL};
    catalog->settings_of_all = (struct names){0, NULL};
}

static void
forget_grants(const struct object *object, void *data)
{
    (void)data;
    struct names *grants = fact_place(object, "grants");
    if (grants != NULL)
        *grants = (struct names){0, NULL};
}

void
settle_access(struct database *database, const char *reader)
{
    struct catalog *catalog = database->catalog;
    g_autoptr(GHashTable) named = g_hash_table_new(g_str_hash, g_str_equal);
    struct settling settling = {
        .arena = database->arena,
        .major = catalog->postgresql,
        .login = catalog->access == ACCESS_OF_SERVER ? NULL : reader,
        .roles = &catalog->roles,
        .named = named,
    };
    object_walk(catalog, settle_object, &settling);
    settle_defaults(&settling, &catalog->default_privileges);
    settle_roles(&settling, &catalog->roles);
    mask_settings(&settling, &catalog->settings);
    mask_settings(&settling, &catalog->settings_of_all);
    if (settling.login != NULL)
        forget_database(catalog);
    /* pg_dump writes all grants or, when asked, none: a dump without any does not say that nobody
     * was granted anything. */
    if (catalog->access == ACCESS_OF_DUMP && !settling.told) {
        catalog->access = access_source_UNKNOWN;
        object_walk(catalog, forget_grants, NULL);
    }
}

static void
settle_comment(const struct object *object, void *arena)
{
    const char **comment = fact_place(object, "comment");
    if (comment == NULL || *comment == NULL)
        return;
    size_t length = secret_public_length(*comment);
    if (length < strlen(*comment)) {
        g_autofree char *kept = g_strchomp(g_strndup(*comment, length));
        *comment = *kept == '\0' ? NULL : arena_text(arena, kept, -1);
    }
}

void
settle_comments(struct database *database)
{
    object_walk(database->catalog, settle_comment, database->arena);
}
