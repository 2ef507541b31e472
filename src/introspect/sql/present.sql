-- Which of the catalogs that most databases leave empty hold anything: the others are not read. Objects that people
-- make are numbered from 16384.
SELECT pg_catalog.array_remove(ARRAY[
         CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_rewrite WHERE rulename <> '_RETURN' AND oid >= 16384) THEN 'rewrite_rules' END,
         CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_statistic_ext WHERE oid >= 16384) THEN 'statistics' END,
         CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_event_trigger WHERE oid >= 16384) THEN 'event_triggers' END,
         CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_publication WHERE oid >= 16384) THEN 'publications' END,
         CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_publication_rel WHERE oid >= 16384) THEN 'publication_tables' END,
         CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_subscription WHERE subdbid <> 0) THEN 'subscriptions' END,
         CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_foreign_data_wrapper WHERE oid >= 16384) THEN 'foreign_data_wrappers' END,
         CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_foreign_server WHERE oid >= 16384) THEN 'foreign_servers' END,
         CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_operator WHERE oid >= 16384) THEN 'operators' END,
         CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_opclass WHERE oid >= 16384) THEN 'operator_classes' END,
         CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_opfamily WHERE oid >= 16384) THEN 'operator_families' END,
         CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_cast WHERE oid >= 16384) THEN 'casts' END,
         CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_conversion WHERE oid >= 16384) THEN 'conversions' END,
         CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_collation WHERE oid >= 16384) THEN 'collations' END,
         CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_ts_config WHERE oid >= 16384) THEN 'text_search_configurations' END,
         CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_ts_dict WHERE oid >= 16384) THEN 'text_search_dictionaries' END,
         CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_ts_parser WHERE oid >= 16384) THEN 'text_search_parsers' END,
         CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_ts_template WHERE oid >= 16384) THEN 'text_search_templates' END,
         CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_language WHERE oid >= 16384) THEN 'languages' END,
         CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_transform WHERE oid >= 16384) THEN 'transforms' END,
         CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_am WHERE oid >= 16384) THEN 'access_methods' END,
         CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_tablespace WHERE oid >= 16384) THEN 'tablespaces' END
       ], NULL) AS present;
