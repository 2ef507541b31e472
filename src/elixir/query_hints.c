/* query_hints.c - calls of a repository that cost more than they show: one for each item of a list,
 * whole tables, pages by OFFSET. What is said here is what stands in one function; where its
 * values come from is not followed. */
#include "elixir/schema_reader.h"

#include "elixir/walk.h"

#include <string.h>

enum { EXCERPT = 100 };

/* One function. */
struct visit {
    struct schema_reader *reader;
    const struct definition *definition;
    struct frame frame;
    bool joins;  /* a query of the function has several tables */
    bool limits; /* a query of the function has a limit */
};

static const char *
function_name(const struct visit *visit)
{
    return arena_printf(visit->reader->arena, "%s.%s/%zu",
                        visit->frame.module->name + strlen("Elixir."), visit->definition->name,
                        visit->definition->arity);
}

static struct query_hint
hint_at(const struct visit *visit, enum query_habit habit, const struct syntax *syntax)
{
    return (struct query_hint){
        .habit = habit,
        .function = function_name(visit),
        .source = arena_intern(visit->reader->arena,
                               syntax_excerpt(visit->reader->scratch, syntax, EXCERPT)),
        .place = schema_place(visit->reader, syntax)};
}

/* ---- Whose calls they are ---- */

static bool
is_one_of(const char *word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (g_str_equal(words[i], word))
            return true;
    return false;
}

static const char *
target_name(const struct visit *visit, const struct syntax *call)
{
    if (call->kind != SYNTAX_CALL || call->target == NULL || call->target->kind != SYNTAX_ALIAS)
        return NULL;
    const struct value *target = schema_value(visit->reader, &visit->frame, call->target);
    return target->kind == VALUE_ATOM ? target->text : NULL;
}

static bool
is_of_repository(const struct visit *visit, const struct syntax *call)
{
    const char *target = target_name(visit, call);
    return target != NULL && g_str_has_suffix(target, "Repo");
}

static bool
reads_rows(const struct visit *visit, const struct syntax *call)
{
    static const char *const words[] = {"all",     "get",     "get!",      "get_by", "get_by!",
                                        "one",     "one!",    "aggregate", "reload", "reload!",
                                        "exists?", "preload", "all_by"};
    return call->kind == SYNTAX_CALL && is_one_of(call->text, words, G_N_ELEMENTS(words)) &&
           is_of_repository(visit, call);
}

/* A word of Ecto.Query, imported or with its module. */
static bool
is_of_query(const struct visit *visit, const struct syntax *call, const char *word)
{
    if (call->kind != SYNTAX_CALL || g_strcmp0(call->text, word) != 0)
        return false;
    const char *target = target_name(visit, call);
    return call->target == NULL ? module_imports(visit->frame.module, "Elixir.Ecto.Query")
                                : g_strcmp0(target, "Elixir.Ecto.Query") == 0;
}

/* ---- A query for each item ---- */

/* What goes on for as long as it is written: literals, and what was made at compile time. */
static bool
is_fixed(const struct syntax *list)
{
    if (list->kind == SYNTAX_SIGIL)
        return true;
    if (list->kind == SYNTAX_UNARY)
        return g_str_equal(list->text, "@");
    if (list->kind == SYNTAX_BINARY && g_str_equal(list->text, ".."))
        return list->items[0]->kind == SYNTAX_INTEGER && list->items[1]->kind == SYNTAX_INTEGER;
    for (size_t i = 0; list->kind == SYNTAX_LIST && i < list->count; i++)
        if (list->items[i]->kind == SYNTAX_BINARY)
            return false;
    return list->kind == SYNTAX_LIST;
}

static bool
look_for_chunk(void *data, const struct syntax *syntax)
{
    bool *found = data;
    *found = *found || (syntax->kind == SYNTAX_CALL && g_str_has_prefix(syntax->text, "chunk"));
    return !*found;
}

/* A part of many items at a time is how it is done. */
static bool
is_chunked(const struct syntax *list)
{
    bool found = false;
    syntax_walk(list, look_for_chunk, &found);
    return found;
}

/* What one loop does for each item. */
struct loop {
    const struct visit *visit;
    const struct syntax *query; /* the first one */
};

static bool
look_for_query(void *data, const struct syntax *syntax)
{
    struct loop *loop = data;
    if (loop->query == NULL && reads_rows(loop->visit, syntax))
        loop->query = syntax;
    return loop->query == NULL;
}

