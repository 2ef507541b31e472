-- Attributes of composite types; parent is the type's pg_class row.
SELECT a.attrelid AS parent,
       a.attname AS name,
       pg_catalog.row_number() OVER (PARTITION BY a.attrelid ORDER BY a.attnum) AS position,
       pg_catalog.format_type(a.atttypid, a.atttypmod) AS type,
       CASE WHEN en.nspname !~ '^pg_' AND en.nspname <> 'information_schema' THEN ARRAY[en.nspname, et.typname]
            WHEN tn.nspname !~ '^pg_' AND tn.nspname <> 'information_schema' THEN ARRAY[tn.nspname, y.typname] END AS type_object,
       CASE WHEN a.attcollation = y.typcollation THEN NULL
            WHEN ln.nspname = 'pg_catalog' THEN l.collname
            ELSE pg_catalog.quote_ident(ln.nspname) || '.' || pg_catalog.quote_ident(l.collname) END AS collation,
       c.description AS comment
  FROM pg_catalog.pg_attribute a
  JOIN pg_catalog.pg_class t ON t.oid = a.attrelid AND t.relkind = 'c'
  JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
  JOIN pg_catalog.pg_type y ON y.oid = a.atttypid
  JOIN pg_catalog.pg_namespace tn ON tn.oid = y.typnamespace
  LEFT JOIN pg_catalog.pg_type et ON et.oid = y.typelem AND y.typcategory = 'A'
  LEFT JOIN pg_catalog.pg_namespace en ON en.oid = et.typnamespace
  LEFT JOIN pg_catalog.pg_collation l ON l.oid = a.attcollation
  LEFT JOIN pg_catalog.pg_namespace ln ON ln.oid = l.collnamespace
  LEFT JOIN pg_catalog.pg_description c
    ON c.objoid = a.attrelid AND c.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass AND c.objsubid = a.attnum
 WHERE a.attnum > 0
   AND NOT a.attisdropped
   AND n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
 ORDER BY a.attrelid, a.attnum;
