/* frame.c - what stands around every page: navigation, crumbs, footer. */
#include "site/families.h"
#include "site/parts.h"
#include "site/sheet.h"
#include "site/skin.h"
#include "site/words.h"
#include "workload/workload.h"

#include <string.h>

static const char *
brand(const struct sheet *sheet)
{
    const struct model *model = sheet->site->model;
    return model->config->title != NULL ? model->config->title : model->catalog->name;
}

static size_t
count_indexes(const struct plan *plan)
{
    return plan->census->indexes;
}

static size_t
count_migrations(const struct plan *plan)
{
    return plan->rehearsal->count;
}

static size_t
count_findings(const struct plan *plan)
{
    return plan->census->open_findings;
}

static bool
has_tables(const struct plan *plan)
{
    return plan->areas->database->table_count > 0;
}

static bool
has_migrations(const struct plan *plan)
{
    return plan->rehearsal != NULL;
}

static bool
has_runbooks(const struct plan *plan)
{
    return runbooks_count(plan->runbooks) > 0;
}

static size_t
count_runbooks(const struct plan *plan)
{
    return runbooks_count(plan->runbooks);
}

static bool
has_queries(const struct plan *plan)
{
    return plan->workload != NULL && plan->workload->count > 0;
}

static size_t
count_queries(const struct plan *plan)
{
    return plan->workload->count;
}

static bool
has_access(const struct plan *plan)
{
    return plan->access != NULL;
}

static size_t
count_roles(const struct plan *plan)
{
    return plan->database->catalog->roles.count;
}

static bool
has_decisions(const struct plan *plan)
{
    return plan->decisions > 0;
}

static size_t
count_decisions(const struct plan *plan)
{
    return plan->decisions;
}

static bool
has_changelog(const struct plan *plan)
{
    return plan->releases != NULL;
}

/* Links of the top of the navigation. */
static const struct {
    const char *kind;
    const char *path;
    const char *title;
    bool (*is_there)(const struct plan *plan); /* NULL: always */
    size_t (*count)(const struct plan *plan);  /* NULL: none is shown */
} nav_pages[] = {
    {"overview", "index.html", "Overview", NULL, NULL},
    {"map", "diagrams/index.html", "Map", has_tables, NULL},
    {"indexes", "indexes/index.html", "Indexes", NULL, count_indexes},
    {"queries", "queries/index.html", "Queries", has_queries, count_queries},
    {"access", "access.html", "Access", has_access, count_roles},
    {"decisions", "decisions/index.html", "Decisions", has_decisions, count_decisions},
    {"migrations", "migrations/index.html", "Migrations", has_migrations, count_migrations},
    {"runbooks", "runbooks/index.html", "Runbooks", has_runbooks, count_runbooks},
    {"changelog", "changelog.html", "Changelog", has_changelog, NULL},
    {"findings", "findings.html", "Findings", NULL, count_findings},
};

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

/* Of a long list the navigation shows what stands around the page's own entry. */
enum { NAV_MOST = 60, NAV_AROUND = 15 };

static struct rows
window(size_t count, size_t place)
{
    if (count <= NAV_MOST)
        return (struct rows){0, count};
    size_t first = place > NAV_AROUND ? place - NAV_AROUND : 0;
    return (struct rows){first, MIN(first + 2 * NAV_AROUND, count)};
}

static const struct object *
relation_at(const struct census_schema *holds, size_t i)
{
    const GPtrArray *tables = holds->objects[HOLDS_TABLES];
    return i < tables->len ? tables->pdata[i] : holds->objects[HOLDS_VIEWS]->pdata[i - tables->len];
}

static size_t
count_relations(const struct census_schema *holds)
{
    return holds->objects[HOLDS_TABLES]->len + holds->objects[HOLDS_VIEWS]->len;
}

/* Where the page's own relation stands in its schema; 0 when the page has none. */
static size_t
own_place(const struct sheet *sheet, const struct census_schema *holds)
{
    const struct object *own = sheet->page->object;
    if (own->kind == &kind_index)
        own = own->parent;
    bool listed = own->kind == &kind_table || own->kind == &kind_view;
    return listed ? census_row(holds, own) : 0;
}