static bool
is_loop(const struct visit *visit, const struct syntax *call)
{
    static const char *const words[] = {"all?",     "any?",       "each",      "filter", "find",
                                        "flat_map", "find_value", "map",       "reduce", "reject",
                                        "map_join", "sort_by",    "with_index"};
    const char *target = target_name(visit, call);
    return call->count >= 2 && is_one_of(call->text, words, G_N_ELEMENTS(words)) &&
           (g_strcmp0(target, "Elixir.Enum") == 0 || g_strcmp0(target, "Elixir.Stream") == 0);
}

static bool
is_same_place(const struct query_hint *a, const struct query_hint *b)
{
    return a->habit == b->habit && a->place.line == b->place.line &&
           g_str_equal(a->place.file, b->place.file);
}

/* A query in two loops is one query. */
static void
add(const struct visit *visit, struct query_hint hint)
{
    GArray *hints = visit->reader->hints;
    for (guint i = hints->len; i-- > 0;) {
        const struct query_hint *other = &g_array_index(hints, struct query_hint, i);
        if (!g_str_equal(other->place.file, hint.place.file))
            break;
        if (is_same_place(other, &hint))
            return;
    }
    g_array_append_val(hints, hint);
}

static void
look_into_loop(const struct visit *visit, const struct syntax *list, const struct syntax *body)
{
    struct loop loop = {.visit = visit};
    if (body == NULL || is_fixed(list) || is_chunked(list))
        return;
    syntax_walk(body, look_for_query, &loop);
    if (loop.query != NULL)
        add(visit, hint_at(visit, QUERY_IN_LOOP, loop.query));
}

static void
look_at_loop(const struct visit *visit, const struct syntax *call)
{
    if (is_loop(visit, call))
        look_into_loop(visit, call->items[0], call->items[call->count - 1]);
    bool comprehension = call->target == NULL && g_str_equal(call->text, "for") && call->count > 1;
    const struct syntax *generator = comprehension ? call->items[0] : NULL;
    if (generator != NULL && generator->kind == SYNTAX_BINARY && g_str_equal(generator->text, "<-"))
        look_into_loop(visit, generator->items[1], syntax_section(call, "do"));
}

/* ---- Queries ---- */

static const char *
named_module(const struct visit *visit, const struct syntax *alias)
{
    return alias->kind == SYNTAX_ALIAS
               ? schema_module_name(visit->reader,
                                    schema_value(visit->reader, &visit->frame, alias))
               : NULL;
}

/* `u in User` of from(u in User, …); NULL for anything else. */
static const struct syntax *
binding_of(const struct syntax *from)
{
    const struct syntax *first = from->count > 0 ? from->items[0] : NULL;
    return first != NULL && first->kind == SYNTAX_BINARY && g_str_equal(first->text, "in") &&
                   first->items[0]->kind == SYNTAX_VARIABLE
               ? first
               : NULL;
}

static bool
has_clause(const struct syntax *from, const char *suffix)
{
    const struct syntax *last = from->count > 0 ? from->items[from->count - 1] : NULL;
    for (size_t i = 0; last != NULL && last->kind == SYNTAX_LIST && i < last->count; i++) {
        const struct syntax *pair = last->items[i];
        if (pair->kind == SYNTAX_TUPLE && pair->count == 2 && pair->items[0]->kind == SYNTAX_ATOM &&
            g_str_has_suffix(pair->items[0]->text, suffix))
            return true;
    }
    return false;
}

/* limit(1): the n-th row is no page. */
static bool
takes_rows(const struct syntax *limit)
{
    return limit != NULL && !(limit->kind == SYNTAX_INTEGER && limit->integer == 1);
}

/* With a limit beside it; alone it leaves some rows out, which is no page. */
static void
look_at_offset(const struct visit *visit, const struct syntax *call)
{
    const struct syntax *value = NULL;
    const char *module = NULL;
    if (is_of_query(visit, call, "offset") && call->count >= 2 && visit->limits) {
        value = call->items[call->count - 1];
    } else if (is_of_query(visit, call, "from") && takes_rows(syntax_section(call, "limit"))) {
        const struct syntax *binding = binding_of(call);
        value = syntax_section(call, "offset");
        module = binding != NULL ? named_module(visit, binding->items[1]) : NULL;
    }
    if (value == NULL || value->kind == SYNTAX_INTEGER)
        return;
    struct query_hint hint = hint_at(visit, QUERY_OFFSET, value);
    hint.source = arena_intern(visit->reader->arena,
                               syntax_excerpt(visit->reader->scratch, call, EXCERPT));
    hint.module = module;
    add(visit, hint);
}

