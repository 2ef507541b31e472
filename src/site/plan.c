/* plan.c - pages, their paths, and the way from one to another. */
#include "site/plan.h"

#include "catalog/address.h"
#include "site/pages.h"

#include <stdlib.h>
#include <string.h>

#define HUES 6

/* Pages that exist once. */
static const struct {
    struct page_kind kind;
    const char *path;
} top_pages[] = {
    {{"overview", NULL, fill_overview}, "index.html"},
    {{"names", NULL, fill_names}, "all.html"},
    {{"findings", NULL, fill_findings}, "findings.html"},
    {{"indexes", "indexes", fill_indexes}, "indexes/index.html"},
};

/* Pages of objects, by kind. */
static const struct {
    const struct kind *of;
    struct page_kind kind;
} object_pages[] = {
    {&kind_schema, {"schema", "schemas", fill_schema}},
    {&kind_table, {"table", "tables", fill_table}},
    {&kind_view, {"view", "views", fill_view}},
    {&kind_function, {"function", "functions", fill_function}},
    {&kind_enum_type, {"type", "types", fill_type}},
    {&kind_domain, {"type", "types", fill_type}},
    {&kind_composite_type, {"type", "types", fill_type}},
    {&kind_range_type, {"type", "types", fill_type}},
    {&kind_base_type, {"type", "types", fill_type}},
    {&kind_index, {"index", "indexes", fill_index}},
    {&kind_extension, {"extension", "extensions", fill_extension}},
};

static const struct page_kind rule_page = {"rule", "rules", fill_rule};

static const struct page_kind *
kind_of_page(const struct object *object)
{
    for (size_t i = 0; i < G_N_ELEMENTS(object_pages); i++)
        if (object_pages[i].of == object->kind)
            return &object_pages[i].kind;
    return NULL;
}

/* Partitions and their indexes are shown with what they are a part of. */
static bool
is_folded(const struct object *object)
{
    if (object->kind == &kind_table)
        return table_is_partition((const struct table *)object);
    if (object->kind == &kind_index)
        return object_table(object) != NULL && table_is_partition(object_table(object));
    return false;
}

static void
add_page(GArray *pages, struct page page)
{
    g_array_append_val(pages, page);
}

static void
add_object_page(const struct object *object, void *data)
{
    const struct page_kind *kind = kind_of_page(object);
    if (kind == NULL || is_folded(object))
        return;
    g_autofree char *slug = slug_of(object);
    add_page(data, (struct page){.kind = kind,
                                 .object = object,
                                 .path = g_strdup_printf("%s/%s.html", kind->folder, slug)});
}

/* A page for each rule that found something. */
static void
add_rule_pages(GArray *pages, const struct findings *findings)
{
    for (const struct rule *rule = rules; rule->slug != NULL; rule++) {
        for (size_t i = 0; i < findings->count; i++) {
            if (!g_str_equal(findings->items[i].slug, rule->slug))
                continue;
            add_page(pages, (struct page){.kind = &rule_page,
                                          .rule = rule,
                                          .path = g_strdup_printf("rules/%s.html", rule->slug)});
            break;
        }
    }
}

static int
compare_pages(const void *a, const void *b)
{
    return strcmp(((const struct page *)a)->path, ((const struct page *)b)->path);
}

static void
give_hues(struct plan *plan, const struct catalog *catalog)
{
    plan->hues = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < catalog->schemas.count; i++)
        g_hash_table_insert(plan->hues, (gpointer)(guintptr)catalog->schemas.items[i].name,
                            GUINT_TO_POINTER(i % HUES + 1));
}

struct plan *
plan_new(const struct model *model, const struct findings *findings)
{
    GArray *pages = g_array_new(FALSE, FALSE, sizeof(struct page));
    for (size_t i = 0; i < G_N_ELEMENTS(top_pages); i++)
        add_page(pages,
                 (struct page){.kind = &top_pages[i].kind, .path = g_strdup(top_pages[i].path)});
    object_walk(model->catalog, add_object_page, pages);
    add_rule_pages(pages, findings);
    struct plan *plan = g_new0(struct plan, 1);
    plan->database = model->database;
    plan->count = pages->len;
    plan->pages = (struct page *)(void *)g_array_free(pages, FALSE);
    qsort(plan->pages, plan->count, sizeof *plan->pages, compare_pages);
    plan->by_subject = g_hash_table_new(NULL, NULL);
    for (size_t i = 0; i < plan->count; i++) {
        struct page *page = &plan->pages[i];
        const void *subject = page->object;
        if (subject == NULL)
            subject = page->rule;
        if (subject != NULL)
            g_hash_table_insert(plan->by_subject, (gpointer)(guintptr)subject, page);
    }
    give_hues(plan, model->catalog);
    return plan;
}

