-- What the planner knows about the tables of a database, as one JSON document. Reads pg_class, pg_stats and a few
-- settings, and no row of a table.
--
-- dbdoc.values says of which columns the lists of values (most_common_vals, histogram_bounds, most_common_elems)
-- are told: of none; safe: enum, boolean, date and timestamp columns whose names do not speak of people's lives; all.
WITH relations AS (
  SELECT c.oid, n.nspname, c.relname, c.reltuples, c.relpages, c.relallvisible
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
   WHERE c.relkind IN ('r', 'p', 'm', 'i', 'I') AND c.relpersistence <> 't'
     AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
     AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                      WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.deptype = 'e'
                        AND d.objid IN (c.oid, (SELECT i.indrelid FROM pg_catalog.pg_index i WHERE i.indexrelid = c.oid)))
),
lines AS (
  SELECT s.schemaname, s.tablename, s.attname, s.inherited,
         pg_catalog.concat_ws(', ',
           '{"name": ' || pg_catalog.to_json(s.attname),
           '"inherited": ' || s.inherited,
           '"null_fraction": ' || s.null_frac,
           '"width": ' || s.avg_width,
           '"distinct": ' || s.n_distinct,
           '"correlation": ' || s.correlation,
           CASE WHEN told.told THEN
             pg_catalog.concat_ws(', ',
               '"values": ' || pg_catalog.to_json(s.most_common_vals::text),
               '"frequencies": ' || pg_catalog.to_json(s.most_common_freqs::text),
               '"histogram": ' || pg_catalog.to_json(s.histogram_bounds::text),
               '"elements": ' || pg_catalog.to_json(s.most_common_elems::text),
               '"element_frequencies": ' || pg_catalog.to_json(s.most_common_elem_freqs::text),
               '"element_counts": ' || pg_catalog.to_json(s.elem_count_histogram::text))
           END) || '}' AS line
    FROM pg_catalog.pg_stats s
    JOIN relations r ON r.nspname = s.schemaname AND r.relname = s.tablename
    JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attname = s.attname
    JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
   CROSS JOIN LATERAL (
         SELECT CASE pg_catalog.current_setting('dbdoc.values', true)
                  WHEN 'all' THEN true
                  WHEN 'safe' THEN (t.typtype = 'e' OR t.typnamespace = 'pg_catalog'::pg_catalog.regnamespace
                                    AND t.typname IN ('bool', 'date', 'timestamp', 'timestamptz'))
                                   AND a.attname !~* 'birth|born|dob|death|died'
                  ELSE false
                END) told (told)
)
SELECT '{"dbdoc": "statistics",' || E'\n"format": 1,\n"values": '
       || pg_catalog.to_json(coalesce(nullif(pg_catalog.current_setting('dbdoc.values', true), ''), 'none'))
       || E',\n"server": ' || pg_catalog.to_json(pg_catalog.split_part(pg_catalog.current_setting('server_version'), ' ', 1))
       || E',\n"date": ' || pg_catalog.to_json(pg_catalog.to_char(pg_catalog.now() AT TIME ZONE 'UTC', 'YYYY-MM-DD'))
       || E',\n"settings": {'
       || coalesce((SELECT pg_catalog.string_agg(pg_catalog.to_json(s.name) || ': '
                                                 || pg_catalog.to_json(pg_catalog.current_setting(s.name)), ', '
                                                 ORDER BY s.name COLLATE "C")
                      FROM pg_catalog.pg_settings s
                     WHERE s.name = ANY (ARRAY[
                           'cpu_index_tuple_cost', 'cpu_operator_cost', 'cpu_tuple_cost', 'effective_cache_size',
                           'from_collapse_limit', 'geqo', 'geqo_threshold', 'hash_mem_multiplier', 'jit',
                           'jit_above_cost', 'join_collapse_limit', 'max_parallel_workers_per_gather',
                           'min_parallel_index_scan_size', 'min_parallel_table_scan_size', 'parallel_setup_cost',
                           'parallel_tuple_cost', 'random_page_cost', 'seq_page_cost', 'work_mem'])), '')
       || E'},\n"relations": ['
       || coalesce((SELECT pg_catalog.string_agg(
                             E'\n' || '{"schema": ' || pg_catalog.to_json(r.nspname) || ', "name": ' || pg_catalog.to_json(r.relname)
                             || ', "rows": ' || r.reltuples || ', "pages": ' || r.relpages || ', "all_visible": ' || r.relallvisible
                             || ', "columns": ['
                             || coalesce((SELECT pg_catalog.string_agg(E'\n ' || l.line, ','
                                                                       ORDER BY l.attname COLLATE "C", l.inherited)
                                            FROM lines l WHERE l.schemaname = r.nspname AND l.tablename = r.relname), '')
                             || ']}', ',' ORDER BY r.nspname COLLATE "C", r.relname COLLATE "C")
                      FROM relations r), '')
       || E'\n]}' AS document;
