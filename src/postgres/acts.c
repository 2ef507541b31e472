/* acts.c - libpg_query's tree (JSON) as a list of acts. Kinds of statements and of ALTER TABLE's
 * parts are tables; what a row cannot say is a function of it. */
#include "postgres/acts.h"

#include "base/text.h"
#include "postgres/connection.h"

#include <glib.h>
#include <jansson.h>
#include <pg_query.h>
#include <string.h>

/* libpg_query goes down one frame of the stack for each level of an expression. */
#define TEXT_MOST ((size_t)32 * 1024)

struct reader {
    struct arena *arena;
    GArray *acts; /* struct act */
};

/* ---- the tree ---- */

static const char *
text_at(const json_t *node, const char *key)
{
    return json_string_value(json_object_get(node, key));
}

static bool
is_true(const json_t *node, const char *key)
{
    return json_is_true(json_object_get(node, key));
}

static unsigned
flag_if(bool condition, enum act_flag flag)
{
    return condition ? (unsigned)flag : 0;
}

/* A path of names in the arena, with what quotes it needs; NULL for no names. */
static const char *
path_of(struct arena *arena, const char *schema, const char *name)
{
    if (name == NULL)
        return NULL;
    g_autofree char *path = schema != NULL ? sql_quote_qualified(schema, name)
                                           : sql_quote_name(name);
    return arena_intern(arena, path);
}

/* The path of a RangeVar. */
static const char *
relation_of(const struct reader *reader, const json_t *range)
{
    return path_of(reader->arena, text_at(range, "schemaname"), text_at(range, "relname"));
}

/* The path of the last two of a list of String nodes. */
static const char *
path_of_list(const struct reader *reader, const json_t *list)
{
    size_t count = json_array_size(list);
    const char *names[2] = {NULL, NULL};
    for (size_t i = 0; i < 2 && i < count; i++) {
        const json_t *item = json_object_get(json_array_get(list, count - 1 - i), "String");
        names[i] = text_at(item, "sval");
    }
    return path_of(reader->arena, names[1], names[0]);
}

static const char *
keep(const struct reader *reader, const char *text)
{
    return text == NULL ? NULL : arena_intern(reader->arena, text);
}

static struct act *
add(struct reader *reader, enum act_kind kind, unsigned flags, const char *relation)
{
    struct act act = {.kind = kind, .flags = flags, .relation = relation};
    g_array_append_val(reader->acts, act);
    return &g_array_index(reader->acts, struct act, reader->acts->len - 1);
}

/* Whether a list of DefElem nodes has one of this name. */
static bool
has_option(const json_t *list, const char *name)
{
    size_t i = 0;
    const json_t *item = NULL;
    json_array_foreach(list, i, item)
    {
        const json_t *element = json_object_get(item, "DefElem");
        if (text_equal(text_at(element, "defname"), name))
            return true;
    }
    return false;
}

static unsigned
behaviour(const json_t *node)
{
    return flag_if(text_equal(text_at(node, "behavior"), "DROP_CASCADE"), ACT_CASCADE);
}

/* ---- constraints ---- */

static const struct {
    const char *type;
    enum act_kind kind; /* of ADD CONSTRAINT */
    unsigned flags;     /* of a column that is made with it */
} constraint_types[] = {
    {"CONSTR_CHECK", ACT_ADD_CHECK, 0},
    {"CONSTR_DEFAULT", ACT_OTHER, ACT_WITH_DEFAULT},
    {"CONSTR_EXCLUSION", ACT_ADD_EXCLUSION, 0},
    {"CONSTR_FOREIGN", ACT_ADD_FOREIGN_KEY, 0},
    {"CONSTR_GENERATED", ACT_OTHER, ACT_GENERATED},
    {"CONSTR_IDENTITY", ACT_OTHER, ACT_IDENTITY | ACT_NOT_NULL},
    {"CONSTR_NOTNULL", ACT_OTHER, ACT_NOT_NULL},
    {"CONSTR_PRIMARY", ACT_ADD_PRIMARY_KEY, ACT_NOT_NULL},
    {"CONSTR_UNIQUE", ACT_ADD_UNIQUE, 0},
};

