/* page_overview.c - the front page: what this database is, and how healthy its documentation is. */
#include "site/pages.h"

#include "catalog/known.h"
#include "catalog/shown.h"
#include "site/links.h"
#include "site/parts.h"
#include "site/tally.h"
#include "site/words.h"

static void
add_lead(struct sheet *sheet)
{
    const struct model *model = sheet->site->model;
    xmlNode *intro = tree_element(sheet->root, "intro");
    if (model->intro != NULL) {
        struct links links = {.sheet = sheet};
        struct markdown_links resolver = links_for(&links);
        markdown_append(intro, model->intro, &resolver);
    } else if (!sheet_words(sheet, intro, model->catalog)) {
        tree_attribute(intro, "missing", "yes");
        tree_attribute(intro, "folder", model->config->notes);
    }
}

static void
add_panel_row(xmlNode *panel, const char *label, const char *value)
{
    if (value == NULL)
        return;
    xmlNode *row = tree_text_element(panel, "row", value);
    tree_attribute(row, "label", label);
}

/* What a migration tool applied last. */
static void
add_history(struct sheet *sheet, xmlNode *panel)
{
    const struct history_list *histories = &sheet->site->model->catalog->histories;
    for (size_t i = 0; i < histories->count; i++) {
        const struct history *history = &histories->items[i];
        if (history->versions.count == 0)
            continue;
        add_panel_row(panel, "Migration tool", history->tool);
        add_panel_row(panel, "Last migration",
                      history->versions.items[history->versions.count - 1]);
    }
}

/* "Publications, rules": lists that nobody told, so that none is no claim. */
static char *
untold_lists(const struct catalog *catalog)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GHashTable) said = g_hash_table_new(g_str_hash, g_str_equal);
    bool superuser = false;
    for (const struct kind *const *kind = all_kinds; *kind != NULL; kind++) {
        for (size_t i = 0; i < (*kind)->field_count; i++) {
            const struct field *field = &(*kind)->fields[i];
            if (field->type != LIST || catalog_tells(catalog, *kind, field->name) ||
                !catalog_sees(catalog, *kind, field->name) ||
                !g_hash_table_add(said, (gpointer)(guintptr)field->title))
                continue;
            superuser = superuser || (field->flags & SUPERUSER) != 0;
            if ((field->flags & SUPERUSER) != 0)
                continue;
            g_autofree char *lower = g_ascii_strdown(field->title, -1);
            g_string_append_printf(text, "%s%s", text->len > 0 ? ", " : "",
                                   text->len > 0 ? lower : field->title);
        }
    }
    if (superuser)
        g_string_append(text, text->len > 0 ? ", what only superusers make"
                                            : "What only superusers make");
    return text->len == 0 ? NULL : g_strdup(text->str);
}

static void
add_panel(struct sheet *sheet)
{
    const struct model *model = sheet->site->model;
    const struct observations *seen = model->observations;
    xmlNode *panel = tree_element(sheet->root, "panel");
    tree_attribute(panel, "title", seen != NULL ? "Snapshot with observations" : "Structure only");
    tree_flag(panel, "observed", seen != NULL);
    if (seen != NULL) {
        g_autofree char *moment = words_moment(seen->taken_at);
        g_autofree char *server = g_strdup_printf("PostgreSQL %s", seen->server_version);
        add_panel_row(panel, "Snapshot", moment);
        add_panel_row(panel, "Server", server);
        add_panel_row(panel, "Node", seen->node);
        add_panel_row(panel, "Row counts", "estimates");
    } else {
        g_autofree char *server = g_strdup_printf("PostgreSQL %d", (int)model->catalog->postgresql);
        add_panel_row(panel, "Server", server);
        add_panel_row(panel, "Sizes and rows", "not observed");
    }
    add_panel_row(panel, "Database", model->catalog->name);
    g_autofree char *untold = untold_lists(model->catalog);
    add_panel_row(panel, "Not known", untold);
    g_autofree char *unseen = unseen_facts(model->catalog, NULL);
    g_autofree char *label = part_unseen_label(model->catalog);
    add_panel_row(panel, label, unseen);
    add_history(sheet, panel);
}

static void
add_facts(struct sheet *sheet, const struct tally *tally)
{
    sheet_fact_count(sheet, "Tables", tally->tables);
    sheet_fact_count(sheet, "Columns", tally->columns);
    sheet_fact_count(sheet, "Foreign keys", tally->foreign_keys);
    sheet_fact_count(sheet, "Indexes", tally->indexes);
    if (tally->views > 0)
        sheet_fact_count(sheet, "Views", tally->views);
    if (tally->functions > 0)
        sheet_fact_count(sheet, "Functions", tally->functions);
    if (tally->of_libraries > 0)
        sheet_fact_count(sheet, "Of libraries", tally->of_libraries);
    if (tally->bytes != NUMBER_UNKNOWN) {
        g_autofree char *bytes = words_bytes(tally->bytes);
        sheet_fact(sheet, "Size", bytes);
    }
}

static void
add_findings_tile(struct sheet *sheet, xmlNode *tiles)
{
    const struct findings *findings = sheet->site->findings;
    xmlNode *tile = tree_element(tiles, "findings-tile");
    sheet_href_top(sheet, tile, "findings.html");
    tree_number(tile, "errors", (int64_t)findings_count(findings, SEVERITY_ERROR));
    tree_number(tile, "warnings", (int64_t)findings_count(findings, SEVERITY_WARNING));
    tree_number(tile, "notes", (int64_t)findings_count(findings, SEVERITY_NOTE));
}

