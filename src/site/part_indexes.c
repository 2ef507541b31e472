/* part_indexes.c - the section "Indexes" of a table or materialized view. */
#include "site/parts.h"

#include "base/text.h"
#include "site/words.h"

#include <string.h>

bool
part_index_repeats(const struct sheet *sheet, const struct index *index)
{
    g_autoptr(GPtrArray) findings = findings_of(sheet->site->findings, index);
    for (guint i = 0; i < findings->len; i++) {
        const struct finding *finding = findings->pdata[i];
        if (g_str_has_prefix(finding->slug, "index-duplicate") ||
            g_str_equal(finding->slug, "index-prefix-redundant"))
            return true;
    }
    return false;
}

/* Which roles are said in which words, in this order. */
static const struct {
    unsigned role;
    const char *word;
} role_words[] = {
    {INDEX_PRIMARY_KEY, "primary key"},
    {INDEX_UNIQUE, "unique"},
    {INDEX_PARTIAL, "partial"},
    {INDEX_FOREIGN_KEY_SUPPORT, "foreign key"},
};

void
part_index_badges(struct sheet *sheet, xmlNode *parent, const struct index *index)
{
    unsigned roles = index_roles(sheet->site->model, index);
    if ((roles & INDEX_PRIMARY_KEY) != 0)
        roles &= ~(unsigned)INDEX_UNIQUE;
    for (size_t i = 0; i < G_N_ELEMENTS(role_words); i++)
        if ((roles & role_words[i].role) != 0)
            sheet_badge(parent, "", role_words[i].word);
    if (!text_equal(index->method, "btree"))
        sheet_badge(parent, "", index->method);
    if (part_index_repeats(sheet, index))
        sheet_badge(parent, "warn", "repeats another");
    if (index->valid == NO)
        sheet_badge(parent, "bad", "not valid");
}

static void
add_index(struct sheet *sheet, xmlNode *list, const struct index *index)
{
    const struct model *model = sheet->site->model;
    xmlNode *node = tree_element(list, "index");
    sheet_anchor(node, &index->object);
    sheet_object(sheet, node, "name", index, BY_NAME);
    sheet_index_chips(node, index, 0);
    if (!sheet_summary(sheet, node, index))
        tree_attribute(node, "reason", index_needs_reason(index) ? "missing" : "key");
    part_index_badges(sheet, node, index);
    part_bytes(node, model_index_size(model, index));
    part_number(node, model_index_scans(model, index));
}

void
purposes_count(const struct model *model, const struct index_list *indexes,
               struct purposes *purposes)
{
    for (size_t i = 0; i < indexes->count; i++) {
        unsigned roles = index_roles(model, &indexes->items[i]);
        if ((roles & INDEX_PRIMARY_KEY) != 0)
            purposes->primary_keys++;
        else if ((roles & (INDEX_UNIQUE | INDEX_CONSTRAINT)) != 0)
            purposes->rules++;
        else if ((roles & INDEX_FOREIGN_KEY_SUPPORT) != 0)
            purposes->foreign_keys++;
        else
            purposes->others++;
    }
}

/* "The primary key, 2 rules, 1 that finds the rows of a foreign key, 1 whose use is not proved." */
static char *
strategy_words(const struct model *model, const struct index_list *indexes)
{
    struct purposes purposes = {0};
    purposes_count(model, indexes, &purposes);
    const struct {
        size_t count;
        const char *one;
        const char *many;
    } parts[] = {
        {purposes.primary_keys, "the primary key", "primary keys"},
        {purposes.rules, "1 that keeps a rule", "that keep rules"},
        {purposes.foreign_keys, "1 that finds the rows of a foreign key",
         "that find the rows of foreign keys"},
        {purposes.others, "1 whose use is not proved", "whose use is not proved"},
    };
    GString *text = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        if (parts[i].count == 0)
            continue;
        g_string_append(text, text->len > 0 ? ", " : "");
        if (parts[i].count == 1)
            g_string_append(text, parts[i].one);
        else
            g_string_append_printf(text, "%zu %s", parts[i].count, parts[i].many);
    }
    g_string_append_c(text, '.');
    *text->str = g_ascii_toupper(*text->str);
    return g_string_free(text, FALSE);
}

static void
add_hint(xmlNode *section, const struct index_list *indexes, const struct table_size *size)
{
    g_autofree char *entries = indexes->count == 1
                                   ? g_strdup("1 index entry")
                                   : g_strdup_printf("%zu index entries", indexes->count);
    if (size->indexes == NUMBER_UNKNOWN) {
        g_autofree char *hint = g_strdup_printf("An insert writes up to %s.", entries);
        sheet_hint(section, hint);
        return;
    }
    g_autofree char *bytes = words_bytes(size->indexes);
    g_autofree char *share = words_share(size->indexes, known_sum(size->table, size->indexes));
    g_autofree char *hint = g_strdup_printf(
        "Together %s, %s of the table. An insert writes up to %s.", bytes, share, entries);
    sheet_hint(section, hint);
}

void
part_indexes(struct sheet *sheet, const struct index_list *indexes, const struct table_size *size)
{
    if (indexes->count == 0)
        return;
    xmlNode *section = sheet_section(sheet, "indexes", "Indexes", (int64_t)indexes->count);
    g_autofree char *strategy = strategy_words(sheet->site->model, indexes);
    sheet_hint(section, strategy);
    add_hint(section, indexes, size);
    xmlNode *list = tree_element(section, "indexes");
    tree_flag(list, "observed", sheet->site->model->observations != NULL);
    for (size_t i = 0; i < indexes->count; i++)
        add_index(sheet, list, &indexes->items[i]);
}
