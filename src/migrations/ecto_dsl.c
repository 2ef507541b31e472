/* ecto_dsl.c - the functions of Ecto.Migration and what migrations ask of their repository: each
 * checks its arguments as Ecto does and queues a command. */
#include "migrations/ecto_runner.h"

#include "base/files.h"
#include "migrations/ecto_oban.h"
#include "migrations/ecto_options.h"
#include "migrations/ecto_query.h"

#include <string.h>

#define MIGRATION "Elixir.Ecto.Migration"

enum { FILE_LIMIT = 4 << 20 };

typedef const struct value *(*dsl_run)(struct evaluation *evaluation, const struct call *call);

static const struct value *
empty_list(struct evaluation *evaluation)
{
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    return value_of_items(evaluation->arena, VALUE_LIST, none);
}

static const struct value *
argument(struct evaluation *evaluation, const struct call *call, size_t place)
{
    return place < call->count ? call->arguments[place] : empty_list(evaluation);
}

static const struct value *
tuple_of(struct evaluation *evaluation, const char *word, const struct value *const *rest,
         size_t count)
{
    g_autoptr(GPtrArray) items = g_ptr_array_new();
    g_ptr_array_add(items, (void *)(guintptr)value_atom(evaluation->arena, word));
    for (size_t i = 0; i < count; i++)
        g_ptr_array_add(items, (void *)(guintptr)rest[i]);
    return value_of_items(evaluation->arena, VALUE_TUPLE, items);
}

static const struct value *
queue(struct evaluation *evaluation, const struct call *call, const struct value *command,
      const struct value *result)
{
    return ecto_queue(evaluation, call->syntax, command) ? result : NULL;
}

/* ---- Objects ---- */

/* The object with the prefix that the configuration gives those without one. */
static const struct value *
with_prefix(struct evaluation *evaluation, const struct value *object)
{
    const struct value *fallback = ecto_config_get(ecto_runner_of(evaluation),
                                                   "migration_default_prefix");
    if (object->kind != VALUE_MAP || fallback == NULL ||
        !value_is_nil(ecto_option(object, "prefix")))
        return object;
    return value_put(evaluation->arena, object, "prefix", fallback);
}

static const struct value *
run_table(struct evaluation *evaluation, const struct call *call)
{
    return ecto_struct(evaluation, call, &ecto_table_fields, argument(evaluation, call, 1));
}

/* Words of an index's default name: [^\w] becomes _, then trailing _ go. */
static void
append_word(GString *name, const struct value *part)
{
    GString *word = g_string_new(NULL);
    value_append_text(word, value_is_pair(part) ? part->items[1] : part);
    for (gsize i = 0; i < word->len; i++)
        if (!g_ascii_isalnum(word->str[i]) && word->str[i] != '_')
            word->str[i] = '_';
    gsize length = word->len;
    while (length > 0 && word->str[length - 1] == '_')
        length--;
    g_string_append_len(name, word->str, (gssize)length);
    g_string_append_c(name, '_');
    g_string_free(word, TRUE);
}

static const struct value *
default_index_name(struct evaluation *evaluation, const struct value *index)
{
    GString *name = g_string_new(NULL);
    const struct value *columns = ecto_option(index, "columns");
    append_word(name, ecto_option(index, "table"));
    for (size_t i = 0; i < columns->count; i++)
        append_word(name, columns->items[i]);
    g_string_append(name, "index");
    const struct value *atom = value_atom(evaluation->arena, name->str);
    g_string_free(name, TRUE);
    return atom;
}

static const struct value *
make_index(struct evaluation *evaluation, const struct call *call, const struct value *options)
{
    const struct value *columns = call->arguments[1];
    const struct value *index = ecto_struct(evaluation, call, &ecto_index_fields, options);
    if (index == NULL || index->kind == VALUE_OPAQUE)
        return index;
    if (columns->kind != VALUE_LIST) {
        g_autoptr(GPtrArray) one = g_ptr_array_new();
        g_ptr_array_add(one, (void *)(guintptr)columns);
        columns = value_of_items(evaluation->arena, VALUE_LIST, one);
    }
    index = value_put(evaluation->arena, index, "columns", columns);
    const struct value *opaque = value_find_opaque(index);
    if (!value_is_nil(ecto_option(index, "name")) || opaque != NULL)
        return index;
    return value_put(evaluation->arena, index, "name", default_index_name(evaluation, index));
}

