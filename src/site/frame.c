/* frame.c - what stands around every page: navigation, crumbs, footer. */
#include "site/sheet.h"
#include "site/words.h"

#include <string.h>

static const char *
brand(const struct sheet *sheet)
{
    const struct model *model = sheet->site->model;
    return model->config->title != NULL ? model->config->title : model->catalog->name;
}

/* Links of the top of the navigation; the counts are filled in by name. */
static const struct {
    const char *kind;
    const char *path;
    const char *title;
} nav_pages[] = {
    {"overview", "index.html", "Overview"},
    {"indexes", "indexes/index.html", "Indexes"},
    {"findings", "findings.html", "Findings"},
};

static size_t
count_pages(const struct plan *plan, const char *kind)
{
    size_t count = 0;
    for (size_t i = 0; i < plan->count; i++)
        count += g_str_equal(plan->pages[i].kind->name, kind);
    return count;
}

static size_t
count_findings(const struct findings *findings)
{
    return findings_count(findings, SEVERITY_ERROR) + findings_count(findings, SEVERITY_WARNING) +
           findings_count(findings, SEVERITY_NOTE);
}

static const char *
current_mark(const struct sheet *sheet, const struct page *target)
{
    const struct object *object = sheet->page->object;
    if (sheet->page == target)
        return "page";
    /* An index page stands below its table. */
    bool below = object != NULL && object->parent != NULL && object->kind == &kind_index &&
                 plan_page(sheet->site->plan, object->parent) == target;
    return below ? "true" : NULL;
}

static void
add_relation(const struct sheet *sheet, xmlNode *entry, const void *relation)
{
    const struct page *page = plan_page(sheet->site->plan, relation);
    if (page == NULL || (const void *)page->object != relation)
        return;
    xmlNode *node = sheet_object(sheet, entry, "relation", relation, BY_NAME);
    tree_attribute(node, "current", current_mark(sheet, page));
}

/* How many relations around the page's own the navigation shows of a long schema. */
enum { NAV_MOST = 60, NAV_AROUND = 15 };

static GPtrArray *
relations_of(const struct catalog *catalog, const char *schema)
{
    GPtrArray *relations = g_ptr_array_new();
    for (size_t i = 0; i < catalog->tables.count; i++)
        if (g_str_equal(catalog->tables.items[i].schema, schema) &&
            !table_is_partition(&catalog->tables.items[i]))
            g_ptr_array_add(relations, &catalog->tables.items[i]);
    for (size_t i = 0; i < catalog->views.count; i++)
        if (g_str_equal(catalog->views.items[i].schema, schema))
            g_ptr_array_add(relations, &catalog->views.items[i]);
    return relations;
}

/* Where the page's own relation stands among them; 0 when it is none of them. */
static guint
own_place(const struct sheet *sheet, const GPtrArray *relations)
{
    for (guint i = 0; i < relations->len; i++) {
        const struct page *page = plan_page(sheet->site->plan, relations->pdata[i]);
        if (page != NULL && current_mark(sheet, page) != NULL)
            return i;
    }
    return 0;
}

/* Tables and views of the schema that the page belongs to. */
static void
add_relations(const struct sheet *sheet, xmlNode *entry, const char *schema)
{
    g_autoptr(GPtrArray) relations = relations_of(sheet->site->model->catalog, schema);
    guint first = 0;
    guint last = relations->len;
    if (relations->len > NAV_MOST) {
        guint place = own_place(sheet, relations);
        first = place > NAV_AROUND ? place - NAV_AROUND : 0;
        last = MIN(first + 2 * NAV_AROUND, relations->len);
        tree_number(entry, "hidden", relations->len - (last - first));
    }
    for (guint i = first; i < last; i++)
        add_relation(sheet, entry, relations->pdata[i]);
}

