/* search.c - pages and maps, then every object with a place, kind by kind in the order of their
 * rank: what most people look for is in the first part. */
#include "site/search.h"

#include "base/json.h"
#include "base/secret.h"
#include "catalog/address.h"
#include "catalog/alike.h"
#include "catalog/shown.h"
#include "catalog/type_name.h"
#include "site/changelog.h"
#include "site/families.h"
#include "site/parts.h"
#include "site/words.h"
#include "workload/workload.h"

#include <string.h>

enum { PART_LIMIT = 1 << 20 }; /* bytes */

/* Kinds that can be searched for, by rank, and the word that the palette shows. */
static const struct {
    const struct kind *kind;
    const char *word;
} searched[] = {
    {&kind_schema, "schema"},         {&kind_table, "table"},     {&kind_view, "view"},
    {&kind_function, "function"},     {&kind_enum_type, "type"},  {&kind_domain, "type"},
    {&kind_composite_type, "type"},   {&kind_range_type, "type"}, {&kind_base_type, "type"},
    {&kind_extension, "extension"},   {&kind_role, "role"},       {&kind_sequence, "sequence"},
    {&kind_index, "index"},           {&kind_trigger, "trigger"}, {&kind_policy, "policy"},
    {&kind_constraint, "constraint"}, {&kind_column, "column"},   {&kind_rewrite_rule, "rule"},
    {&kind_statistics, "statistics"},
};

static const struct {
    const char *title;
    const char *note;
    const char *path;
} pages[] = {
    {"Overview", "What this database is", "index.html"},
    {"Indexes", "Why each one exists", "indexes/index.html"},
    {"Findings", "What needs attention", "findings.html"},
    {"All names", "From A to Z", "all.html"},
};

struct search {
    const struct site *site;
    struct sheet top;                           /* addresses are seen from the top folder */
    GPtrArray *parts;                           /* GString of rows that are complete */
    GString *rows;                              /* of the part being written */
    GPtrArray *objects[G_N_ELEMENTS(searched)]; /* const struct object *, by kind */
};

static void
part_end(struct search *search)
{
    if (search->rows->len == 0)
        return;
    g_ptr_array_add(search->parts, search->rows);
    search->rows = g_string_new(NULL);
}

static void
add(struct search *search, const char *const entry[4])
{
    GString *rows = search->rows;
    for (int i = 0; i < 4; i++) {
        g_string_append(rows, i == 0 ? rows->len == 0 ? "[" : ",\n[" : ",");
        json_append_quoted(rows, entry[i] != NULL ? entry[i] : "");
    }
    g_string_append_c(rows, ']');
    if (rows->len >= PART_LIMIT)
        part_end(search);
}

static char *
join_names(const struct object *parent, const struct object *object)
{
    g_autofree char *first = shown_name(object_name(parent));
    g_autofree char *second = shown_name(object_name(object));
    return g_strconcat(first, ".", second, NULL);
}

/* Columns are known by their table's name: "posts.author_id". */
static char *
name_of(const struct object *object)
{
    if (object->kind == &kind_column || object->kind == &kind_trigger ||
        object->kind == &kind_policy || object->kind == &kind_constraint ||
        object->kind == &kind_rewrite_rule)
        return join_names(object->parent, object);
    if (family_of(object->kind) != NULL)
        return family_name(object);
    return object->kind == &kind_index ? shown_name(object_name(object)) : shown_path(object->path);
}

static char *
on_what(const struct object *parent)
{
    g_autofree char *path = shown_path(parent->path);
    return g_strconcat("on ", path, NULL);
}

static char *
note_of(const struct search *search, const struct object *object)
{
    if (object->kind == &kind_column)
        return type_alias(((const struct column *)(const void *)object)->type);
    if (object->kind == &kind_index)
        return on_what(object->parent);
    return sheet_summary_text(&search->top, object);
}

/* Constraints of a primary key have the name of their index. */
static bool
is_double(const struct object *object)
{
    return object->kind == &kind_constraint &&
           ((const struct constraint *)(const void *)object)->kind != CONSTRAINT_FOREIGN_KEY &&
           ((const struct constraint *)(const void *)object)->kind != CONSTRAINT_CHECK;
}

static bool
is_in_partition(const struct object *object)
{
    const struct table *table = object_table(object);
    return object->kind != &kind_table && table != NULL && table_is_partition(table);
}

static void
sort_object(const struct object *object, void *data)
{
    struct search *search = data;
    if (is_double(object) || is_in_partition(object))
        return;
    for (size_t i = 0; i < G_N_ELEMENTS(searched); i++)
        if (searched[i].kind == object->kind)
            g_ptr_array_add(search->objects[i], (gpointer)(guintptr)object);
}

static void
add_object(struct search *search, const char *word, const struct object *object)
{
    g_autofree char *href = plan_href(search->site->plan, search->top.page, object);
    g_autofree char *name = name_of(object);
    g_autofree char *note = note_of(search, object);
    if (href != NULL)
        add(search, (const char *const[]){word, name, note, href});
}

