/* page_access.c - every role beside every schema: who owns, reads and writes what; what the
 * database itself grants, and what is granted on objects that do not exist yet. */
#include "site/pages.h"

#include "catalog/shown.h"
#include "site/parts.h"
#include "site/words.h"

#define SET(privilege) (1U << (privilege))

enum {
    SCHEMAS_MOST = 8, /* columns of the matrix */
    READS = SET(PRIVILEGE_SELECT),
    WRITES = SET(PRIVILEGE_INSERT) | SET(PRIVILEGE_UPDATE) | SET(PRIVILEGE_DELETE) |
             SET(PRIVILEGE_TRUNCATE),
};

/* What a role may do with tables and views. */
struct share {
    size_t all;
    size_t owned;
    size_t read;
    size_t written;
};

static void
count_one(const struct sheet *sheet, const char *role, const struct object *object, bool kept_out,
          struct share *share)
{
    const struct field *owner = kind_field(object->kind, "owner");
    unsigned set = kept_out ? 0 : access_privileges(sheet->site->plan->access, role, object);
    share->all++;
    share->owned += g_strcmp0(field_text(owner, object), role) == 0;
    share->read += (set & READS) != 0;
    share->written += (set & WRITES) != 0;
}

static bool
is_relation(const struct object *object)
{
    return object->kind == &kind_table || object->kind == &kind_view;
}

static void
count_schema(const struct sheet *sheet, const char *role, const char *schema, struct share *share)
{
    static const enum holding holdings[] = {HOLDS_TABLES, HOLDS_VIEWS, HOLDS_LIBRARIES};
    const struct census_schema *holds = census_schema(sheet->site->plan->census, schema);
    for (size_t i = 0; i < G_N_ELEMENTS(holdings); i++) {
        const GPtrArray *objects = holds->objects[holdings[i]];
        bool kept_out = objects->len > 0 && part_is_kept_out(sheet, role, objects->pdata[0]);
        for (guint j = 0; j < objects->len; j++)
            if (is_relation(objects->pdata[j]))
                count_one(sheet, role, objects->pdata[j], kept_out, share);
    }
}

static void
append_share(GString *text, const char *verb, size_t part, size_t whole)
{
    if (part == 0)
        return;
    g_string_append_printf(text, "%s%s ", text->len > 0 ? ", " : "", verb);
    if (part == whole)
        g_string_append(text, "all");
    else
        g_string_append_printf(text, "%zu of %zu", part, whole);
}

static bool
add_cell(xmlNode *who, const struct share *share)
{
    g_autoptr(GString) text = g_string_new(NULL);
    append_share(text, "owns", share->owned, share->all);
    if (share->owned < share->all) {
        append_share(text, "reads", share->read, share->all);
        append_share(text, "writes", share->written, share->all);
    }
    tree_text_element(who, "cell", text->str);
    return text->len > 0;
}

/* Schemas that hold tables or views. */
static GPtrArray *
find_schemas(const struct sheet *sheet)
{
    const struct schema_list *schemas = &sheet->site->model->catalog->schemas;
    GPtrArray *found = g_ptr_array_new();
    for (size_t i = 0; i < schemas->count; i++) {
        const struct census_schema *holds = census_schema(sheet->site->plan->census,
                                                          schemas->items[i].name);
        if (holds->objects[HOLDS_TABLES]->len + holds->objects[HOLDS_VIEWS]->len +
                holds->objects[HOLDS_LIBRARIES]->len >
            0)
            g_ptr_array_add(found, (gpointer)(guintptr)&schemas->items[i]);
    }
    return found;
}

/* Of very many schemas, the sum. */
static void
add_cells(const struct sheet *sheet, xmlNode *who, const char *role, const GPtrArray *schemas)
{
    struct share sum = {0};
    bool some = false;
    for (guint i = 0; i < schemas->len; i++) {
        const struct schema *schema = schemas->pdata[i];
        struct share share = {0};
        count_schema(sheet, role, schema->name, schemas->len > SCHEMAS_MOST ? &sum : &share);
        some = (schemas->len <= SCHEMAS_MOST && add_cell(who, &share)) || some;
    }
    some = (schemas->len > SCHEMAS_MOST && add_cell(who, &sum)) || some;
    tree_flag(who, "nothing", !some);
}

static void
add_role(struct sheet *sheet, xmlNode *matrix, const struct role *role, const GPtrArray *schemas)
{
    xmlNode *who = tree_element(matrix, "who");
    sheet_object(sheet, who, "name", role, BY_NAME);
    part_role_badges(who, role);
    sheet_summary(sheet, who, role);
    part_becomes(sheet, who, role);
    if (role->superuser == YES)
        tree_flag(who, "everything", true);
    else
        add_cells(sheet, who, role->name, schemas);
}

