/* schema_fields.c - the macros of Ecto.Schema: fields, timestamps, associations and embeds, with
 * the defaults that Ecto gives them. See the documentation of Ecto.Schema. */
#include "elixir/schema_block.h"

#include <string.h>

enum { EXCERPT = 60 };

const char *const association_words[] = {
    [BELONGS_TO] = "belongs_to",     [HAS_ONE] = "has_one",       [HAS_MANY] = "has_many",
    [MANY_TO_MANY] = "many_to_many", [EMBEDS_ONE] = "embeds_one", [EMBEDS_MANY] = "embeds_many",
};

const char *
block_keep(const struct block *block, const char *text)
{
    return arena_intern(block->reader->arena, text);
}

/* The first thing that nobody here can follow decides. */
void
block_give_up(struct block *block, const struct syntax *syntax, const char *what)
{
    if (block->schema->incomplete != NULL)
        return;
    block->schema->incomplete = block_keep(block, what);
    block->schema->incomplete_place = schema_place(block->reader, syntax);
}

void
block_give_up_at(struct block *block, const struct syntax *syntax)
{
    block_give_up(block, syntax, syntax_excerpt(block->reader->scratch, syntax, EXCERPT));
}

/* ---- Options ---- */

static const struct value *
argument(const struct call *call, size_t place)
{
    return place < call->count ? call->arguments[place] : &value_nil;
}

/* The keywords at that place; an empty list where something else stands. */
static const struct value *
options(struct block *block, const struct call *call, size_t place)
{
    const struct value *value = argument(call, place);
    if (value->kind == VALUE_OPAQUE)
        block_give_up_at(block, call->syntax);
    return value->kind == VALUE_LIST ? value : &value_nil;
}

const struct value *
keywords_option(const struct value *keywords, const char *key)
{
    const struct value *value = keywords->kind == VALUE_LIST ? value_get(keywords, key) : NULL;
    return value == NULL || value_is_nil(value) ? NULL : value;
}

static bool
is_set(const struct value *keywords, const char *key)
{
    const struct value *value = keywords_option(keywords, key);
    return value != NULL && value->kind != VALUE_OPAQUE && value_is_true(value);
}

static const char *
atom_option(const struct block *block, const struct value *keywords, const char *key)
{
    const struct value *value = keywords_option(keywords, key);
    return value != NULL && value->kind == VALUE_ATOM ? block_keep(block, value->text) : NULL;
}

const struct value *
block_attribute(const struct block *block, const char *name)
{
    const struct value *value = binding_find(block->module->attributes, name);
    return value == NULL || value_is_nil(value) ? NULL : value;
}

/* ---- Fields ---- */

/* As Elixir prints it; NULL when only a running program knows it. */
static const char *
print(const struct block *block, const struct value *value)
{
    if (value == NULL || value_find_opaque(value) != NULL)
        return NULL;
    return block_keep(block, value_inspect(block->reader->scratch, value));
}

static bool
holds_atom(const struct value *type, const char *name)
{
    if (value_is_atom(type, name))
        return true;
    for (size_t i = 0; type->kind == VALUE_TUPLE && i < type->count; i++)
        if (value_is_atom(type->items[i], name))
            return true;
    return false;
}

/* `values:` of an Ecto.Enum: atoms are stored as their names, keywords as their texts. */
static struct names
read_labels(const struct block *block, const struct value *type, const struct value *keywords)
{
    const struct value *values = keywords_option(keywords, "values");
    g_autoptr(GPtrArray) labels = g_ptr_array_new();
    if (values == NULL || values->kind != VALUE_LIST || !holds_atom(type, "Elixir.Ecto.Enum"))
        return (struct names){0};
    for (size_t i = 0; i < values->count; i++) {
        const struct value *label = values->items[i];
        if (value_is_pair(label))
            label = label->items[1];
        if (label->kind != VALUE_ATOM && label->kind != VALUE_STRING)
            return (struct names){0};
        g_ptr_array_add(labels, (void *)(guintptr)block_keep(block, label->text));
    }
    return names_keep(block->reader->arena, labels);
}

/* Types with parameters check their own options. */
static bool
checks_options(const struct block *block, const struct value *type)
{
    while (type->kind == VALUE_TUPLE && type->count == 2 && type->items[0]->kind == VALUE_ATOM)
        type = type->items[1];
    return !block->is_typed && type->kind == VALUE_ATOM && !g_str_has_prefix(type->text, "Elixir.");
}

