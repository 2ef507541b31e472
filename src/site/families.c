/* families.c - the table of families, and where their objects are. */
#include "site/families.h"

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
