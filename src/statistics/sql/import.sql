-- What the planner of the throw-away PostgreSQL is told about the rows of tables elsewhere. The login may call it, for
-- it only ever sees its own throw-away database. Lists of values are read only into columns of PostgreSQL's own types
-- and enums: no function of foreign SQL runs here.

-- What the document of statistics says of each relation that is here; of a partition of which it says nothing, what
-- its share is of the table that it is a part of. Pages are -1 where the document does not tell them.
CREATE OR REPLACE FUNCTION pg_catalog.dbdoc_statistics_of(document jsonb)
RETURNS TABLE (relation oid, kind "char", tuples float8, pages float8, visible float8, columns jsonb)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS
$function$
  WITH told AS MATERIALIZED (
    SELECT c.oid, c.relkind, d.rows, d.pages, d.all_visible, d.columns
      FROM jsonb_to_recordset(document -> 'relations')
             AS d (schema text, name text, rows float8, pages float8, all_visible float8, columns jsonb)
      JOIN pg_namespace n ON n.nspname = d.schema AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = d.name AND c.relkind IN ('r', 'm', 'p', 'i')
     WHERE d.rows >= 0
  ),
  parts AS (
    SELECT l.relid::oid AS oid, t.rows / count(*) OVER (PARTITION BY t.oid) AS rows, t.columns
      FROM told t
     CROSS JOIN LATERAL pg_partition_tree(t.oid) l
     WHERE t.relkind = 'p' AND l.isleaf AND l.relid <> t.oid
  )
  SELECT t.oid, t.relkind, t.rows, coalesce(t.pages, -1), t.all_visible, coalesce(t.columns, '[]') FROM told t
  UNION ALL
  SELECT DISTINCT ON (p.oid) p.oid, 'r'::"char", p.rows, -1, NULL, coalesce(p.columns, '[]')
    FROM parts p WHERE NOT EXISTS (SELECT FROM told t WHERE t.oid = p.oid)
$function$;

-- Bytes that a value of the column takes: as the document says, else as its type has it.
CREATE OR REPLACE FUNCTION pg_catalog.dbdoc_statistics_width(relation oid, place int, columns jsonb) RETURNS float8
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS
$function$
  SELECT coalesce((SELECT (e ->> 'width')::float8 FROM jsonb_array_elements(columns) e
                    WHERE e ->> 'name' = a.attname LIMIT 1),
                  CASE WHEN a.attlen > 0 THEN a.attlen
                       WHEN t.typname IN ('varchar', 'bpchar') AND a.atttypmod > 4 THEN least(a.atttypmod - 4, 32)
                       ELSE 32 END)
    FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
   WHERE a.attrelid = relation AND a.attnum = place
$function$;

-- Pages of a relation of which only the rows are known: tuples with their headers, aligned to 8 bytes, nine tenths of
-- a page full in an index.
CREATE OR REPLACE FUNCTION pg_catalog.dbdoc_statistics_pages(relation oid, tuples float8, columns jsonb) RETURNS float8
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS
$function$
  SELECT CASE WHEN m.amname = 'brin' THEN 4
              WHEN i.indexrelid IS NOT NULL
              THEN 1 + ceil(tuples * (12 + 8 * ceil(w.width / 8)) / (current_setting('block_size')::int * 0.9))
              ELSE ceil(tuples * (28 + 8 * ceil(w.width / 8)) / (current_setting('block_size')::int - 24)) END
    FROM pg_class c
    LEFT JOIN pg_index i ON i.indexrelid = c.oid
    LEFT JOIN pg_am m ON m.oid = c.relam
   CROSS JOIN LATERAL (
         SELECT coalesce(sum(CASE WHEN i.indexrelid IS NOT NULL AND i.indkey[a.attnum - 1] <> 0
                                  THEN dbdoc_statistics_width(i.indrelid, i.indkey[a.attnum - 1], columns)
                                  ELSE dbdoc_statistics_width(c.oid, a.attnum, columns) END), 8) AS width
           FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) w
   WHERE c.oid = relation
$function$;

-- The type that a domain is made of.
CREATE OR REPLACE FUNCTION pg_catalog.dbdoc_statistics_type(type oid) RETURNS oid
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS
$function$
  WITH RECURSIVE up AS (
    SELECT t.oid, t.typbasetype, t.typtype FROM pg_type t WHERE t.oid = type
    UNION ALL
    SELECT t.oid, t.typbasetype, t.typtype FROM up JOIN pg_type t ON t.oid = up.typbasetype WHERE up.typtype = 'd'
  )
  SELECT up.oid FROM up WHERE up.typtype <> 'd'
$function$;

