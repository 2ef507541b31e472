-- Operators; a prefix operator has no left argument.
SELECT n.nspname AS schema,
       o.oprname AS name,
       pg_catalog.concat_ws(', ', CASE WHEN o.oprleft <> 0 THEN pg_catalog.format_type(o.oprleft, NULL) END,
                                  CASE WHEN o.oprright <> 0 THEN pg_catalog.format_type(o.oprright, NULL) END) AS argument_types,
       CASE WHEN o.oprresult <> 0 THEN pg_catalog.format_type(o.oprresult, NULL) END AS result,
       CASE WHEN o.oprcode <> 0 THEN o.oprcode::pg_catalog.text END AS function,
       CASE WHEN o.oprcom <> 0 THEN o.oprcom::pg_catalog.regoperator::pg_catalog.text END AS commutator,
       CASE WHEN o.oprnegate <> 0 THEN o.oprnegate::pg_catalog.regoperator::pg_catalog.text END AS negator,
       CASE WHEN o.oprrest <> 0 THEN o.oprrest::pg_catalog.text END AS restriction,
       CASE WHEN o.oprjoin <> 0 THEN o.oprjoin::pg_catalog.text END AS join_estimator,
       o.oprcanhash AS hashes,
       o.oprcanmerge AS merges,
       c.description AS comment,
       pg_catalog.pg_get_userbyid(o.oprowner) AS owner
  FROM pg_catalog.pg_operator o
  JOIN pg_catalog.pg_namespace n ON n.oid = o.oprnamespace
  LEFT JOIN pg_catalog.pg_description c
    ON c.objoid = o.oid AND c.classoid = 'pg_catalog.pg_operator'::pg_catalog.regclass AND c.objsubid = 0
 WHERE o.oid >= 16384
   AND n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_operator'::pg_catalog.regclass
                      AND e.objid = o.oid AND e.deptype = 'e')
 ORDER BY n.nspname, o.oprname, argument_types;
