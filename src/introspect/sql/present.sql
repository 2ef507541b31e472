-- Which of the catalogs that most databases leave empty hold anything: the others are not read. Objects that people
-- make are numbered from 16384.
SELECT pg_catalog.array_remove(ARRAY[
         CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_rewrite WHERE rulename <> '_RETURN' AND oid >= 16384) THEN 'rewrite_rules' END,
         CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_statistic_ext WHERE oid >= 16384) THEN 'statistics' END,
         CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_event_trigger WHERE oid >= 16384) THEN 'event_triggers' END,
         CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_publication WHERE oid >= 16384) THEN 'publications' END,
         CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_publication_rel WHERE oid >= 16384) THEN 'publication_tables' END,
         CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_subscription WHERE subdbid <> 0) THEN 'subscriptions' END
       ], NULL) AS present;