static const struct value *
run_index(struct evaluation *evaluation, const struct call *call)
{
    const struct value *options = argument(evaluation, call, 2);
    if (g_str_equal(call->name, "unique_index")) {
        g_autoptr(GPtrArray) items = g_ptr_array_new();
        g_ptr_array_add(items, (void *)(guintptr)value_pair(evaluation->arena,
                                                            value_atom(evaluation->arena, "unique"),
                                                            value_boolean(true)));
        for (size_t i = 0; i < options->count; i++)
            g_ptr_array_add(items, (void *)(guintptr)options->items[i]);
        options = value_of_items(evaluation->arena, VALUE_LIST, items);
    }
    if (!value_is_nil(ecto_option(options, "nulls_distinct")) &&
        !value_is_atom(ecto_option(options, "unique"), "true"))
        return evaluate_raise(evaluation, call->syntax, "ArgumentError",
                              "the `nulls_distinct` option can only be used with unique indexes");
    size_t conditions = 0;
    for (size_t i = 0; i < options->count; i++)
        conditions += value_is_pair(options->items[i]) &&
                      value_is_atom(options->items[i]->items[0], "where");
    if (conditions > 1)
        return evaluate_raise(evaluation, call->syntax, "ArgumentError",
                              "only one `where` keyword is supported when declaring a partial "
                              "index. To specify multiple conditions, write a single WHERE clause "
                              "using AND between them");
    return make_index(evaluation, call, options);
}

static const struct value *
run_constraint(struct evaluation *evaluation, const struct call *call)
{
    const struct value *constraint = ecto_struct(evaluation, call, &ecto_constraint_fields,
                                                 argument(evaluation, call, 2));
    return constraint == NULL || constraint->kind == VALUE_OPAQUE
               ? constraint
               : value_put(evaluation->arena, constraint, "name", call->arguments[1]);
}

/* Which of the options are in the list, as a list of their own. */
static const struct value *
take(struct evaluation *evaluation, const struct value *options, const char *key)
{
    const struct value *value = value_get(options, key);
    const struct value *list = empty_list(evaluation);
    return value != NULL ? value_put(evaluation->arena, list, key, value) : list;
}

static const struct value *
run_references(struct evaluation *evaluation, const struct call *call)
{
    const struct ecto_runner *runner = ecto_runner_of(evaluation);
    const struct value *given = argument(evaluation, call, 1);
    const struct value *key = ecto_config_get(runner, "migration_primary_key");
    const struct value *foreign = ecto_config_get(runner, "migration_foreign_key");
    if (given->kind == VALUE_OPAQUE)
        return given;
    const struct value *options = key != NULL ? take(evaluation, key, "type")
                                              : empty_list(evaluation);
    if (foreign != NULL)
        options = value_merge(evaluation->arena, options, foreign);
    options = value_merge(evaluation->arena, options, given);
    options = value_put(evaluation->arena, options, "options",
                        ecto_reference_options(evaluation, given));
    const struct value *reference = ecto_struct(evaluation, call, &ecto_reference_fields, options);
    if (reference == NULL || value_find_opaque(reference) != NULL)
        return reference;
    return ecto_check_actions(evaluation, call, reference) ? reference : NULL;
}

/* ---- Commands ---- */