-- The operator of that number (3: equal, 1: less) in the default btree operator class of the type; 0: it has none.
CREATE OR REPLACE FUNCTION pg_catalog.dbdoc_statistics_operator(type oid, strategy int) RETURNS oid
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS
$function$
  SELECT coalesce((SELECT p.amopopr
                     FROM pg_type t
                     JOIN pg_opclass o ON o.opcmethod = 403 AND o.opcdefault
                      AND o.opcintype IN (t.oid, CASE WHEN t.typtype = 'e' THEN 'anyenum'::regtype
                                                      WHEN t.typtype = 'r' THEN 'anyrange'::regtype
                                                      WHEN t.typname = 'varchar' THEN 'text'::regtype
                                                      WHEN t.typcategory = 'A' THEN 'anyarray'::regtype END)
                     JOIN pg_amop p ON p.amopfamily = o.opcfamily AND p.amopstrategy = strategy
                      AND p.amoplefttype = o.opcintype AND p.amoprighttype = o.opcintype
                    WHERE t.oid = type ORDER BY o.opcintype = type DESC LIMIT 1), 0)
$function$;

-- Whether PostgreSQL itself reads values of the type.
CREATE OR REPLACE FUNCTION pg_catalog.dbdoc_statistics_is_plain(type oid) RETURNS bool
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS
$function$
  SELECT t.typtype = 'e' OR t.typtype = 'b' AND t.typnamespace = 'pg_catalog'::regnamespace
    FROM pg_type t WHERE t.oid = type
$function$;

-- Sizes of tables, and of their indexes: one of which nothing is said has the rows of its table.
CREATE OR REPLACE FUNCTION pg_catalog.dbdoc_statistics_sizes(document jsonb) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS
$function$
  WITH told AS MATERIALIZED (SELECT * FROM dbdoc_statistics_of(document)),
  sizes AS (
    SELECT t.relation, t.tuples,
           CASE WHEN t.kind = 'p' THEN -1
                WHEN t.pages >= 0 THEN t.pages
                ELSE dbdoc_statistics_pages(t.relation, t.tuples, t.columns) END AS pages,
           t.visible
      FROM told t WHERE t.kind IN ('r', 'm', 'p')
    UNION ALL
    SELECT i.indexrelid, coalesce(own.tuples, t.tuples),
           CASE WHEN own.pages >= 0 THEN own.pages
                ELSE dbdoc_statistics_pages(i.indexrelid, coalesce(own.tuples, t.tuples), t.columns) END,
           0
      FROM told t
      JOIN pg_index i ON i.indrelid = t.relation
      JOIN pg_class c ON c.oid = i.indexrelid AND c.relkind = 'i'
      LEFT JOIN told own ON own.relation = i.indexrelid
     WHERE t.kind IN ('r', 'm')
  )
  UPDATE pg_class c
     SET reltuples = s.tuples, relpages = s.pages,
         relallvisible = CASE WHEN s.pages < 0 THEN 0 ELSE coalesce(s.visible, s.pages) END
    FROM sizes s WHERE c.oid = s.relation AND c.oid >= 16384
$function$;

-- All that is said of columns but for lists of values.
CREATE OR REPLACE FUNCTION pg_catalog.dbdoc_statistics_columns(document jsonb) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS
$function$
  WITH told AS MATERIALIZED (SELECT * FROM dbdoc_statistics_of(document)),
  gone AS (DELETE FROM pg_statistic s USING told t WHERE s.starelid = t.relation AND t.relation >= 16384)
  INSERT INTO pg_statistic
        (starelid, staattnum, stainherit, stanullfrac, stawidth, stadistinct, stakind1, stakind2, stakind3, stakind4,
         stakind5, staop1, staop2, staop3, staop4, staop5, stacoll1, stacoll2, stacoll3, stacoll4, stacoll5, stanumbers3)
  SELECT t.relation, a.attnum, own.inherited, coalesce(e.null_fraction, 0),
         coalesce(e.width, dbdoc_statistics_width(t.relation, a.attnum, t.columns)), coalesce(e."distinct", 0),
         0, 0, CASE WHEN place.told THEN 3 ELSE 0 END, 0, 0,
         0, 0, CASE WHEN place.told THEN o.less ELSE 0 END, 0, 0,
         0, 0, CASE WHEN place.told THEN a.attcollation ELSE 0 END, 0, 0,
         CASE WHEN place.told THEN ARRAY[e.correlation]::float4[] END
    FROM told t
   CROSS JOIN LATERAL jsonb_to_recordset(t.columns)
           AS e (name text, inherited bool, null_fraction float4, width int, "distinct" float4, correlation float4)
    JOIN pg_attribute a ON a.attrelid = t.relation AND a.attname = e.name AND NOT a.attisdropped
   CROSS JOIN LATERAL (SELECT dbdoc_statistics_operator(dbdoc_statistics_type(a.atttypid), 1)) o (less)
   CROSS JOIN LATERAL (SELECT e.correlation IS NOT NULL AND o.less <> 0) place (told)
   CROSS JOIN LATERAL (SELECT CASE WHEN t.pages < 0 THEN t.kind = 'p' ELSE coalesce(e.inherited, t.kind = 'p') END) own (inherited)
   WHERE t.relation >= 16384
