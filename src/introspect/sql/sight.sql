-- What of the server's own catalog the role may not use: one row. Relations and functions are asked for by name, since
-- to look them up takes a right, too. Names end with "()" for functions.
WITH relations AS (
  SELECT u.name,
         pg_catalog.has_any_column_privilege(pg_catalog.to_regclass('pg_catalog.' || u.name), 'SELECT') AS some,
         pg_catalog.has_table_privilege(pg_catalog.to_regclass('pg_catalog.' || u.name), 'SELECT') AS whole
    FROM pg_catalog.unnest('{pg_aggregate,pg_am,pg_amop,pg_amproc,pg_attrdef,pg_attribute,pg_auth_members,pg_cast,pg_class,
                             pg_collation,pg_constraint,pg_conversion,pg_database,pg_db_role_setting,pg_default_acl,pg_depend,
                             pg_description,pg_enum,pg_event_trigger,pg_extension,pg_foreign_data_wrapper,pg_foreign_server,
                             pg_foreign_table,pg_index,pg_inherits,pg_language,pg_namespace,pg_opclass,pg_operator,pg_opfamily,
                             pg_policy,pg_proc,pg_publication,pg_publication_namespace,pg_publication_rel,pg_range,pg_rewrite,
                             pg_roles,pg_sequence,pg_settings,pg_shdepend,pg_shdescription,pg_stats,pg_statistic_ext,pg_subscription,pg_tablespace,
                             pg_transform,pg_trigger,pg_ts_config,pg_ts_config_map,pg_ts_dict,pg_ts_parser,pg_ts_template,
                             pg_type}'::pg_catalog.text[]) u(name)
), functions AS (
  SELECT pg_catalog.split_part(u.signature, '(', 1) || '()' AS name,
         pg_catalog.has_function_privilege(pg_catalog.to_regprocedure('pg_catalog.' || u.signature), 'EXECUTE') AS whole
    FROM pg_catalog.unnest(ARRAY['acldefault("char",oid)', 'age(xid)', 'format_type(oid,int4)', 'mxid_age(xid)',
                                 'oidvectortypes(oidvector)', 'pg_available_extensions()', 'pg_encoding_to_char(int4)',
                                 'pg_extension_update_paths(name)', 'pg_get_constraintdef(oid)',
                                 'pg_get_expr(pg_node_tree,oid)', 'pg_get_function_arguments(oid)', 'pg_get_function_result(oid)',
                                 'pg_get_functiondef(oid)', 'pg_get_indexdef(oid)', 'pg_get_indexdef(oid,int4,bool)',
                                 'pg_get_partkeydef(oid)', 'pg_get_ruledef(oid)', 'pg_get_statisticsobjdef(oid)',
                                 'pg_get_triggerdef(oid)', 'pg_get_userbyid(oid)', 'pg_get_viewdef(oid)',
                                 'pg_identify_object(oid,oid,int4)', 'pg_is_in_recovery()', 'pg_sequence_last_value(regclass)',
                                 'pg_stat_get_db_stat_reset_time(oid)', 'pg_stat_get_lastscan(oid)', 'pg_stat_get_dead_tuples(oid)',
                                 'pg_stat_get_live_tuples(oid)', 'pg_stat_get_mod_since_analyze(oid)', 'pg_stat_get_numscans(oid)',
                                 'pg_stat_get_tuples_deleted(oid)', 'pg_stat_get_tuples_hot_updated(oid)',
                                 'pg_stat_get_tuples_inserted(oid)', 'pg_stat_get_tuples_updated(oid)', 'pg_table_size(regclass)',
                                 'pg_total_relation_size(regclass)', 'row_security_active(oid)', 'ts_token_type(oid)']) u(signature)
)
SELECT ARRAY(SELECT r.name FROM relations r WHERE NOT r.some
              UNION ALL SELECT f.name FROM functions f WHERE NOT f.whole) AS hidden,
       ARRAY(SELECT r.name FROM relations r WHERE r.some AND NOT r.whole) AS partly;
