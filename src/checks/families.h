/* families.h - the functions behind the rows of `rules`, by the file they live in. Each reports
 * every case of its rule. */
#ifndef DBDOC_CHECKS_FAMILIES_H
#define DBDOC_CHECKS_FAMILIES_H

#include "checks/run.h"

/* code_associations.c */
void check_belongs_to_without_fk(struct check_run *run);
void check_has_many_without_fk(struct check_run *run);

/* code_constraints.c */
void check_changeset_constraint_unknown(struct check_run *run);
void check_changeset_values_differ(struct check_run *run);
void check_unique_index_uncaught(struct check_run *run);

/* code_fields.c */
void check_column_required_unfilled(struct check_run *run);
void check_column_without_field(struct check_run *run);
void check_field_type_mismatch(struct check_run *run);
void check_field_without_column(struct check_run *run);
void check_timestamp_precision_lost(struct check_run *run);

/* code_habits.c */
void check_field_not_redacted(struct check_run *run);
void check_field_option_refused(struct check_run *run);
void check_validation_only_in_code(struct check_run *run);

/* code_queries.c */
void check_query_group_by_key(struct check_run *run);
void check_query_in_loop(struct check_run *run);
void check_query_offset(struct check_run *run);
void check_query_unbounded(struct check_run *run);

/* code_values.c */
void check_enum_labels_differ(struct check_run *run);

/* column_types.c: every rule about types, by the slug of the rule that runs */
void check_column_type(struct check_run *run);

/* columns.c */
void check_boolean_nullable(struct check_run *run);
void check_column_list_in_text(struct check_run *run);
void check_column_type_inconsistent(struct check_run *run);
void check_columns_numbered(struct check_run *run);
void check_sensitive_column(struct check_run *run);
void check_state_without_check(struct check_run *run);

/* extensions.c */
void check_extension_outdated(struct check_run *run);

/* grants.c */
void check_grant_out_of_reach(struct check_run *run);
void check_grant_to_public(struct check_run *run);
void check_owner_mixed(struct check_run *run);
void check_rls_owner_not_forced(struct check_run *run);
void check_schema_public_create(struct check_run *run);
void check_secdef_public_execute(struct check_run *run);

/* index_shapes.c */
void check_index_am_mismatch(struct check_run *run);
void check_index_boolean_only(struct check_run *run);
void check_index_every_column(struct check_run *run);
void check_index_heavy(struct check_run *run);
void check_index_key_fixed_by_predicate(struct check_run *run);
void check_index_predicate_vacuous(struct check_run *run);
void check_index_wider_than_unique(struct check_run *run);
void check_timestamp_in_middle(struct check_run *run);
void check_uuid_random_default(struct check_run *run);

/* index_values.c */
void check_brin_candidate(struct check_run *run);
void check_index_low_selectivity(struct check_run *run);
void check_index_mostly_null(struct check_run *run);

/* index_upkeep.c */
void check_expression_index_no_stats(struct check_run *run);
void check_index_bloat(struct check_run *run);

/* key_shapes.c */
void check_check_instead_of_not_null(struct check_run *run);
void check_int4_key(struct check_run *run);
void check_sequence_wider_than_column(struct check_run *run);
void check_serial_not_identity(struct check_run *run);

/* missing_indexes.c */
void check_index_missing(struct check_run *run);

/* names.c: both rules about single names, by the slug of the rule that runs */
void check_name(struct check_run *run);
void check_name_truncated(struct check_run *run);

/* queries.c */
void check_query_file_unusable(struct check_run *run);
void check_workload_file_unusable(struct check_run *run);
void check_transaction_long(struct check_run *run);
void check_transaction_read_only(struct check_run *run);
void check_writes_without_transaction(struct check_run *run);
void check_for_update_waits(struct check_run *run);
void check_function_on_column(struct check_run *run);
void check_like_leading_wildcard(struct check_run *run);
void check_not_in_subquery(struct check_run *run);
void check_offset_pagination(struct check_run *run);
void check_order_by_random(struct check_run *run);
void check_partition_key_missing(struct check_run *run);
void check_select_star(struct check_run *run);
void check_n_plus_one(struct check_run *run);
void check_n_plus_one_write(struct check_run *run);
void check_query_repeated_same_key(struct check_run *run);

/* relations.c */
void check_fk_cross_schema(struct check_run *run);
void check_fk_cycle(struct check_run *run);
void check_fk_missing_suspected(struct check_run *run);
void check_fk_overlap(struct check_run *run);
void check_fk_self_no_action(struct check_run *run);

