/* part_plan_tree.c - a plan as a tree: what each step reads and does, and which share of the cost
 * it has. */
#include "site/parts.h"

#include "catalog/address.h"
#include "catalog/shown.h"
#include "planner/planner.h"
#include "site/words.h"

#include <math.h>

/* Shares above tell where to look: that a step is dear does not say that it is wrong. */
static const struct {
    double above;
    const char *tone;
    const char *words;
} levels[] = {
    {0.9, "warn", "nearly all of the cost"},
    {0.4, "info", "much of the cost"},
    {0.1, "", "some of the cost"},
};

/* What a step means, where its name does not say it. */
static const struct {
    const char *type;
    const char *words;
} remarks[] = {
    {"Seq Scan", "whole table"},
    {"Index Only Scan", "index alone"},
    {"Sort", "order from no index"},
    {"Incremental Sort", "first part of the order from an index"},
};

/* The page of a table, view or index; nothing for what has none. */
static void
add_object(const struct sheet *sheet, xmlNode *step, const char *element, const char *schema,
           const char *name)
{
    static const char *const kinds[] = {"table", "view", "index"};
    const struct database *database = sheet->site->model->database;
    const char *const parts[] = {schema, name};
    if (name == NULL)
        return;
    g_autofree char *path = schema != NULL ? address_path(parts, G_N_ELEMENTS(parts), NULL)
                                           : address_path(&name, 1, NULL);
    g_autofree char *text = shown_path(path);
    xmlNode *node = tree_text_element(step, element, text);
    const struct object *object = NULL;
    for (size_t i = 0; schema != NULL && object == NULL && i < G_N_ELEMENTS(kinds); i++)
        object = database_find(database, kinds[i], path);
    if (object != NULL)
        sheet_href(sheet, node, object);
}

static void
add_remarks(xmlNode *step, const struct plan_node *node)
{
    for (size_t i = 0; i < G_N_ELEMENTS(remarks); i++)
        if (g_str_equal(node->type, remarks[i].type))
            sheet_badge(step, "", remarks[i].words);
}

/* A step that is alone has all of the cost, which says nothing. */
static void
add_level(xmlNode *step, const struct plan_node *node, bool alone)
{
    for (size_t i = 0; !alone && i < G_N_ELEMENTS(levels); i++)
        if (node->share > levels[i].above) {
            sheet_badge(step, levels[i].tone, levels[i].words);
            return;
        }
}

static void
add_figures(xmlNode *step, const struct plan_node *node)
{
    enum { PARTS = 10000, SEEN = PARTS / 100 };
    const int64_t part = (int64_t)(node->share * PARTS + 0.5);
    g_autofree char *share = words_share(part, PARTS);
    g_autofree char *width = words_percent(part, PARTS);
    g_autofree char *rows = words_count((int64_t)ceil(node->rows), "row");
    tree_format(step, "rows", "about %s", rows);
    tree_format(step, "share", "%s of the cost", share);
    tree_attribute(step, "percent", part >= SEEN ? width : NULL);
}

/* How a tree is shown. */
struct drawing {
    const struct sheet *sheet;
    enum plan_basis basis;
    GPtrArray *marked; /* NULL: none */
};

static void
add_details(xmlNode *step, const struct plan_node *node)
{
    for (size_t i = 0; i < node->detail_count; i++) {
        xmlNode *detail = tree_text_element(step, "does", node->details[i].text);
        tree_attribute(detail, "label", node->details[i].label);
    }
}

/* What it is, and what it reads by what. */
static xmlNode *
add_name(const struct sheet *sheet, xmlNode *parent, const char *element,
         const struct plan_node *node)
{
    const char *read = node->relation != NULL ? node->relation : node->source;
    xmlNode *step = tree_element(parent, element);
    tree_attribute(step, "title", node->title);
    tree_attribute(step, "part", node->part);
    add_object(sheet, step, "by", node->schema, node->index);
    add_object(sheet, step, "of", node->schema, node->relation);
    add_object(sheet, step, "of", NULL, node->source);
    if (node->alias != NULL && read != NULL && !g_str_equal(node->alias, read)) {
        g_autofree char *alias = shown_name(node->alias);
        tree_attribute(step, "alias", alias);
    }
    add_details(step, node);
    return step;
}

static void
add_step(const struct drawing *drawing, xmlNode *parent, const struct plan_node *node)
{
    const bool alone = node->count == 0 && g_str_equal((const char *)parent->name, "plan-tree");
    xmlNode *step = add_name(drawing->sheet, parent, "plan-step", node);
    tree_flag(step, "new",
              drawing->marked != NULL && g_ptr_array_find(drawing->marked, node, NULL));
    add_remarks(step, node);
    if (drawing->basis == PLANS_BY_STATISTICS) {
        add_level(step, node, alone);
        add_figures(step, node);
    }
    for (size_t i = 0; i < node->count; i++)
        add_step(drawing, step, &node->children[i]);
}

void
part_plan_tree(const struct sheet *sheet, xmlNode *parent, const struct plan_node *root,
               enum plan_basis basis)
{
    const struct drawing drawing = {sheet, basis, NULL};
    add_step(&drawing, tree_element(parent, "plan-tree"), root);
}

static void
add_changes(const struct sheet *sheet, xmlNode *parent, const GPtrArray *nodes, const char *sign,
            const char *word)
{
    for (guint i = 0; i < nodes->len; i++) {
        xmlNode *step = add_name(sheet, parent, "plan-change", nodes->pdata[i]);
        tree_attribute(step, "sign", sign);
        tree_attribute(step, "word", word);
    }
}

void
part_plan_changes(const struct sheet *sheet, xmlNode *parent, const struct plan_node *with,
                  const struct plan_node *without)
{
    g_autoptr(GPtrArray) gone = plan_missing(with, without);
    g_autoptr(GPtrArray) come = plan_missing(without, with);
    const struct drawing drawing = {sheet, PLANS_BY_STATISTICS, come};
    xmlNode *changes = tree_element(parent, "plan-changes");
    add_changes(sheet, changes, gone, "del", "Gone");
    add_changes(sheet, changes, come, "add", "In its place");
    add_step(&drawing, tree_element(parent, "plan-tree"), without);
}
