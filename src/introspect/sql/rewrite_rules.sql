-- Rules of tables and views but the one that makes a view; parent is the relation.
SELECT w.ev_class AS parent,
       w.rulename AS name,
       CASE w.ev_type WHEN '1' THEN 'SELECT' WHEN '2' THEN 'UPDATE' WHEN '3' THEN 'INSERT' WHEN '4' THEN 'DELETE' END AS event,
       w.is_instead AS instead,
       CASE w.ev_enabled WHEN 'O' THEN 'origin' WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' END AS enabled,
       pg_catalog.pg_get_ruledef(w.oid) AS definition,
       c.description AS comment
  FROM pg_catalog.pg_rewrite w
  JOIN pg_catalog.pg_class t ON t.oid = w.ev_class
  JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
  LEFT JOIN pg_catalog.pg_description c
    ON c.objoid = w.oid AND c.classoid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND c.objsubid = 0
 WHERE w.rulename <> '_RETURN'
   AND n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
                      AND e.objid = w.oid AND e.deptype = 'e')
 ORDER BY w.ev_class, w.rulename;