static struct names
read_refused(const struct block *block, const struct value *type, const struct value *keywords)
{
    static const char *const known[] = {"autogenerate",
                                        "default",
                                        "defaults",
                                        "foreign_key",
                                        "load_in_query",
                                        "on_replace",
                                        "redact",
                                        "source",
                                        "primary_key",
                                        "on_writable_violation",
                                        "references",
                                        "type",
                                        "virtual",
                                        "where",
                                        "read_after_writes",
                                        "values",
                                        "embed_as",
                                        "writable",
                                        "skip_default_validation"};
    g_autoptr(GPtrArray) refused = g_ptr_array_new();
    for (size_t i = 0;
         checks_options(block, type) && keywords->kind == VALUE_LIST && i < keywords->count; i++) {
        const struct value *pair = keywords->items[i];
        bool good = !value_is_pair(pair) || pair->items[0]->kind != VALUE_ATOM;
        for (size_t j = 0; !good && j < G_N_ELEMENTS(known); j++)
            good = g_str_equal(known[j], pair->items[0]->text);
        if (!good)
            g_ptr_array_add(refused, (void *)(guintptr)block_keep(block, pair->items[0]->text));
    }
    return names_keep(block->reader->arena, refused);
}

static bool
is_hidden(const struct block *block, const char *name, const struct value *keywords)
{
    if (block->hides_all)
        return true;
    if (keywords_option(keywords, "redact") != NULL || value_get(keywords, "redact") != NULL)
        return is_set(keywords, "redact");
    const struct value *everything = block_attribute(block, "schema_redact");
    if (everything != NULL)
        return value_is_atom(everything, "all_except_primary_keys") &&
               !is_set(keywords, "primary_key");
    bool named = false;
    for (size_t i = 0; block->all != NULL && i < block->all->count; i++)
        named = named || value_is_atom(block->all->items[i], name);
    return block->all != NULL && named != block->all_hidden;
}

/* Any other value is only known to a running program, or compiles nowhere. */
static bool
is_name(const struct value *value)
{
    return value->kind == VALUE_ATOM || value->kind == VALUE_STRING;
}

static void
add_field(struct block *block, const struct syntax *syntax, struct schema_field field,
          const struct value *type, const struct value *keywords)
{
    static const struct value nothing = {.kind = VALUE_LIST};
    keywords = keywords->kind == VALUE_LIST ? keywords : &nothing;
    const struct value *source = keywords_option(keywords, "source");
    const struct value *mapper = block_attribute(block, "field_source_mapper");
    if ((source != NULL && !is_name(source)) || (source == NULL && mapper != NULL)) {
        block_give_up_at(block, syntax); /* its column is not known */
        return;
    }
    field.column = source != NULL ? block_keep(block, source->text) : field.name;
    field.type = print(block, type);
    field.place = schema_place(block->reader, syntax);
    field.storage = is_set(keywords, "virtual") ? FIELD_VIRTUAL : FIELD_STORED;
    field.is_primary_key = is_set(keywords, "primary_key");
    field.is_autogenerated = keywords_option(keywords, "autogenerate") != NULL ||
                             field.origin == FIELD_TIMESTAMP;
    field.is_hidden = is_hidden(block, field.name, keywords);
    const struct value *value = keywords_option(keywords, "default");
    field.default_text = value == NULL ? NULL : print(block, value);
    field.labels = read_labels(block, type, keywords);
    if (field.origin == FIELD_WRITTEN)
        field.refused = read_refused(block, type, keywords);
    g_array_append_val(block->fields, field);
}

static const char *
name_argument(struct block *block, const struct call *call)
{
    const struct value *name = argument(call, 0);
    if (name->kind == VALUE_ATOM && call->count > 0)
        return block_keep(block, name->text);
    block_give_up_at(block, call->syntax);
    return NULL;
}

static void
read_field(struct block *block, const struct call *call)
{
    struct schema_field field = {.name = name_argument(block, call)};
    const struct value string = {.kind = VALUE_ATOM, .text = "string", .length = 6};
    if (field.name != NULL)
        add_field(block, call->syntax, field, call->count > 1 ? argument(call, 1) : &string,
                  options(block, call, 2));
}

/* ---- Timestamps ---- */

