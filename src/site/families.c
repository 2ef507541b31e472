/* families.c - the table of families, and where their objects are. */
#include "site/families.h"

#include "catalog/shown.h"
#include "site/pages.h"

static size_t
count_rows(const struct plan *plan, const struct page *page)
{
    return family_count(page->family, plan->database->catalog);
}

const struct family families[] = {
    {{"replication", NULL, fill_family, count_rows},
     "Replication",
     "Which changes leave this database, and which come to it from another.",
     {&kind_publication, &kind_subscription}},
    {{"event-triggers", NULL, fill_family, count_rows},
     "Event triggers",
     "What runs when the structure of this database is changed.",
     {&kind_event_trigger}},
    {{"foreign-data", NULL, fill_family, count_rows},
     "Foreign data",
     "Where tables are that lie in other systems. Values of options and user mappings are not "
     "read.",
     {&kind_foreign_server, &kind_foreign_data_wrapper}},
    {{"operators", NULL, fill_family, count_rows},
     "Operators and casts",
     "What expressions may be written with here, beside what PostgreSQL and extensions bring.",
     {&kind_operator, &kind_cast, &kind_operator_class, &kind_operator_family}},
    {{"text-search", NULL, fill_family, count_rows},
     "Text search and collations",
     "How texts are taken apart, found and ordered.",
     {&kind_text_search_configuration, &kind_text_search_dictionary, &kind_text_search_parser,
      &kind_text_search_template, &kind_collation, &kind_conversion}},
    {{"languages", NULL, fill_family, count_rows},
     "Languages and storage",
     "What functions may be written in, and what tables and indexes may be kept in.",
     {&kind_procedural_language, &kind_transform, &kind_access_method, &kind_tablespace}},
    {{NULL, NULL, NULL, NULL}, NULL, NULL, {NULL}},
};

const struct family *
family_of(const struct kind *kind)
{
    for (const struct family *family = families; family->title != NULL; family++)
        for (size_t i = 0; family->kinds[i] != NULL; i++)
            if (family->kinds[i] == kind)
                return family;
    return NULL;
}

const struct field *
family_field(const struct kind *kind)
{
    for (size_t i = 0; i < kind_catalog.field_count; i++)
        if (kind_catalog.fields[i].child == kind)
            return &kind_catalog.fields[i];
    g_assert_not_reached();
}

char *
family_name(const struct object *object)
{
    return object->kind->rule == PATH_NAME ? shown_name(object_name(object))
                                           : shown_path(object->path);
}

size_t
family_count(const struct family *family, const struct catalog *catalog)
{
    size_t count = 0;
    for (size_t i = 0; family->kinds[i] != NULL; i++)
        count += field_list(family_field(family->kinds[i]), catalog)->count;
    return count;
}

size_t
family_row(const struct catalog *catalog, const struct object *object)
{
    const struct family *family = family_of(object->kind);
    size_t row = 0;
    for (size_t i = 0; family->kinds[i] != object->kind; i++)
        row += field_list(family_field(family->kinds[i]), catalog)->count;
    const struct list *list = field_list(family_field(object->kind), catalog);
    return row + (size_t)((const char *)object - (const char *)list->items) / object->kind->size;
}
