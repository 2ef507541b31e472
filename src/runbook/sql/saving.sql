-- What tells the rows of the table $1 apart and what they hold; of its column $2 ('': of the whole table), whether
-- PostgreSQL computes it. No row: there is no such table. Names are written as SQL needs them.
SELECT ARRAY(SELECT quote_ident(a.attname)
               FROM pg_index i
              CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY k(attnum, place)
               JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
              WHERE i.indrelid = c.oid AND i.indisprimary
              ORDER BY k.place) AS keys,
       ARRAY(SELECT quote_ident(a.attname) FROM pg_attribute a
              WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
              ORDER BY a.attnum) AS columns,
       ARRAY(SELECT quote_ident(a.attname) FROM pg_attribute a
              WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                AND (a.attidentity <> '' OR a.atthasdef)
                AND pg_get_serial_sequence(c.oid::regclass::text, a.attname) IS NOT NULL
              ORDER BY a.attnum) AS counted,
       EXISTS (SELECT FROM pg_attribute a
                WHERE a.attrelid = c.oid AND a.attname = $2 AND a.attgenerated <> '') AS derived,
       (SELECT p.inhparent::regclass::text FROM pg_inherits p WHERE p.inhrelid = c.oid AND c.relispartition) AS parent,
       (WITH RECURSIVE above(oid, depth) AS (
          SELECT c.oid, 0
          UNION
          SELECT k.confrelid, b.depth + 1 FROM above b
            JOIN pg_constraint k ON k.conrelid = b.oid AND k.contype = 'f' AND k.confrelid <> k.conrelid
           WHERE b.depth < 20)
        SELECT max(depth) FROM above) AS depth
  FROM pg_class c
 WHERE c.oid = to_regclass($1) AND c.relkind IN ('r', 'p')