/* Repo.all(User), Repo.all(from u in User, order_by: …). */
static void
look_at_all(const struct visit *visit, const struct syntax *call)
{
    if (!g_str_equal(call->text, "all") || call->count == 0 || !is_of_repository(visit, call))
        return;
    const struct syntax *query = call->items[0];
    const struct syntax *binding = is_of_query(visit, query, "from") ? binding_of(query) : NULL;
    if (binding != NULL &&
        (has_clause(query, "where") || has_clause(query, "limit") || has_clause(query, "join") ||
         has_clause(query, "group_by") || has_clause(query, "distinct")))
        return;
    struct query_hint hint = hint_at(visit, QUERY_UNBOUNDED, call);
    hint.module = named_module(visit, binding != NULL ? binding->items[1] : query);
    if (hint.module != NULL)
        add(visit, hint);
}

/* The field of `[u.id]` or `u.id`, of that binding; NULL for anything else. */
static const char *
only_field(const struct syntax *groups, const char *variable)
{
    if (groups->kind == SYNTAX_LIST && groups->count == 1)
        groups = groups->items[0];
    return groups->kind == SYNTAX_CALL && groups->count == 0 && groups->target != NULL &&
                   groups->target->kind == SYNTAX_VARIABLE &&
                   g_str_equal(groups->target->text, variable)
               ? groups->text
               : NULL;
}

static void
look_at_groups(const struct visit *visit, const struct syntax *call)
{
    const struct syntax *binding = is_of_query(visit, call, "from") ? binding_of(call) : NULL;
    const struct syntax *groups = binding != NULL ? syntax_section(call, "group_by") : NULL;
    if (groups == NULL || visit->joins || has_clause(call, "join"))
        return;
    const char *field = only_field(groups, binding->items[0]->text);
    const char *module = named_module(visit, binding->items[1]);
    if (field == NULL || module == NULL)
        return;
    struct query_hint hint = hint_at(visit, QUERY_GROUPS, groups);
    hint.source = arena_intern(visit->reader->arena,
                               syntax_excerpt(visit->reader->scratch, call, EXCERPT));
    hint.module = module;
    hint.field = arena_intern(visit->reader->arena, field);
    add(visit, hint);
}

static bool
look_at(void *data, const struct syntax *syntax)
{
    const struct visit *visit = data;
    if (syntax->kind != SYNTAX_CALL)
        return true;
    look_at_loop(visit, syntax);
    look_at_offset(visit, syntax);
    look_at_all(visit, syntax);
    look_at_groups(visit, syntax);
    return true;
}

static bool
look_around(void *data, const struct syntax *syntax)
{
    struct visit *visit = data;
    bool local = syntax->kind == SYNTAX_CALL && syntax->target == NULL;
    visit->joins = visit->joins || (local && g_str_equal(syntax->text, "join"));
    visit->limits = visit->limits ||
                    (local && syntax->count > 0 && g_str_equal(syntax->text, "limit") &&
                     takes_rows(syntax->items[syntax->count - 1]));
    return true;
}

/* What runs once, by hand or when the program starts, may take its time. */
static bool
runs_once(const char *path)
{
    return strstr(path, "/mix/") != NULL || strstr(path, "seed") != NULL ||
           strstr(path, "release") != NULL || strstr(path, "migrat") != NULL;
}

void
schema_read_queries(struct schema_reader *reader, const struct module *module)
{
    for (guint i = 0; !runs_once(module->source->path) && i < module->definitions->len; i++) {
        const struct definition *definition = module->definitions->pdata[i];
        if (definition->body == NULL || definition->head->source != module->source)
            continue; /* of a `use`: said where it is written */
        struct visit visit = {.reader = reader,
                              .definition = definition,
                              .frame = {.module = module,
                                        .attributes = definition->attributes,
                                        .aliases = definition->aliases}};
        syntax_walk(definition->body, look_around, &visit);
        syntax_walk(definition->body, look_at, &visit);
    }
}
