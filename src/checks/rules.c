/* rules.c - the catalogue of rules. */
#include "checks/checks.h"

#include "base/embedded.h"
#include "checks/acceptance.h"
#include "checks/families.h"

#define RULE_ON(basis, slug, severity, title, check)                                               \
    {                                                                                              \
        slug, SEVERITY_##severity, title, check, basis                                             \
    }
#define RULE(...) RULE_ON(ON_DATABASE, __VA_ARGS__)

/* By slug. */
const struct rule rules[] = {
    RULE(ACCEPTANCE_UNUSED, WARNING, "Acceptance that accepts nothing", NULL),
    RULE("constraint-not-valid", WARNING, "Constraint that was never checked on older rows",
         check_constraint_not_valid),
    RULE("default-string-null", WARNING, "Default that is the word NULL",
         check_default_string_null),
    RULE_ON(ON_MIGRATIONS, "ecto-option-ignored", WARNING, "Option that Ecto ignores",
            check_ecto_option_ignored),
    RULE("fk-duplicate", WARNING, "Foreign key that is there twice", check_fk_duplicate),
    RULE("fk-partial-index", NOTE, "Foreign key with only a partial index", check_fk_partial_index),
    RULE("fk-set-null-on-not-null", ERROR, "Foreign key that empties a NOT NULL column",
         check_fk_set_null_on_not_null),
    RULE("fk-type-mismatch", WARNING, "Foreign key between different types",
         check_fk_type_mismatch),
    RULE("fk-without-index", WARNING, "Foreign key without an index", check_fk_without_index),
    RULE("index-duplicate", WARNING, "Index that is there twice", check_index_duplicate),
    RULE("index-duplicate-of-unique", WARNING, "Index that repeats a unique one",
         check_index_duplicate_of_unique),
    RULE("index-invalid", ERROR, "Index that no query uses", check_index_invalid),
    RULE("index-prefix-redundant", NOTE, "Index that repeats the start of another",
         check_index_prefix_redundant),
    RULE("index-without-reason", NOTE, "Index without a written reason",
         check_index_without_reason),
    RULE("link-broken", WARNING, "Link in a note that leads nowhere", check_link_broken),
    RULE_ON(ON_REHEARSAL, "migration-fails", ERROR, "Migration that does not run",
            check_migration_fails),
    RULE_ON(ON_MIGRATIONS, "migration-not-as-written", WARNING,
            "Migration that does not do all that it says", check_migration_not_as_written),
    RULE("note-unusable", WARNING, "File that cannot be used as a note", check_note_unusable),
    RULE("note-without-object", WARNING, "Note about nothing in the database",
         check_note_without_object),
    RULE("rls-policy-but-disabled", ERROR, "Policies while row security is off",
         check_rls_policy_but_disabled),
    RULE("secdef-no-search-path", ERROR, "SECURITY DEFINER without a search path",
         check_secdef_no_search_path),
    RULE("sequence-exhaustion", ERROR, "Sequence that runs out", check_sequence_exhaustion),
    RULE("table-no-pk", WARNING, "Table without a primary key", check_table_no_pk),
    RULE("table-without-words", NOTE, "Table that nobody described", check_table_without_words),
    RULE("trigger-disabled", WARNING, "Trigger that is switched off", check_trigger_disabled),
    RULE("unique-nullable", NOTE, "Unique key that NULL gets past", check_unique_nullable),
    {NULL, SEVERITY_NOTE, NULL, NULL, ON_DATABASE},
};

const struct rule *
rule_find(const char *slug)
{
    for (const struct rule *rule = rules; rule->slug != NULL; rule++)
        if (g_str_equal(rule->slug, slug))
            return rule;
    return NULL;
}

const char *
rule_help(const struct rule *rule)
{
    g_autofree char *path = g_strdup_printf("src/checks/help/%s.md", rule->slug);
    const struct embedded *file = embedded_find(path);
    g_assert(file != NULL); /* a test looks for each of them */
    return file->text;
}
