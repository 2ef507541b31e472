/* part_access.c - the section "Who may do what" of one object: each role with what it may do there
 * when all is taken together, how it came to that, and which rows policies leave it. Superusers are
 * named only where they own the object or were granted something. */
#include "site/parts.h"

#include "base/text.h"
#include "catalog/address.h"
#include "catalog/shown.h"
#include "site/words.h"

enum { MEMBERS_MOST = 12 };

#define SET(privilege) (1U << (privilege))

struct asked {
    struct sheet *sheet;
    const struct access *access;
    const struct object *object;
    xmlNode *list;
    GHashTable *shown; /* names of roles */
    size_t members;    /* shown */
    size_t left_out;
};

static const struct role *
find_role(const struct sheet *sheet, const char *name)
{
    const char *names[] = {name};
    g_autofree char *path = address_path(names, 1, NULL);
    return database_find(sheet->site->model->database, "role", path);
}

void
part_role(const struct sheet *sheet, xmlNode *parent, const char *element, const char *name)
{
    g_autofree char *text = shown_name(name);
    xmlNode *node = tree_text_element(parent, element, text);
    const struct role *role = find_role(sheet, name);
    if (role != NULL)
        sheet_href(sheet, node, role);
}

unsigned
part_ways_set(const GArray *ways)
{
    unsigned set = 0;
    for (guint i = 0; i < ways->len; i++)
        set |= g_array_index(ways, struct access_way, i).privileges;
    return set;
}

void
part_may(const struct sheet *sheet, xmlNode *parent, const struct kind *kind, unsigned set)
{
    g_autofree char *words = privileges_text(set, 0);
    bool all = set == access_everything(sheet->site->plan->access, kind) && (set & (set - 1)) != 0;
    tree_text_element(parent, "may", all ? "everything" : words);
}

/* <way sign="granted">, <way sign="owner">, <way sign="all">; with <via> for each role in between.
 */
static void
add_way(const struct sheet *sheet, xmlNode *who, const char *role, const struct access_way *way,
        bool alone)
{
    static const char *const signs[] = {
        [GRANTEE_ROLE] = "granted", [GRANTEE_PUBLIC] = "all", [GRANTEE_OWNER] = "owner"};
    xmlNode *node = tree_element(who, "way");
    tree_attribute(node, "sign", signs[way->grantee]);
    g_autofree char *words = privileges_text(way->privileges, 0);
    tree_attribute(node, "may", alone ? NULL : words);
    g_autofree char *granting = privileges_text(way->grantable, 0);
    tree_attribute(node, "grants", way->grantable == 0 ? NULL : granting);
    if (way->grantee == GRANTEE_PUBLIC || way->role == NULL)
        return;
    g_autofree const char **chain = access_chain(sheet->site->plan->access, role, way->role);
    for (size_t i = 0; chain != NULL && chain[i] != NULL; i++)
        part_role(sheet, node, "via", chain[i]);
}

void
part_ways(const struct sheet *sheet, xmlNode *who, const char *role, const GArray *ways)
{
    for (guint i = 0; i < ways->len; i++)
        add_way(sheet, who, role, &g_array_index(ways, struct access_way, i), ways->len == 1);
}

/* ---- columns ---- */

static const struct column_list *
columns_of(const struct object *object)
{
    if (object->kind == &kind_table)
        return &((const struct table *)(const void *)object)->columns;
    if (object->kind == &kind_view)
        return &((const struct view *)(const void *)object)->columns;
    return NULL;
}

/* Each way once, whatever it gives where. */
static void
merge_ways(GArray *all, const GArray *ways)
{
    for (guint i = 0; i < ways->len; i++) {
        struct access_way way = g_array_index(ways, struct access_way, i);
        guint j = 0;
        while (j < all->len &&
               (g_array_index(all, struct access_way, j).grantee != way.grantee ||
                !text_equal(g_array_index(all, struct access_way, j).role, way.role)))
            j++;
        if (j == all->len)
            g_array_append_val(all, way);
        else
            g_array_index(all, struct access_way, j).privileges |= way.privileges;
    }
}

/* "SELECT of id, name": what it may do with some columns and not with all. */
static void
add_some(const struct asked *asked, xmlNode *who, const char *role, unsigned whole)
{
    const struct column_list *columns = columns_of(asked->object);
    for (unsigned i = 0; i < PRIVILEGE_COUNT; i++) {
        xmlNode *node = NULL;
        for (size_t j = 0; (whole & SET(i)) == 0 && j < columns->count; j++) {
            g_autoptr(GArray) ways = access_ways(asked->access, role, &columns->items[j].object);
            if ((part_ways_set(ways) & SET(i)) == 0)
                continue;
            if (node == NULL) {
                node = tree_element(who, "some");
                tree_attribute(node, "may", privilege_word((enum privilege)i));
            }
            sheet_object(asked->sheet, node, "of", &columns->items[j], BY_NAME);
        }
    }
}