/* The flags that it gives its column. Those that are acts of their own are added as such. */
static unsigned
read_constraint(struct reader *reader, const char *relation, const json_t *constraint)
{
    const char *type = text_at(constraint, "contype");
    for (size_t i = 0; i < G_N_ELEMENTS(constraint_types); i++) {
        if (!text_equal(type, constraint_types[i].type))
            continue;
        if (constraint_types[i].kind != ACT_OTHER) {
            unsigned flags = flag_if(is_true(constraint, "skip_validation"), ACT_NOT_VALID) |
                             flag_if(text_at(constraint, "indexname") != NULL, ACT_USING_INDEX);
            struct act *act = add(reader, constraint_types[i].kind, flags, relation);
            act->name = keep(reader, text_at(constraint, "conname"));
            act->other = relation_of(reader, json_object_get(constraint, "pktable"));
        }
        return constraint_types[i].flags;
    }
    return 0;
}

/* ---- columns ---- */

static const struct {
    const char *type;
    unsigned flags;
} told_types[] = {
    {"bigserial", ACT_SERIAL | ACT_NOT_NULL},
    {"serial", ACT_SERIAL | ACT_NOT_NULL},
    {"serial2", ACT_SERIAL | ACT_NOT_NULL},
    {"serial4", ACT_SERIAL | ACT_NOT_NULL},
    {"serial8", ACT_SERIAL | ACT_NOT_NULL},
    {"smallserial", ACT_SERIAL | ACT_NOT_NULL},
    {"json", ACT_OF_JSON},
};

static unsigned
flags_of_type(const json_t *type)
{
    const json_t *names = json_object_get(type, "names");
    const json_t *last = json_array_get(names, json_array_size(names) - 1);
    const char *name = text_at(json_object_get(last, "String"), "sval");
    for (size_t i = 0; i < G_N_ELEMENTS(told_types); i++)
        if (text_equal(name, told_types[i].type))
            return told_types[i].flags;
    return 0;
}

static void
read_added_column(struct reader *reader, const char *relation, const json_t *command)
{
    const json_t *column = json_object_get(json_object_get(command, "def"), "ColumnDef");
    const guint place = reader->acts->len;
    unsigned flags = flags_of_type(json_object_get(column, "typeName")) |
                     flag_if(is_true(command, "missing_ok"), ACT_GUARDED);
    add(reader, ACT_ADD_COLUMN, 0, relation)->name = keep(reader, text_at(column, "colname"));
    const json_t *constraints = json_object_get(column, "constraints");
    size_t i = 0;
    const json_t *item = NULL;
    json_array_foreach(constraints, i, item)
    {
        flags |= read_constraint(reader, relation, json_object_get(item, "Constraint"));
    }
    g_array_index(reader->acts, struct act, place).flags = flags;
}

/* ---- ALTER TABLE ---- */

static const struct {
    const char *subtype;
    enum act_kind kind;
} parts[] = {
    {"AT_AlterColumnType", ACT_SET_TYPE},    {"AT_AttachPartition", ACT_ATTACH_PARTITION},
    {"AT_ColumnDefault", ACT_SET_DEFAULT},   {"AT_DetachPartition", ACT_DETACH_PARTITION},
    {"AT_DropColumn", ACT_DROP_COLUMN},      {"AT_DropConstraint", ACT_DROP_CONSTRAINT},
    {"AT_DropNotNull", ACT_DROP_NOT_NULL},   {"AT_SetAccessMethod", ACT_SET_PERSISTENCE},
    {"AT_SetLogged", ACT_SET_PERSISTENCE},   {"AT_SetNotNull", ACT_SET_NOT_NULL},
    {"AT_SetUnLogged", ACT_SET_PERSISTENCE}, {"AT_ValidateConstraint", ACT_VALIDATE},
};

static void
read_part(struct reader *reader, const char *relation, const json_t *command)
{
    const char *subtype = text_at(command, "subtype");
    if (text_equal(subtype, "AT_AddColumn")) {
        read_added_column(reader, relation, command);
        return;
    }
    const json_t *definition = json_object_get(command, "def");
    if (text_equal(subtype, "AT_AddConstraint")) {
        read_constraint(reader, relation, json_object_get(definition, "Constraint"));
        return;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        if (!text_equal(subtype, parts[i].subtype))
            continue;
        const json_t *partition = json_object_get(definition, "PartitionCmd");
        unsigned flags = behaviour(command) | flag_if(is_true(command, "missing_ok"), ACT_GUARDED) |
                         flag_if(is_true(partition, "concurrent"), ACT_CONCURRENTLY);
        struct act *act = add(reader, parts[i].kind, flags, relation);
        act->name = keep(reader, text_at(command, "name"));
        act->other = relation_of(reader, json_object_get(partition, "name"));
    }
}

