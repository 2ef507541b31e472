-- Index keys; parent is the index. INCLUDE columns are not keys.
SELECT i.indexrelid AS parent,
       k.place AS position,
       t.attname AS column,
       CASE WHEN i.indkey[k.place - 1] = 0 THEN pg_catalog.pg_get_indexdef(i.indexrelid, k.place, false) END AS expression,
       CASE WHEN opn.nspname = 'pg_catalog' THEN op.opcname
            ELSE pg_catalog.quote_ident(opn.nspname) || '.' || pg_catalog.quote_ident(op.opcname) END AS operator_class,
       op.opcdefault AS default_operator_class,
       CASE WHEN ln.nspname = 'pg_catalog' THEN l.collname
            ELSE pg_catalog.quote_ident(ln.nspname) || '.' || pg_catalog.quote_ident(l.collname) END AS collation,
       i.indcollation[k.place - 1] = coalesce(t.attcollation, y.typcollation) AS default_collation,
       i.indoption[k.place - 1] & 1 = 1 AS descending,
       i.indoption[k.place - 1] & 2 = 2 AS nulls_first
  FROM pg_catalog.pg_index i
  JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = x.relnamespace
 CROSS JOIN LATERAL pg_catalog.generate_series(1, i.indnkeyatts) AS k(place)
  JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indexrelid AND a.attnum = k.place
  JOIN pg_catalog.pg_type y ON y.oid = a.atttypid
  JOIN pg_catalog.pg_opclass op ON op.oid = i.indclass[k.place - 1]
  JOIN pg_catalog.pg_namespace opn ON opn.oid = op.opcnamespace
  LEFT JOIN pg_catalog.pg_attribute t ON t.attrelid = i.indrelid AND t.attnum = i.indkey[k.place - 1] AND t.attnum <> 0
  LEFT JOIN pg_catalog.pg_collation l ON l.oid = i.indcollation[k.place - 1]
  LEFT JOIN pg_catalog.pg_namespace ln ON ln.oid = l.collnamespace
 WHERE n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
 ORDER BY i.indexrelid, k.place;