/* Adds the ways in which it came to them to the others; returns what it may do with some column. */
static unsigned
add_columns(const struct asked *asked, xmlNode *who, const char *role, GArray *ways)
{
    const struct column_list *columns = columns_of(asked->object);
    unsigned whole = part_ways_set(ways);
    unsigned set = 0;
    for (size_t i = 0; columns != NULL && i < columns->count; i++) {
        if (columns->items[i].grants.count == 0)
            continue;
        g_autoptr(GArray) some = access_ways(asked->access, role, &columns->items[i].object);
        if ((part_ways_set(some) & ~whole) != 0)
            merge_ways(ways, some);
        set |= part_ways_set(some);
    }
    if ((set & ~whole) != 0)
        add_some(asked, who, role, whole);
    return set;
}

/* ---- rows ---- */

static bool
is_meant(const struct asked *asked, const struct policy *policy, const char *role)
{
    bool found = policy->roles.count == 0;
    for (size_t i = 0; !found && i < policy->roles.count; i++)
        found = text_equal(policy->roles.items[i], "public") ||
                access_has_rights_of(asked->access, role, policy->roles.items[i]);
    return found;
}

static void
add_policies(const struct asked *asked, xmlNode *rows, const struct table *table, const char *role)
{
    size_t count = 0;
    for (size_t i = 0; i < table->policies.count; i++) {
        const struct policy *policy = &table->policies.items[i];
        if (policy->permissive == NO || !is_meant(asked, policy, role))
            continue;
        sheet_object(asked->sheet, rows, "policy", policy, BY_NAME);
        count++;
    }
    tree_attribute(rows, "which", count == 0 ? "none" : "some");
}

static void
add_rows(const struct asked *asked, xmlNode *who, const char *role, unsigned set)
{
    if (asked->object->kind != &kind_table)
        return;
    const struct table *table = (const void *)asked->object;
    const unsigned of_rows = SET(PRIVILEGE_SELECT) | SET(PRIVILEGE_INSERT) | SET(PRIVILEGE_UPDATE) |
                             SET(PRIVILEGE_DELETE);
    if (table->row_security != YES || (set & of_rows) == 0)
        return;
    xmlNode *rows = tree_element(who, "rows");
    const struct role *known = find_role(asked->sheet, role);
    bool passes = known != NULL && (known->bypass_row_security == YES || known->superuser == YES);
    bool owns = table->forced_row_security != YES &&
                access_has_rights_of(asked->access, role, table->owner);
    if (passes || owns)
        tree_attribute(rows, "which", passes ? "passes" : "owner");
    else
        add_policies(asked, rows, table, role);
}

/* ---- who ---- */

bool
part_is_kept_out(const struct sheet *sheet, const char *role, const struct object *object)
{
    const char *names[] = {object_schema(object)};
    if (object->kind == &kind_schema || names[0] == NULL ||
        sheet->site->model->catalog->access == ACCESS_OF_MIGRATIONS)
        return false;
    g_autofree char *path = address_path(names, 1, NULL);
    const struct object *schema = database_find(sheet->site->model->database, "schema", path);
    return schema != NULL &&
           (access_privileges(sheet->site->plan->access, role, schema) & SET(PRIVILEGE_USAGE)) == 0;
}

void
part_kept_out(const struct sheet *sheet, xmlNode *who, const char *role,
              const struct object *object)
{
    if (part_is_kept_out(sheet, role, object))
        sheet_badge(who, "warn", "may not use the schema");
}

static bool
is_more_than_public(const GArray *ways)
{
    for (guint i = 0; i < ways->len; i++)
        if (g_array_index(ways, struct access_way, i).grantee != GRANTEE_PUBLIC)
            return true;
    return false;
}

static void
name_who(const struct asked *asked, xmlNode *who, const char *role)
{
    const struct sheet *sheet = asked->sheet;
    part_role(sheet, who, "name", role);
    const struct role *known = find_role(sheet, role);
    const struct field *owner = kind_field(asked->object->kind, "owner");
    if (owner != NULL && text_equal(field_text(owner, asked->object), role))
        sheet_badge(who, "", "owner");
    if (known != NULL && known->superuser == YES)
        sheet_badge(who, "", "superuser");
    part_kept_out(sheet, who, role, asked->object);
}

