/* portal.c - counts of each database, then three tables. */
#include "site/portal.h"

#include "catalog/address.h"
#include "catalog/shown.h"
#include "site/one_file.h"
#include "site/sheet.h"
#include "site/skin.h"
#include "site/words.h"

#include <string.h>

/* ---- one database ---- */

static void
count(GHashTable *counts, const char *key)
{
    gsize before = GPOINTER_TO_SIZE(g_hash_table_lookup(counts, key));
    g_hash_table_insert(counts, g_strdup(key), GSIZE_TO_POINTER(before + 1));
}

struct portal_database *
portal_database_new(const char *folder, const struct model *model, const struct findings *findings)
{
    struct portal_database *database = g_new0(struct portal_database, 1);
    const char *title = model->config->title;
    database->folder = g_strdup(folder);
    database->title = title != NULL ? g_strdup(title) : shown_name(model->catalog->name);
    database->tally = tally_schema(model, NULL);
    database->rules = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    database->owners = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (size_t i = 0; i < findings->count; i++) {
        if (findings->items[i].accepted != NULL)
            continue;
        database->findings[findings->items[i].severity]++;
        count(database->rules, findings->items[i].slug);
    }
    for (size_t i = 0; i < model->notes->count; i++)
        if (model->notes->items[i].facts.owner != NULL)
            count(database->owners, model->notes->items[i].facts.owner);
    return database;
}

void
portal_database_free(void *data)
{
    struct portal_database *database = data;
    g_hash_table_unref(database->rules);
    g_hash_table_unref(database->owners);
    g_free(database->folder);
    g_free(database->title);
    g_free(database);
}

/* ---- the page ---- */

static void
put_count(xmlNode *row, size_t number)
{
    g_autofree char *text = words_number((int64_t)number);
    tree_text_element(row, "cell", text);
}

static xmlNode *
put_part(xmlNode *root, const char *id, const char *title, const char *const *columns)
{
    xmlNode *part = tree_element(root, "part");
    tree_attribute(part, "id", id);
    tree_attribute(part, "title", title);
    for (; *columns != NULL; columns++)
        tree_text_element(part, "col", *columns);
    return part;
}

static void
put_link(xmlNode *parent, const struct portal_database *database, const char *page,
         const char *text)
{
    xmlNode *link = tree_text_element(parent, "link", text);
    g_autofree char *href = g_strdup_printf("%s/%s", database->folder, page);
    tree_attribute(link, "href", href);
}

static void
put_databases(xmlNode *root, const GPtrArray *databases)
{
    static const char *const columns[] = {"Database", "Tables",   "Columns", "Described",
                                          "Errors",   "Warnings", "Notes",   NULL};
    xmlNode *part = put_part(root, "databases", "Databases", columns);
    tree_number(part, "count", databases->len);
    for (guint i = 0; i < databases->len; i++) {
        const struct portal_database *database = databases->pdata[i];
        const struct tally *tally = &database->tally;
        xmlNode *row = tree_element(part, "row");
        put_link(row, database, "index.html", database->title);
        g_autofree char *described = words_share((int64_t)tally->described_tables,
                                                 (int64_t)tally->tables);
        put_count(row, tally->tables);
        put_count(row, tally->columns);
        tree_text_element(row, "cell", tally->tables == 0 ? "" : described);
        for (int severity = SEVERITY_ERROR; severity >= SEVERITY_NOTE; severity--)
            put_count(row, database->findings[severity]);
    }
}

enum counted { COUNTED_RULES, COUNTED_OWNERS };

static GHashTable *
counts_of(const struct portal_database *database, enum counted counted)
{
    return counted == COUNTED_RULES ? database->rules : database->owners;
}

static int
compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(a, b);
}

/* All names that any database has, by name. Free with g_list_free. */
static GList *
names_of(const GPtrArray *databases, enum counted counted)
{
    g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < databases->len; i++) {
        GHashTableIter iter;
        gpointer name = NULL;
        g_hash_table_iter_init(&iter, counts_of(databases->pdata[i], counted));
        while (g_hash_table_iter_next(&iter, &name, NULL))
            g_hash_table_add(names, name);
    }
    return g_list_sort(g_hash_table_get_keys(names), compare_names);
}

/* What it is called, in all databases, and in which. */
static void
put_name(xmlNode *part, const char *name, const GPtrArray *databases, enum counted counted)
{
    const struct rule *rule = counted == COUNTED_RULES ? rule_find(name) : NULL;
    size_t all = 0;
    xmlNode *row = tree_element(part, "row");
    tree_text_element(row, "name", rule != NULL ? rule->title : name);
    xmlNode *total = tree_element(row, "cell");
    xmlNode *where = tree_element(row, "where");
    for (guint i = 0; i < databases->len; i++) {
        const struct portal_database *database = databases->pdata[i];
        size_t own = GPOINTER_TO_SIZE(g_hash_table_lookup(counts_of(database, counted), name));
        if (own == 0)
            continue;
        g_autofree char *number = words_number((int64_t)own);
        g_autofree char *text = g_strdup_printf("%s %s", database->title, number);
        put_link(where, database, rule != NULL ? "findings.html" : "index.html", text);
        all += own;
    }
    g_autofree char *sum = words_number((int64_t)all);
    tree_text(total, sum);
}

static void
put_names(xmlNode *root, const char *id, const char *title, const char *const *columns,
          const GPtrArray *databases, enum counted counted)
{
    GList *names = names_of(databases, counted);
    xmlNode *part = names == NULL ? NULL : put_part(root, id, title, columns);
    for (GList *name = names; name != NULL; name = name->next)
        put_name(part, name->data, databases, counted);
    g_list_free(names);
}

GString *
portal_page(const struct config *config, const GPtrArray *databases, GError **error)
{
    static const char *const styles[] = {SKIN_ONE_FILE "changes.css", SKIN_ONE_FILE "portal.css",
                                         NULL};
    static const char *const rule_columns[] = {"Finding", "All", "Where", NULL};
    static const char *const owner_columns[] = {"Owner", "Objects", "Where", NULL};
    struct skin *skin = skin_read(config, error);
    struct templates *templates = skin == NULL ? NULL : skin_templates(skin, error);
    GString *html = NULL;
    if (templates != NULL) {
        words_speak(config->language);
        xmlNode *root = tree_new("portal");
        tree_attribute(root, "title", config->title != NULL ? config->title : "All databases");
        one_file_style(root, skin, styles);
        put_databases(root, databases);
        put_names(root, "findings", "Findings", rule_columns, databases, COUNTED_RULES);
        put_names(root, "owners", "Owners", owner_columns, databases, COUNTED_OWNERS);
        html = templates_apply(templates, root, error);
        tree_free(root);
        templates_free(templates);
    }
    if (skin != NULL)
        skin_free(skin);
    return html;
}
