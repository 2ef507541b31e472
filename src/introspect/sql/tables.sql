-- Tables: ordinary, partitioned and foreign ones, and partitions.
SELECT t.oid,
       n.nspname AS schema,
       t.relname AS name,
       CASE t.relkind WHEN 'r' THEN 'ordinary' WHEN 'p' THEN 'partitioned' WHEN 'f' THEN 'foreign' END AS kind,
       t.relpersistence = 'u' AS unlogged,
       CASE WHEN m.amname <> 'heap' THEN m.amname END AS access_method,
       CASE WHEN f.oid IS NOT NULL THEN ARRAY[fn.nspname, f.typname] END AS of_type,
       v.srvname AS server,
       ARRAY(SELECT pg_catalog.split_part(o.option, '=', 1) FROM pg_catalog.unnest(r.ftoptions) o(option) ORDER BY 1) AS foreign_options,
       s.spcname AS tablespace,
       CASE WHEN t.relkind = 'p' THEN pg_catalog.pg_get_partkeydef(t.oid) END AS partition_key,
       CASE WHEN t.relispartition THEN
         (SELECT ARRAY[pn.nspname, p.relname]
            FROM pg_catalog.pg_inherits i
            JOIN pg_catalog.pg_class p ON p.oid = i.inhparent
            JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace
           WHERE i.inhrelid = t.oid)
       END AS partition_of,
       CASE WHEN t.relispartition THEN pg_catalog.pg_get_expr(t.relpartbound, t.oid) END AS partition_bound,
       CASE WHEN NOT t.relispartition THEN
         (SELECT pg_catalog.array_agg(ARRAY[pn.nspname, p.relname] ORDER BY i.inhseqno)
            FROM pg_catalog.pg_inherits i
            JOIN pg_catalog.pg_class p ON p.oid = i.inhparent
            JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace
           WHERE i.inhrelid = t.oid)
       END AS inherits,
       t.relrowsecurity AS row_security,
       t.relforcerowsecurity AS forced_row_security,
       CASE t.relreplident WHEN 'd' THEN 'default' WHEN 'n' THEN 'nothing' WHEN 'f' THEN 'full' WHEN 'i' THEN 'index' END AS replica_identity,
       ARRAY(SELECT o.option
               FROM (SELECT pg_catalog.unnest(t.reloptions) AS option
                     UNION ALL SELECT 'toast.' || pg_catalog.unnest(w.reloptions)) o
              ORDER BY o.option COLLATE "C") AS options,
       pg_catalog.pg_get_userbyid(t.relowner) AS owner,
       coalesce(t.relacl, pg_catalog.acldefault('r', t.relowner)) AS grants,
       c.description AS comment
  FROM pg_catalog.pg_class t
  JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
  LEFT JOIN pg_catalog.pg_class w ON w.oid = t.reltoastrelid
  LEFT JOIN pg_catalog.pg_am m ON m.oid = t.relam
  LEFT JOIN pg_catalog.pg_type f ON f.oid = t.reloftype
  LEFT JOIN pg_catalog.pg_namespace fn ON fn.oid = f.typnamespace
  LEFT JOIN pg_catalog.pg_foreign_table r ON r.ftrelid = t.oid
  LEFT JOIN pg_catalog.pg_foreign_server v ON v.oid = r.ftserver
  LEFT JOIN pg_catalog.pg_tablespace s ON s.oid = t.reltablespace
  LEFT JOIN pg_catalog.pg_description c
    ON c.objoid = t.oid AND c.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass AND c.objsubid = 0
 WHERE t.relkind IN ('r', 'p', 'f')
   AND n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                      AND e.objid = t.oid AND e.deptype = 'e')
 ORDER BY n.nspname, t.relname;