/* The primary key's column that a table begins with; NULL on a raise, nil when it has none. */
static const struct value *
primary_key_column(struct evaluation *evaluation, const struct call *call,
                   const struct value *table)
{
    const struct value *key = ecto_option(table, "primary_key");
    if (value_is_atom(key, "true")) {
        key = ecto_config_get(ecto_runner_of(evaluation), "migration_primary_key");
        key = key != NULL ? key : empty_list(evaluation);
    }
    if (value_is_atom(key, "false"))
        return &value_nil;
    if (key->kind == VALUE_OPAQUE)
        return key;
    if (key->kind != VALUE_LIST)
        return evaluate_raise(
            evaluation, call->syntax, "ArgumentError",
            ":primary_key option must be either a boolean or a keyword list of options");
    const struct value *options = value_put(evaluation->arena, key, "primary_key",
                                            value_boolean(true));
    const struct value *name = value_get(options, "name");
    const struct value *type = value_get(options, "type");
    options = value_delete(evaluation->arena, options, "name");
    options = value_delete(evaluation->arena, options, "type");
    const struct value *parts[] = {name != NULL ? name : value_atom(evaluation->arena, "id"),
                                   type != NULL ? type : value_atom(evaluation->arena, "bigserial"),
                                   options};
    return tuple_of(evaluation, "add", parts, 3);
}

static const struct value *
run_block(struct evaluation *evaluation, const struct call *call, const struct value *object,
          const struct value *first)
{
    struct ecto_runner *runner = ecto_runner_of(evaluation);
    if (runner->open != NULL)
        return evaluate_raise(evaluation, call->syntax, "Ecto.MigrationError",
                              "cannot execute nested commands");
    runner->open = object;
    runner->columns = g_ptr_array_new();
    if (!value_is_nil(first))
        g_ptr_array_add(runner->columns, (void *)(guintptr)first);
    const struct value *block = value_get(call->arguments[call->count - 1], "do");
    const struct value *done = evaluate_apply(evaluation, call->syntax, block, 0, NULL);
    const struct value *rest[] = {object,
                                  value_of_items(evaluation->arena, VALUE_LIST, runner->columns)};
    g_ptr_array_unref(runner->columns);
    runner->columns = NULL;
    runner->open = NULL;
    if (done == NULL)
        return NULL;
    return queue(evaluation, call, tuple_of(evaluation, call->name, rest, 2), object);
}

static bool
has_block(const struct call *call)
{
    const struct value *last = call->arguments[call->count - 1];
    const struct value *block = value_get(last, "do");
    return call->count > 1 && block != NULL && block->kind == VALUE_FUNCTION;
}

/* create and create_if_not_exists of a table, an index or a constraint; alter. */
static const struct value *
run_create(struct evaluation *evaluation, const struct call *call)
{
    const struct value *object = with_prefix(evaluation, call->arguments[0]);
    bool alters = g_str_equal(call->name, "alter");
    if (object->kind == VALUE_OPAQUE)
        return queue(evaluation, call, object, object);
    if (!value_is_struct(object, ECTO_TABLE)) {
        const struct value *rest[] = {object};
        if (alters || object->kind != VALUE_MAP)
            return evaluate_raise(evaluation, call->syntax, "FunctionClauseError",
                                  "no function clause matching in Ecto.Migration.%s/%zu",
                                  call->name, call->count);
        return queue(evaluation, call, tuple_of(evaluation, call->name, rest, 1), object);
    }
    const struct value *first = alters ? &value_nil : primary_key_column(evaluation, call, object);
    if (first == NULL)
        return NULL;
    if (has_block(call))
        return run_block(evaluation, call, object, first);
    g_autoptr(GPtrArray) columns = g_ptr_array_new();
    if (!value_is_nil(first))
        g_ptr_array_add(columns, (void *)(guintptr)first);
    const struct value *rest[] = {object, value_of_items(evaluation->arena, VALUE_LIST, columns)};
    return queue(evaluation, call, tuple_of(evaluation, call->name, rest, 2), object);
}

static const struct value *
run_drop(struct evaluation *evaluation, const struct call *call)
{
    const struct value *object = with_prefix(evaluation, call->arguments[0]);
    const struct value *mode = value_get(argument(evaluation, call, 1), "mode");
    const struct value *rest[] = {object,
                                  mode != NULL ? mode : value_atom(evaluation->arena, "restrict")};
    if (object->kind == VALUE_OPAQUE)
        return queue(evaluation, call, object, object);
    if (object->kind != VALUE_MAP)
        return evaluate_raise(evaluation, call->syntax, "FunctionClauseError",
                              "no function clause matching in Ecto.Migration.%s/%zu", call->name,
                              call->count);
    return queue(evaluation, call, tuple_of(evaluation, call->name, rest, 2), object);
}

