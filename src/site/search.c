/* search.c - pages, then every object with a place, in the catalog's order. */
#include "site/search.h"

#include "base/json.h"
#include "catalog/type_name.h"

#include <string.h>

/* Kinds that can be searched for, and the word that the palette shows. */
static const struct {
    const struct kind *kind;
    const char *word;
} searched[] = {
    {&kind_schema, "schema"},         {&kind_table, "table"},         {&kind_view, "view"},
    {&kind_index, "index"},           {&kind_function, "function"},   {&kind_enum_type, "type"},
    {&kind_domain, "type"},           {&kind_composite_type, "type"}, {&kind_range_type, "type"},
    {&kind_base_type, "type"},        {&kind_sequence, "sequence"},   {&kind_trigger, "trigger"},
    {&kind_policy, "policy"},         {&kind_extension, "extension"}, {&kind_column, "column"},
    {&kind_constraint, "constraint"},
};

static const struct {
    const char *title;
    const char *note;
    const char *path;
} pages[] = {
    {"Overview", "What this database is", "index.html"},
    {"Indexes", "Why each one exists", "indexes/index.html"},
    {"Findings", "What needs attention", "findings.html"},
    {"All names", "From A to Z", "all.html"},
};

struct search {
    const struct site *site;
    struct sheet top; /* addresses are seen from the top folder */
    struct json json;
};

static void
add(struct json *json, const char *const entry[4])
{
    json_break(json);
    json_array(json);
    for (int i = 0; i < 4; i++)
        json_text(json, entry[i] != NULL ? entry[i] : "");
    json_close(json);
}

static const char *
word_of(const struct object *object)
{
    for (size_t i = 0; i < G_N_ELEMENTS(searched); i++)
        if (searched[i].kind == object->kind)
            return searched[i].word;
    return NULL;
}

/* Columns are known by their table's name: "posts.author_id". */
static char *
shown_name(const struct object *object)
{
    if (object->kind == &kind_column || object->kind == &kind_trigger ||
        object->kind == &kind_policy || object->kind == &kind_constraint)
        return g_strdup_printf("%s.%s", object_name(object->parent), object_name(object));
    return g_strdup(object->kind == &kind_index ? object_name(object) : object->path);
}

static char *
note_of(const struct search *search, const struct object *object)
{
    if (object->kind == &kind_column)
        return type_alias(((const struct column *)(const void *)object)->type);
    if (object->kind == &kind_index)
        return g_strdup_printf("on %s", object->parent->path);
    return sheet_summary_text(&search->top, object);
}

/* Constraints of a primary key have the name of their index. */
static bool
is_double(const struct object *object)
{
    return object->kind == &kind_constraint &&
           ((const struct constraint *)(const void *)object)->kind != CONSTRAINT_FOREIGN_KEY &&
           ((const struct constraint *)(const void *)object)->kind != CONSTRAINT_CHECK;
}

static bool
is_in_partition(const struct object *object)
{
    const struct table *table = object_table(object);
    return object->kind != &kind_table && table != NULL && table_is_partition(table);
}

static void
add_object(const struct object *object, void *data)
{
    struct search *search = data;
    const char *word = word_of(object);
    if (word == NULL || is_double(object) || is_in_partition(object))
        return;
    g_autofree char *href = plan_href(search->site->plan, search->top.page, object);
    g_autofree char *name = shown_name(object);
    g_autofree char *note = note_of(search, object);
    if (href != NULL)
        add(&search->json, (const char *const[]){word, name, note, href});
}

static void
add_findings(struct search *search)
{
    const struct findings *findings = search->site->findings;
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        g_autofree char *href = finding->object == NULL
                                    ? NULL
                                    : plan_href(search->site->plan, search->top.page,
                                                finding->object);
        add(&search->json, (const char *const[]){"finding", finding->title, finding->slug,
                                                 href != NULL ? href : "findings.html"});
    }
}

static const struct page *
front_page(const struct plan *plan)
{
    for (size_t i = 0; i < plan->count; i++)
        if (g_str_equal(plan->pages[i].path, "all.html"))
            return &plan->pages[i];
    g_assert_not_reached();
}

GString *
search_index(const struct site *site)
{
    struct search search = {.site = site, .top = {.site = site, .page = front_page(site->plan)}};
    json_begin(&search.json);
    json_array(&search.json);
    for (size_t i = 0; i < G_N_ELEMENTS(pages); i++)
        add(&search.json,
            (const char *const[]){"page", pages[i].title, pages[i].note, pages[i].path});
    object_walk(site->model->catalog, add_object, &search);
    add_findings(&search);
    json_close(&search.json);
    GString *text = json_end(&search.json);
    g_string_prepend(text, "dbdocIndex(");
    g_string_truncate(text, text->len - 1);
    g_string_append(text, ");\n");
    return text;
}