static void
read_alter_table(struct reader *reader, const json_t *node)
{
    if (!text_equal(text_at(node, "objtype"), "OBJECT_TABLE"))
        return;
    const char *relation = relation_of(reader, json_object_get(node, "relation"));
    size_t i = 0;
    const json_t *item = NULL;
    json_array_foreach(json_object_get(node, "cmds"), i, item)
    {
        read_part(reader, relation, json_object_get(item, "AlterTableCmd"));
    }
}

/* ---- other statements ---- */

static void
read_index(struct reader *reader, const json_t *node)
{
    unsigned flags = flag_if(is_true(node, "concurrent"), ACT_CONCURRENTLY) |
                     flag_if(is_true(node, "if_not_exists"), ACT_GUARDED) |
                     flag_if(is_true(node, "unique"), ACT_UNIQUE);
    const char *relation = relation_of(reader, json_object_get(node, "relation"));
    add(reader, ACT_CREATE_INDEX, flags, relation)->name = keep(reader, text_at(node, "idxname"));
}

static void
read_table(struct reader *reader, const json_t *node)
{
    const char *relation = relation_of(reader, json_object_get(node, "relation"));
    add(reader, ACT_CREATE_TABLE, flag_if(is_true(node, "if_not_exists"), ACT_GUARDED), relation);
    size_t i = 0;
    const json_t *item = NULL;
    json_array_foreach(json_object_get(node, "tableElts"), i, item)
    {
        const json_t *column = json_object_get(item, "ColumnDef");
        size_t k = 0;
        const json_t *own = NULL;
        read_constraint(reader, relation, json_object_get(item, "Constraint"));
        json_array_foreach(json_object_get(column, "constraints"), k, own)
        {
            read_constraint(reader, relation, json_object_get(own, "Constraint"));
        }
    }
}

/* CREATE TABLE … AS and CREATE MATERIALIZED VIEW. */
static void
read_table_as(struct reader *reader, const json_t *node)
{
    const json_t *into = json_object_get(node, "into");
    bool view = text_equal(text_at(node, "objtype"), "OBJECT_MATVIEW");
    add(reader, ACT_CREATE_TABLE,
        flag_if(is_true(node, "if_not_exists"), ACT_GUARDED) | flag_if(view, ACT_MATERIALIZED),
        relation_of(reader, json_object_get(into, "rel")));
}

static void
read_drop(struct reader *reader, const json_t *node)
{
    static const struct {
        const char *type;
        enum act_kind kind;
    } types[] = {
        {"OBJECT_TABLE", ACT_DROP_TABLE},
        {"OBJECT_INDEX", ACT_DROP_INDEX},
        {"OBJECT_SCHEMA", ACT_DROP_SCHEMA},
    };
    const char *type = text_at(node, "removeType");
    unsigned flags = behaviour(node) | flag_if(is_true(node, "concurrent"), ACT_CONCURRENTLY) |
                     flag_if(is_true(node, "missing_ok"), ACT_GUARDED);
    for (size_t t = 0; t < G_N_ELEMENTS(types); t++) {
        size_t i = 0;
        const json_t *item = NULL;
        if (!text_equal(type, types[t].type))
            continue;
        json_array_foreach(json_object_get(node, "objects"), i, item)
        {
            const json_t *list = json_object_get(json_object_get(item, "List"), "items");
            const char *schema = text_at(json_object_get(item, "String"), "sval");
            struct act *act = add(reader, types[t].kind, flags, path_of_list(reader, list));
            act->name = keep(reader, schema);
        }
    }
}

static void
read_rename(struct reader *reader, const json_t *node)
{
    static const struct {
        const char *type;
        enum act_kind kind;
    } types[] = {
        {"OBJECT_COLUMN", ACT_RENAME_COLUMN},
        {"OBJECT_SCHEMA", ACT_RENAME_SCHEMA},
        {"OBJECT_TABLE", ACT_RENAME_TABLE},
    };
    const char *type = text_at(node, "renameType");
    for (size_t i = 0; i < G_N_ELEMENTS(types); i++)
        if (text_equal(type, types[i].type)) {
            const char *relation = relation_of(reader, json_object_get(node, "relation"));
            struct act *act = add(reader, types[i].kind, 0, relation);
            act->name = keep(reader, text_at(node, "subname"));
            act->new_name = keep(reader, text_at(node, "newname"));
        }
}

