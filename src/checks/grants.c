/* grants.c - doors that stand open to everybody, and grants that open none. Where it is not known
 * who may do what, nothing is reported; of migrations, what they grant is a hint, because more may
 * have been granted by hand. */
#include "base/text.h"
#include "catalog/access.h"
#include "checks/families.h"
#include "checks/fix.h"

#include <string.h>

#define SET(privilege) (1U << (privilege))

static bool
is_known(const struct check_run *run)
{
    return run->model->catalog->access != access_source_UNKNOWN;
}

/* Who is a member of what, and who owns what, is known of a server alone. */
static bool
is_read_from_server(const struct check_run *run)
{
    return run->model->catalog->access == ACCESS_OF_SERVER;
}

static unsigned
granted_to_public(const struct names *grants)
{
    unsigned set = 0;
    for (size_t i = 0; i < grants->count; i++) {
        struct acl_entry entry;
        if (acl_entry_read(grants->items[i], &entry) && entry.grantee == GRANTEE_PUBLIC)
            set |= entry.privileges;
        acl_entry_clear(&entry);
    }
    return set;
}

static void
weaken(const struct check_run *run, struct finding *finding)
{
    if (run->model->catalog->access == ACCESS_OF_MIGRATIONS)
        finding->strength = STRENGTH_HINT;
}

/* ---- functions ---- */

/* Triggers call them; nobody else can. */
static bool
is_trigger_function(const struct function *function)
{
    return text_equal(function->result, "trigger") || text_equal(function->result, "event_trigger");
}

static void
report_execute(struct check_run *run, const struct function *function)
{
    struct finding *finding = check_report(run, function, "Everybody may run %s as its owner",
                                           check_path(run, function));
    weaken(run, finding);
    check_detail(run, finding,
                 "PUBLIC may execute every function unless that is revoked, and this one has the "
                 "rights of its owner.");
    check_advice(run, finding, "Revoke it, and grant it to the roles that need it.");
    check_evidence(run, finding, "Owner", function->owner);
    const char *word = function->kind == FUNCTION_PROCEDURE ? "PROCEDURE" : "FUNCTION";
    g_autofree char *up = sql_text("REVOKE EXECUTE ON %S %O FROM PUBLIC", word, &function->object);
    g_autofree char *down = sql_text("GRANT EXECUTE ON %S %O TO PUBLIC", word, &function->object);
    fix_statement(run, finding, up, down);
}

void
check_secdef_public_execute(struct check_run *run)
{
    const struct function_list *functions = &run->model->catalog->functions;
    for (size_t i = 0; is_known(run) && i < functions->count; i++) {
        const struct function *function = &functions->items[i];
        if (function->security_definer == YES && !is_trigger_function(function) &&
            !check_skips_name(function->name) && granted_to_public(&function->grants) != 0)
            report_execute(run, function);
    }
}

/* ---- schemas ---- */

/* That of the cluster into which SQL was loaded has the grants of its major version. */
static bool
is_schema_of_cluster(const struct check_run *run, const struct schema *schema)
{
    return !is_read_from_server(run) && g_str_equal(schema->name, "public");
}

void
check_schema_public_create(struct check_run *run)
{
    const struct schema_list *schemas = &run->model->catalog->schemas;
    for (size_t i = 0; is_known(run) && i < schemas->count; i++) {
        const struct schema *schema = &schemas->items[i];
        if (is_schema_of_cluster(run, schema) ||
            (granted_to_public(&schema->grants) & SET(PRIVILEGE_CREATE)) == 0)
            continue;
        struct finding *finding = check_report(run, schema, "Everybody may create in schema %s",
                                               check_path(run, schema));
        check_detail(run, finding,
                     "Whoever may connect can put a table or function where others look for "
                     "theirs.");
        check_advice(run, finding,
                     "Revoke it. Who runs the migrations owns the schema, or is granted CREATE.");
        g_autofree char *up = sql_text("REVOKE CREATE ON SCHEMA %I FROM PUBLIC", schema->name);
        g_autofree char *down = sql_text("GRANT CREATE ON SCHEMA %I TO PUBLIC", schema->name);
        fix_statement(run, finding, up, down);
    }
}

