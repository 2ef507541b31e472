/* page_coverage.c - how much of the database people have written about, and what is missing, with
 * what makes it important. */
#include "site/pages.h"

#include "site/parts.h"
#include "site/words.h"

/* Kinds of which there is something, as columns. */
static void
add_heads(const struct coverage *coverage, xmlNode *list)
{
    for (enum covered what = 0; what < COVERED_COUNT; what++) {
        g_autofree char *title = g_strdup(covered_words[what]);
        *title = g_ascii_toupper(*title);
        if (coverage_of(coverage, what).total > 0)
            tree_text_element(list, "col", title);
    }
}

static const struct coverage_share *
find_share(const struct coverage *coverage, const char *schema, enum covered what)
{
    for (size_t i = 0; i < coverage->share_count; i++)
        if (coverage->shares[i].what == what && g_strcmp0(coverage->shares[i].schema, schema) == 0)
            return &coverage->shares[i];
    return NULL;
}

/* "28 of 31" for each kind that the database has; of all schemas (NULL) or of one. */
static void
add_shares(const struct coverage *coverage, xmlNode *item, const char *schema)
{
    for (enum covered what = 0; what < COVERED_COUNT; what++) {
        if (coverage_of(coverage, what).total == 0)
            continue;
        const struct coverage_share *share = find_share(coverage, schema, what);
        g_autofree char *text =
            share == NULL ? NULL : g_strdup_printf("%zu of %zu", share->documented, share->total);
        part_value(item, text);
    }
}

static void
add_wanted(const struct sheet *sheet, const struct coverage *coverage, xmlNode *list)
{
    const struct config *config = sheet->site->model->config;
    if (config->coverage_line == 0)
        return;
    xmlNode *item = tree_element(list, "item");
    tree_text_element(item, "name", "Asked for");
    tree_text_element(item, "summary", "By coverage: in dbdoc.yml; less is a finding.");
    for (enum covered what = 0; what < COVERED_COUNT; what++) {
        g_autofree char *text = config->coverage[what] > 0
                                    ? g_strdup_printf("%u %%", config->coverage[what])
                                    : NULL;
        if (coverage_of(coverage, what).total > 0)
            part_value(item, text);
    }
}

static bool
schema_is_counted(const struct coverage *coverage, const char *schema)
{
    for (size_t i = 0; i < coverage->share_count; i++)
        if (g_strcmp0(coverage->shares[i].schema, schema) == 0)
            return true;
    return false;
}

static void
add_table(struct sheet *sheet, const struct coverage *coverage)
{
    static const char *const columns[] = {"Schema", "What it is for", NULL};
    const struct schema_list *schemas = &sheet->site->model->catalog->schemas;
    xmlNode *list = part_list(sheet_section(sheet, "shares", "Explained", -1), columns);
    add_heads(coverage, list);
    xmlNode *all = tree_element(list, "item");
    tree_text_element(all, "name", "All schemas");
    add_shares(coverage, all, NULL);
    add_wanted(sheet, coverage, list);
    for (size_t i = 0; i < schemas->count; i++)
        if (schema_is_counted(coverage, schemas->items[i].name))
            add_shares(coverage, part_item(sheet, list, &schemas->items[i], BY_NAME),
                       schemas->items[i].name);
}

/* ---- what is missing ---- */

/* What is known of at least one of them, and so has a column. */
struct known {
    bool sizes;
    bool makers;
};

static struct known
find_known(const struct coverage *coverage)
{
    struct known known = {false, false};
    for (size_t i = 0; i < coverage->missing_count; i++) {
        known.sizes |= coverage->missing[i].bytes != NUMBER_UNKNOWN;
        known.makers |= coverage->missing[i].made > 0;
    }
    return known;
}

static xmlNode *
add_kind(struct sheet *sheet, const struct coverage *coverage, enum covered what,
         const struct known *known)
{
    static const char *const columns[] = {"Object", "Why here", NULL};
    const struct coverage_share share = coverage_of(coverage, what);
    g_autofree char *id = g_strconcat("missing-", covered_words[what], NULL);
    g_autofree char *title = g_strdup_printf("Missing: %s", covered_words[what]);
    xmlNode *list = part_list(
        sheet_section(sheet, id, title, (int64_t)(share.total - share.documented)), columns);
    if (known->sizes)
        tree_text_element(list, "col", "Size");
    if (known->makers)
        tree_text_element(list, "col", "Made by");
    return list;
}

static void
add_missing(struct sheet *sheet, xmlNode *list, const struct coverage_missing *missing,
            const struct known *known)
{
    const struct rehearsal *rehearsal = sheet->site->plan->rehearsal;
    xmlNode *item = tree_element(list, "item");
    sheet_object(sheet, item, "name", missing->object, BY_PATH);
    g_autofree char *reason = coverage_reason(missing);
    tree_text_element(item, "summary", reason);
    if (known->sizes)
        part_bytes(item, missing->bytes);
    if (known->makers)
        part_value(item,
                   missing->made > 0 ? rehearsal->items[missing->made - 1].migration->name : NULL);
}

static void
add_order(struct sheet *sheet, const struct known *known)
{
    g_autofree char *text = g_strdup_printf(
        "What people have written about, in notes, comments and migrations. What is missing is "
        "listed by how much refers to it, then by size%s, then the newest first%s. Primary keys, "
        "foreign keys, partitions and columns of views need no words.",
        known->sizes ? "" : " (not observed)", known->makers ? "" : " (not rehearsed)");
    tree_text_element(sheet_lead(sheet), "summary", text);
}

void
fill_coverage(struct sheet *sheet)
{
    const struct coverage *coverage = sheet->site->plan->coverage;
    const struct known known = find_known(coverage);
    sheet_crumb(sheet, "Documentation coverage", NULL);
    sheet_title(sheet, NULL, "Documentation coverage");
    add_order(sheet, &known);
    if (sheet->page->part == 0)
        add_table(sheet, coverage);
    xmlNode *list = NULL;
    enum covered last = COVERED_COUNT;
    for (size_t i = 0; i < coverage->missing_count; i++) {
        const struct coverage_missing *missing = &coverage->missing[i];
        if (!sheet_shows(sheet, i))
            continue;
        if (missing->what != last)
            list = add_kind(sheet, coverage, missing->what, &known);
        last = missing->what;
        add_missing(sheet, list, missing, &known);
    }
}
