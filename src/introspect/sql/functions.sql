-- Functions, procedures, window functions and aggregates. pg_get_functiondef knows no aggregates:
-- their definition is put together from pg_aggregate.
SELECT n.nspname AS schema,
       p.proname AS name,
       pg_catalog.oidvectortypes(p.proargtypes) AS argument_types,
       CASE p.prokind WHEN 'f' THEN 'function' WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' WHEN 'w' THEN 'window' END AS kind,
       pg_catalog.pg_get_function_arguments(p.oid) AS arguments,
       pg_catalog.pg_get_function_result(p.oid) AS result,
       l.lanname AS language,
       CASE p.provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' WHEN 'v' THEN 'volatile' END AS volatility,
       p.proisstrict AS strict,
       p.prosecdef AS security_definer,
       p.proleakproof AS leakproof,
       CASE p.proparallel WHEN 's' THEN 'safe' WHEN 'r' THEN 'restricted' WHEN 'u' THEN 'unsafe' END AS parallel,
       p.proconfig AS settings,
       p.prosqlbody IS NOT NULL AS sql_body, -- since 14
       (SELECT pg_catalog.array_agg(DISTINCT ARRAY[un.nspname, u.relname, ua.attname])
          FROM pg_catalog.pg_depend d
          JOIN pg_catalog.pg_class u ON u.oid = d.refobjid AND u.relkind IN ('r', 'p', 'f', 'v', 'm')
          JOIN pg_catalog.pg_namespace un ON un.oid = u.relnamespace AND un.nspname !~ '^pg_'
          JOIN pg_catalog.pg_attribute ua ON ua.attrelid = u.oid AND ua.attnum = d.refobjsubid AND ua.attnum > 0
         WHERE d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
           AND d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND d.objid = p.oid) AS uses,
       (SELECT pg_catalog.array_agg(DISTINCT ARRAY[rn.nspname, r.relname])
          FROM pg_catalog.pg_depend d
          JOIN pg_catalog.pg_class r ON r.oid = d.refobjid AND r.relkind IN ('r', 'p', 'f', 'v', 'm')
          JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace
         WHERE d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND d.objid = p.oid
           AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass) AS reads,
       CASE WHEN p.prokind <> 'a' THEN pg_catalog.pg_get_functiondef(p.oid)
            ELSE pg_catalog.format(E'CREATE AGGREGATE %I.%I(%s) (\n    SFUNC = %s,\n    STYPE = %s%s\n)',
                   n.nspname, p.proname,
                   CASE WHEN p.pronargs = 0 THEN '*' ELSE pg_catalog.pg_get_function_arguments(p.oid) END,
                   g.aggtransfn, pg_catalog.format_type(g.aggtranstype, NULL),
                   pg_catalog.concat(
                     E',\n    SSPACE = ' || nullif(g.aggtransspace, 0),
                     E',\n    FINALFUNC = ' || nullif(g.aggfinalfn::pg_catalog.text, '-'),
                     CASE WHEN g.aggfinalextra THEN E',\n    FINALFUNC_EXTRA' END,
                     E',\n    FINALFUNC_MODIFY = ' || CASE g.aggfinalmodify WHEN CASE WHEN g.aggkind = 'n' THEN 'r' ELSE 'w' END THEN NULL
                                                     WHEN 'r' THEN 'READ_ONLY' WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END,
                     E',\n    COMBINEFUNC = ' || nullif(g.aggcombinefn::pg_catalog.text, '-'),
                     E',\n    SERIALFUNC = ' || nullif(g.aggserialfn::pg_catalog.text, '-'),
                     E',\n    DESERIALFUNC = ' || nullif(g.aggdeserialfn::pg_catalog.text, '-'),
                     E',\n    INITCOND = ' || pg_catalog.quote_literal(g.agginitval),
                     CASE WHEN g.aggmtransfn <> 0 THEN
                       pg_catalog.concat(
                         E',\n    MSFUNC = ', g.aggmtransfn,
                         E',\n    MINVFUNC = ', g.aggminvtransfn,
                         E',\n    MSTYPE = ', pg_catalog.format_type(g.aggmtranstype, NULL),
                         E',\n    MSSPACE = ' || nullif(g.aggmtransspace, 0),
                         E',\n    MFINALFUNC = ' || nullif(g.aggmfinalfn::pg_catalog.text, '-'),
                         CASE WHEN g.aggmfinalextra THEN E',\n    MFINALFUNC_EXTRA' END,
                         E',\n    MFINALFUNC_MODIFY = ' || CASE g.aggmfinalmodify WHEN CASE WHEN g.aggkind = 'n' THEN 'r' ELSE 'w' END THEN NULL
                                                          WHEN 'r' THEN 'READ_ONLY' WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END,
                         E',\n    MINITCOND = ' || pg_catalog.quote_literal(g.aggminitval))
                     END,
                     (SELECT pg_catalog.format(E',\n    SORTOP = OPERATOR(%I.%s)', opn.nspname, op.oprname)
                        FROM pg_catalog.pg_operator op JOIN pg_catalog.pg_namespace opn ON opn.oid = op.oprnamespace
                       WHERE op.oid = g.aggsortop),
                     CASE p.proparallel WHEN 's' THEN E',\n    PARALLEL = SAFE' WHEN 'r' THEN E',\n    PARALLEL = RESTRICTED' END,
                     CASE WHEN g.aggkind = 'h' THEN E',\n    HYPOTHETICAL' END))
       END AS definition,
       pg_catalog.pg_get_userbyid(p.proowner) AS owner,
       coalesce(p.proacl, pg_catalog.acldefault('f', p.proowner)) AS grants,
       c.description AS comment
  FROM pg_catalog.pg_proc p
  JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
  JOIN pg_catalog.pg_language l ON l.oid = p.prolang
  LEFT JOIN pg_catalog.pg_aggregate g ON g.aggfnoid = p.oid
  LEFT JOIN pg_catalog.pg_description c
    ON c.objoid = p.oid AND c.classoid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND c.objsubid = 0
 WHERE n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass
                      AND e.objid = p.oid AND e.deptype IN ('e', 'i'))
 ORDER BY n.nspname, p.proname, pg_catalog.oidvectortypes(p.proargtypes) COLLATE "C";