static void
add_health(struct sheet *sheet, const struct tally *tally)
{
    xmlNode *section = sheet_section(sheet, "health", "Health", -1);
    xmlNode *tiles = tree_element(section, "tiles");
    add_findings_tile(sheet, tiles);
    g_autofree char *columns = g_strdup_printf("%zu of %zu columns are described.",
                                               tally->described_columns, tally->columns);
    xmlNode *words = tally_tile(tiles, "Tables with words", tally->described_tables, tally->tables,
                                columns);
    if (sheet->site->plan->coverage->share_count > 0)
        sheet_href_top(sheet, words, "coverage.html");
    sheet_href_top(sheet,
                   tally_tile(tiles, "Indexes with a reason", tally->reasons, tally->needing_reason,
                              "Primary keys need none."),
                   "indexes/index.html");
    tally_foreign_key_tile(sheet, tiles, tally);
}

static void
add_schema_card(struct sheet *sheet, xmlNode *cards, const struct schema *schema)
{
    struct tally tally = tally_schema(sheet->site->model, schema->name);
    xmlNode *card = tree_element(cards, "card");
    tree_number(card, "hue", plan_hue(sheet->site->plan, schema->name));
    g_autofree char *title = shown_name(schema->name);
    tree_attribute(card, "title", title);
    sheet_href(sheet, card, schema);
    sheet_summary(sheet, card, schema);
    g_autofree char *tables = words_count((int64_t)tally.tables, "table");
    g_autofree char *views = words_count((int64_t)tally.views, "view");
    g_autofree char *functions = words_count((int64_t)tally.functions, "function");
    g_autofree char *bytes = tally.bytes == NUMBER_UNKNOWN ? NULL : words_bytes(tally.bytes);
    g_autofree char *alike = part_alike_words(sheet, schema->name);
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    if (alike != NULL)
        g_ptr_array_add(words, alike);
    g_ptr_array_add(words, tables);
    if (tally.views > 0)
        g_ptr_array_add(words, views);
    if (tally.functions > 0)
        g_ptr_array_add(words, functions);
    if (bytes != NULL)
        g_ptr_array_add(words, bytes);
    g_ptr_array_add(words, NULL);
    g_autofree char *meta = g_strjoinv(", ", (char **)words->pdata);
    tree_attribute(card, "meta", meta);
}

static void
add_schemas(struct sheet *sheet)
{
    const struct schema_list *schemas = &sheet->site->model->catalog->schemas;
    if (schemas->count == 0)
        return;
    xmlNode *section = sheet_section(sheet, "schemas", "Schemas", (int64_t)schemas->count);
    xmlNode *cards = tree_element(section, "cards");
    for (size_t i = 0; i < schemas->count; i++)
        add_schema_card(sheet, cards, &schemas->items[i]);
}

static void
add_extensions(struct sheet *sheet)
{
    static const char *const columns[] = {"Extension", "What it is for", "Version", NULL};
    const struct extension_list *extensions = &sheet->site->model->catalog->extensions;
    if (extensions->count == 0)
        return;
    xmlNode *section = sheet_section(sheet, "extensions", "Extensions", (int64_t)extensions->count);
    xmlNode *list = part_list(section, columns);
    for (size_t i = 0; i < extensions->count; i++)
        part_value(part_item(sheet, list, &extensions->items[i], BY_NAME),
                   extensions->items[i].version);
}

enum { ATTENTION_MOST = 6 };

static void
add_attention(struct sheet *sheet)
{
    const struct findings *findings = sheet->site->findings;
    g_autoptr(GPtrArray) worst = g_ptr_array_new();
    for (size_t i = 0; i < findings->count && worst->len < ATTENTION_MOST; i++)
        if (findings->items[i].accepted == NULL)
            g_ptr_array_add(worst, (gpointer)(guintptr)&findings->items[i]);
    if (worst->len == 0)
        return;
    xmlNode *section = sheet_section(sheet, "attention", "Needs attention", -1);
    xmlNode *more = tree_text_element(section, "more", "All findings");
    sheet_href_top(sheet, more, "findings.html");
    sheet_brief_findings(sheet, section, worst);
}

/* Pages about some tables, from dbdoc.yml. */
static void
add_viewpoints(struct sheet *sheet)
{
    const struct areas *areas = sheet->site->plan->areas;
    if (areas->viewpoint_count == 0)
        return;
    xmlNode *section = sheet_section(sheet, "viewpoints", "Viewpoints",
                                     (int64_t)areas->viewpoint_count);
    xmlNode *cards = tree_element(section, "cards");
    for (size_t i = 0; i < areas->viewpoint_count; i++) {
        const struct area *area = areas->viewpoints[i];
        xmlNode *card = tree_element(cards, "card");
        tree_attribute(card, "title", area->viewpoint->title);
        g_autofree char *href = plan_href_area(sheet->site->plan, sheet->page, area);
        tree_attribute(card, "href", href);
        g_autofree char *summary = area->viewpoint->text == NULL
                                       ? NULL
                                       : markdown_summary(area->viewpoint->text);
        tree_optional(card, "summary", summary);
        g_autofree char *tables = words_count((int64_t)area->table_count, "table");
        tree_attribute(card, "meta", tables);
    }
}

void
fill_overview(struct sheet *sheet)
{
    struct tally tally = tally_schema(sheet->site->model, NULL);
    const struct config *config = sheet->site->model->config;
    sheet_title(sheet, NULL,
                config->title != NULL ? config->title : sheet->site->model->catalog->name);
    add_lead(sheet);
    add_panel(sheet);
    add_facts(sheet, &tally);
    add_health(sheet, &tally);
    add_schemas(sheet);
    add_viewpoints(sheet);
    part_map_preview(sheet, sheet->site->plan->areas->database);
    add_attention(sheet);
    part_decisions(sheet);
    add_extensions(sheet);
}