static void
add_families(struct search *search)
{
    const struct catalog *catalog = search->site->model->catalog;
    for (const struct family *family = families; family->title != NULL; family++) {
        if (family_count(family, catalog) == 0)
            continue;
        g_autofree char *path = g_strconcat(family->kind.name, ".html", NULL);
        add(search, (const char *const[]){"page", family->title, family->note, path});
        for (size_t i = 0; family->kinds[i] != NULL; i++) {
            const struct list *list = field_list(family_field(family->kinds[i]), catalog);
            for (size_t j = 0; j < list->count; j++)
                add_object(search, family->kinds[i]->word, list_item(list, family->kinds[i], j));
        }
    }
}

static void
add_objects(struct search *search)
{
    for (size_t i = 0; i < G_N_ELEMENTS(searched); i++)
        search->objects[i] = g_ptr_array_new();
    object_walk(search->site->model->catalog, sort_object, search);
    for (size_t i = 0; i < G_N_ELEMENTS(searched); i++) {
        GPtrArray *objects = search->objects[i];
        for (guint k = 0; k < objects->len; k++)
            add_object(search, searched[i].word, objects->pdata[k]);
        g_ptr_array_unref(objects);
    }
}

/* Who looks for a schema that is documented with others finds the one that stands for it. */
static void
add_folded(struct search *search, const struct names *schemas, const char *documented)
{
    g_autofree char *path = address_path(&documented, 1, NULL);
    const struct object *page = database_find(search->site->model->database, "schema", path);
    g_autofree char *href = page == NULL ? NULL
                                         : plan_href(search->site->plan, search->top.page, page);
    g_autofree char *shown = shown_name(documented);
    g_autofree char *note = g_strconcat("as ", shown, NULL);
    for (size_t i = 0; href != NULL && i < schemas->count; i++) {
        g_autofree char *name = shown_name(schemas->items[i]);
        if (!g_str_equal(schemas->items[i], documented))
            add(search, (const char *const[]){"schema", name, note, href});
    }
}

static void
add_alikes(struct search *search)
{
    const struct alikes *alikes = &search->site->model->database->alikes;
    for (size_t i = 0; i < alikes->count; i++) {
        const struct alike *alike = &alikes->items[i];
        add_folded(search, &alike->schemas, alike->schema);
        for (size_t j = 0; j < alike->variant_count; j++)
            add_folded(search, &alike->variants[j].schemas, alike->variants[j].schemas.items[0]);
    }
}

/* Code that people know by its module's name leads to its table. */
static void
add_modules(struct search *search)
{
    const struct model *model = search->site->model;
    for (size_t i = 0; model->schemas != NULL && i < model->schemas->count; i++) {
        const struct schema_module *module = &model->schemas->items[i];
        const struct table *table = model_module_table(model, module);
        if (table == NULL)
            continue;
        g_autofree char *page = plan_href(search->site->plan, search->top.page,
                                          &table_root(table)->object);
        g_autofree char *href = page != NULL ? g_strconcat(page, "#modules", NULL) : NULL;
        g_autofree char *note = on_what(&table->object);
        if (href != NULL)
            add(search, (const char *const[]){"module", module->name, note, href});
    }
}

static void
add_findings(struct search *search)
{
    const struct findings *findings = search->site->findings;
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        const struct plan *plan = search->site->plan;
        g_autofree char *href = NULL;
        if (finding->object != NULL)
            href = plan_href(plan, search->top.page, finding->object);
        else if (finding->migration != NULL)
            href = plan_href_migration(plan, search->top.page, finding->migration);
        g_auto(GStrv) pieces = g_strsplit(finding->title, "`", -1); /* they mark code */
        g_autofree char *title = g_strjoinv("", pieces);
        add(search, (const char *const[]){"finding", title, finding->slug,
                                          href != NULL ? href : "findings.html"});
    }
}

/* Viewpoints are pages as people call them; areas, of which there may be many, are not. */
static void
add_areas(struct search *search)
{
    const struct areas *areas = search->site->plan->areas;
    for (size_t i = 0; i < areas->count; i++) {
        const struct area *area = areas->items[i];
        g_autofree char *href = plan_href_area(search->site->plan, search->top.page, area);
        if (href == NULL)
            continue;
        bool is_page = area->origin == AREA_DATABASE || area->origin == AREA_VIEWPOINT;
        g_autofree char *title = is_page ? g_strdup(area->name) : part_area_title(area);
        g_autofree char *tables = words_count((int64_t)area->table_count, "table");
        add(search, (const char *const[]){is_page ? "page" : "map", title, tables, href});
    }
}

