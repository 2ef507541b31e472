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
    RULE_ON(ON_REHEARSAL, "alter-table-repeated", NOTE, "Table that is gone over more than once",
            check_alter_table_repeated),
    RULE_ON(ON_MIGRATIONS, "backfill-unbatched", WARNING, "All rows changed in one statement",
            check_backfill_unbatched),
    RULE_ON(ON_MIGRATIONS, "check-add-validated", WARNING,
            "Check that reads the table under a lock", check_risk),
    RULE_ON(ON_MIGRATIONS, "column-add-generated", WARNING,
            "Generated column that is computed for all rows at once", check_risk),
    RULE_ON(ON_MIGRATIONS, "column-add-identity", WARNING,
            "Identity column that writes the table anew", check_risk),
    RULE_ON(ON_MIGRATIONS, "column-add-json", NOTE, "Column of the type json", check_risk),
    RULE_ON(ON_MIGRATIONS, "column-add-required", WARNING, "Required column without a default",
            check_risk),
    RULE_ON(ON_MIGRATIONS, "column-add-serial", WARNING, "Serial column that writes the table anew",
            check_risk),
    RULE_ON(ON_MIGRATIONS, "column-add-volatile-default", WARNING,
            "Default that is computed for all rows at once", check_risk),
    RULE_ON(ON_MIGRATIONS, "column-default-change", NOTE, "Default that changes under running code",
            check_risk),
    RULE_ON(ON_MIGRATIONS, "column-drop", WARNING, "Column that goes", check_risk),
    RULE_ON(ON_MIGRATIONS, "column-rename", WARNING, "Column that gets another name", check_risk),
    RULE_ON(ON_MIGRATIONS, "column-type-recheck", NOTE, "Type change that reads the table",
            check_risk),
    RULE_ON(ON_MIGRATIONS, "column-type-rewrite", WARNING, "Type change that writes the table anew",
            check_risk),
    RULE_ON(ON_MIGRATIONS, "concurrently-in-transaction", ERROR, "CONCURRENTLY in a transaction",
            check_risk),
    RULE("constraint-not-valid", WARNING, "Constraint that was never checked on older rows",
         check_constraint_not_valid),
    RULE_ON(ON_MIGRATIONS, "constraint-validate-locked", WARNING,
            "Constraint that is validated under a stronger lock", check_risk),
    RULE_ON(ON_REHEARSAL, "data-change-in-migration", NOTE,
            "Rows that change together with the schema", check_data_change_in_migration),
    RULE("default-string-null", WARNING, "Default that is the word NULL",
         check_default_string_null),
    RULE_ON(ON_MIGRATIONS, "domain-constraint-scan", WARNING,
            "Constraint of a domain that reads tables", check_risk),
    RULE_ON(ON_MIGRATIONS, "drop-cascade", WARNING, "CASCADE that drops what nobody named",
            check_risk),
    RULE_ON(ON_MIGRATIONS, "ecto-option-ignored", WARNING, "Option that Ecto ignores",
            check_ecto_option_ignored),
    RULE_ON(ON_MIGRATIONS, "enum-add-unplaced", NOTE, "Enum value without a place", check_risk),
    RULE_ON(ON_MIGRATIONS, "enum-value-rename", WARNING, "Enum value that gets another name",
            check_risk),
    RULE_ON(ON_MIGRATIONS, "exclusion-add", WARNING,
            "Exclusion constraint that is built under a lock", check_risk),
    RULE_ON(ON_MIGRATIONS, "fk-add-validated", WARNING,
            "Foreign key that checks rows while writes wait", check_risk),
    RULE_ON(ON_MIGRATIONS, "fk-drop-locks-parent", NOTE,
            "Foreign key that locks two tables when it goes", check_risk),
    RULE("fk-duplicate", WARNING, "Foreign key that is there twice", check_fk_duplicate),
    RULE("fk-partial-index", NOTE, "Foreign key with only a partial index", check_fk_partial_index),
    RULE("fk-set-null-on-not-null", ERROR, "Foreign key that empties a NOT NULL column",
         check_fk_set_null_on_not_null),
    RULE("fk-type-mismatch", WARNING, "Foreign key between different types",
         check_fk_type_mismatch),
    RULE("fk-without-index", WARNING, "Foreign key without an index", check_fk_without_index),
    RULE_ON(ON_MIGRATIONS, "half-applied", NOTE, "Migration that may stop half-way",
            check_half_applied),
    RULE_ON(ON_MIGRATIONS, "index-create-blocking", WARNING,
            "Index that is built while writes wait", check_risk),
    RULE_ON(ON_MIGRATIONS, "index-drop-blocking", WARNING, "Index that goes while nobody may read",
            check_risk),
    RULE("index-duplicate", WARNING, "Index that is there twice", check_index_duplicate),
    RULE("index-duplicate-of-unique", WARNING, "Index that repeats a unique one",
         check_index_duplicate_of_unique),
    RULE("index-invalid", ERROR, "Index that no query uses", check_index_invalid),
    RULE("index-prefix-redundant", NOTE, "Index that repeats the start of another",
         check_index_prefix_redundant),
    RULE("index-without-reason", NOTE, "Index without a written reason",
         check_index_without_reason),
    RULE("link-broken", WARNING, "Link in a note that leads nowhere", check_link_broken),
    RULE_ON(ON_REHEARSAL, "lock-held-over-work", WARNING,
            "Lock that is held while rows are worked on", check_lock_held_over_work),
    RULE_ON(ON_REHEARSAL, "lock-timeout-missing", NOTE, "Lock that is waited for without an end",
            check_lock_timeout_missing),
    RULE_ON(ON_REHEARSAL, "locks-on-several-tables", NOTE,
            "Several tables locked in one transaction", check_locks_on_several_tables),
    RULE_ON(ON_MIGRATIONS, "matview-refresh-blocking", WARNING, "Refresh that stops reads",
            check_risk),
    RULE_ON(ON_MIGRATIONS, "migration-changed", ERROR, "Migration that was changed afterwards",
            check_migration_changed),
    RULE_ON(ON_REHEARSAL, "migration-fails", ERROR, "Migration that does not run",
            check_migration_fails),
    RULE_ON(ON_MIGRATIONS, "migration-file-missing", WARNING, "Applied version without a file",
            check_migration_file_missing),
    RULE_ON(ON_MIGRATIONS, "migration-not-as-written", WARNING,
            "Migration that does not do all that it says", check_migration_not_as_written),
    RULE_ON(ON_MIGRATIONS, "migration-pending", NOTE, "Migration that is not applied",
            check_migration_pending),
    RULE_ON(ON_MIGRATIONS, "not-null-drop", NOTE, "Column that may become NULL", check_risk),
    RULE_ON(ON_MIGRATIONS, "not-null-set", WARNING,
            "SET NOT NULL that reads the table under a lock", check_risk),
    RULE("note-unusable", WARNING, "File that cannot be used as a note", check_note_unusable),
    RULE("note-without-object", WARNING, "Note about nothing in the database",
         check_note_without_object),
    RULE_ON(ON_MIGRATIONS, "partition-attach-scan", WARNING,
            "Partition that is read when it is attached", check_risk),
    RULE_ON(ON_MIGRATIONS, "partition-detach-blocking", WARNING,
            "Partition that is detached while nobody may read", check_risk),
    RULE_ON(ON_MIGRATIONS, "pk-add", WARNING, "Primary key that is built under a lock", check_risk),
    RULE_ON(ON_MIGRATIONS, "pk-add-nullable", WARNING, "Primary key over columns that may be NULL",
            check_risk),
    RULE_ON(ON_MIGRATIONS, "reindex-blocking", WARNING, "REINDEX that stops writes", check_risk),
    RULE("rls-policy-but-disabled", ERROR, "Policies while row security is off",
         check_rls_policy_but_disabled),
    RULE_ON(ON_REHEARSAL, "schema-drift", WARNING, "Database that is not what its migrations make",
            check_schema_drift),
    RULE_ON(ON_MIGRATIONS, "schema-drop", WARNING, "Schema that goes", check_risk),
    RULE_ON(ON_MIGRATIONS, "schema-rename", WARNING, "Schema that gets another name", check_risk),
    RULE("secdef-no-search-path", ERROR, "SECURITY DEFINER without a search path",
         check_secdef_no_search_path),
    RULE("sequence-exhaustion", ERROR, "Sequence that runs out", check_sequence_exhaustion),
    RULE_ON(ON_MIGRATIONS, "table-drop", WARNING, "Table that goes", check_risk),
    RULE("table-no-pk", WARNING, "Table without a primary key", check_table_no_pk),
    RULE_ON(ON_MIGRATIONS, "table-persistence", WARNING,
            "Table that is copied to change how it is kept", check_risk),
    RULE_ON(ON_MIGRATIONS, "table-rename", WARNING, "Table that gets another name", check_risk),
    RULE_ON(ON_MIGRATIONS, "table-rewrite", WARNING, "Table that is written anew", check_risk),
    RULE("table-without-words", NOTE, "Table that nobody described", check_table_without_words),
    RULE_ON(ON_MIGRATIONS, "transaction-in-migration", WARNING, "Transaction within the tool's own",
            check_transaction_in_migration),
    RULE_ON(ON_MIGRATIONS, "trigger-create", NOTE, "Trigger that is made while writes wait",
            check_risk),
    RULE("trigger-disabled", WARNING, "Trigger that is switched off", check_trigger_disabled),
    RULE_ON(ON_MIGRATIONS, "truncate", WARNING, "TRUNCATE", check_risk),
    RULE_ON(ON_MIGRATIONS, "unique-add", WARNING, "Unique constraint that is built under a lock",
            check_risk),
    RULE("unique-nullable", NOTE, "Unique key that NULL gets past", check_unique_nullable),
    RULE_ON(ON_MIGRATIONS, "version-out-of-order", WARNING,
            "Migration older than one that is applied", check_version_out_of_order),
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