static size_t
count_relations(const struct catalog *catalog, const char *schema)
{
    size_t count = 0;
    for (size_t i = 0; i < catalog->tables.count; i++)
        count += g_str_equal(catalog->tables.items[i].schema, schema) &&
                 !table_is_partition(&catalog->tables.items[i]);
    for (size_t i = 0; i < catalog->views.count; i++)
        count += g_str_equal(catalog->views.items[i].schema, schema);
    return count;
}

/* Whether the page shows something of this schema. */
static bool
is_within(const struct sheet *sheet, const struct schema *schema)
{
    const struct object *object = sheet->page->object;
    const char *own = object == NULL ? NULL : object_schema(object);
    return own != NULL && g_str_equal(own, schema->name);
}

static void
add_nav(struct sheet *sheet)
{
    const struct site *site = sheet->site;
    xmlNode *nav = tree_element(sheet->root, "nav");
    for (size_t i = 0; i < G_N_ELEMENTS(nav_pages); i++) {
        xmlNode *link = tree_text_element(nav, "link", nav_pages[i].title);
        tree_attribute(link, "icon", nav_pages[i].kind);
        sheet_href_top(sheet, link, nav_pages[i].path);
        size_t count = g_str_equal(nav_pages[i].kind, "indexes") ? count_pages(site->plan, "index")
                       : g_str_equal(nav_pages[i].kind, "findings") ? count_findings(site->findings)
                                                                    : 0;
        if (i > 0)
            tree_number(link, "count", (int64_t)count);
        if (g_str_equal(sheet->page->kind->name, nav_pages[i].kind))
            tree_attribute(link, "current", "page");
    }
    const struct schema_list *schemas = &site->model->catalog->schemas;
    for (size_t i = 0; i < schemas->count; i++) {
        const struct schema *schema = &schemas->items[i];
        xmlNode *entry = tree_element(nav, "schema");
        tree_attribute(entry, "name", schema->name);
        sheet_href(sheet, entry, schema);
        tree_number(entry, "hue", plan_hue(site->plan, schema->name));
        tree_number(entry, "count", (int64_t)count_relations(site->model->catalog, schema->name));
        tree_attribute(entry, "current", current_mark(sheet, plan_page(site->plan, schema)));
        if (is_within(sheet, schema))
            add_relations(sheet, entry, schema->name);
    }
}

static void
add_foot(struct sheet *sheet)
{
    const struct model *model = sheet->site->model;
    xmlNode *foot = tree_element(sheet->root, "foot");
    if (model->observations != NULL) {
        g_autofree char *moment = words_moment(model->observations->taken_at);
        g_autofree char *date = words_date(model->observations->taken_at);
        tree_attribute(foot, "taken", moment);
        tree_attribute(foot, "date", date);
        tree_attribute(foot, "server", model->observations->server_version);
    } else if (model->catalog->postgresql != NUMBER_UNKNOWN) {
        tree_number(foot, "server", model->catalog->postgresql);
    }
    for (guint i = 0; i < sheet->word_files->len; i++)
        tree_text_element(foot, "file", sheet->word_files->pdata[i]);
}

static void
add_description(struct sheet *sheet)
{
    if (sheet->page->object == NULL)
        return;
    g_autofree char *summary = sheet_summary_text(sheet, sheet->page->object);
    tree_attribute(sheet->root, "description", summary);
}

xmlNode *
sheet_new(const struct site *site, const struct page *page)
{
    struct sheet sheet = {
        .site = site,
        .page = page,
        .root = tree_new("page"),
        .word_files = g_ptr_array_new(),
    };
    tree_attribute(sheet.root, "kind", page->kind->name);
    tree_attribute(sheet.root, "root", page_root(page));
    tree_attribute(sheet.root, "brand", brand(&sheet));
    add_nav(&sheet);
    sheet_crumb(&sheet, brand(&sheet), site->model->catalog);
    page->kind->fill(&sheet);
    add_description(&sheet);
    add_foot(&sheet);
    g_ptr_array_unref(sheet.word_files);
    return sheet.root;
}
