/* part_storage.c - the section "Storage": bytes, partitions, options. */
#include "site/parts.h"

#include "base/text.h"
#include "catalog/address.h"
#include "catalog/shown.h"
#include "site/words.h"

static void
add_bar(xmlNode *bars, const char *label, int64_t part, int64_t whole)
{
    xmlNode *bar = tree_element(bars, "bar");
    g_autofree char *text = words_bytes(part);
    g_autofree char *percent = words_percent(part, whole);
    tree_attribute(bar, "label", label);
    tree_attribute(bar, "text", text);
    tree_attribute(bar, "percent", percent);
}

static void
add_bars(xmlNode *section, const struct table_size *size)
{
    if (size->table == NUMBER_UNKNOWN || size->indexes == NUMBER_UNKNOWN)
        return;
    xmlNode *bars = tree_element(section, "bars");
    add_bar(bars, "Table", size->table, size->table + size->indexes);
    add_bar(bars, "Indexes", size->indexes, size->table + size->indexes);
}

static void add_partitions(struct sheet *sheet, xmlNode *list, const struct table *table,
                           unsigned depth);

static void
add_partition(struct sheet *sheet, xmlNode *list, const struct table *partition, unsigned depth)
{
    const struct model *model = sheet->site->model;
    struct table_size size = model_table_size(model, partition);
    xmlNode *node = tree_element(list, "partition");
    sheet_anchor(node, &partition->object);
    sheet_name(node, partition->name);
    tree_number(node, "depth", depth);
    tree_text_element(node, "bound", partition->partition_bound);
    if (partition->partition_key != NULL)
        tree_text_element(node, "key", partition->partition_key);
    sheet_summary(sheet, node, partition);
    part_number(node, size.rows);
    part_bytes(node, known_sum(size.table, size.indexes));
    add_partitions(sheet, list, partition, depth + 1);
}

static void
add_partitions(struct sheet *sheet, xmlNode *list, const struct table *table, unsigned depth)
{
    const struct tables *partitions = model_partitions(sheet->site->model, table);
    for (size_t i = 0; i < partitions->count; i++)
        add_partition(sheet, list, partitions->items[i], depth);
}

static xmlNode *
add_option(xmlNode *options, const char *label, const char *value)
{
    xmlNode *option = tree_text_element(options, "option", value);
    tree_attribute(option, "label", label);
    return option;
}

/* Where the rows of a foreign table are. */
static void
add_server(struct sheet *sheet, xmlNode *options, const struct table *table)
{
    if (table->server == NULL)
        return;
    g_autofree char *name = shown_name(table->server);
    g_autofree char *path = address_path(&table->server, 1, NULL);
    const void *server = database_find(sheet->site->model->database, "server", path);
    xmlNode *option = add_option(options, "Foreign server", name);
    if (server != NULL)
        sheet_href(sheet, option, server);
    if (table->foreign_options.count > 0) {
        g_autofree char *text = names_text(&table->foreign_options);
        add_option(options, "Options there, without values", text);
    }
}

static void
add_options(struct sheet *sheet, xmlNode *section, const struct table *table)
{
    xmlNode *options = tree_element(section, "options");
    add_server(sheet, options, table);
    if (table->partition_key != NULL)
        add_option(options, "Partitioned by", table->partition_key);
    if (table->unlogged == YES)
        add_option(options, "Unlogged", "The rows are lost in a crash and absent on replicas.");
    if (table->options.count > 0) {
        g_autofree char *text = names_text(&table->options);
        add_option(options, "Storage options", text);
    }
    if (table->replica_identity != REPLICA_DEFAULT &&
        table->replica_identity != replica_identity_UNKNOWN)
        add_option(options, "Replica identity",
                   field_word(kind_field(&kind_table, "replica_identity"), table));
    if (table->tablespace != NULL) {
        g_autofree char *name = shown_name(table->tablespace);
        add_option(options, "Tablespace", name);
    }
    for (size_t i = 0; i < table->inherits.count; i++) {
        xmlNode *option = tree_text_element(options, "option", table->inherits.items[i].path);
        tree_attribute(option, "label", "Inherits");
        if (table->inherits.items[i].object != NULL)
            sheet_href(sheet, option, table->inherits.items[i].object);
    }
    if (options->children == NULL) {
        xmlUnlinkNode(options);
        xmlFreeNode(options);
    }
}

void
part_storage(struct sheet *sheet, const struct table *table, const struct table_size *size)
{
    xmlNode *section = sheet_section(sheet, "storage", "Storage", -1);
    add_bars(section, size);
    add_options(sheet, section, table);
    const struct tables *partitions = model_partitions(sheet->site->model, table);
    if (partitions->count > 0) {
        xmlNode *list = tree_element(section, "partitions");
        tree_flag(list, "observed", sheet->site->model->observations != NULL);
        add_partitions(sheet, list, table, 0);
    }
    if (section->children == NULL) {
        xmlUnlinkNode(section);
        xmlFreeNode(section);
    }
}