$function$;

-- The lists of values of one column. False: they are none of its type.
CREATE OR REPLACE FUNCTION pg_catalog.dbdoc_statistics_values(relation oid, place int, in_all bool, told jsonb) RETURNS bool
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$function$
DECLARE
  type oid;
  element oid;
  text_collation oid;
  same oid;
  less oid;
  same_element oid;
BEGIN
  SELECT t.oid, t.typelem, a.attcollation INTO type, element, text_collation
    FROM pg_attribute a JOIN pg_type t ON t.oid = dbdoc_statistics_type(a.atttypid)
   WHERE a.attrelid = relation AND a.attnum = place;
  same := dbdoc_statistics_operator(type, 3);
  less := dbdoc_statistics_operator(type, 1);
  same_element := dbdoc_statistics_operator(element, 3);
  IF same <> 0 AND dbdoc_statistics_is_plain(type) THEN
    UPDATE pg_statistic
       SET stakind1 = 1, staop1 = same, stacoll1 = text_collation, stanumbers1 = (told ->> 'frequencies')::float4[],
           stavalues1 = array_in(textout(told ->> 'values'), type, -1)
     WHERE starelid = relation AND staattnum = place AND stainherit = in_all AND told ->> 'values' IS NOT NULL;
  END IF;
  IF less <> 0 AND dbdoc_statistics_is_plain(type) THEN
    UPDATE pg_statistic
       SET stakind2 = 2, staop2 = less, stacoll2 = text_collation,
           stavalues2 = array_in(textout(told ->> 'histogram'), type, -1)
     WHERE starelid = relation AND staattnum = place AND stainherit = in_all AND told ->> 'histogram' IS NOT NULL;
  END IF;
  IF same_element <> 0 AND dbdoc_statistics_is_plain(element) THEN
    UPDATE pg_statistic
       SET stakind4 = 4, staop4 = same_element, stacoll4 = text_collation,
           stanumbers4 = (told ->> 'element_frequencies')::float4[],
           stavalues4 = array_in(textout(told ->> 'elements'), element, -1)
     WHERE starelid = relation AND staattnum = place AND stainherit = in_all AND told ->> 'elements' IS NOT NULL;
    UPDATE pg_statistic
       SET stakind5 = 5, staop5 = same_element, stacoll5 = text_collation,
           stanumbers5 = (told ->> 'element_counts')::float4[]
     WHERE starelid = relation AND staattnum = place AND stainherit = in_all AND told ->> 'element_counts' IS NOT NULL;
  END IF;
  RETURN true;
EXCEPTION WHEN data_exception OR cannot_coerce OR undefined_object THEN
  RETURN false;
END
$function$;

-- How many columns have lists of values that are none of their types: they are left out.
CREATE OR REPLACE FUNCTION pg_catalog.dbdoc_import_statistics(document jsonb) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$function$
  SELECT dbdoc_statistics_sizes(document);
  SELECT dbdoc_statistics_columns(document);
  SELECT count(*) FILTER (WHERE NOT dbdoc_statistics_values(s.starelid, s.staattnum, s.stainherit, e.told))
    FROM dbdoc_statistics_of(document) t
   CROSS JOIN LATERAL jsonb_array_elements(t.columns) e (told)
    JOIN pg_attribute a ON a.attrelid = t.relation AND a.attname = e.told ->> 'name' AND NOT a.attisdropped
    JOIN pg_statistic s ON s.starelid = t.relation AND s.staattnum = a.attnum
     AND s.stainherit = coalesce((e.told ->> 'inherited')::bool, t.kind = 'p')
   WHERE e.told ?| ARRAY['values', 'histogram', 'elements'];
$function$;

-- What is to be as long as is told, and whether it is a table of which rows are known.
CREATE OR REPLACE FUNCTION pg_catalog.dbdoc_statistics_files(document jsonb)
RETURNS TABLE (schema text, name text, is_table bool, file text, bytes bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$function$
  WITH told AS MATERIALIZED (SELECT t.relation FROM dbdoc_statistics_of(document) t)
  SELECT n.nspname::text, c.relname::text, c.relkind IN ('r', 'm', 'p'),
         CASE WHEN c.relkind IN ('r', 'm', 'i') THEN current_setting('data_directory') || '/' || pg_relation_filepath(c.oid) END,
         greatest(c.relpages, 0)::bigint * current_setting('block_size')::bigint
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    LEFT JOIN pg_index i ON i.indexrelid = c.oid
   WHERE c.relkind IN ('r', 'm', 'p', 'i') AND coalesce(i.indrelid, c.oid) IN (SELECT t.relation FROM told t)
   ORDER BY 1, 2
$function$;