static void
read_enum(struct reader *reader, const json_t *node)
{
    bool renames = text_at(node, "oldVal") != NULL;
    unsigned flags = flag_if(text_at(node, "newValNeighbor") != NULL, ACT_PLACED) |
                     flag_if(is_true(node, "skipIfNewValExists"), ACT_GUARDED);
    struct act *act = add(reader, renames ? ACT_RENAME_ENUM_VALUE : ACT_ENUM_VALUE, flags, NULL);
    act->other = path_of_list(reader, json_object_get(node, "typeName"));
    act->name = keep(reader, text_at(node, renames ? "oldVal" : "newVal"));
}

static struct act *
read_change(struct reader *reader, const json_t *node, enum act_kind kind)
{
    bool every = json_object_get(node, "whereClause") == NULL;
    return add(reader, kind, flag_if(every, ACT_EVERY_ROW),
               relation_of(reader, json_object_get(node, "relation")));
}

static void
read_update(struct reader *reader, const json_t *node)
{
    g_autoptr(GPtrArray) columns = g_ptr_array_new();
    size_t i = 0;
    const json_t *item = NULL;
    json_array_foreach(json_object_get(node, "targetList"), i, item)
    {
        const char *name = text_at(json_object_get(item, "ResTarget"), "name");
        if (name != NULL)
            g_ptr_array_add(columns, (gpointer)(guintptr)keep(reader, name));
    }
    read_change(reader, node, ACT_UPDATE)->columns = names_keep(reader->arena, columns);
}

static void
read_delete(struct reader *reader, const json_t *node)
{
    read_change(reader, node, ACT_DELETE);
}

static void
read_insert(struct reader *reader, const json_t *node)
{
    add(reader, ACT_INSERT, 0, relation_of(reader, json_object_get(node, "relation")));
}

static void
read_set(struct reader *reader, const json_t *node)
{
    add(reader, ACT_SET, 0, NULL)->name = keep(reader, text_at(node, "name"));
}

static void
read_reindex(struct reader *reader, const json_t *node)
{
    bool concurrent = has_option(json_object_get(node, "params"), "concurrently");
    add(reader, ACT_REINDEX, flag_if(concurrent, ACT_CONCURRENTLY),
        relation_of(reader, json_object_get(node, "relation")));
}

static void
read_vacuum(struct reader *reader, const json_t *node)
{
    size_t i = 0;
    const json_t *item = NULL;
    if (!has_option(json_object_get(node, "options"), "full"))
        return;
    json_array_foreach(json_object_get(node, "rels"), i, item)
    {
        const json_t *relation = json_object_get(item, "VacuumRelation");
        add(reader, ACT_CLUSTER, 0, relation_of(reader, json_object_get(relation, "relation")));
    }
}

static void
read_cluster(struct reader *reader, const json_t *node)
{
    add(reader, ACT_CLUSTER, 0, relation_of(reader, json_object_get(node, "relation")));
}

static void
read_truncate(struct reader *reader, const json_t *node)
{
    size_t i = 0;
    const json_t *item = NULL;
    json_array_foreach(json_object_get(node, "relations"), i, item)
    {
        add(reader, ACT_TRUNCATE, behaviour(node),
            relation_of(reader, json_object_get(item, "RangeVar")));
    }
}

static void
read_transaction(struct reader *reader, const json_t *node)
{
    static const char *const saving[] = {"TRANS_STMT_SAVEPOINT", "TRANS_STMT_RELEASE",
                                         "TRANS_STMT_ROLLBACK_TO"};
    for (size_t i = 0; i < G_N_ELEMENTS(saving); i++)
        if (text_equal(text_at(node, "kind"), saving[i]))
            return;
    add(reader, ACT_TRANSACTION, 0, NULL);
}

static void
read_refresh(struct reader *reader, const json_t *node)
{
    add(reader, ACT_REFRESH, flag_if(is_true(node, "concurrent"), ACT_CONCURRENTLY),
        relation_of(reader, json_object_get(node, "relation")));
}