/* Tables and views of the schema that the page belongs to. */
static void
add_relations(const struct sheet *sheet, xmlNode *entry, const struct census_schema *holds)
{
    size_t count = count_relations(holds);
    struct rows shown = window(count, own_place(sheet, holds));
    if (shown.end - shown.first < count)
        tree_number(entry, "hidden", (int64_t)(count - (shown.end - shown.first)));
    for (size_t i = shown.first; i < shown.end; i++)
        add_relation(sheet, entry, relation_at(holds, i));
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
add_count(xmlNode *node, size_t count)
{
    g_autofree char *number = words_number((int64_t)count);
    tree_attribute(node, "count", number);
}

static xmlNode *
add_link(struct sheet *sheet, xmlNode *nav, const char *kind, const char *title, const char *path)
{
    xmlNode *link = tree_text_element(nav, "link", title);
    tree_attribute(link, "icon", kind);
    sheet_href_top(sheet, link, path);
    if (g_str_equal(sheet->page->kind->name, kind))
        tree_attribute(link, "current", "page");
    return link;
}

static void
add_links(struct sheet *sheet, xmlNode *nav)
{
    const struct plan *plan = sheet->site->plan;
    for (size_t i = 0; i < G_N_ELEMENTS(nav_pages); i++) {
        if (nav_pages[i].is_there != NULL && !nav_pages[i].is_there(plan))
            continue;
        xmlNode *link = add_link(sheet, nav, nav_pages[i].kind, nav_pages[i].title,
                                 nav_pages[i].path);
        if (nav_pages[i].count != NULL)
            add_count(link, nav_pages[i].count(plan));
    }
    for (const struct family *family = families; family->title != NULL; family++) {
        size_t count = family_count(family, plan->database->catalog);
        g_autofree char *path = g_strconcat(family->kind.name, ".html", NULL);
        if (count > 0)
            add_count(add_link(sheet, nav, family->kind.name, family->title, path), count);
    }
}

static void
add_schema(struct sheet *sheet, xmlNode *nav, const struct schema *schema)
{
    const struct plan *plan = sheet->site->plan;
    const struct census_schema *holds = census_schema(plan->census, schema->name);
    xmlNode *entry = tree_element(nav, "schema");
    sheet_name(entry, schema->name);
    sheet_href(sheet, entry, schema);
    tree_number(entry, "hue", plan_hue(plan, schema->name));
    add_count(entry, count_relations(holds));
    tree_attribute(entry, "current", current_mark(sheet, plan_page(plan, schema)));
    if (is_within(sheet, schema))
        add_relations(sheet, entry, holds);
}

static void
add_nav(struct sheet *sheet)
{
    const struct schema_list *schemas = &sheet->site->model->catalog->schemas;
    xmlNode *nav = tree_element(sheet->root, "nav");
    add_links(sheet, nav);
    size_t own = 0;
    while (own < schemas->count && !is_within(sheet, &schemas->items[own]))
        own++;
    struct rows shown = window(schemas->count, own < schemas->count ? own : 0);
    for (size_t i = shown.first; i < shown.end; i++)
        add_schema(sheet, nav, &schemas->items[i]);
    if (shown.end - shown.first < schemas->count) {
        tree_number(nav, "hidden", (int64_t)(schemas->count - (shown.end - shown.first)));
        sheet_href_top(sheet, nav, "index.html#schemas");
    }
}

/* Links to the other parts of a page that is split. */
static void
add_pager(struct sheet *sheet)
{
    enum { AROUND = 2 };
    const struct page *own = sheet->page;
    if (own->parts == 1)
        return;
    tree_format(sheet->root, "part", "page %zu of %zu", own->part + 1, own->parts);
    xmlNode *pager = tree_element(sheet->root, "pager");
    size_t next = 0;
    for (size_t i = 0; i < own->parts; i++) {
        bool near = i + AROUND >= own->part && i <= own->part + AROUND;
        if (!near && i > 0 && i + 1 < own->parts)
            continue;
        g_autofree char *number = words_number((int64_t)i + 1);
        xmlNode *part = tree_text_element(pager, "part", number);
        tree_flag(part, "gap", i != next);
        tree_flag(part, "current", i == own->part);
        tree_flag(part, "before", i + 1 == own->part);
        tree_flag(part, "after", i == own->part + 1);
        sheet_href_top(sheet, part, own[(ptrdiff_t)i - (ptrdiff_t)own->part].path);
        next = i + 1;
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
    tree_flag(foot, "structure", model->config->publish == PUBLISH_STRUCTURE);
    for (guint i = 0; i < sheet->word_files->len; i++)
        tree_text_element(foot, "file", sheet->word_files->pdata[i]);
    for (size_t i = 0; i < model->config->footer_count; i++) {
        xmlNode *link = tree_text_element(foot, "link", model->config->footer[i].text);
        tree_attribute(link, "href", model->config->footer[i].url);
    }
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
    tree_attribute(sheet.root, "logo", site->skin->logo);
    tree_attribute(sheet.root, "overlay", site->skin->overlay);
    add_nav(&sheet);
    sheet_crumb(&sheet, brand(&sheet), site->model->catalog);
    page->kind->fill(&sheet);
    add_pager(&sheet);
    add_description(&sheet);
    add_foot(&sheet);
    g_ptr_array_unref(sheet.word_files);
    return sheet.root;
}

bool
sheet_has_pictures(const xmlNode *view)
{
    return part_has_maps(view);
}

void
sheet_draw(const struct site *site, const struct page *page, xmlNode *view,
           const GString *published)
{
    struct sheet sheet = {.site = site, .page = page, .root = view};
    part_draw_maps(&sheet, published);
}
