-- What some relations ($1: OIDs) demand of their rows, for telling which demands a direction adds. One row a
-- column, and one a demand: the columns it is about, its definition but for its name, and as SQL how many rows do
-- not meet it: "head", the relation, "tail".
WITH wanted AS (
  SELECT c.oid, pg_catalog.format('%I.%I', n.nspname, c.relname) AS path
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
   WHERE c.oid = ANY ($1::pg_catalog.oid[]) AND c.relkind IN ('r', 'p')
), keys AS (
  SELECT w.oid, w.path, i.indexrelid,
         ARRAY(SELECT k.attnum FROM pg_catalog.unnest(i.indkey::pg_catalog.int2[]) WITH ORDINALITY k(attnum, place)
                WHERE k.attnum > 0 AND k.place <= i.indnkeyatts
               UNION
               SELECT d.refobjsubid FROM pg_catalog.pg_depend d
                WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = i.indexrelid
                  AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid = i.indrelid
                  AND d.refobjsubid > 0 AND i.indpred IS NULL AND i.indexprs IS NOT NULL
               ORDER BY 1) AS columns,
         ARRAY(SELECT pg_catalog.pg_get_indexdef(i.indexrelid, p.place::pg_catalog.int4, true)
                 FROM pg_catalog.generate_series(1, i.indnkeyatts) p(place) ORDER BY p.place) AS parts,
         pg_catalog.pg_get_expr(i.indpred, i.indrelid) AS predicate,
         coalesce((pg_catalog.to_jsonb(i) ->> 'indnullsnotdistinct')::pg_catalog.bool, false) AS nulls_alike -- 15 has it
    FROM wanted w
    JOIN pg_catalog.pg_index i ON i.indrelid = w.oid AND i.indisunique AND i.indisvalid
), demands(relation, path, kind, columns, definition, head, tail, words) AS (
  SELECT w.oid, w.path, 'column', ARRAY[a.attnum], pg_catalog.format_type(a.atttypid, a.atttypmod), '', '',
         pg_catalog.quote_ident(a.attname)
    FROM wanted w
    JOIN pg_catalog.pg_attribute a ON a.attrelid = w.oid AND a.attnum > 0 AND NOT a.attisdropped
  UNION ALL
  SELECT w.oid, w.path, 'not null', ARRAY[a.attnum], '', 'SELECT count(*) FROM ', pg_catalog.format(' WHERE %I IS NULL', a.attname),
         pg_catalog.format('rows with NULL in %I', a.attname)
    FROM wanted w
    JOIN pg_catalog.pg_attribute a ON a.attrelid = w.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attnotnull
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
  UNION ALL
  SELECT w.oid, w.path, 'check', c.conkey, pg_catalog.pg_get_expr(c.conbin, c.conrelid),
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
    JOIN pg_catalog.pg_constraint c ON c.conrelid = w.oid AND c.contype = 'f' AND c.convalidated AND c.conparentid = 0
    JOIN pg_catalog.pg_class r ON r.oid = c.confrelid
    JOIN pg_catalog.pg_namespace s ON s.oid = r.relnamespace
    CROSS JOIN LATERAL pg_catalog.unnest(c.conkey) WITH ORDINALITY k(attnum, place)
    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.attnum
    JOIN pg_catalog.pg_attribute f ON f.attrelid = c.confrelid AND f.attnum = c.confkey[k.place]
   GROUP BY w.oid, w.path, c.oid, c.conkey, c.confrelid, c.confkey, c.confmatchtype, s.nspname, r.relname
)
SELECT d.relation::pg_catalog.text, d.path, d.kind, pg_catalog.array_to_string(d.columns, ',') AS columns, d.definition,
       d.head, d.tail, d.words,
       a.atthasdef OR a.attidentity <> '' AS filled, y.typname AS type, a.atttypmod AS modifier, y.typcategory AS category,
       ARRAY(SELECT e.enumlabel::pg_catalog.text FROM pg_catalog.pg_enum e WHERE e.enumtypid = y.oid
              ORDER BY e.enumsortorder)::pg_catalog.text AS labels
  FROM demands d
  LEFT JOIN pg_catalog.pg_attribute a ON d.kind = 'column' AND a.attrelid = d.relation AND a.attnum = d.columns[1]
  LEFT JOIN pg_catalog.pg_type y ON y.oid = a.atttypid
 ORDER BY d.relation, d.kind COLLATE "C", d.columns, d.definition COLLATE "C", d.words COLLATE "C";