static void
add_timestamp(struct block *block, const struct syntax *syntax, const struct value *keywords,
              const char *name)
{
    const struct value naive = {.kind = VALUE_ATOM, .text = "naive_datetime", .length = 14};
    const struct value *given = value_get(keywords, name);
    const struct value *type = keywords_option(keywords, "type");
    g_autofree char *key = g_strconcat(name, "_source", NULL);
    const struct value *source = keywords_option(keywords, key);
    if (given != NULL && !is_name(given)) {
        block_give_up_at(block, syntax);
        return;
    }
    if (given != NULL && !value_is_true(given))
        return;
    struct schema_field field = {.name = block_keep(block, given != NULL ? given->text : name),
                                 .origin = FIELD_TIMESTAMP};
    g_autoptr(GPtrArray) items = g_ptr_array_new();
    if (source != NULL)
        g_ptr_array_add(items, (void *)(guintptr)value_pair(
                                   block->reader->scratch,
                                   value_atom(block->reader->scratch, "source"), source));
    add_field(block, syntax, field, type != NULL ? type : &naive,
              value_of_items(block->reader->scratch, VALUE_LIST, items));
}

static void
read_timestamps(struct block *block, const struct call *call)
{
    static const struct value none = {.kind = VALUE_LIST};
    const struct value *base = block_attribute(block, "timestamps_opts");
    const struct value *given = options(block, call, 0);
    if (base != NULL && base->kind != VALUE_LIST) {
        block_give_up_at(block, call->syntax);
        return;
    }
    const struct value *keywords = value_merge(block->reader->scratch, base != NULL ? base : &none,
                                               given->kind == VALUE_LIST ? given : &none);
    add_timestamp(block, call->syntax, keywords, "inserted_at");
    add_timestamp(block, call->syntax, keywords, "updated_at");
}

/* ---- Associations ---- */

/* "http_server" of "Hello.HTTPServer", as Ecto.Association.association_key begins. */
static char *
underscore_last(const char *module)
{
    const char *dot = strrchr(module, '.');
    const char *name = dot != NULL ? dot + 1 : module;
    GString *text = g_string_new(NULL);
    for (const char *at = name; *at != '\0'; at++) {
        bool starts = g_ascii_isupper(*at) && at != name &&
                      (!g_ascii_isupper(at[-1]) ||
                       (g_ascii_islower(at[1]) && at[1] != '\0' && at[-1] != '_'));
        if (starts && at[-1] != '_')
            g_string_append_c(text, '_');
        g_string_append_c(text, g_ascii_tolower(*at));
    }
    return g_string_free(text, FALSE);
}

/* The only primary key so far; "id" where there is none. */
static const char *
own_key(const struct block *block)
{
    for (guint i = 0; i < block->fields->len; i++) {
        const struct schema_field *field = &g_array_index(block->fields, struct schema_field, i);
        if (field->is_primary_key)
            return field->name;
    }
    return "id";
}

/* A module, or {"table", Module}. */
static void
take_module(const struct block *block, const struct value *value,
            struct schema_association *association)
{
    if (value_is_pair(value)) {
        association->is_filtered = true;
        value = value->items[1];
    }
    association->module = schema_module_name(block->reader, value);
}

static struct schema_association
begin_association(struct block *block, const struct call *call, enum association_kind kind)
{
    struct schema_association association = {.kind = kind,
                                             .name = name_argument(block, call),
                                             .place = schema_place(block->reader, call->syntax)};
    take_module(block, argument(call, 1), &association);
    association.is_filtered = association.is_filtered ||
                              keywords_option(options(block, call, 2), "where") != NULL;
    return association;
}

static void
read_belongs_to(struct block *block, const struct call *call)
{
    struct schema_association association = begin_association(block, call, BELONGS_TO);
    if (association.name == NULL)
        return;
    const struct value *keywords = options(block, call, 2);
    const struct value *key = keywords_option(keywords, "foreign_key");
    const struct value *define = keywords->kind == VALUE_LIST ? value_get(keywords, "define_field")
                                                              : NULL;
    const struct value *type = keywords_option(keywords, "type");
    const struct value id = {.kind = VALUE_ATOM, .text = "id", .length = 2};
    if (key != NULL && key->kind != VALUE_ATOM) {
        block_give_up_at(block, call->syntax);
        return;
    }
    association.owner_key = key != NULL
                                ? block_keep(block, key->text)
                                : arena_printf(block->reader->arena, "%s_id", association.name);
    const char *references = atom_option(block, keywords, "references");
    association.related_key = references != NULL ? references : "id";
    if (type == NULL)
        type = block_attribute(block, "foreign_key_type");
    struct schema_field field = {.name = association.owner_key, .origin = FIELD_FOREIGN_KEY};
    if (define == NULL || value_is_true(define))
        add_field(block, call->syntax, field, type != NULL ? type : &id, keywords);
    g_array_append_val(block->associations, association);
}

