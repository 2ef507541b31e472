/* page_table.c - what is this table, what does it need and who needs it? */
#include "site/pages.h"

#include "base/text.h"
#include "site/parts.h"
#include "site/words.h"

/* One foreign key in words. */
static void
add_relation(const struct sheet *sheet, xmlNode *twin, const struct constraint *key)
{
    if (key->references.object == NULL)
        return;
    xmlNode *relation = tree_element(twin, "relation");
    sheet_object(sheet, relation, "child", key->object.parent, BY_PATH);
    g_autofree char *columns = columns_text(&key->columns);
    tree_attribute(relation, "columns", columns);
    sheet_object(sheet, relation, "parent", key->references.object, BY_PATH);
    tree_attribute(relation, "count", foreign_key_is_optional(key) ? "at most one" : "exactly one");
    tree_flag(relation, "unique", foreign_key_is_unique(key));
    tree_attribute(relation, "delete", words_on_delete(key->on_delete));
}

void
part_foreign_keys(const struct sheet *sheet, xmlNode *twin, const struct table *table)
{
    for (size_t i = 0; i < table->constraints.count; i++)
        if (table->constraints.items[i].kind == CONSTRAINT_FOREIGN_KEY)
            add_relation(sheet, twin, &table->constraints.items[i]);
}

static void
add_twin(const struct sheet *sheet, xmlNode *section, const struct table *table)
{
    xmlNode *twin = tree_element(section, "twin");
    part_foreign_keys(sheet, twin, table);
    const struct references *references = model_references(sheet->site->model, table);
    for (size_t i = 0; i < references->count; i++)
        if (references->items[i]->object.parent != &table->object)
            add_relation(sheet, twin, references->items[i]);
}

static void
add_neighbours(struct sheet *sheet, const struct table *table)
{
    const struct diagram_site site = part_diagram_site(sheet);
    xmlNode *section = sheet_section(sheet, "neighbours", "Neighbours", -1);
    sheet_hint(section, "On the left, what a row here needs. On the right, what needs a row here. "
                        "Point at a table to follow its relations.");
    xmlNode *diagram = tree_element(section, "diagram");
    if (diagram_neighbourhood(sheet->site->model, table, &site, diagram)) {
        add_twin(sheet, section, table);
        return;
    }
    xmlUnlinkNode(section);
    xmlFreeNode(section);
}

/* The table in which a migration tool keeps what it applied. */
static void
add_history(struct sheet *sheet, const struct table *table)
{
    const struct history *history = database_find(sheet->site->model->database, "history",
                                                  table->object.path);
    if (history == NULL)
        return;
    xmlNode *section = sheet_section(sheet, "history", "Migrations applied",
                                     history->readable == NO ? -1
                                                             : (int64_t)history->versions.count);
    g_autofree char *hint =
        history->readable == NO
            ? g_strdup_printf("%s keeps here what it applied; the reading role may not see it.",
                              history->tool)
            : g_strdup_printf("%s keeps here what it applied. Newest first.", history->tool);
    sheet_hint(section, hint);
    xmlNode *versions = tree_element(section, "versions");
    for (size_t i = history->versions.count; i > 0; i--)
        tree_text_element(versions, "version", history->versions.items[i - 1]);
}

static const char *const kind_words[] = {
    [table_kind_UNKNOWN] = "Table",
    [TABLE_ORDINARY] = "Table",
    [TABLE_PARTITIONED] = "Partitioned table",
    [TABLE_FOREIGN] = "Foreign table",
};

void
fill_table(struct sheet *sheet)
{
    const struct table *table = (const struct table *)(const void *)sheet->page->object;
    const struct model *model = sheet->site->model;
    struct table_size size = model_table_size(model, table);
    part_head(sheet, kind_words[table->kind]);
    part_size_facts(sheet, &size);
    sheet_fact_count(sheet, "Columns", table->columns.count);
    sheet_fact_count(sheet, "Indexes", table->indexes.count);
    if (model_partitions(model, table)->count > 0)
        sheet_fact_count(sheet, "Partitions", model_partitions(model, table)->count);
    sheet_fact_count(sheet, "Referenced by", model_references(model, table)->count);
    if (table->row_security == YES)
        sheet_fact(sheet, "Row security",
                   table->forced_row_security == YES ? "on, owner too" : "on");
    part_owner(sheet);
    part_flags(sheet);
    part_notes(sheet);
    part_decisions(sheet);
    add_neighbours(sheet, table);
    part_columns(sheet, &table->object, &table->columns);
    part_indexes(sheet, &table->indexes, &size);
    part_constraints(sheet, table);
    part_referenced_by(sheet, table);
    part_modules(sheet, table);
    part_triggers(sheet, &table->triggers, &table->policies, &table->rules);
    part_told(sheet, table);
    part_statistics(sheet, &table->statistics);
    part_lineage(sheet);
    part_used_by(sheet, NULL);
    part_queries(sheet);
    part_paths(sheet, table);
    part_access(sheet, &table->object, "Who may do what");
    part_storage(sheet, table, &size);
    part_growth(sheet);
    add_history(sheet, table);
    part_history(sheet);
    part_findings(sheet);
}