static void
add_matrix(struct sheet *sheet)
{
    const struct role_list *roles = &sheet->site->model->catalog->roles;
    g_autoptr(GPtrArray) schemas = find_schemas(sheet);
    xmlNode *section = sheet_section(sheet, "roles", "Roles", (int64_t)roles->count);
    sheet_hint(section, "Tables and views by schema. What is in a schema that a role may not use "
                        "does not count.");
    xmlNode *matrix = tree_element(section, "matrix");
    for (guint i = 0; schemas->len <= SCHEMAS_MOST && i < schemas->len; i++) {
        g_autofree char *name = shown_name(object_name(schemas->pdata[i]));
        tree_flag(tree_text_element(matrix, "col", name), "schema", true);
    }
    if (schemas->len > SCHEMAS_MOST)
        tree_text_element(matrix, "col", "Tables and views");
    xmlNode *everybody = tree_element(matrix, "who");
    tree_text_element(everybody, "all", "Everybody");
    add_cells(sheet, everybody, "", schemas);
    for (size_t i = 0; i < roles->count; i++)
        if (sheet_shows(sheet, i))
            add_role(sheet, matrix, &roles->items[i], schemas);
}

static void
add_default(const struct sheet *sheet, xmlNode *list, const struct default_privileges *defaults)
{
    xmlNode *node = tree_element(list, "default");
    tree_attribute(node, "what", defaults->objects);
    if (defaults->role != NULL)
        part_role(sheet, node, "name", defaults->role);
    g_autofree char *schema = shown_name(defaults->schema == NULL ? "" : defaults->schema);
    tree_attribute(node, "schema", defaults->schema == NULL ? NULL : schema);
    for (size_t i = 0; i < defaults->grants.count; i++)
        tree_text_element(node, "grant", defaults->grants.items[i]);
}

static void
add_defaults(struct sheet *sheet)
{
    const struct default_privileges_list *list = &sheet->site->model->catalog->default_privileges;
    if (list->count == 0 || sheet->page->part > 0)
        return;
    xmlNode *section = sheet_section(sheet, "defaults", "On objects to come", (int64_t)list->count);
    sheet_hint(section, "Default privileges: what objects that a role makes from now on are "
                        "granted.");
    xmlNode *node = tree_element(section, "defaults");
    for (size_t i = 0; i < list->count; i++)
        add_default(sheet, node, &list->items[i]);
}

/* Tables of which not everybody who may read them reads all rows. */
static GPtrArray *
find_secured(const struct sheet *sheet)
{
    const struct table_list *tables = &sheet->site->model->catalog->tables;
    GPtrArray *found = g_ptr_array_new();
    for (size_t i = 0; i < tables->count; i++)
        if (tables->items[i].row_security == YES || tables->items[i].policies.count > 0)
            g_ptr_array_add(found, (gpointer)(guintptr)&tables->items[i]);
    return found;
}

static void
add_secured(struct sheet *sheet, xmlNode *list, const struct table *table)
{
    xmlNode *item = part_item(sheet, list, table, BY_PATH);
    if (table->row_security != YES)
        sheet_badge(item, "warn", "off");
    part_number(item, (int64_t)table->policies.count);
    part_value(item, table->forced_row_security == YES ? "yes" : "no");
}

static void
add_row_security(struct sheet *sheet)
{
    enum { SHOWN = 200 };
    static const char *const columns[] = {"Table", "What it holds", "Policies", "Binds the owner",
                                          NULL};
    g_autoptr(GPtrArray) tables = find_secured(sheet);
    if (tables->len == 0 || sheet->page->part > 0)
        return;
    xmlNode *section = sheet_section(sheet, "rows", "Row security", tables->len);
    sheet_hint(section, "Whoever may read such a table reads the rows that its policies let "
                        "through. Superusers and roles with BYPASSRLS read all.");
    xmlNode *list = part_list(section, columns);
    for (guint i = 0; i < MIN(tables->len, SHOWN); i++)
        add_secured(sheet, list, tables->pdata[i]);
    if (tables->len > SHOWN) {
        g_autofree char *more = g_strdup_printf("And %u more.", tables->len - SHOWN);
        sheet_hint(section, more);
    }
}

void
fill_access(struct sheet *sheet)
{
    const struct catalog *catalog = sheet->site->model->catalog;
    sheet_crumb(sheet, "Access", NULL);
    sheet_title(sheet, NULL, "Who may do what");
    tree_text_element(sheet_lead(sheet), "summary", part_access_origin(sheet));
    add_matrix(sheet);
    add_row_security(sheet);
    add_defaults(sheet);
    if (catalog->access == ACCESS_OF_SERVER)
        part_access(sheet, &catalog->object, "The database itself");
    part_settings(sheet, &catalog->settings, &catalog->settings_of_all, "of all databases");
}