static void
add_migrations(struct search *search)
{
    const struct rehearsal *rehearsal = search->site->plan->rehearsal;
    if (rehearsal == NULL)
        return;
    add(search, (const char *const[]){"page", "Migrations", "How it changed, and what down does",
                                      "migrations/index.html"});
    for (size_t i = rehearsal->count; i-- > 0;) {
        const struct migration *migration = rehearsal->items[i].migration;
        g_autofree char *href = plan_href_migration(search->site->plan, search->top.page,
                                                    migration);
        g_autofree char *name = shown_name(migration->name);
        add(search, (const char *const[]){"migration", name, migration->version, href});
    }
}

static void
add_decisions(struct search *search)
{
    const struct model *model = search->site->model;
    if (model->decision_count == 0)
        return;
    add(search, (const char *const[]){"page", "Decisions", "What was decided, and why",
                                      "decisions/index.html"});
    for (size_t i = 0; i < model->decision_count; i++) {
        const struct decided *decided = &model->decisions[i];
        g_autofree char *href = plan_href_decision(search->site->plan, search->top.page, decided);
        g_autofree char *summary = markdown_summary(decided->note->text);
        add(search,
            (const char *const[]){"decision", decided->note->decision->title, summary, href});
    }
}

static void
add_changelog(struct search *search)
{
    if (search->site->plan->releases != NULL)
        add(search, (const char *const[]){"page", "Changelog", "What is new in each release",
                                          CHANGELOG_PATH});
}

static void
add_coverage(struct search *search)
{
    if (search->site->plan->coverage->share_count > 0)
        add(search, (const char *const[]){"page", "Documentation coverage",
                                          "What people have written about, and what is missing",
                                          "coverage.html"});
}

static void
add_access(struct search *search)
{
    if (search->site->plan->access != NULL)
        add(search, (const char *const[]){"page", "Access", "Who may do what", "access.html"});
}

static void
add_runbooks(struct search *search)
{
    const struct runbooks *runbooks = search->site->plan->runbooks;
    if (runbooks_count(runbooks) == 0)
        return;
    add(search, (const char *const[]){"page", "Runbooks", "How to roll back each migration",
                                      "runbooks/index.html"});
    for (size_t i = runbooks->count; i-- > 0;) {
        const struct runbook *runbook = runbooks->items[i];
        if (runbook == NULL)
            continue;
        g_autofree char *href = plan_href_runbook(search->site->plan, search->top.page, runbook);
        g_autofree char *name = shown_name(runbook->title);
        add(search, (const char *const[]){"runbook", name, runbook->name, href});
    }
}

static void
add_queries(struct search *search)
{
    const struct workload *workload = search->site->plan->workload;
    if (workload == NULL || workload->count == 0)
        return;
    add(search, (const char *const[]){"page", "Queries", "What the program asks the database",
                                      "queries/index.html"});
    if (search->site->plan->matrix_rows > 0)
        add(search, (const char *const[]){"page", "Queries and indexes",
                                          "Which query needs which index", "queries/matrix.html"});
    for (size_t i = 0; i < workload->count; i++) {
        const struct query *query = &workload->queries[i];
        g_autofree char *href = plan_href_query(search->site->plan, search->top.page, query);
        g_autofree char *name = part_query_title(query);
        g_autofree char *safe = query->purpose != NULL ? secret_mask(query->purpose) : NULL;
        g_autofree char *note = safe != NULL ? markdown_summary(safe) : NULL;
        add(search, (const char *const[]){"query", name, note, href});
    }
}

static const struct page *
front_page(const struct plan *plan)
{
    for (size_t i = 0; i < plan->count; i++)
        if (g_str_equal(plan->pages[i].path, "all.html"))
            return &plan->pages[i];
    g_assert_not_reached();
}

static void
free_part(void *part)
{
    g_string_free(part, TRUE);
}

/* "dbdocIndex(1, 3, [rows]);" */
static void
wrap(GString *rows, guint number, guint count)
{
    g_autofree char *head = g_strdup_printf("dbdocIndex(%u, %u, [\n", number, count);
    g_string_prepend(rows, head);
    g_string_append(rows, "\n]);\n");
}

GPtrArray *
search_index(const struct site *site)
{
    struct search search = {.site = site,
                            .top = {.site = site, .page = front_page(site->plan)},
                            .parts = g_ptr_array_new_with_free_func(free_part),
                            .rows = g_string_new(NULL)};
    for (size_t i = 0; i < G_N_ELEMENTS(pages); i++)
        add(&search, (const char *const[]){"page", pages[i].title, pages[i].note, pages[i].path});
    add_areas(&search);
    add_migrations(&search);
    add_runbooks(&search);
    add_queries(&search);
    add_access(&search);
    add_coverage(&search);
    add_decisions(&search);
    add_changelog(&search);
    add_objects(&search);
    add_alikes(&search);
    add_families(&search);
    add_modules(&search);
    add_findings(&search);
    part_end(&search);
    g_string_free(search.rows, TRUE);
    for (guint i = 0; i < search.parts->len; i++)
        wrap(search.parts->pdata[i], i + 1, search.parts->len);
    return search.parts;
}