static void
read_has(struct block *block, const struct call *call, enum association_kind kind)
{
    struct schema_association association = begin_association(block, call, kind);
    if (association.name == NULL)
        return;
    const struct value *second = argument(call, 1);
    const struct value *through = second->kind == VALUE_LIST ? keywords_option(second, "through")
                                                             : NULL;
    if (through == NULL)
        through = keywords_option(options(block, call, 2), "through");
    if (through != NULL) {
        schema_names(block->reader, through, &association.through);
        association.module = NULL;
        g_array_append_val(block->associations, association);
        return;
    }
    const struct value *keywords = options(block, call, 2);
    const struct value *written = keywords_option(keywords, "foreign_key");
    const char *references = atom_option(block, keywords, "references");
    association.owner_key = references != NULL ? references : own_key(block);
    g_autofree char *own = underscore_last(block->schema->name);
    if (written == NULL)
        association.related_key = arena_printf(block->reader->arena, "%s_%s", own,
                                               association.owner_key);
    else if (written->kind == VALUE_ATOM)
        association.related_key = block_keep(block, written->text);
    g_array_append_val(block->associations, association);
}

static void
read_has_one(struct block *block, const struct call *call)
{
    read_has(block, call, HAS_ONE);
}

static void
read_has_many(struct block *block, const struct call *call)
{
    read_has(block, call, HAS_MANY);
}

static void
read_many_to_many(struct block *block, const struct call *call)
{
    struct schema_association association = begin_association(block, call, MANY_TO_MANY);
    if (association.name == NULL)
        return;
    const struct value *join = keywords_option(options(block, call, 2), "join_through");
    if (join != NULL && join->kind == VALUE_STRING)
        association.join_table = block_keep(block, join->text);
    else if (join != NULL)
        association.join_module = schema_module_name(block->reader, join);
    g_array_append_val(block->associations, association);
}

static void
read_embed(struct block *block, const struct call *call, enum association_kind kind)
{
    struct schema_association association = begin_association(block, call, kind);
    if (association.name == NULL)
        return;
    const struct value map = {.kind = VALUE_ATOM, .text = "map", .length = 3};
    const struct value array = {.kind = VALUE_ATOM, .text = "array", .length = 5};
    struct schema_field field = {.name = association.name, .origin = FIELD_EMBED};
    add_field(block, call->syntax, field,
              kind == EMBEDS_ONE ? &map : value_pair(block->reader->scratch, &array, &map),
              options(block, call, 2));
    g_array_append_val(block->associations, association);
}

static void
read_embeds_one(struct block *block, const struct call *call)
{
    read_embed(block, call, EMBEDS_ONE);
}

static void
read_embeds_many(struct block *block, const struct call *call)
{
    read_embed(block, call, EMBEDS_MANY);
}

/* ---- The primary key ---- */

void
block_add_primary_key(struct block *block)
{
    struct arena *scratch = block->reader->scratch;
    const struct value *given = block_attribute(block, "primary_key");
    struct schema_field field = {.name = "id", .origin = FIELD_PRIMARY_KEY};
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    const struct value *keywords = value_of_items(scratch, VALUE_LIST, none);
    const struct value *type = value_atom(scratch, block->schema->is_embedded ? "binary_id" : "id");
    if (given != NULL && value_is_atom(given, "false"))
        return;
    if (given != NULL &&
        (given->kind != VALUE_TUPLE || given->count != 3 || given->items[0]->kind != VALUE_ATOM)) {
        block_give_up(block, block->module->syntax, "@primary_key");
        return;
    }
    if (given != NULL) {
        field.name = block_keep(block, given->items[0]->text);
        type = given->items[1];
        if (given->items[2]->kind == VALUE_LIST)
            keywords = given->items[2];
    } else {
        keywords = value_put(scratch, keywords, "autogenerate", value_boolean(true));
    }
    keywords = value_put(scratch, keywords, "primary_key", value_boolean(true));
    add_field(block, block->module->syntax, field, type, keywords);
}

/* ---- The words ---- */

static const struct {
    const char *name;
    void (*read)(struct block *block, const struct call *call);
} words[] = {
    {"belongs_to", read_belongs_to},
    {"embeds_many", read_embeds_many},
    {"embeds_one", read_embeds_one},
    {"field", read_field},
    {"has_many", read_has_many},
    {"has_one", read_has_one},
    {"many_to_many", read_many_to_many},
    {"polymorphic_embeds_many", read_embeds_many}, /* of the library polymorphic_embed */
    {"polymorphic_embeds_one", read_embeds_one},
    {"timestamps", read_timestamps},
};

bool
block_knows(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (g_str_equal(words[i].name, name))
            return true;
    return false;
}

bool
block_run(struct block *block, const struct call *call)
{
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        if (!g_str_equal(words[i].name, call->name))
            continue;
        words[i].read(block, call);
        return true;
    }
    return false;
}
