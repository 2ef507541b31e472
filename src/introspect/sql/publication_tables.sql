-- Tables that are published by name; parent is the publication.
SELECT p.prpubid AS parent,
       pg_catalog.format('%I.%I', n.nspname, t.relname) AS name,
       ARRAY[n.nspname, t.relname] AS "table"
       , ARRAY(SELECT a.attname FROM pg_catalog.pg_attribute a WHERE a.attrelid = t.oid AND a.attnum = ANY (p.prattrs) ORDER BY a.attnum) AS columns -- since 15
       , pg_catalog.pg_get_expr(p.prqual, p.prrelid) AS row_filter -- since 15
  FROM pg_catalog.pg_publication_rel p
  JOIN pg_catalog.pg_class t ON t.oid = p.prrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
 ORDER BY p.prpubid, n.nspname, t.relname;
