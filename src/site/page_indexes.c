/* page_indexes.c - all indexes, table by table, with the reason of each. */
#include "site/pages.h"

#include "catalog/address.h"
#include "model/library.h"
#include "site/parts.h"
#include "site/tally.h"
#include "site/words.h"

#include <string.h>

static void
add_card(xmlNode *cards, const char *title, const char *text, size_t count)
{
    xmlNode *card = tree_element(cards, "card");
    tree_attribute(card, "title", title);
    tree_text_element(card, "summary", text);
    g_autofree char *meta = words_count((int64_t)count, "index");
    tree_attribute(card, "meta", meta);
}

static bool
is_listed(const struct sheet *sheet, const struct table *table)
{
    return !table_is_partition(table) && model_library(sheet->site->model, table) == NULL;
}

static void
add_purposes(struct sheet *sheet)
{
    struct purposes purposes = {0};
    const struct catalog *catalog = sheet->site->model->catalog;
    for (size_t i = 0; i < catalog->tables.count; i++)
        if (is_listed(sheet, &catalog->tables.items[i]))
            purposes_count(sheet->site->model, &catalog->tables.items[i].indexes, &purposes);
    for (size_t i = 0; i < catalog->views.count; i++)
        purposes_count(sheet->site->model, &catalog->views.items[i].indexes, &purposes);
    xmlNode *section = sheet_section(sheet, "purposes", "What they are for", -1);
    sheet_hint(section, "Each index counts once, under the first purpose that fits.");
    xmlNode *cards = tree_element(section, "cards");
    add_card(cards, "Primary keys", "Identify each row.", purposes.primary_keys);
    add_card(cards, "Rules",
             "A unique index is a rule the database keeps. Never dropped for speed.",
             purposes.rules);
    add_card(cards, "Foreign keys", "Find the rows that point to a row that is deleted or changed.",
             purposes.foreign_keys);
    add_card(cards, "Not proved", "No rule needs them. Queries may; the reason should say which.",
             purposes.others);
}

/* What somebody has to look at, before all indexes: the findings of one or two rules as a list. */
struct to_do {
    const char *slugs[3]; /* up to a NULL */
    const char *id;
    const char *title;
    const char *column;
};

static const struct to_do without_index = {{"fk-without-index", "fk-partial-index", NULL},
                                           "without-index",
                                           "Foreign keys without an index",
                                           "Foreign key"};
static const struct to_do without_reason = {
    {"index-without-reason", NULL, NULL}, "without-reason", "Indexes without a reason", "Index"};

enum acceptance_state { OPEN, ACCEPTED };

static bool
is_part(const struct to_do *to_do, const struct finding *finding, enum acceptance_state state)
{
    return g_strv_contains(to_do->slugs, finding->slug) &&
           (finding->accepted != NULL) == (state == ACCEPTED);
}

static size_t
count_parts(const struct to_do *to_do, const struct findings *findings, enum acceptance_state state)
{
    size_t count = 0;
    for (size_t i = 0; i < findings->count; i++)
        count += is_part(to_do, &findings->items[i], state);
    return count;
}

static void
add_to_do(struct sheet *sheet, const struct to_do *to_do)
{
    enum { SHOWN = 12 };
    const struct findings *findings = sheet->site->findings;
    size_t count = count_parts(to_do, findings, OPEN);
    if (count == 0)
        return;
    xmlNode *section = sheet_section(sheet, to_do->id, to_do->title, (int64_t)count);
    if (count > SHOWN)
        sheet_hint(section, "The first of them; the page of findings has all.");
    xmlNode *list = part_list(section, (const char *const[]){to_do->column, "What follows", NULL});
    size_t shown = 0;
    for (size_t i = 0; i < findings->count && shown < SHOWN; i++) {
        const struct finding *finding = &findings->items[i];
        if (!is_part(to_do, finding, OPEN))
            continue;
        xmlNode *item = tree_element(list, "item");
        sheet_object(sheet, item, "name", finding->object, BY_PATH);
        sheet_text(item, "summary", finding->detail);
        shown++;
    }
}

static size_t
count_repeats(const struct findings *findings)
{
    size_t count = 0;
    for (size_t i = 0; i < findings->count; i++)
        count += g_str_has_prefix(findings->items[i].slug, "index-duplicate") ||
                 g_str_equal(findings->items[i].slug, "index-prefix-redundant");
    return count;
}

static void
add_plain_tile(xmlNode *tiles, const char *title, const char *big, const char *text)
{
    xmlNode *tile = tree_element(tiles, "tile");
    tree_attribute(tile, "title", title);
    tree_attribute(tile, "big", big);
    tree_attribute(tile, "text", text);
}