/* storage.c */
void check_autovacuum_disabled(struct check_run *run);
void check_autovacuum_large_defaults(struct check_run *run);
void check_large_unpartitioned(struct check_run *run);
void check_partition_default_present(struct check_run *run);
void check_partition_widens_key(struct check_run *run);
void check_table_all_nullable(struct check_run *run);
void check_table_few_columns(struct check_run *run);
void check_rule_used(struct check_run *run);
void check_table_inheritance(struct check_run *run);
void check_table_isolated(struct check_run *run);
void check_table_seqscan_heavy(struct check_run *run);
void check_table_unlogged(struct check_run *run);
void check_table_wide(struct check_run *run);

/* claims.c */
void check_note_contradicts(struct check_run *run);

/* decisions.c */
void check_decision_circle(struct check_run *run);

/* freshness.c */
void check_note_review_due(struct check_run *run);
void check_note_stale(struct check_run *run);

/* limits.c */
void check_connections_exceeded(struct check_run *run);
void check_coverage_below(struct check_run *run);

/* foreign_keys.c */
void check_fk_without_index(struct check_run *run);
void check_fk_partial_index(struct check_run *run);

/* foreign_key_pairs.c */
void check_fk_duplicate(struct check_run *run);
void check_fk_set_null_on_not_null(struct check_run *run);
void check_fk_type_mismatch(struct check_run *run);

/* indexes.c */
void check_index_duplicate(struct check_run *run);
void check_index_duplicate_of_unique(struct check_run *run);
void check_index_invalid(struct check_run *run);
void check_index_prefix_redundant(struct check_run *run);

/* migration_comments.c */
void check_comment_contradicts_index(struct check_run *run);

/* migration_history.c */
void check_migration_changed(struct check_run *run);
void check_migration_file_missing(struct check_run *run);
void check_migration_pending(struct check_run *run);
void check_version_out_of_order(struct check_run *run);

/* migration_remarks.c */
void check_ecto_option_ignored(struct check_run *run);
void check_migration_not_as_written(struct check_run *run);

/* migration_runs.c */
void check_migration_fails(struct check_run *run);

/* migration_transactions.c */
void check_alter_table_repeated(struct check_run *run);
void check_backfill_unbatched(struct check_run *run);
void check_data_change_in_migration(struct check_run *run);
void check_half_applied(struct check_run *run);
void check_lock_held_over_work(struct check_run *run);
void check_concurrently_under_lock(struct check_run *run);
void check_lock_timeout_missing(struct check_run *run);
void check_locks_on_several_tables(struct check_run *run);
void check_transaction_in_migration(struct check_run *run);

/* plan_regressions.c */
void check_plan_regression(struct check_run *run);
void check_query_breaks(struct check_run *run);

/* primary_keys.c */
void check_table_no_pk(struct check_run *run);

/* tables.c */
void check_constraint_not_valid(struct check_run *run);
void check_default_string_null(struct check_run *run);
void check_trigger_disabled(struct check_run *run);

/* risks.c: every rule of its catalogue, by the slug of the rule that runs */
void check_risk(struct check_run *run);

/* tastes.c */
void check_pk_composite(struct check_run *run);
void check_pk_natural(struct check_run *run);
void check_pk_not_first(struct check_run *run);
void check_schema_env_named(struct check_run *run);
void check_type_enum(struct check_run *run);

/* upkeep.c */
void check_dead_rows(struct check_run *run);
void check_freeze_age(struct check_run *run);
void check_stats_stale(struct check_run *run);

/* usage.c */
void check_index_unused(struct check_run *run);
void check_table_unused(struct check_run *run);

/* uniqueness.c */
void check_unique_nullable(struct check_run *run);

/* schema_drift.c */
void check_schema_drift(struct check_run *run);

/* rollbacks.c */
void check_rollback_data_dependent(struct check_run *run);
void check_rollback_destroys_data(struct check_run *run);
void check_rollback_heavier_than_up(struct check_run *run);
void check_rollback_irreversible(struct check_run *run);
void check_rollback_lossy(struct check_run *run);
void check_rollback_unproved(struct check_run *run);

/* security.c */
void check_rls_enabled_no_policy(struct check_run *run);
void check_rls_multiple_permissive(struct check_run *run);
void check_rls_per_row_function(struct check_run *run);
void check_rls_policy_always_true(struct check_run *run);
void check_rls_policy_but_disabled(struct check_run *run);
void check_view_not_security_invoker(struct check_run *run);
void check_secdef_no_search_path(struct check_run *run);

/* sequences.c */
void check_sequence_exhaustion(struct check_run *run);

/* writing.c */
void check_index_without_reason(struct check_run *run);
void check_link_broken(struct check_run *run);
void check_note_unusable(struct check_run *run);
void check_note_without_object(struct check_run *run);
void check_table_without_words(struct check_run *run);

/* replication.c */
void check_replica_identity_missing(struct check_run *run);

#endif