void
plan_free(struct plan *plan)
{
    if (plan == NULL)
        return;
    for (size_t i = 0; i < plan->count; i++)
        g_free(plan->pages[i].path);
    g_free(plan->pages);
    g_hash_table_unref(plan->by_subject);
    g_hash_table_unref(plan->hues);
    g_free(plan);
}

unsigned
plan_hue(const struct plan *plan, const char *schema)
{
    unsigned hue = schema == NULL ? 0 : GPOINTER_TO_UINT(g_hash_table_lookup(plan->hues, schema));
    return hue == 0 ? HUES : hue;
}

const char *
page_root(const struct page *page)
{
    return page->kind->folder == NULL ? "" : "../";
}

char *
plan_anchor(const struct object *object)
{
    GString *anchor = g_string_new(object->kind == &kind_table ? "partition" : object->kind->word);
    g_string_append_c(anchor, '-');
    slug_append(anchor, object_name(object));
    if (object->kind == &kind_key)
        g_string_append_printf(anchor, "%d",
                               (int)((const struct key *)(const void *)object)->position);
    return g_string_free(anchor, FALSE);
}

/* Where an object is shown: on a page, and there at the anchor of `spot` (NULL: the page is its
 * own). */
struct place {
    const struct page *page;
    const struct object *spot;
};

static const void *
schema_of(const struct plan *plan, const struct object *object)
{
    const char *names[] = {object_schema(object)};
    g_autofree char *path = address_path(names, 1, NULL);
    return database_find(plan->database, "schema", path);
}

/* What an object without a page is shown with; NULL for none. */
static const void *
shown_with(const struct plan *plan, const struct object *object)
{
    if (object->kind == &kind_table)
        return table_root((const struct table *)(const void *)object);
    if (object->kind == &kind_index)
        return ((const struct index *)(const void *)object)->partition_of.object != NULL
                   ? ((const struct index *)(const void *)object)->partition_of.object
                   : object->parent;
    if (object->kind == &kind_sequence)
        return schema_of(plan, object);
    if (object->kind == &kind_history)
        return database_find(plan->database, "table", object->path);
    return object->parent;
}

static struct place
find_place(const struct plan *plan, const struct object *object)
{
    struct place place = {g_hash_table_lookup(plan->by_subject, object), NULL};
    for (const struct object *with = object; place.page == NULL; object = with) {
        with = shown_with(plan, object);
        if (with == NULL || with == object)
            break;
        place.page = g_hash_table_lookup(plan->by_subject, with);
        /* A partition's column is shown with the partition, an index partition by its root. */
        place.spot = object->kind == &kind_history || object->kind == &kind_index ? NULL : object;
    }
    return place;
}

const struct page *
plan_page(const struct plan *plan, const void *object)
{
    return find_place(plan, object).page;
}

char *
plan_href(const struct plan *plan, const struct page *from, const void *object)
{
    if (object == plan->database->catalog)
        return plan_href_top(from, "index.html");
    struct place place = find_place(plan, object);
    if (place.page == NULL)
        return NULL;
    g_autofree char *anchor = place.spot == NULL ? NULL : plan_anchor(place.spot);
    if (place.page == from)
        return g_strconcat("#", anchor != NULL ? anchor : "top", NULL);
    return g_strconcat(page_root(from), place.page->path, anchor != NULL ? "#" : NULL, anchor,
                       NULL);
}

char *
plan_href_rule(const struct plan *plan, const struct page *from, const struct rule *rule)
{
    const struct page *page = g_hash_table_lookup(plan->by_subject, rule);
    return page == NULL ? NULL : g_strconcat(page_root(from), page->path, NULL);
}

char *
plan_href_top(const struct page *from, const char *path)
{
    return g_strconcat(page_root(from), path, NULL);
}
