/* page_map.c - the map of the whole database, of a viewpoint, or of one of their areas. */
#include "site/pages.h"

#include "diagram/diagram.h"
#include "site/links.h"
#include "site/parts.h"

static void
add_crumbs(struct sheet *sheet, const struct area *area)
{
    const struct areas *areas = sheet->site->plan->areas;
    if (area->parent != NULL)
        add_crumbs(sheet, area->parent);
    else if (area->origin == AREA_SCHEMA)
        add_crumbs(sheet, areas->database);
    xmlNode *crumb = tree_text_element(sheet->root, "crumb", area->name);
    if (area == sheet->page->area)
        return;
    g_autofree char *href = plan_href_area(sheet->site->plan, sheet->page, area);
    tree_attribute(crumb, "href", href);
}

/* The heading is short, because the picture should be on the first screen; the title of the page
 * tells it from all others, such as that of the schema. */
static void
add_title(struct sheet *sheet, const struct area *area)
{
    sheet_title(sheet, NULL, area->name);
    g_autofree char *title = part_area_title(area);
    tree_attribute(sheet->root, "title", title);
}

static void
add_words(struct sheet *sheet, xmlNode *parent, const struct config_viewpoint *viewpoint)
{
    if (viewpoint == NULL || viewpoint->text == NULL)
        return;
    struct links links = {.sheet = sheet};
    struct markdown_links resolver = links_for(&links);
    xmlNode *words = tree_element(tree_element(parent, "prose"), "words");
    markdown_append(words, viewpoint->text, &resolver);
}

/* Which part holds a table: struct table → its number and one. */
static GHashTable *
number_parts(const struct area *area)
{
    GHashTable *numbers = g_hash_table_new(NULL, NULL);
    for (size_t i = 0; i < area->part_count; i++)
        for (size_t j = 0; j < area->parts[i]->table_count; j++)
            g_hash_table_insert(numbers, (gpointer)(guintptr)area->parts[i]->tables[j],
                                GSIZE_TO_POINTER(i + 1));
    return numbers;
}

/* Adds the foreign keys of the table to the counts of the parts where they lead; the table's own
 * and others' are left out. */
static void
count_keys(const struct sheet *sheet, const struct table *table, GHashTable *numbers,
           size_t *counts)
{
    gpointer own = g_hash_table_lookup(numbers, table);
    g_autoptr(GArray) edges = diagram_edges(sheet->site->model, table);
    for (guint i = 0; i < edges->len; i++) {
        const struct diagram_edge *edge = &g_array_index(edges, struct diagram_edge, i);
        gpointer to = g_hash_table_lookup(numbers, edge->parent);
        if (edge->child == table && to != NULL && to != own)
            counts[GPOINTER_TO_SIZE(to) - 1]++;
    }
}

/* "accounts (12), blog (1)": where the foreign keys of a part lead. */
static char *
keys_text(const struct sheet *sheet, const struct area *part, GHashTable *numbers)
{
    const struct area *whole = part->parent;
    g_autofree size_t *counts = g_new0(size_t, whole->part_count);
    for (size_t i = 0; i < part->table_count; i++)
        count_keys(sheet, part->tables[i], numbers, counts);
    GString *text = g_string_new(NULL);
    for (size_t i = 0; i < whole->part_count; i++)
        if (counts[i] > 0)
            g_string_append_printf(text, "%s%s (%zu)", text->len > 0 ? ", " : "",
                                   whole->parts[i]->name, counts[i]);
    return g_string_free(text, FALSE);
}

/* The parts of an area as a list, which says the same as the picture. */
static void
add_parts(struct sheet *sheet, const struct area *area)
{
    static const char *const columns[] = {"Area", "Its foreign keys lead to", "Tables", NULL};
    xmlNode *section = sheet_section(sheet, "areas", "Areas", (int64_t)area->part_count);
    xmlNode *list = part_list(section, columns);
    g_autoptr(GHashTable) numbers = number_parts(area);
    for (size_t i = 0; i < area->part_count; i++) {
        xmlNode *item = tree_element(list, "item");
        xmlNode *name = tree_text_element(item, "name", area->parts[i]->name);
        g_autofree char *href = plan_href_area(sheet->site->plan, sheet->page, area->parts[i]);
        tree_attribute(name, "href", href);
        g_autofree char *keys = keys_text(sheet, area->parts[i], numbers);
        tree_text_element(item, "summary", keys);
        part_number(item, (int64_t)area->parts[i]->table_count);
    }
}

/* The tables of an area as a list, and its foreign keys in words. */
static void
add_tables(struct sheet *sheet, xmlNode *map, const struct area *area)
{
    static const char *const columns[] = {"Table", "What it holds", NULL};
    xmlNode *twin = tree_element(map, "twin");
    for (size_t i = 0; i < area->table_count; i++)
        part_foreign_keys(sheet, twin, area->tables[i]);
    xmlNode *section = sheet_section(sheet, "tables", "Tables", (int64_t)area->table_count);
    if (area->origin == AREA_SCHEMA && area->object != NULL) {
        g_autofree char *words = g_strdup_printf("The schema %s", area->name);
        sheet_href(sheet, tree_text_element(section, "more", words), area->object);
    }
    xmlNode *list = part_list(section, columns);
    for (size_t i = 0; i < area->table_count; i++)
        part_item(sheet, list, area->tables[i], BY_PATH);
}

/* What a viewpoint names may have gone. */
static void
fill_empty(struct sheet *sheet, const struct area *area)
{
    xmlNode *section = sheet_section(sheet, "about", NULL, -1);
    add_words(sheet, section, area->viewpoint);
    sheet_hint(section, "The database has no table that belongs here.");
}

void
fill_map(struct sheet *sheet)
{
    const struct area *area = sheet->page->area;
    add_crumbs(sheet, area);
    add_title(sheet, area);
    if (area->table_count == 0) {
        fill_empty(sheet, area);
        return;
    }
    xmlNode *map = part_map(sheet, sheet->root, area, MAP_WHOLE);
    add_words(sheet, map, area->viewpoint);
    if (area->table_count > AREA_TABLES_MOST && area->part_count > 0)
        add_parts(sheet, area);
    else
        add_tables(sheet, map, area);
}