/* What the keys without an index cost, and how many of them somebody has accepted. */
static char *
say_unsupported(const struct findings *findings, const struct tally *tally)
{
    if (tally->supported_foreign_keys == tally->foreign_keys)
        return g_strdup("Every delete finds its rows.");
    size_t accepted = count_parts(&without_index, findings, ACCEPTED);
    const char *cost = "The others read a whole table on delete";
    if (accepted == 0)
        return g_strdup_printf("%s.", cost);
    g_autofree char *number = words_number((int64_t)accepted);
    return g_strdup_printf("%s; %s of them %s accepted, with a reason.", cost, number,
                           accepted == 1 ? "is" : "are");
}

static void
add_tiles(struct sheet *sheet, const struct tally *tally)
{
    xmlNode *section = sheet_section(sheet, "glance", NULL, -1);
    xmlNode *tiles = tree_element(section, "tiles");
    tally_tile(tiles, "Reason written", tally->reasons, tally->needing_reason,
               "Primary keys need none.");
    g_autofree char *keys = say_unsupported(sheet->site->findings, tally);
    tally_tile(tiles, "Foreign keys with an index", tally->supported_foreign_keys,
               tally->foreign_keys, keys);
    g_autofree char *repeats = words_number((int64_t)count_repeats(sheet->site->findings));
    add_plain_tile(tiles, "Repeat another index", repeats, "Another index can do their work.");
    if (tally->index_bytes != NUMBER_UNKNOWN) {
        g_autofree char *bytes = words_bytes(tally->index_bytes);
        g_autofree char *share = words_share(tally->index_bytes, tally->bytes);
        g_autofree char *text = g_strdup_printf("%s of the database.", share);
        add_plain_tile(tiles, "Together", bytes, text);
    }
}

/* Words that the page's filter looks at: name, table, columns, method, schema and states. */
static char *
filter_words(const struct sheet *sheet, const struct index *index, bool repeats)
{
    GString *words = g_string_new(NULL);
    g_string_append_printf(words, "%s %s %s s-", index->name, index->object.parent->path,
                           index->method);
    slug_append(words, object_schema(index));
    for (size_t i = 0; i < index->keys.count; i++) {
        const struct key *key = &index->keys.items[i];
        g_string_append_printf(words, " %s", key->column != NULL ? key->column : key->expression);
    }
    if (!sheet_has_words(sheet, index))
        g_string_append(words, " is-missing");
    if (repeats)
        g_string_append(words, " is-repeating");
    char *lower = g_utf8_strdown(words->str, -1);
    g_string_free(words, TRUE);
    return lower;
}

static void
add_index(struct sheet *sheet, xmlNode *group, const struct index *index)
{
    const struct model *model = sheet->site->model;
    xmlNode *node = tree_element(group, "index");
    sheet_object(sheet, node, "name", index, BY_NAME);
    sheet_index_chips(node, index, 0);
    tree_optional(node, "predicate", index->predicate);
    if (!sheet_summary(sheet, node, index))
        tree_attribute(node, "reason", "missing");
    part_index_badges(sheet, node, index);
    part_bytes(node, model_index_size(model, index));
    part_number(node, model_index_scans(model, index));
    g_autofree char *words = filter_words(sheet, index, part_index_repeats(sheet, index));
    tree_attribute(node, "words", words);
}

/* The primary key has no row of its own: it stands in the line of its table. */
static void
add_primary_key(struct sheet *sheet, xmlNode *group, const struct index *index)
{
    const struct model *model = sheet->site->model;
    GString *columns = g_string_new("primary key on ");
    for (size_t i = 0; i < index->keys.count; i++)
        g_string_append_printf(columns, "%s%s", i > 0 ? ", " : "", index->keys.items[i].column);
    xmlNode *key = tree_text_element(group, "primary", columns->str);
    g_string_free(columns, TRUE);
    sheet_href(sheet, key, index);
    part_bytes(group, model_index_size(model, index));
    part_number(group, model_index_scans(model, index));
}

static void
append_clause(GString *text, size_t count, const char *one, const char *several)
{
    if (count == 0)
        return;
    bool first = text->len == 0;
    g_autofree char *number = first ? words_count((int64_t)count, "index")
                                    : words_number((int64_t)count);
    g_string_append_printf(text, "%s%s %s", first ? "" : ", ", number, count == 1 ? one : several);
}