static const struct value *
run_rename(struct evaluation *evaluation, const struct call *call)
{
    const struct value *object = with_prefix(evaluation, call->arguments[0]);
    const struct value *to = value_get(call->arguments[call->count - 1], "to");
    if (object->kind == VALUE_OPAQUE)
        return queue(evaluation, call, object, object);
    if (object->kind != VALUE_MAP || to == NULL)
        return evaluate_raise(evaluation, call->syntax, "FunctionClauseError",
                              "no function clause matching in Ecto.Migration.rename/%zu",
                              call->count);
    to = with_prefix(evaluation, to);
    const struct value *rest[] = {object, call->count == 3 ? call->arguments[1] : to, to};
    const struct value *result = value_is_struct(object, ECTO_INDEX)
                                     ? value_put(evaluation->arena, object, "name", to)
                                 : call->count == 3 ? object
                                                    : to;
    return queue(evaluation, call, tuple_of(evaluation, "rename", rest, call->count == 3 ? 3 : 2),
                 result);
}

/* ---- Columns ---- */

static const struct value *
add_change(struct evaluation *evaluation, const struct syntax *syntax, const struct value *change)
{
    struct ecto_runner *runner = ecto_runner_of(evaluation);
    if (runner->open == NULL)
        return evaluate_raise(evaluation, syntax, "Ecto.MigrationError",
                              "cannot execute command outside of block");
    g_ptr_array_add(runner->columns, (void *)(guintptr)change);
    return value_atom(evaluation->arena, "ok");
}

/* add, add_if_not_exists, modify, remove, remove_if_exists */
static const struct value *
run_column(struct evaluation *evaluation, const struct call *call)
{
    bool optional = call->count > 1 && !g_str_equal(call->name, "remove_if_exists");
    size_t count = optional ? 3 : MIN(call->count, 2);
    const struct value *parts[] = {call->arguments[0], argument(evaluation, call, 1),
                                   argument(evaluation, call, 2)};
    if (count > 1 && !ecto_check_type(evaluation, call, parts[1]))
        return NULL;
    if (optional && !g_str_equal(call->name, "remove") &&
        !ecto_check_column(evaluation, call, parts[0], parts[2]))
        return NULL;
    return add_change(evaluation, call->syntax, tuple_of(evaluation, call->name, parts, count));
}

static const struct value *
run_timestamps(struct evaluation *evaluation, const struct call *call)
{
    static const char *const names[] = {"inserted_at", "updated_at"};
    const struct value *configured = ecto_config_get(ecto_runner_of(evaluation),
                                                     "migration_timestamps");
    const struct value *options = argument(evaluation, call, 0);
    if (options->kind == VALUE_OPAQUE)
        return add_change(evaluation, call->syntax, options);
    if (configured != NULL)
        options = value_merge(evaluation->arena, configured, options);
    if (value_get(options, "null") == NULL)
        options = value_put(evaluation->arena, options, "null", value_boolean(false));
    const struct value *columns[2];
    for (size_t i = 0; i < 2; i++) {
        const struct value *given = value_get(options, names[i]);
        columns[i] = given != NULL ? given : value_atom(evaluation->arena, names[i]);
    }
    const struct value *type = value_get(options, "type");
    type = type != NULL ? type : value_atom(evaluation->arena, "naive_datetime");
    options = value_delete(evaluation->arena, options, "type");
    for (size_t i = 0; i < 2; i++)
        options = value_delete(evaluation->arena, options, names[i]);
    if (!ecto_check_type(evaluation, call, type))
        return NULL;
    for (size_t i = 0; i < 2; i++) {
        const struct value *parts[] = {columns[i], type, options};
        if (!value_is_atom(columns[i], "false") &&
            add_change(evaluation, call->syntax, tuple_of(evaluation, "add", parts, 3)) == NULL)
            return NULL;
    }
    return &value_nil;
}

/* ---- SQL of one's own ---- */

