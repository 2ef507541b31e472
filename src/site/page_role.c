/* page_role.c - a role: what it is, what it is a member of, and what it may do where. Objects with
 * which it may do the same in the same way stand together. */
#include "site/pages.h"

#include "catalog/shown.h"
#include "site/parts.h"
#include "site/words.h"

enum { NAMED_MOST = 40 };

static const struct role *
role_of(const struct sheet *sheet)
{
    return (const struct role *)(const void *)sheet->page->object;
}

/* ---- what it is ---- */

void
part_role_badges(xmlNode *node, const struct role *role)
{
    static const char *const attributes[] = {"login",       "superuser",
                                             "create_role", "create_database",
                                             "replication", "bypass_row_security"};
    /* The others say nothing more of a superuser. */
    size_t count = role->superuser == YES ? 2 : G_N_ELEMENTS(attributes);
    for (size_t i = 0; i < count; i++) {
        const struct field *field = kind_field(&kind_role, attributes[i]);
        if (field_truth(field, role) == YES)
            sheet_badge(node, "", field->title);
    }
}

void
part_becomes(const struct sheet *sheet, xmlNode *node, const struct role *role)
{
    g_autoptr(GPtrArray) names = access_becomes(sheet->site->plan->access, role->name);
    for (guint i = 0; i < names->len && role->superuser != YES; i++)
        part_role(sheet, node, "becomes", names->pdata[i]);
}

static void
add_memberships(struct sheet *sheet, const struct role *role)
{
    if (role->memberships.count == 0)
        return;
    xmlNode *section = sheet_section(sheet, "member-of", "Member of",
                                     (int64_t)role->memberships.count);
    xmlNode *list = tree_element(section, "memberships");
    for (size_t i = 0; i < role->memberships.count; i++) {
        const struct membership *membership = &role->memberships.items[i];
        xmlNode *node = tree_element(list, "membership");
        part_role(sheet, node, "name", membership->name);
        tree_attribute(node, "inherit", membership->inherit == NO ? "no" : NULL);
        tree_attribute(node, "set", membership->set == NO ? "no" : NULL);
        tree_flag(node, "admin", membership->admin == YES);
    }
}

static void
add_members(struct sheet *sheet, const struct role *role)
{
    const struct role_list *roles = &sheet->site->model->catalog->roles;
    xmlNode *list = NULL;
    for (size_t i = 0; i < roles->count; i++)
        for (size_t j = 0; j < roles->items[i].memberships.count; j++) {
            if (!g_str_equal(roles->items[i].memberships.items[j].name, role->name))
                continue;
            if (list == NULL)
                list = tree_element(sheet_section(sheet, "members", "Members", -1), "memberships");
            part_role(sheet, tree_element(list, "membership"), "name", roles->items[i].name);
        }
}

static void
add_settings(xmlNode *list, const struct names *settings, const char *where)
{
    for (size_t i = 0; i < settings->count; i++)
        tree_attribute(tree_text_element(list, "setting", settings->items[i]), "where", where);
}

void
part_settings(struct sheet *sheet, const struct names *everywhere, const struct names *some,
              const char *where)
{
    if (everywhere->count + some->count == 0 || sheet->page->part > 0)
        return;
    xmlNode *list = tree_element(sheet_section(sheet, "settings", "Settings", -1), "settings");
    add_settings(list, everywhere, NULL);
    add_settings(list, some, where);
}

/* ---- what it may do ---- */

static const struct {
    const struct kind *kind;
    const char *one;
} powers[] = {
    {&kind_schema, "schema"},       {&kind_table, "table"},       {&kind_view, "view"},
    {&kind_sequence, "sequence"},   {&kind_function, "function"}, {&kind_enum_type, "type"},
    {&kind_domain, "type"},         {&kind_range_type, "type"},   {&kind_base_type, "type"},
    {&kind_composite_type, "type"}, {&kind_column, "column"},
};

/* Objects of one schema and kind with which the role may do the same in the same way. */
struct power {
    const char *schema;
    const struct kind *kind;
    GArray *ways;
    GPtrArray *objects;
};

struct gathering {
    const struct access *access;
    const struct role *role;
    GPtrArray *powers;  /* struct power, in the order of the catalog */
    GHashTable *counts; /* "schema kind" → how many objects there are */
};

static void
power_free(void *data)
{
    struct power *power = data;
    g_array_unref(power->ways);
    g_ptr_array_unref(power->objects);
    g_free(power);
}

static bool
ways_are_equal(const GArray *a, const GArray *b)
{
    bool equal = a->len == b->len;
    for (guint i = 0; equal && i < a->len; i++) {
        const struct access_way *x = &g_array_index(a, struct access_way, i);
        const struct access_way *y = &g_array_index(b, struct access_way, i);
        equal = x->grantee == y->grantee && x->privileges == y->privileges &&
                x->grantable == y->grantable && g_strcmp0(x->role, y->role) == 0;
    }
    return equal;
}

/* Takes the ways. */
static struct power *
power_for(const struct gathering *gathering, const struct object *object, GArray *ways)
{
    for (guint i = gathering->powers->len; i-- > 0;) {
        struct power *power = gathering->powers->pdata[i];
        if (power->kind == object->kind && g_strcmp0(power->schema, object_schema(object)) == 0 &&
            ways_are_equal(power->ways, ways)) {
            g_array_unref(ways);
            return power;
        }
    }
    struct power *power = g_new0(struct power, 1);
    *power = (struct power){object_schema(object), object->kind, ways, g_ptr_array_new()};
    g_ptr_array_add(gathering->powers, power);
    return power;
}

