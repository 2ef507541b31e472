-- Tables, materialized views and columns by what stays when they are renamed. An identity that is gone was
-- dropped, and its rows or values with it. Fork and original have the same ones.
SELECT c.oid::pg_catalog.text || '.' || coalesce(a.attnum, 0) AS identity,
       CASE WHEN a.attnum IS NOT NULL THEN 'column' WHEN c.relkind = 'm' THEN 'materialized view' ELSE 'table' END AS word,
       pg_catalog.format('%I.%I', n.nspname, c.relname)
         || coalesce('.' || pg_catalog.quote_ident(a.attname), '') AS path,
       (c.relkind = 'm' OR coalesce(a.attgenerated, '') <> '')::pg_catalog.text AS derived
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN LATERAL (SELECT NULL::pg_catalog.int2 AS attnum, NULL::pg_catalog.name AS attname,
                            NULL::pg_catalog."char" AS attgenerated
                     UNION ALL
                     SELECT t.attnum, t.attname, t.attgenerated FROM pg_catalog.pg_attribute t
                      WHERE t.attrelid = c.oid AND t.attnum > 0 AND NOT t.attisdropped AND c.relkind <> 'm') a ON true
 WHERE c.relkind IN ('r', 'p', 'm') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
 ORDER BY c.oid, a.attnum NULLS FIRST;