static const struct value *
run_execute(struct evaluation *evaluation, const struct call *call)
{
    const struct value *ok = value_atom(evaluation->arena, "ok");
    if (call->count == 1)
        return queue(evaluation, call, call->arguments[0], ok);
    return queue(evaluation, call, tuple_of(evaluation, "execute", call->arguments, 2), ok);
}

/* Paths are relative to the folder that mix runs in. */
static const struct value *
read_sql_file(struct evaluation *evaluation, const struct value *path)
{
    if (path->kind != VALUE_STRING)
        return path->kind == VALUE_OPAQUE
                   ? path
                   : evaluate_opaque(evaluation, "the file's name is no text");
    GString *text = NULL;
    g_autoptr(GError) error = NULL;
    if (!file_read_below(project_root(evaluation->project), path->text, FILE_LIMIT, &text, &error))
        return evaluate_opaque(evaluation, "%s", error->message);
    const struct value *sql = value_string(evaluation->arena, text->str, (gssize)text->len);
    g_string_free(text, TRUE);
    return sql;
}

static const struct value *
run_execute_file(struct evaluation *evaluation, const struct call *call)
{
    const struct value *ok = value_atom(evaluation->arena, "ok");
    const struct value *texts[2] = {NULL, NULL};
    for (size_t i = 0; i < call->count; i++)
        texts[i] = read_sql_file(evaluation, call->arguments[i]);
    return call->count == 1
               ? queue(evaluation, call, texts[0], ok)
               : queue(evaluation, call, tuple_of(evaluation, "execute", texts, 2), ok);
}

static const struct value *
run_flush(struct evaluation *evaluation, const struct call *call)
{
    const struct ecto_runner *runner = ecto_runner_of(evaluation);
    if (g_str_equal(runner->asked, "down") && !module_defines(runner->module, "down", 0))
        return evaluate_raise(evaluation, call->syntax, "RuntimeError",
                              "calling flush() inside change when doing rollback is not "
                              "supported.");
    return ecto_flush(evaluation) ? &value_nil : NULL;
}

static const struct value *
run_fragment(struct evaluation *evaluation, const struct call *call)
{
    return value_pair(evaluation->arena, value_atom(evaluation->arena, "fragment"),
                      call->arguments[0]);
}

static const struct value *
run_direction(struct evaluation *evaluation, const struct call *call)
{
    (void)call;
    return value_atom(evaluation->arena, ecto_runner_of(evaluation)->asked);
}

static const struct value *
run_repo(struct evaluation *evaluation, const struct call *call)
{
    (void)call;
    return value_atom(evaluation->arena, ecto_runner_of(evaluation)->repo);
}

/* dbdoc reads migrations as they run without --prefix. */
static const struct value *
run_prefix(struct evaluation *evaluation, const struct call *call)
{
    (void)evaluation;
    (void)call;
    return &value_nil;
}

static const struct {
    const char *name;
    size_t least, most;
    dsl_run run;
} functions[] = {
    {"create", 1, 2, run_create},
    {"create_if_not_exists", 1, 2, run_create},
    {"alter", 2, 2, run_create},
    {"drop", 1, 2, run_drop},
    {"drop_if_exists", 1, 2, run_drop},
    {"rename", 2, 3, run_rename},
    {"table", 1, 2, run_table},
    {"index", 2, 3, run_index},
    {"unique_index", 2, 3, run_index},
    {"constraint", 2, 3, run_constraint},
    {"references", 1, 2, run_references},
    {"add", 2, 3, run_column},
    {"add_if_not_exists", 2, 3, run_column},
    {"modify", 2, 3, run_column},
    {"remove", 1, 3, run_column},
    {"remove_if_exists", 1, 2, run_column},
    {"timestamps", 0, 1, run_timestamps},
    {"execute", 1, 2, run_execute},
    {"execute_file", 1, 2, run_execute_file},
    {"flush", 0, 0, run_flush},
    {"fragment", 1, 1, run_fragment},
    {"direction", 0, 0, run_direction},
    {"repo", 0, 0, run_repo},
    {"prefix", 0, 0, run_prefix},
};

/* ---- The repository ---- */