/* ---- tables, views, sequences ---- */

static unsigned
columns_granted_to_public(const struct column_list *columns)
{
    unsigned set = 0;
    for (size_t i = 0; columns != NULL && i < columns->count; i++)
        set |= granted_to_public(&columns->items[i].grants);
    return set;
}

static void
report_public(struct check_run *run, const struct object *object, const struct names *grants,
              const struct column_list *columns)
{
    const unsigned writing = SET(PRIVILEGE_INSERT) | SET(PRIVILEGE_UPDATE) | SET(PRIVILEGE_DELETE) |
                             SET(PRIVILEGE_TRUNCATE);
    unsigned whole = granted_to_public(grants);
    unsigned set = whole | columns_granted_to_public(columns);
    if (set == 0)
        return;
    bool writes = (set & writing) != 0;
    struct finding *finding = check_report(
        run, object, writes ? "Everybody may write %s" : "Everybody may use %s",
        check_path(run, object));
    if (!writes)
        finding->severity = SEVERITY_NOTE;
    check_detail(run, finding,
                 "It is granted to PUBLIC: to every role there is, and to those that come.");
    check_advice(run, finding,
                 "Grant it to the roles that need it, or to one role that they are members of.");
    g_autofree char *words = privileges_text(set, 0);
    check_evidence(run, finding, "Granted to PUBLIC", words);
    const char *word = object->kind == &kind_sequence ? "SEQUENCE" : "TABLE";
    g_autofree char *again = privileges_text(whole, 0);
    g_autofree char *up = sql_text("REVOKE ALL ON %S %O FROM PUBLIC", word, object);
    g_autofree char *down = sql_text("GRANT %S ON %S %O TO PUBLIC", again, word, object);
    fix_statement(run, finding, up, set == whole ? down : NULL);
}

void
check_grant_to_public(struct check_run *run)
{
    const struct catalog *catalog = run->model->catalog;
    if (!is_known(run))
        return;
    for (guint i = 0; i < run->tables->len; i++) {
        const struct table *table = run->tables->pdata[i];
        report_public(run, &table->object, &table->grants, &table->columns);
    }
    for (size_t i = 0; i < catalog->views.count; i++) {
        const struct view *view = &catalog->views.items[i];
        report_public(run, &view->object, &view->grants, &view->columns);
    }
    for (size_t i = 0; i < catalog->sequences.count; i++) {
        const struct sequence *sequence = &catalog->sequences.items[i];
        report_public(run, &sequence->object, &sequence->grants, NULL);
    }
}

/* ---- grants that lead nowhere ---- */

struct reaching {
    struct check_run *run;
    struct access *access;
    GHashTable *grantees; /* grantee_key → GPtrArray of objects */
};

static bool
may_use(const struct reaching *reaching, const char *role, const struct schema *schema)
{
    return (access_privileges(reaching->access, role, &schema->object) & SET(PRIVILEGE_USAGE)) != 0;
}

/* It itself, or a member of it that comes to the schema in another way. */
static bool
is_reached(const struct reaching *reaching, const char *role, const struct schema *schema)
{
    const struct role_list *roles = &reaching->run->model->catalog->roles;
    bool found = may_use(reaching, role, schema);
    for (size_t i = 0; !found && i < roles->count; i++)
        found = access_has_rights_of(reaching->access, roles->items[i].name, role) &&
                may_use(reaching, roles->items[i].name, schema);
    return found;
}

/* The length keeps schema "a b" with role "c" and "a" with "b c" apart. */
static char *
grantee_key(const char *schema, const char *role)
{
    return g_strdup_printf("%zu %s %s", strlen(schema), schema, role);
}

static void
note_grantee(const struct reaching *reaching, const struct object *object, const char *role)
{
    g_autofree char *key = grantee_key(object_schema(object), role);
    GPtrArray *objects = g_hash_table_lookup(reaching->grantees, key);
    if (objects == NULL) {
        objects = g_ptr_array_new();
        g_hash_table_insert(reaching->grantees, g_steal_pointer(&key), objects);
    }
    g_ptr_array_add(objects, (gpointer)(guintptr)object);
}

