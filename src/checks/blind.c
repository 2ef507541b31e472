/* blind.c - what a rule must see to say that it is missing. Rules that find what is there need no
 * row: of what is not visible they find nothing. */
#include "checks/blind.h"

#include "catalog/known.h"

#define ALL_OF_KIND NULL /* whatever kind has the fact */

static const struct {
    const char *slug;
    const struct kind *kind;
    const char *fact;
} needs[] = {
    {"belongs-to-without-fk", &kind_table, "constraints"},
    {"belongs-to-without-fk", &kind_table, "partition_of"},
    {"changeset-constraint-unknown", &kind_table, "constraints"},
    {"changeset-constraint-unknown", &kind_table, "indexes"},
    {"column-required-unfilled", &kind_column, "default_value"},
    {"coverage-below", ALL_OF_KIND, "comment"},
    {"field-type-mismatch", &kind_column, "type"},
    {"field-without-column", &kind_table, "columns"},
    {"fk-missing-suspected", &kind_table, "constraints"},
    {"fk-partial-index", &kind_table, "indexes"},
    {"fk-partial-index", &kind_index, "keys"},
    {"fk-without-index", &kind_table, "indexes"},
    {"fk-without-index", &kind_index, "keys"},
    {"grant-out-of-reach", &kind_schema, "grants"},
    {"has-many-without-fk", &kind_table, "constraints"},
    {"index-boolean-only", &kind_index, "predicate"},
    {"index-duplicate", &kind_index, "predicate"},
    {"index-duplicate-of-unique", &kind_index, "predicate"},
    {"index-every-column", &kind_index, "predicate"},
    {"index-prefix-redundant", &kind_index, "predicate"},
    {"index-wider-than-unique", &kind_index, "predicate"},
    {"index-without-reason", &kind_index, "comment"},
    {"index-without-reason", &kind_table, "constraints"},
    {"index-without-reason", &kind_table, "partition_of"},
    {"link-broken", &kind_catalog, "functions"},
    {"link-broken", &kind_catalog, "tables"},
    {"link-broken", &kind_catalog, "views"},
    {"link-broken", &kind_table, "columns"},
    {"link-broken", &kind_table, "constraints"},
    {"link-broken", &kind_table, "indexes"},
    {"link-broken", &kind_table, "triggers"},
    {"migration-pending", &kind_catalog, "histories"},
    {"name-truncated", &kind_catalog, "histories"},
    {"name-truncated", &kind_table, "constraints"},
    {"note-without-object", &kind_catalog, "functions"},
    {"note-without-object", &kind_catalog, "tables"},
    {"note-without-object", &kind_catalog, "views"},
    {"note-without-object", &kind_table, "columns"},
    {"note-without-object", &kind_table, "constraints"},
    {"note-without-object", &kind_table, "indexes"},
    {"note-without-object", &kind_table, "triggers"},
    {"partition-widens-key", &kind_table, "partition_of"},
    {"pk-composite", &kind_table, "partition_of"},
    {"pk-natural", &kind_table, "partition_of"},
    {"replica-identity-missing", &kind_table, "constraints"},
    {"replica-identity-missing", &kind_table, "indexes"},
    {"replica-identity-missing", &kind_table, "partition_of"},
    {"rls-enabled-no-policy", &kind_table, "policies"},
    {"secdef-no-search-path", &kind_function, "settings"},
    {"secdef-public-execute", &kind_function, "grants"},
    {"state-without-check", &kind_table, "constraints"},
    {"table-few-columns", &kind_catalog, "histories"},
    {"table-few-columns", &kind_table, "columns"},
    {"table-isolated", &kind_catalog, "histories"},
    {"table-isolated", &kind_table, "columns"},
    {"table-isolated", &kind_table, "constraints"},
    {"table-isolated", &kind_table, "partition_of"},
    {"table-no-pk", &kind_table, "constraints"},
    {"table-no-pk", &kind_table, "partition_of"},
    {"table-without-words", &kind_catalog, "histories"},
    {"table-without-words", &kind_table, "columns"},
    {"table-without-words", &kind_table, "comment"},
    {"table-without-words", &kind_table, "constraints"},
    {"table-without-words", &kind_table, "partition_of"},
    {"type-timestamp-no-tz", &kind_catalog, "histories"},
    {"type-timestamp-no-tz", &kind_table, "constraints"},
    {"type-timestamp-precision", &kind_catalog, "histories"},
    {"type-timestamp-precision", &kind_table, "constraints"},
    {"validation-only-in-code", &kind_table, "constraints"},
};

static bool
sees_all(const struct catalog *catalog, const char *fact)
{
    for (const struct kind *const *kind = all_kinds; *kind != NULL; kind++)
        if (!catalog_sees(catalog, *kind, fact))
            return false;
    return true;
}

bool
rule_is_blind(const struct rule *rule, const struct catalog *catalog)
{
    if (catalog->unseen.count == 0)
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(needs); i++) {
        if (!g_str_equal(needs[i].slug, rule->slug))
            continue;
        bool seen = needs[i].kind == ALL_OF_KIND
                        ? sees_all(catalog, needs[i].fact)
                        : catalog_sees(catalog, needs[i].kind, needs[i].fact);
        if (!seen)
            return true;
    }
    return false;
}