static void
append_foreign_keys(const struct model *model, const struct table *table, GString *text)
{
    size_t keys = 0;
    size_t without = 0;
    for (size_t i = 0; i < table->constraints.count; i++) {
        const struct constraint *key = &table->constraints.items[i];
        if (key->kind != CONSTRAINT_FOREIGN_KEY)
            continue;
        keys++;
        without += !foreign_key_has_index(model, key);
    }
    const char *joint = text->len > 0 ? ". " : "";
    if (keys == 1)
        g_string_append_printf(text, "%sIts foreign key has %s index", joint,
                               without == 0 ? "an" : "no");
    else if (without > 0)
        g_string_append_printf(text, "%s%zu of its %zu foreign keys %s no index", joint, without,
                               keys, without == 1 ? "has" : "have");
    else if (keys > 1)
        g_string_append_printf(text, "%sEach of its %zu foreign keys has an index", joint, keys);
}

/* How the table is indexed, in one line: what no rule and no key needs, only queries can use. */
static void
add_strategy(const struct sheet *sheet, xmlNode *group, const struct object *relation,
             const struct index_list *indexes)
{
    const struct model *model = sheet->site->model;
    struct purposes purposes = {0};
    purposes_count(model, indexes, &purposes);
    g_autoptr(GString) text = g_string_new(NULL);
    append_clause(text, purposes.rules, "keeps a rule", "keep rules");
    append_clause(text, purposes.foreign_keys, "finds the rows of a foreign key",
                  "find the rows of foreign keys");
    append_clause(text, purposes.others, "can only be for queries", "can only be for queries");
    if (relation->kind == &kind_table)
        append_foreign_keys(model, (const struct table *)(const void *)relation, text);
    if (text->len > 0)
        tree_format(group, "strategy", "%s.", text->str);
}

static xmlNode *
group_new(struct sheet *sheet, xmlNode *list, const struct object *relation)
{
    xmlNode *group = tree_element(list, "group");
    xmlNode *name = sheet_object(sheet, group, "relation", relation, BY_PATH);
    tree_number(name, "hue", plan_hue(sheet->site->plan, object_schema(relation)));
    return group;
}

/* Where the list stands, and the row that comes next. */
struct place_in_list {
    xmlNode *list;
    size_t row;
};

/* Primary keys first. The group begins with the first of its rows that this page shows. */
static void
add_group(struct sheet *sheet, struct place_in_list *at, const struct object *relation,
          const struct index_list *indexes)
{
    xmlNode *group = NULL;
    for (size_t pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < indexes->count; i++) {
            bool primary = !index_needs_reason(&indexes->items[i]);
            if (primary != (pass == 0) || !sheet_shows(sheet, at->row++))
                continue;
            if (group == NULL) {
                group = group_new(sheet, at->list, relation);
                add_strategy(sheet, group, relation, indexes);
            }
            (primary ? add_primary_key : add_index)(sheet, group, &indexes->items[i]);
        }
}

/* A schema to choose in the filter. */
static void
add_choice(xmlNode *list, const char *schema)
{
    xmlNode *node = tree_element(list, "schema");
    GString *word = g_string_new("s-");
    slug_append(word, schema);
    tree_attribute(node, "word", word->str);
    sheet_name(node, schema);
    g_string_free(word, TRUE);
}

static void
add_all(struct sheet *sheet)
{
    const struct catalog *catalog = sheet->site->model->catalog;
    xmlNode *section = sheet_section(sheet, "all", "All indexes",
                                     (int64_t)sheet->site->plan->census->indexes);
    struct place_in_list at = {tree_element(section, "index-groups"), 0};
    tree_flag(at.list, "observed", sheet->site->model->observations != NULL);
    for (size_t i = 0; i < catalog->schemas.count; i++)
        add_choice(at.list, catalog->schemas.items[i].name);
    for (size_t i = 0; i < catalog->tables.count; i++)
        if (is_listed(sheet, &catalog->tables.items[i]))
            add_group(sheet, &at, &catalog->tables.items[i].object,
                      &catalog->tables.items[i].indexes);
    for (size_t i = 0; i < catalog->views.count; i++)
        add_group(sheet, &at, &catalog->views.items[i].object, &catalog->views.items[i].indexes);
}

void
fill_indexes(struct sheet *sheet)
{
    sheet_crumb(sheet, "Indexes", NULL);
    sheet_title(sheet, NULL, "Indexes");
    tree_text_element(sheet_lead(sheet), "summary",
                      "Every index costs disk and slows each write a little. So each one should be "
                      "able to say why it exists.");
    if (sheet->page->part == 0) {
        struct tally tally = tally_schema(sheet->site->model, NULL);
        add_tiles(sheet, &tally);
        add_to_do(sheet, &without_index);
        add_to_do(sheet, &without_reason);
        add_purposes(sheet);
    }
    add_all(sheet);
}