static void
note_grantees(const struct object *object, void *data)
{
    const struct field *field = kind_field(object->kind, "grants");
    if (field == NULL || object_schema(object) == NULL || object->kind == &kind_schema ||
        object->kind == &kind_column || object->kind == &kind_default_privileges)
        return;
    const struct names *grants = field_names(field, object);
    for (size_t i = 0; i < grants->count; i++) {
        struct acl_entry entry;
        if (acl_entry_read(grants->items[i], &entry) && entry.grantee == GRANTEE_ROLE)
            note_grantee(data, object, entry.role);
        acl_entry_clear(&entry);
    }
}

/* Those to whom something in the schema was granted in vain. */
static GPtrArray *
find_unreached(const struct reaching *reaching, const struct schema *schema)
{
    const struct role_list *roles = &reaching->run->model->catalog->roles;
    GPtrArray *found = g_ptr_array_new();
    for (size_t i = 0; i < roles->count; i++) {
        const char *role = roles->items[i].name;
        g_autofree char *key = grantee_key(schema->name, role);
        if (g_hash_table_contains(reaching->grantees, key) && !is_reached(reaching, role, schema))
            g_ptr_array_add(found, (gpointer)(guintptr)role);
    }
    return found;
}

/* "blog.posts", "blog.tags", "and 7 more": one a line. */
static void
add_objects(const struct reaching *reaching, struct finding *finding, const char *schema,
            const char *role)
{
    enum { NAMED = 5 };
    g_autofree char *key = grantee_key(schema, role);
    const GPtrArray *objects = g_hash_table_lookup(reaching->grantees, key);
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < MIN(objects->len, NAMED); i++)
        g_string_append_printf(text, "%s%s", i > 0 ? "\n" : "", check_said_path(objects->pdata[i]));
    if (objects->len > NAMED)
        g_string_append_printf(text, "\nand %u more", objects->len - NAMED);
    check_evidence(reaching->run, finding, role, text->str);
}

static void
report_unreached(const struct reaching *reaching, const struct schema *schema,
                 const GPtrArray *roles)
{
    struct check_run *run = reaching->run;
    struct finding *finding =
        roles->len == 1
            ? check_report(run, schema,
                           "Role %s may not use schema %s, but was granted what is in it",
                           check_code(run, roles->pdata[0]), check_path(run, schema))
            : check_report(run, schema,
                           "%u roles may not use schema %s, but were granted what is in it",
                           roles->len, check_path(run, schema));
    check_detail(run, finding,
                 "Without USAGE on the schema a grant in it is of no use: permission is denied.");
    check_advice(run, finding, "Grant USAGE on the schema, or revoke what is of no use.");
    for (guint i = 0; i < roles->len; i++)
        add_objects(reaching, finding, schema->name, roles->pdata[i]);
    const struct names names = {roles->len, (const char **)roles->pdata};
    g_autofree char *up = sql_text("GRANT USAGE ON SCHEMA %I TO %N", schema->name, &names);
    g_autofree char *down = sql_text("REVOKE USAGE ON SCHEMA %I FROM %N", schema->name, &names);
    fix_statement(run, finding, up, down);
}

void
check_grant_out_of_reach(struct check_run *run)
{
    const struct schema_list *schemas = &run->model->catalog->schemas;
    if (!is_read_from_server(run))
        return;
    g_autoptr(GHashTable) grantees = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                                                           (GDestroyNotify)g_ptr_array_unref);
    struct reaching reaching = {run, access_new(run->model->database), grantees};
    object_walk(run->model->catalog, note_grantees, &reaching);
    for (size_t i = 0; i < schemas->count; i++) {
        g_autoptr(GPtrArray) roles = find_unreached(&reaching, &schemas->items[i]);
        if (roles->len > 0)
            report_unreached(&reaching, &schemas->items[i], roles);
    }
    access_free(reaching.access);
}

/* ---- owners ---- */

