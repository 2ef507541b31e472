/* page_view.c - a view or materialized view: what it shows and what it reads. */
#include "site/pages.h"

#include "catalog/shown.h"
#include "site/parts.h"

static void
add_reads(struct sheet *sheet, const struct refs *reads)
{
    static const char *const columns[] = {"Relation", "What it holds", NULL};
    if (reads->count == 0)
        return;
    xmlNode *section = sheet_section(sheet, "reads", "Reads", (int64_t)reads->count);
    xmlNode *list = part_list(section, columns);
    for (size_t i = 0; i < reads->count; i++) {
        if (reads->items[i].object != NULL) {
            part_item(sheet, list, reads->items[i].object, BY_PATH);
            continue;
        }
        g_autofree char *path = shown_path(reads->items[i].path);
        tree_text_element(tree_element(list, "item"), "name", path);
    }
}

void
fill_view(struct sheet *sheet)
{
    const struct view *view = (const struct view *)(const void *)sheet->page->object;
    struct table_size size = model_table_size(sheet->site->model, view);
    part_head(sheet, view->materialized == YES ? "Materialized view" : "View");
    part_size_facts(sheet, &size);
    sheet_fact_count(sheet, "Columns", view->columns.count);
    sheet_fact_count(sheet, "Reads", view->reads.count);
    if (view->indexes.count > 0)
        sheet_fact_count(sheet, "Indexes", view->indexes.count);
    part_owner(sheet);
    part_flags(sheet);
    part_notes(sheet);
    part_lineage(sheet);
    part_decisions(sheet);
    part_columns(sheet, &view->object, &view->columns);
    sheet_sql(sheet_section(sheet, "definition", "Definition", -1), view->definition);
    add_reads(sheet, &view->reads);
    part_used_by(sheet, NULL);
    part_queries(sheet);
    part_indexes(sheet, &view->indexes, &size);
    part_triggers(sheet, &view->triggers, NULL, &view->rules);
    part_statistics(sheet, &view->statistics);
    part_access(sheet, &view->object, "Who may do what");
    part_history(sheet);
    part_findings(sheet);
}
