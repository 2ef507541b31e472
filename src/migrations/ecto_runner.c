/* ecto_runner.c - queueing, sending, and turning commands round, as Ecto.Migration.Runner does. */
#include "migrations/ecto_runner.h"

#include <string.h>

enum { EXCERPT = 160 };

struct ecto_runner *
ecto_runner_of(const struct evaluation *evaluation)
{
    return evaluation->data;
}

const struct value *
ecto_option(const struct value *options, const char *key)
{
    const struct value *found = value_get(options, key);
    return found != NULL ? found : &value_nil;
}

const struct value *
ecto_config_get(const struct ecto_runner *runner, const char *key)
{
    return value_get(runner->config, key);
}

/* ---- Steps ---- */

void
ecto_step(struct evaluation *evaluation, const struct syntax *syntax, enum step_kind kind,
          const char *text)
{
    struct migration_step step = {.kind = kind, .file = syntax->source->path, .line = syntax->line};
    if (kind == STEP_OPAQUE) {
        step.reason = arena_intern(evaluation->arena, text);
        step.source = syntax_excerpt(evaluation->arena, syntax, EXCERPT);
    } else {
        step.sql = arena_intern(evaluation->arena, text);
    }
    g_array_append_val(ecto_runner_of(evaluation)->steps, step);
}

/* ---- Messages ---- */

static const char *
object_name(struct evaluation *evaluation, const struct value *object, const char *member)
{
    const struct value *prefix = ecto_option(object, "prefix");
    const struct value *name = ecto_option(object, member);
    GString *text = g_string_new(NULL);
    if (!value_is_nil(prefix)) {
        value_append_text(text, prefix);
        g_string_append_c(text, '.');
    }
    value_append_text(text, name);
    const char *copy = arena_intern(evaluation->arena, text->str);
    g_string_free(text, TRUE);
    return copy;
}

/* The command in Ecto's words; only those that can be refused. */
static const char *
describe(struct evaluation *evaluation, const struct value *command)
{
    if (command->kind != VALUE_TUPLE)
        return arena_printf(evaluation->arena, "execute %s",
                            value_inspect(evaluation->arena, command));
    const char *word = command->items[0]->text;
    const struct value *object = command->items[1];
    if (g_str_equal(word, "alter"))
        return arena_printf(evaluation->arena, "alter table %s",
                            object_name(evaluation, object, "name"));
    const char *exists = g_str_equal(word, "drop_if_exists") ? " if exists" : "";
    bool cascades = value_is_atom(command->items[2], "cascade");
    if (value_is_struct(object, ECTO_TABLE))
        return arena_printf(evaluation->arena, "drop table%s %s%s", exists,
                            object_name(evaluation, object, "name"), cascades ? " cascade" : "");
    GString *name = g_string_new(NULL);
    value_append_text(name, ecto_option(object, "name"));
    const char *words = arena_printf(evaluation->arena, "drop constraint%s %s from table %s",
                                     exists, name->str, object_name(evaluation, object, "table"));
    g_string_free(name, TRUE);
    return words;
}

/* ---- Turning round ---- */

static const struct value *
tuple_of(struct arena *arena, size_t count, const struct value *const *items)
{
    g_autoptr(GPtrArray) list = g_ptr_array_new();
    for (size_t i = 0; i < count; i++)
        g_ptr_array_add(list, (void *)(guintptr)items[i]);
    return value_of_items(arena, VALUE_TUPLE, list);
}

/* {:modify, name, type, opts} the other way; NULL when `from:` is missing. */
static const struct value *
reverse_modify(struct arena *arena, const struct value *change)
{
    const struct value *type = change->items[2];
    const struct value *options = change->items[3];
    const struct value *from = ecto_option(options, "from");
    if (value_is_nil(from))
        return NULL;
    const struct value *reversed[] = {change->items[0], change->items[1], from, NULL};
    if (value_is_pair(from) && from->items[1]->kind == VALUE_LIST) {
        const struct value *back = value_pair(arena, type, value_delete(arena, options, "from"));
        reversed[2] = from->items[0];
        reversed[3] = value_put(arena, from->items[1], "from", back);
    } else {
        reversed[3] = value_put(arena, options, "from", type);
    }
    return tuple_of(arena, 4, reversed);
}