static const struct role *
find_role(const struct check_run *run, const char *name)
{
    const struct role_list *roles = &run->model->catalog->roles;
    for (size_t i = 0; i < roles->count; i++)
        if (text_equal(roles->items[i].name, name))
            return &roles->items[i];
    return NULL;
}

static void
visit_unbound_owner(struct check_run *run, const struct table *table)
{
    const struct role *owner = find_role(run, table->owner);
    if (table->row_security != YES || table->forced_row_security != NO ||
        table->policies.count == 0 || owner == NULL || owner->login != YES ||
        owner->superuser != NO || owner->bypass_row_security != NO)
        return;
    struct finding *finding = check_report(run, table, "Policies of %s do not bind its owner",
                                           check_path(run, table));
    check_detail(run, finding,
                 "%s owns the table and can log in: where an application does so, it reads and "
                 "writes all rows.",
                 check_code(run, table->owner));
    check_advice(run, finding,
                 "Let the application log in as another role, or force row security, which binds "
                 "migrations, too.");
    check_evidence(run, finding, "Owner", table->owner);
    g_autofree char *up = sql_text("ALTER TABLE %O FORCE ROW LEVEL SECURITY", &table->object);
    g_autofree char *down = sql_text("ALTER TABLE %O NO FORCE ROW LEVEL SECURITY", &table->object);
    fix_statement(run, finding, up, down);
}

void
check_rls_owner_not_forced(struct check_run *run)
{
    if (is_read_from_server(run))
        check_each_table(run, visit_unbound_owner);
}

/* Of one schema: owner → GPtrArray of tables. */
static GHashTable *
group_by_owner(const struct check_run *run, const struct schema *schema)
{
    GHashTable *owners = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
                                               (GDestroyNotify)g_ptr_array_unref);
    for (guint i = 0; i < run->tables->len; i++) {
        const struct table *table = run->tables->pdata[i];
        if (table->owner == NULL || !g_str_equal(table->schema, schema->name))
            continue;
        GPtrArray *tables = g_hash_table_lookup(owners, table->owner);
        if (tables == NULL) {
            tables = g_ptr_array_new();
            g_hash_table_insert(owners, (gpointer)(guintptr)table->owner, tables);
        }
        g_ptr_array_add(tables, (gpointer)(guintptr)table);
    }
    return owners;
}

static gint
compare_names(gconstpointer a, gconstpointer b)
{
    return g_strcmp0(a, b);
}

static void
report_mixed(struct check_run *run, const struct schema *schema, GHashTable *owners)
{
    enum { NAMED = 5 };
    struct finding *finding = check_report(
        run, schema, "Tables of schema %s belong to %s", check_path(run, schema),
        check_count(run, (int64_t)g_hash_table_size(owners), "role"));
    check_detail(run, finding,
                 "Only its owner may alter or drop a table: a migration that one of them runs "
                 "stops at the tables of the other.");
    check_advice(run, finding, "Give all of them to the role that runs the migrations.");
    g_autoptr(GList) names = g_list_sort(g_hash_table_get_keys(owners), compare_names);
    for (GList *name = names; name != NULL; name = name->next) {
        const GPtrArray *tables = g_hash_table_lookup(owners, name->data);
        g_autoptr(GString) text = g_string_new(NULL);
        for (guint i = 0; i < MIN(tables->len, NAMED); i++)
            g_string_append_printf(text, "%s%s", i > 0 ? "\n" : "",
                                   ((const struct table *)tables->pdata[i])->name);
        if (tables->len > NAMED)
            g_string_append_printf(text, "\nand %u more", tables->len - NAMED);
        check_evidence(run, finding, name->data, text->str);
    }
}

void
check_owner_mixed(struct check_run *run)
{
    const struct schema_list *schemas = &run->model->catalog->schemas;
    for (size_t i = 0; is_read_from_server(run) && i < schemas->count; i++) {
        g_autoptr(GHashTable) owners = group_by_owner(run, &schemas->items[i]);
        if (g_hash_table_size(owners) > 1)
            report_mixed(run, &schemas->items[i], owners);
    }
}