/* Sends SQL at once. Its rows are known only to a server. */
static const struct value *
run_query(struct evaluation *evaluation, const struct call *call, size_t place)
{
    const struct value *sql = argument(evaluation, call, place);
    const struct value *parameters = argument(evaluation, call, place + 1);
    if (sql->kind != VALUE_STRING || !ecto_is_sendable(sql->text, sql->length))
        return evaluate_step(evaluation, call->syntax, "%s",
                             sql->kind == VALUE_OPAQUE ? sql->text : "its SQL is no text");
    if (parameters->kind != VALUE_LIST || parameters->count > 0)
        return evaluate_step(evaluation, call->syntax, "its SQL has parameters");
    ecto_step(evaluation, call->syntax, STEP_QUERY, sql->text);
    return evaluate_opaque(evaluation, "only a server knows the result of a query");
}

/* What a repository says of itself changes nothing, but only a running one says it. */
static bool
is_question(const char *name)
{
    static const char *const names[] = {"config", "__adapter__", "in_transaction?",
                                        "get_dynamic_repo", "default_options"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (g_str_equal(names[i], name))
            return true;
    return false;
}

static bool
is_query(const char *name)
{
    return g_str_equal(name, "query") || g_str_equal(name, "query!");
}

static bool
is_repo(const struct evaluation *evaluation, const char *module)
{
    return g_str_equal(module, ecto_runner_of(evaluation)->repo) ||
           g_str_has_suffix(module, ".Repo");
}

static bool
knows(const struct evaluation *evaluation, const char *module, const char *name)
{
    if (module == NULL)
        return false;
    if (oban_knows(module, name))
        return true;
    if (is_query(name) &&
        (is_repo(evaluation, module) || g_str_equal(module, "Elixir.Ecto.Adapters.SQL")))
        return true;
    if ((is_question(name) || ecto_query_runs(name)) && is_repo(evaluation, module))
        return true;
    for (size_t i = 0; g_str_equal(module, MIGRATION) && i < G_N_ELEMENTS(functions); i++)
        if (g_str_equal(functions[i].name, name))
            return true;
    return false;
}

static const struct value *
run_call(struct evaluation *evaluation, const struct call *call)
{
    if (oban_knows(call->module, call->name))
        return oban_call(evaluation, call);
    if (ecto_query_runs(call->name))
        return ecto_query_run(evaluation, call);
    if (is_question(call->name))
        return evaluate_opaque(evaluation, "only a running repository answers %s/%zu", call->name,
                               call->count);
    if (!g_str_equal(call->module, MIGRATION))
        return run_query(evaluation, call, is_repo(evaluation, call->module) ? 0 : 1);
    for (size_t i = 0; i < G_N_ELEMENTS(functions); i++)
        if (g_str_equal(functions[i].name, call->name) && call->count >= functions[i].least &&
            call->count <= functions[i].most)
            return functions[i].run(evaluation, call);
    return evaluate_raise(evaluation, call->syntax, "UndefinedFunctionError",
                          "function Ecto.Migration.%s/%zu is undefined or private", call->name,
                          call->count);
}

/* One statement makes one opaque step, however much in it cannot be followed. */
static void
add_opaque_step(struct evaluation *evaluation, const struct syntax *syntax, const char *reason)
{
    struct ecto_runner *runner = ecto_runner_of(evaluation);
    const struct syntax *statement = evaluation->statement != NULL ? evaluation->statement : syntax;
    const struct migration_step *last = runner->steps->len == 0
                                            ? NULL
                                            : &g_array_index(runner->steps, struct migration_step,
                                                             runner->steps->len - 1);
    if (runner->open != NULL) {
        g_ptr_array_add(runner->columns, (void *)(guintptr)value_opaque(evaluation->arena, reason));
        return;
    }
    if (last != NULL && last->kind == STEP_OPAQUE && last->line == statement->line &&
        g_str_equal(last->file, statement->source->path))
        return;
    ecto_step(evaluation, statement, STEP_OPAQUE, reason);
}

const struct host ecto_host = {
    .knows = knows, .call = run_call, .query = ecto_query_build, .step = add_opaque_step};