static const struct value *
reverse_change(struct arena *arena, const struct value *change)
{
    const char *word = change->items[0]->text;
    if (g_str_equal(word, "remove") && change->count == 4) {
        const struct value *added[] = {value_atom(arena, "add"), change->items[1], change->items[2],
                                       change->items[3]};
        return tuple_of(arena, 4, added);
    }
    if (g_str_equal(word, "modify"))
        return reverse_modify(arena, change);
    if (!g_str_equal(word, "add"))
        return NULL;
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    const struct value *removed[] = {value_atom(arena, "remove"), change->items[1],
                                     change->items[2], value_of_items(arena, VALUE_LIST, none)};
    return tuple_of(arena, 4, removed);
}

static const struct value *
reverse_alter(struct arena *arena, const struct value *command)
{
    const struct value *changes = command->items[2];
    g_autoptr(GPtrArray) reversed = g_ptr_array_new();
    for (size_t i = changes->count; i > 0; i--) {
        const struct value *change = reverse_change(arena, changes->items[i - 1]);
        if (change == NULL)
            return NULL;
        g_ptr_array_add(reversed, (void *)(guintptr)change);
    }
    const struct value *items[] = {command->items[0], command->items[1],
                                   value_of_items(arena, VALUE_LIST, reversed)};
    return tuple_of(arena, 3, items);
}

static const struct value *
reverse_rename(struct arena *arena, const struct value *command)
{
    const struct value *object = command->items[1];
    const struct value *items[] = {command->items[0], object, NULL, NULL};
    if (command->count == 4) { /* a column */
        items[2] = command->items[3];
        items[3] = command->items[2];
        return tuple_of(arena, 4, items);
    }
    if (value_is_struct(object, ECTO_INDEX)) {
        items[1] = value_put(arena, object, "name", command->items[2]);
        items[2] = ecto_option(object, "name");
    } else {
        items[1] = command->items[2];
        items[2] = object;
    }
    return tuple_of(arena, 3, items);
}

/* What undoes the command; NULL when Ecto has nothing. */
static const struct value *
reverse(struct arena *arena, const struct value *command)
{
    if (command->kind != VALUE_TUPLE)
        return NULL;
    const char *word = command->items[0]->text;
    const struct value *object = command->items[1];
    if (g_str_equal(word, "alter"))
        return reverse_alter(arena, command);
    if (g_str_equal(word, "rename"))
        return reverse_rename(arena, command);
    bool cautious = g_str_has_suffix(word, "_if_not_exists") ||
                    g_str_has_suffix(word, "_if_exists");
    if (g_str_has_prefix(word, "create")) {
        const struct value *items[] = {value_atom(arena, cautious ? "drop_if_exists" : "drop"),
                                       object, value_atom(arena, "restrict")};
        return tuple_of(arena, 3, items);
    }
    if (!value_is_struct(object, ECTO_INDEX))
        return NULL;
    const struct value *items[] = {value_atom(arena, cautious ? "create_if_not_exists" : "create"),
                                   object};
    return tuple_of(arena, 2, items);
}

/* ---- Sending ---- */

static bool
send_function(struct evaluation *evaluation, const struct ecto_command *command,
              const struct value *function)
{
    return evaluate_apply(evaluation, command->syntax, function, 0, NULL) != NULL;
}

static bool
send_statements(struct evaluation *evaluation, const struct ecto_command *command,
                const struct value *value)
{
    g_autoptr(GPtrArray) statements = g_ptr_array_new_with_free_func(g_free);
    if (!ecto_sql(evaluation, command->syntax, value, statements))
        return false;
    for (guint i = 0; i < statements->len; i++)
        ecto_step(evaluation, command->syntax, STEP_SQL, statements->pdata[i]);
    return true;
}