static void
read_trigger(struct reader *reader, const json_t *node)
{
    const char *relation = relation_of(reader, json_object_get(node, "relation"));
    add(reader, ACT_CREATE_TRIGGER, flag_if(is_true(node, "replace"), ACT_GUARDED), relation)
        ->name = keep(reader, text_at(node, "trigname"));
}

static void
read_view(struct reader *reader, const json_t *node)
{
    add(reader, ACT_CREATE_VIEW, flag_if(is_true(node, "replace"), ACT_GUARDED),
        relation_of(reader, json_object_get(node, "view")));
}

static void
read_function(struct reader *reader, const json_t *node)
{
    add(reader, ACT_CREATE_FUNCTION, flag_if(is_true(node, "replace"), ACT_GUARDED),
        path_of_list(reader, json_object_get(node, "funcname")));
}

static void
read_policy(struct reader *reader, const json_t *node)
{
    add(reader, ACT_CREATE_POLICY, 0, relation_of(reader, json_object_get(node, "table")))->name =
        keep(reader, text_at(node, "policy_name"));
}

/* ALTER DOMAIN … ADD CONSTRAINT and SET NOT NULL look at every column of the domain. */
static void
read_domain(struct reader *reader, const json_t *node)
{
    const char *subtype = text_at(node, "subtype");
    const json_t *constraint = json_object_get(json_object_get(node, "def"), "Constraint");
    if (!text_equal(subtype, "C") && !text_equal(subtype, "O"))
        return;
    add(reader, ACT_DOMAIN_CONSTRAINT,
        flag_if(is_true(constraint, "skip_validation"), ACT_NOT_VALID), NULL)
        ->other = path_of_list(reader, json_object_get(node, "typeName"));
}

static const struct {
    const char *node;
    void (*read)(struct reader *reader, const json_t *node);
} statements[] = {
    {"AlterDomainStmt", read_domain},
    {"AlterEnumStmt", read_enum},
    {"AlterTableStmt", read_alter_table},
    {"ClusterStmt", read_cluster},
    {"CreateFunctionStmt", read_function},
    {"CreatePolicyStmt", read_policy},
    {"CreateStmt", read_table},
    {"CreateTableAsStmt", read_table_as},
    {"CreateTrigStmt", read_trigger},
    {"DeleteStmt", read_delete},
    {"DropStmt", read_drop},
    {"IndexStmt", read_index},
    {"InsertStmt", read_insert},
    {"RefreshMatViewStmt", read_refresh},
    {"ReindexStmt", read_reindex},
    {"RenameStmt", read_rename},
    {"TransactionStmt", read_transaction},
    {"TruncateStmt", read_truncate},
    {"UpdateStmt", read_update},
    {"VacuumStmt", read_vacuum},
    {"VariableSetStmt", read_set},
    {"ViewStmt", read_view},
};

static void
read_statement(struct reader *reader, const json_t *statement)
{
    for (size_t i = 0; i < G_N_ELEMENTS(statements); i++) {
        const json_t *node = json_object_get(statement, statements[i].node);
        if (node != NULL)
            statements[i].read(reader, node);
    }
}

bool
act_path_names(const char *path, const char *relation)
{
    if (path == NULL || relation == NULL)
        return false;
    g_autofree char *tail = g_strconcat(".", path, NULL);
    return g_str_equal(relation, path) || g_str_has_suffix(relation, tail);
}

struct acts
acts_of(struct arena *arena, const char *sql)
{
    if (strlen(sql) > TEXT_MOST)
        return (struct acts){0, NULL};
    struct reader reader = {arena, g_array_new(FALSE, FALSE, sizeof(struct act))};
    PgQueryParseResult result = pg_query_parse(sql);
    json_t *tree = result.error == NULL ? json_loads(result.parse_tree, 0, NULL) : NULL;
    size_t i = 0;
    const json_t *item = NULL;
    json_array_foreach(json_object_get(tree, "stmts"), i, item)
    {
        read_statement(&reader, json_object_get(item, "stmt"));
    }
    json_decref(tree);
    pg_query_free_parse_result(result);
    const size_t count = reader.acts->len;
    return (struct acts){count, arena_keep(arena, reader.acts)};
}