/* NULL for PUBLIC: no role is called "". */
static void
add_who(struct asked *asked, const char *role)
{
    const char *name = role == NULL ? "" : role;
    if (!g_hash_table_add(asked->shown, g_strdup(name)))
        return;
    g_autoptr(GArray) ways = access_ways(asked->access, name, asked->object);
    unsigned set = part_ways_set(ways);
    xmlNode *who = tree_element(asked->list, "who");
    if (role == NULL)
        tree_text_element(who, "all", "Everybody");
    else
        name_who(asked, who, role);
    if (set != 0)
        part_may(asked->sheet, who, asked->object->kind, set);
    unsigned some = add_columns(asked, who, name, ways);
    part_ways(asked->sheet, who, name, ways);
    add_rows(asked, who, name, set | some);
}

/* Those to whom something was granted by name, and PUBLIC, in the order of the catalog. */
static void
add_grantees(struct asked *asked, const struct object *object)
{
    const struct field *grants = kind_field(object->kind, "grants");
    const struct names *texts = grants == NULL ? NULL : field_names(grants, object);
    for (size_t i = 0; texts != NULL && i < texts->count; i++) {
        struct acl_entry entry;
        if (!acl_entry_read(texts->items[i], &entry))
            continue;
        if (entry.grantee == GRANTEE_PUBLIC)
            add_who(asked, NULL);
        else if (entry.grantee == GRANTEE_ROLE)
            add_who(asked, entry.role);
        acl_entry_clear(&entry);
    }
}

static bool
has_some_columns(const struct asked *asked, const char *role)
{
    const struct column_list *columns = columns_of(asked->object);
    for (size_t i = 0; columns != NULL && i < columns->count; i++) {
        if (columns->items[i].grants.count == 0)
            continue;
        g_autoptr(GArray) ways = access_ways(asked->access, role, &columns->items[i].object);
        if (is_more_than_public(ways))
            return true;
    }
    return false;
}

/* Those who have it from a role that they are a member of. */
static void
add_members(struct asked *asked)
{
    const struct role_list *roles = &asked->sheet->site->model->catalog->roles;
    for (size_t i = 0; i < roles->count; i++) {
        const struct role *role = &roles->items[i];
        if (role->superuser == YES || g_hash_table_contains(asked->shown, role->name))
            continue;
        g_autoptr(GArray) ways = access_ways(asked->access, role->name, asked->object);
        if (!is_more_than_public(ways) && !has_some_columns(asked, role->name))
            continue;
        if (asked->members++ < MEMBERS_MOST)
            add_who(asked, role->name);
        else
            asked->left_out++;
    }
}

static void
add_everybody(struct asked *asked)
{
    const struct object *object = asked->object;
    const struct field *owner_field = kind_field(object->kind, "owner");
    const char *owner = owner_field == NULL ? NULL : field_text(owner_field, object);
    if (owner != NULL)
        add_who(asked, owner);
    add_grantees(asked, object);
    const struct column_list *columns = columns_of(object);
    for (size_t i = 0; columns != NULL && i < columns->count; i++)
        add_grantees(asked, &columns->items[i].object);
    add_members(asked);
}

const char *
part_access_origin(const struct sheet *sheet)
{
    switch (sheet->site->model->catalog->access) {
    case ACCESS_OF_MIGRATIONS:
        return "What each role may do as the migrations grant it. What was granted by hand is not "
               "known, nor who owns "
               "what and which role is a member of which.";
    case ACCESS_OF_DUMP:
        return "What each role may do as the dump has it. Who owns what is not known, nor which "
               "role is a member of "
               "which.";
    case ACCESS_OF_SERVER:
    case access_source_UNKNOWN:
        return "What each role may do, also as a member of others. Superusers may do everything.";
    }
    g_assert_not_reached();
}

void
part_access(struct sheet *sheet, const struct object *object, const char *title)
{
    if (sheet->site->plan->access == NULL || sheet->page->part > 0)
        return;
    xmlNode *section = sheet_section(sheet, "access", title, -1);
    sheet_hint(section, part_access_origin(sheet));
    g_autoptr(GHashTable) shown = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    struct asked asked = {
        .sheet = sheet,
        .access = sheet->site->plan->access,
        .object = object,
        .list = tree_element(section, "access"),
        .shown = shown,
    };
    add_everybody(&asked);
    if (asked.list->children == NULL) {
        xmlUnlinkNode(section);
        xmlFreeNode(section);
        return;
    }
    g_autofree char *more = words_count((int64_t)asked.left_out, "more role");
    tree_attribute(asked.list, "more", asked.left_out == 0 ? NULL : more);
}

void
part_owner(struct sheet *sheet)
{
    const struct field *field = kind_field(sheet->page->object->kind, "owner");
    const char *owner = field == NULL ? NULL : field_text(field, sheet->page->object);
    if (sheet->site->plan->access == NULL || owner == NULL)
        return;
    g_autofree char *name = shown_name(owner);
    sheet_fact(sheet, "Owner", name);
}
