-- Publications; their tables are in publication_tables.sql.
SELECT p.oid,
       p.pubname AS name,
       p.puballtables AS all_tables,
       ARRAY(SELECT n.nspname FROM pg_catalog.pg_publication_namespace s JOIN pg_catalog.pg_namespace n ON n.oid = s.pnnspid WHERE s.pnpubid = p.oid ORDER BY n.nspname COLLATE "C") AS schemas, -- since 15
       pg_catalog.array_remove(ARRAY[CASE WHEN p.pubinsert THEN 'insert' END,
                                     CASE WHEN p.pubupdate THEN 'update' END,
                                     CASE WHEN p.pubdelete THEN 'delete' END,
                                     CASE WHEN p.pubtruncate THEN 'truncate' END], NULL) AS operations,
       p.pubviaroot AS via_root,
       p.pubgencols = 's' AS generated_columns, -- since 18
       c.description AS comment,
       pg_catalog.pg_get_userbyid(p.pubowner) AS owner
  FROM pg_catalog.pg_publication p
  LEFT JOIN pg_catalog.pg_description c
    ON c.objoid = p.oid AND c.classoid = 'pg_catalog.pg_publication'::pg_catalog.regclass AND c.objsubid = 0
 WHERE p.oid >= 16384
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_publication'::pg_catalog.regclass
                      AND e.objid = p.oid AND e.deptype = 'e')
 ORDER BY p.pubname;
