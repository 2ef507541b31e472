-- What some relations ($1: OIDs) demand of their rows, for telling which demands a direction adds. One row a
-- column, and one a demand: the columns it is about, its definition but for its name, and as SQL how many rows do
-- not meet it: "head", the relation, "tail".
WITH RECURSIVE wanted AS (
  SELECT c.oid, pg_catalog.format('%I.%I', n.nspname, c.relname) AS path, c.relispartition, c.relpartbound
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
   WHERE c.oid = ANY ($1::pg_catalog.oid[]) AND c.relkind IN ('r', 'p')
), keys AS (
  SELECT w.oid, w.path, i.indexrelid, i.indisexclusion,
         ARRAY(SELECT k.attnum FROM pg_catalog.unnest(i.indkey::pg_catalog.int2[]) WITH ORDINALITY k(attnum, place)
                WHERE k.attnum > 0 AND k.place <= i.indnkeyatts
               UNION
               SELECT d.refobjsubid FROM pg_catalog.pg_depend d
                WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = i.indexrelid
                  AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid = i.indrelid
                  AND d.refobjsubid > 0 AND (i.indpred IS NULL OR i.indisexclusion) AND i.indexprs IS NOT NULL
               ORDER BY 1) AS columns,
         ARRAY(SELECT pg_catalog.pg_get_indexdef(i.indexrelid, p.place::pg_catalog.int4, true)
                 FROM pg_catalog.generate_series(1, i.indnkeyatts) p(place) ORDER BY p.place) AS parts,
         pg_catalog.pg_get_expr(i.indpred, i.indrelid) AS predicate,
         coalesce((pg_catalog.to_jsonb(i) ->> 'indnullsnotdistinct')::pg_catalog.bool, false) AS nulls_alike -- 15 has it
    FROM wanted w
    JOIN pg_catalog.pg_index i ON i.indrelid = w.oid AND (i.indisunique OR i.indisexclusion) AND i.indisvalid
), domains AS ( -- of columns, and those that they are made from
  SELECT w.oid, a.attnum, t.oid AS domain, t.typnotnull, t.typbasetype
    FROM wanted w
    JOIN pg_catalog.pg_attribute a ON a.attrelid = w.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_catalog.pg_type t ON t.oid = a.atttypid AND t.typtype = 'd'
  UNION ALL
  SELECT d.oid, d.attnum, t.oid, t.typnotnull, t.typbasetype
    FROM domains d
    JOIN pg_catalog.pg_type t ON t.oid = d.typbasetype AND t.typtype = 'd'
), ancestors AS ( -- of partitions
  SELECT w.oid, w.path, pg_catalog.pg_get_expr(w.relpartbound, w.oid) AS bound, h.inhparent, 1 AS depth
    FROM wanted w
    JOIN pg_catalog.pg_inherits h ON h.inhrelid = w.oid
   WHERE w.relispartition
  UNION ALL
  SELECT a.oid, a.path, a.bound, h.inhparent, a.depth + 1
    FROM ancestors a
    JOIN pg_catalog.pg_inherits h ON h.inhrelid = a.inhparent
), keyed AS (
  SELECT a.oid, a.path, a.bound, a.inhparent AS parent,
         EXISTS (SELECT FROM wanted v WHERE v.oid = a.inhparent AND v.relispartition) AS told, -- of the parent
         ARRAY(SELECT DISTINCT o.attnum
                 FROM ancestors b
                 JOIN pg_catalog.pg_partitioned_table t ON t.partrelid = b.inhparent
                 JOIN pg_catalog.pg_attribute k ON k.attrelid = b.inhparent AND k.attnum > 0
                  AND (k.attnum = ANY (t.partattrs::pg_catalog.int2[])
                       OR EXISTS (SELECT FROM pg_catalog.pg_depend d
                                   WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = b.inhparent
                                     AND d.objsubid = k.attnum AND d.refclassid = d.classid AND d.refobjid = b.inhparent
                                     AND d.refobjsubid = 0 AND d.deptype = 'i'))
                 JOIN pg_catalog.pg_attribute o ON o.attrelid = b.oid AND o.attname = k.attname
                WHERE b.oid = a.oid ORDER BY 1) AS columns
    FROM ancestors a
   WHERE a.depth = 1
), bounds AS ( -- as SQL; the parent of a hash partition by its name, not by its OID
  SELECT k.oid, k.path, k.columns, d.definition, pg_catalog.format(' WHERE NOT (%s)', d.definition) AS tail,
         pg_catalog.format('rows that do not belong into a partition %s', k.bound) AS words
    FROM keyed k
    CROSS JOIN LATERAL (
      SELECT pg_catalog.regexp_replace(pg_catalog.pg_get_partition_constraintdef(k.oid), $$satisfies_hash_partition\('[0-9]+'::oid$$,
               pg_catalog.format('satisfies_hash_partition(%L::regclass', k.parent::pg_catalog.regclass))) d(definition)
   WHERE k.bound <> 'DEFAULT' AND NOT k.told
  UNION ALL
  SELECT k.oid, k.path, k.columns, d.definition, pg_catalog.format(' WHERE NOT (%s)', d.definition),
         pg_catalog.format('rows that do not belong into a partition of %s', k.parent::pg_catalog.regclass)
    FROM keyed k
    CROSS JOIN LATERAL pg_catalog.pg_get_partition_constraintdef(k.parent) d(definition)
   WHERE k.bound = 'DEFAULT' AND NOT k.told AND d.definition IS NOT NULL
  UNION ALL -- each partition beside the DEFAULT by itself, so that one which goes is no new demand
  SELECT k.oid, k.path, k.columns, 'not ' || b.bound, pg_catalog.format(' WHERE %s', pg_catalog.pg_get_partition_constraintdef(o.oid)),
         pg_catalog.format('rows that belong into a partition %s', b.bound)
    FROM keyed k
    JOIN pg_catalog.pg_inherits h ON h.inhparent = k.parent AND h.inhrelid <> k.oid
    JOIN pg_catalog.pg_class o ON o.oid = h.inhrelid
    CROSS JOIN LATERAL pg_catalog.pg_get_expr(o.relpartbound, o.oid) b(bound)
   WHERE k.bound = 'DEFAULT'
), demands(relation, path, kind, columns, definition, head, tail, words) AS (
  SELECT w.oid, w.path, 'column', ARRAY[a.attnum], pg_catalog.format_type(a.atttypid, a.atttypmod), '', '',
         pg_catalog.quote_ident(a.attname)
    FROM wanted w
    JOIN pg_catalog.pg_attribute a ON a.attrelid = w.oid AND a.attnum > 0 AND NOT a.attisdropped
  UNION ALL
  SELECT w.oid, w.path, 'not null', ARRAY[a.attnum], '', 'SELECT count(*) FROM ', pg_catalog.format(' WHERE %I IS NULL', a.attname),
         pg_catalog.format('rows with NULL in %I', a.attname)
    FROM wanted w
    JOIN pg_catalog.pg_attribute a ON a.attrelid = w.oid AND a.attnum > 0 AND NOT a.attisdropped
   WHERE a.attnotnull OR EXISTS (SELECT FROM domains d WHERE d.oid = w.oid AND d.attnum = a.attnum AND d.typnotnull)
  UNION ALL
  SELECT k.oid, k.path, 'unique', k.columns::pg_catalog.int2[],
         pg_catalog.concat_ws(' ', pg_catalog.array_to_string(k.parts, ', '), 'where ' || k.predicate, k.nulls_alike::pg_catalog.text),
         'SELECT count(*) FROM (SELECT FROM ',
         pg_catalog.format('%s GROUP BY %s HAVING count(*) > 1) AS duplicates',
           ' WHERE ' || nullif(pg_catalog.concat_ws(' AND ',
             CASE WHEN NOT k.nulls_alike THEN (SELECT pg_catalog.string_agg(pg_catalog.format('%s IS NOT NULL', p.part), ' AND ')
                                                 FROM pg_catalog.unnest(k.parts) p(part)) END,
             k.predicate), ''),
           pg_catalog.array_to_string(k.parts, ', ')),
         pg_catalog.format('values of (%s) that several rows share', pg_catalog.array_to_string(k.parts, ', '))
    FROM keys k
   WHERE NOT k.indisexclusion
  UNION ALL
  SELECT k.oid, k.path, 'exclude', k.columns::pg_catalog.int2[],
         pg_catalog.concat_ws(' ', pg_catalog.string_agg(pg_catalog.concat_ws(' with ', p.part, x.words), ', ' ORDER BY p.place),
                              'where ' || k.predicate),
         pg_catalog.format('WITH parts AS (SELECT row_number() OVER () AS place, %s FROM ',
           pg_catalog.string_agg(pg_catalog.format('%s AS part%s', p.part, p.place), ', ' ORDER BY p.place)),
         pg_catalog.format('%s) SELECT count(*) FROM parts AS own WHERE EXISTS (SELECT FROM parts AS other WHERE other.place <> own.place AND %s)',
           ' WHERE ' || k.predicate,
           pg_catalog.string_agg(pg_catalog.format('other.part%1$s %2$s own.part%1$s', p.place, x.words), ' AND ' ORDER BY p.place)),
         pg_catalog.format('rows that the constraint %I forbids beside one another', c.conname)
    FROM keys k
    JOIN pg_catalog.pg_constraint c ON c.conindid = k.indexrelid AND c.conrelid = k.oid AND c.conexclop IS NOT NULL
    CROSS JOIN LATERAL pg_catalog.unnest(k.parts) WITH ORDINALITY p(part, place)
    JOIN pg_catalog.pg_operator o ON o.oid = c.conexclop[p.place]
    JOIN pg_catalog.pg_namespace s ON s.oid = o.oprnamespace
    CROSS JOIN LATERAL (SELECT CASE s.nspname WHEN 'pg_catalog' THEN o.oprname::pg_catalog.text
                                              ELSE pg_catalog.format('OPERATOR(%I.%s)', s.nspname, o.oprname) END) x(words)
   GROUP BY k.oid, k.path, k.columns, k.predicate, c.conname
  UNION ALL -- what a bound says, as if by a CHECK, which stays behind when a partition is detached concurrently
  SELECT b.oid, b.path, 'check', b.columns, b.definition, 'SELECT count(*) FROM ', b.tail, b.words
    FROM bounds b
  UNION ALL
  SELECT w.oid, w.path, 'check', ARRAY[a.attnum], pg_catalog.pg_get_expr(c.conbin, 0),
         pg_catalog.format('SELECT count(*) FROM (SELECT %I AS value FROM ', a.attname), -- what the expression calls VALUE
         pg_catalog.format(') AS own WHERE NOT (%s)', pg_catalog.pg_get_expr(c.conbin, 0)),
         pg_catalog.format('values of %I that the CHECK %I of the domain %s forbids', a.attname, c.conname,
           pg_catalog.format_type(d.domain, NULL))
    FROM wanted w
    JOIN domains d ON d.oid = w.oid
    JOIN pg_catalog.pg_attribute a ON a.attrelid = d.oid AND a.attnum = d.attnum
    JOIN pg_catalog.pg_constraint c ON c.contypid = d.domain AND c.contype = 'c' AND c.convalidated
  UNION ALL
  SELECT w.oid, w.path, 'check', ARRAY(SELECT k.attnum FROM pg_catalog.unnest(c.conkey) k(attnum) ORDER BY 1), pg_catalog.pg_get_expr(c.conbin, c.conrelid),
         'SELECT count(*) FROM ', pg_catalog.format(' WHERE NOT (%s)', pg_catalog.pg_get_expr(c.conbin, c.conrelid)),
         pg_catalog.format('rows that the CHECK %I forbids', c.conname)
    FROM wanted w
    JOIN pg_catalog.pg_constraint c ON c.conrelid = w.oid AND c.contype = 'c' AND c.convalidated AND c.conkey IS NOT NULL
  UNION ALL
  SELECT w.oid, w.path, 'foreign key', c.conkey, pg_catalog.concat_ws(' ', c.confrelid, c.confkey, c.confmatchtype),
         'SELECT count(*) FROM ',
         pg_catalog.format(' AS own WHERE %s AND NOT EXISTS (SELECT FROM %I.%I AS other WHERE %s)',
           pg_catalog.string_agg(pg_catalog.format('own.%I IS NOT NULL', a.attname), ' AND ' ORDER BY k.place),
           s.nspname, r.relname,
           pg_catalog.string_agg(pg_catalog.format('other.%I = own.%I', f.attname, a.attname), ' AND ' ORDER BY k.place)),
         pg_catalog.format('rows whose %s is not in %I.%I', pg_catalog.string_agg(pg_catalog.quote_ident(a.attname), ', ' ORDER BY k.place),
           s.nspname, r.relname)
    FROM wanted w
    JOIN pg_catalog.pg_constraint c ON c.conrelid = w.oid AND c.contype = 'f' AND c.convalidated
     AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint u JOIN wanted v ON v.oid = u.conrelid WHERE u.oid = c.conparentid)
    JOIN pg_catalog.pg_class r ON r.oid = c.confrelid
    JOIN pg_catalog.pg_namespace s ON s.oid = r.relnamespace
    CROSS JOIN LATERAL pg_catalog.unnest(c.conkey) WITH ORDINALITY k(attnum, place)
    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.attnum
    JOIN pg_catalog.pg_attribute f ON f.attrelid = c.confrelid AND f.attnum = c.confkey[k.place]
   GROUP BY w.oid, w.path, c.oid, c.conkey, c.confrelid, c.confkey, c.confmatchtype, s.nspname, r.relname
)
SELECT d.relation::pg_catalog.text, d.path, d.kind, pg_catalog.array_to_string(d.columns, ',') AS columns, d.definition,
       d.head, d.tail, d.words,
       a.atthasdef OR a.attidentity <> '' OR y.typdefault IS NOT NULL AS filled, y.typname AS type, a.atttypmod AS modifier, y.typcategory AS category,
       ARRAY(SELECT e.enumlabel::pg_catalog.text FROM pg_catalog.pg_enum e WHERE e.enumtypid = y.oid
              ORDER BY e.enumsortorder)::pg_catalog.text AS labels
  FROM demands d
  LEFT JOIN pg_catalog.pg_attribute a ON d.kind = 'column' AND a.attrelid = d.relation AND a.attnum = d.columns[1]
  LEFT JOIN pg_catalog.pg_type y ON y.oid = a.atttypid
 ORDER BY d.relation, d.kind COLLATE "C", d.columns, d.definition COLLATE "C", d.words COLLATE "C";