/* Sends what goes in the runner's direction: a command, a text, or a function to call. */
static bool
send(struct evaluation *evaluation, const struct ecto_command *command, const struct value *value)
{
    const struct value *opaque = value_find_opaque(value);
    if (opaque != NULL) {
        ecto_step(evaluation, command->syntax, STEP_OPAQUE, opaque->text);
        return true;
    }
    if (value->kind == VALUE_FUNCTION)
        return send_function(evaluation, command, value);
    if (value->kind == VALUE_STRING) {
        bool good = ecto_is_sendable(value->text, value->length);
        ecto_step(evaluation, command->syntax, good ? STEP_SQL : STEP_OPAQUE,
                  good ? value->text : "its text is no UTF-8, or holds a NUL");
        return true;
    }
    if (value->kind == VALUE_LIST)
        return evaluate_raise(evaluation, command->syntax, "ArgumentError",
                              "PostgreSQL adapter does not support keyword lists in execute") !=
               NULL;
    return send_statements(evaluation, command, value);
}

static bool
is_execute(const struct value *command)
{
    return command->kind == VALUE_TUPLE && value_is_atom(command->items[0], "execute");
}

/* A whole command, or a change of a table, that is opaque: nobody knows whether it can be reversed.
 */
static const struct value *
find_opaque_part(const struct value *command)
{
    if (command->kind == VALUE_OPAQUE)
        return command;
    if (command->kind != VALUE_TUPLE || !value_is_atom(command->items[0], "alter"))
        return NULL;
    const struct value *columns = command->items[2];
    for (size_t i = 0; i < columns->count; i++)
        if (columns->items[i]->kind == VALUE_OPAQUE)
            return columns->items[i];
    return NULL;
}

static bool
send_in_direction(struct evaluation *evaluation, const struct ecto_command *command)
{
    bool backward = ecto_runner_of(evaluation)->direction == ECTO_BACKWARD;
    const struct value *value = command->value;
    if (is_execute(value))
        return send(evaluation, command, value->items[backward ? 2 : 1]);
    if (!backward)
        return send(evaluation, command, value);
    if (value->kind == VALUE_FUNCTION)
        return evaluate_raise(evaluation, command->syntax, "FunctionClauseError",
                              "no function clause matching in Ecto.Migration.Runner.command/1") !=
               NULL;
    const struct value *opaque = find_opaque_part(value);
    if (opaque != NULL)
        return send(evaluation, command, opaque);
    const struct value *reversed = reverse(evaluation->arena, value);
    if (reversed != NULL)
        return send(evaluation, command, reversed);
    return evaluate_raise(evaluation, command->syntax, "Ecto.MigrationError",
                          "cannot reverse migration command: %s. You will need to explicitly "
                          "define up/0 and down/0 in your migration",
                          describe(evaluation, value)) != NULL;
}

bool
ecto_flush(struct evaluation *evaluation)
{
    struct ecto_runner *runner = ecto_runner_of(evaluation);
    GArray *commands = runner->queue;
    runner->queue = g_array_new(FALSE, FALSE, sizeof(struct ecto_command));
    bool good = true;
    for (guint i = 0; i < commands->len && good; i++) {
        guint place = runner->direction == ECTO_BACKWARD ? commands->len - 1 - i : i;
        good = send_in_direction(evaluation, &g_array_index(commands, struct ecto_command, place));
    }
    g_array_free(commands, TRUE);
    return good;
}

bool
ecto_queue(struct evaluation *evaluation, const struct syntax *syntax, const struct value *command)
{
    struct ecto_runner *runner = ecto_runner_of(evaluation);
    if (runner->open != NULL)
        return evaluate_raise(evaluation, syntax, "Ecto.MigrationError",
                              "cannot execute nested commands") != NULL;
    struct ecto_command queued = {.value = command, .syntax = syntax};
    g_array_append_val(runner->queue, queued);
    return true;
}