static bool
is_known_kind(const struct kind *kind)
{
    bool found = false;
    for (size_t i = 0; !found && i < G_N_ELEMENTS(powers); i++)
        found = powers[i].kind == kind;
    return found;
}

static char *
count_key(const char *schema, const struct kind *kind)
{
    return g_strdup_printf("%s %s", kind->name, schema);
}

static void
gather(const struct object *object, void *data)
{
    const struct gathering *gathering = data;
    bool column = object->kind == &kind_column;
    if (!is_known_kind(object->kind) || census_is_folded(object) ||
        (column && ((const struct column *)(const void *)object)->grants.count == 0))
        return;
    char *key = count_key(object_schema(object), object->kind);
    gsize count = GPOINTER_TO_SIZE(g_hash_table_lookup(gathering->counts, key));
    g_hash_table_insert(gathering->counts, key, GSIZE_TO_POINTER(count + 1));
    GArray *ways = access_ways(gathering->access, gathering->role->name, object);
    bool own = false;
    for (guint i = 0; !own && i < ways->len; i++)
        own = g_array_index(ways, struct access_way, i).grantee != GRANTEE_PUBLIC;
    if (own)
        g_ptr_array_add(power_for(gathering, object, ways)->objects, (gpointer)(guintptr)object);
    else
        g_array_unref(ways);
}

static const char *
word_of(const struct kind *kind)
{
    for (size_t i = 0; i < G_N_ELEMENTS(powers); i++)
        if (powers[i].kind == kind)
            return powers[i].one;
    g_assert_not_reached();
}

/* All of many are a figure; of some, their names say which. */
static void
add_objects(struct sheet *sheet, xmlNode *node, const struct power *power, gsize all)
{
    g_autofree char *count = words_count(power->objects->len, word_of(power->kind));
    bool columns = power->kind == &kind_column;
    bool whole = power->objects->len == all && all > 3 && !columns;
    g_autofree char *words = whole ? g_strdup_printf("all %s", count) : g_steal_pointer(&count);
    tree_attribute(node, "what", words);
    for (guint i = 0; i < power->objects->len && !whole && i < NAMED_MOST; i++)
        sheet_object(sheet, node, "of", power->objects->pdata[i], columns ? BY_PATH : BY_NAME);
    if (!whole && power->objects->len > NAMED_MOST)
        tree_number(node, "more", power->objects->len - NAMED_MOST);
}

static void
add_power(struct sheet *sheet, xmlNode *list, const struct power *power, GHashTable *counts)
{
    xmlNode *node = tree_element(list, "power");
    g_autofree char *schema = shown_name(power->schema);
    tree_attribute(node, "schema", schema);
    g_autofree char *key = count_key(power->schema, power->kind);
    if (power->kind == &kind_schema)
        sheet_object(sheet, node, "of", power->objects->pdata[0], BY_NAME);
    else
        add_objects(sheet, node, power, GPOINTER_TO_SIZE(g_hash_table_lookup(counts, key)));
    part_kept_out(sheet, node, role_of(sheet)->name, power->objects->pdata[0]);
    part_may(sheet, node, power->kind, part_ways_set(power->ways));
    part_ways(sheet, node, role_of(sheet)->name, power->ways);
}

static int
compare_powers(const void *a, const void *b)
{
    const struct power *x = *(const struct power *const *)a;
    const struct power *y = *(const struct power *const *)b;
    int order = g_strcmp0(x->schema, y->schema);
    for (size_t i = 0; order == 0 && x->kind != y->kind && i < G_N_ELEMENTS(powers); i++)
        order = powers[i].kind == x->kind ? -1 : powers[i].kind == y->kind ? 1 : 0;
    return order;
}

static void
add_powers(struct sheet *sheet, const struct role *role)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(power_free);
    g_autoptr(GHashTable) counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    struct gathering gathering = {sheet->site->plan->access, role, all, counts};
    object_walk(sheet->site->model->catalog, gather, &gathering);
    xmlNode *section = sheet_section(sheet, "access", "What it may do", -1);
    if (role->superuser == YES)
        sheet_hint(section, "As a superuser, everything. Below is what it owns or was granted.");
    else
        sheet_hint(section, all->len == 0 ? "Nothing but what everybody may."
                                          : "Besides what everybody may.");
    part_becomes(sheet, tree_element(section, "becoming"), role);
    if (all->len == 0)
        return;
    g_ptr_array_sort(all, compare_powers);
    xmlNode *list = tree_element(section, "powers");
    for (guint i = 0; i < all->len; i++)
        add_power(sheet, list, all->pdata[i], counts);
}

void
fill_role(struct sheet *sheet)
{
    const struct role *role = role_of(sheet);
    part_head(sheet, "Role");
    part_role_badges(sheet_head(sheet), role);
    if (role->login == UNKNOWN)
        sheet_fact(sheet, "Known", "by name only");
    part_notes(sheet);
    add_memberships(sheet, role);
    add_members(sheet, role);
    add_powers(sheet, role);
    part_settings(sheet, &role->settings, &role->settings_here, "in this database");
}
