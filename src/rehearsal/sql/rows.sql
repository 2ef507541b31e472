-- Invented rows, and what becomes of them. Rows 1 to 3 are plain. Rows 101 to 104 are for what only a new shape
-- allows: a plain one, one with the largest values that fit, one without values where they may be left out, and a
-- second copy of the first, where nothing forbids it.
-- dbdoc calls these functions as the ordinary login that owns the tables.

-- A literal for a column, the i-th of a few different ones; NULL when nothing is known that fits. A text column
-- with a CHECK of its own gets the literals of that CHECK.
CREATE FUNCTION pg_catalog.dbdoc_literal(type pg_catalog.oid, modifier pg_catalog.int4, hints pg_catalog.text[], i pg_catalog.int4)
RETURNS pg_catalog.text LANGUAGE plpgsql AS $function$
DECLARE
  t pg_catalog.pg_type;
BEGIN
  SELECT * INTO t FROM pg_catalog.pg_type p WHERE p.oid = type;
  IF t.typtype = 'd' THEN
    RETURN pg_catalog.dbdoc_literal(t.typbasetype, t.typtypmod, hints, i);
  ELSIF t.typtype = 'e' THEN
    RETURN (SELECT e.enumlabel FROM pg_catalog.pg_enum e WHERE e.enumtypid = type
             ORDER BY CASE WHEN i = 102 THEN - e.enumsortorder ELSE e.enumsortorder END
             OFFSET CASE WHEN i = 102 THEN 0 ELSE 1 END * (i % greatest(1, (SELECT pg_catalog.count(*) FROM pg_catalog.pg_enum c WHERE c.enumtypid = type))) LIMIT 1);
  ELSIF pg_catalog.cardinality(hints) > 0 THEN
    RETURN hints[1 + i % pg_catalog.cardinality(hints)];
  END IF;
  IF i = 102 THEN
    CASE t.typname
      WHEN 'int2' THEN RETURN '32767';
      WHEN 'int4' THEN RETURN '2147483647';
      WHEN 'int8' THEN RETURN '9223372036854775807';
      WHEN 'numeric' THEN RETURN CASE WHEN modifier < 4 THEN '1234567890123456789012345678.123456789'
        ELSE pg_catalog.repeat('9', (((modifier - 4) >> 16) & 65535) - ((modifier - 4) & 65535)) || '.'
             || pg_catalog.repeat('9', (modifier - 4) & 65535) END;
      WHEN 'text' THEN RETURN pg_catalog.repeat('value ', 100);
      WHEN 'varchar' THEN RETURN pg_catalog.repeat('v', CASE WHEN modifier > 4 THEN modifier - 4 ELSE 600 END);
      ELSE NULL;
    END CASE;
  END IF;
  CASE t.typname
    WHEN 'uuid' THEN RETURN pg_catalog.md5(i::pg_catalog.text);
    WHEN 'json', 'jsonb' THEN RETURN '{}';
    WHEN 'xml' THEN RETURN '<a/>';
    WHEN 'bytea', 'tsvector', 'tsquery', 'hstore', 'ltree' THEN RETURN '';
    WHEN 'bit', 'varbit' THEN RETURN pg_catalog.repeat('1', CASE t.typname WHEN 'bit' THEN modifier ELSE 1 END);
    WHEN 'numeric' THEN RETURN i::pg_catalog.text;
    ELSE NULL;
  END CASE;
  CASE t.typcategory
    WHEN 'N' THEN RETURN i::pg_catalog.text;
    WHEN 'S' THEN RETURN CASE WHEN modifier > 4 AND t.typname IN ('varchar', 'bpchar')
                              THEN pg_catalog.right('value ' || i, modifier - 4) ELSE 'value ' || i END;
    WHEN 'B' THEN RETURN (i % 2 = 0)::pg_catalog.text;
    WHEN 'D' THEN RETURN CASE WHEN t.typname IN ('time', 'timetz') THEN '12:00:00'
                              ELSE '2000-01-' || pg_catalog.lpad((1 + i % 28)::pg_catalog.text, 2, '0') || ' 12:00:00.123456' END;
    WHEN 'T' THEN RETURN i || ' days';
    WHEN 'A' THEN RETURN '{}';
    WHEN 'R' THEN RETURN 'empty';
    WHEN 'I' THEN RETURN '10.0.0.' || (i % 250);
    WHEN 'G' THEN RETURN CASE t.typname WHEN 'point' THEN pg_catalog.format('(%s,%s)', i, i) END;
    ELSE RETURN NULL;
  END CASE;
END
$function$;

-- The i-th row of a table, as INSERT. Foreign keys take the i-th row of the other table. "own" has the expressions
-- of columns that are said beforehand, by their number.
CREATE FUNCTION pg_catalog.dbdoc_insert(relation pg_catalog.oid, i pg_catalog.int4, own pg_catalog.jsonb)
RETURNS pg_catalog.text LANGUAGE plpgsql AS $function$
BEGIN
  RETURN (WITH keys AS (
    SELECT DISTINCT ON (k.attnum) k.attnum,
           pg_catalog.format('(SELECT p.%1$I FROM %2$s p ORDER BY p.%1$I OFFSET %3$s %% greatest(1, (SELECT pg_catalog.count(*) FROM %2$s)) LIMIT 1)',
                             (SELECT f.attname FROM pg_catalog.pg_attribute f
                               WHERE f.attrelid = c.confrelid AND f.attnum = c.confkey[k.place]),
                             c.confrelid::pg_catalog.regclass, i - 1) AS value
      FROM pg_catalog.pg_constraint c
      CROSS JOIN LATERAL pg_catalog.unnest(c.conkey) WITH ORDINALITY k(attnum, place)
     WHERE c.conrelid = relation AND c.contype = 'f'
     ORDER BY k.attnum, c.conparentid <> 0, c.conname -- a partition has those of its parent
  ), columns AS (
    SELECT a.attnum, a.attname,
           coalesce(own ->> a.attnum::pg_catalog.text, CASE WHEN i = 103 AND NOT a.attnotnull THEN 'NULL' END, k.value,
                    pg_catalog.format('%L::%s',
                      pg_catalog.dbdoc_literal(a.atttypid, a.atttypmod,
                        ARRAY(SELECT DISTINCT m.parts[1]
                                FROM pg_catalog.pg_constraint c
                                CROSS JOIN LATERAL pg_catalog.regexp_matches(pg_catalog.pg_get_constraintdef(c.oid), '''([^'']*)''', 'g') m(parts)
                               WHERE c.conrelid = relation AND c.contype = 'c' AND c.conkey = ARRAY[a.attnum]
                                 AND pg_catalog.format_type(a.atttypid, NULL) IN ('text', 'character varying', 'character')
                               ORDER BY 1), CASE i WHEN 104 THEN 101 ELSE i END),
                      pg_catalog.format_type(a.atttypid, a.atttypmod))) AS value
      FROM pg_catalog.pg_attribute a
      LEFT JOIN keys k ON k.attnum = a.attnum
     WHERE a.attrelid = relation AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
       AND (own ? a.attnum::pg_catalog.text
            OR (a.attidentity = ''
                AND NOT (a.atthasdef AND coalesce(pg_catalog.pg_get_serial_sequence(a.attrelid::pg_catalog.regclass::pg_catalog.text, a.attname) IS NOT NULL, false))))
  )
  SELECT pg_catalog.format('INSERT INTO %s %s', relation::pg_catalog.regclass,
           coalesce(pg_catalog.format('(%s) OVERRIDING SYSTEM VALUE VALUES (%s)', pg_catalog.string_agg(pg_catalog.quote_ident(attname), ', ' ORDER BY attnum),
                                      pg_catalog.string_agg(value, ', ' ORDER BY attnum)), 'DEFAULT VALUES'))
    FROM columns);
END
$function$;

-- Puts rows `first` to `last` into the tables named, and into those that they refer to; those first.
CREATE FUNCTION pg_catalog.dbdoc_fill(wanted pg_catalog.text[], first pg_catalog.int4, last pg_catalog.int4)
RETURNS TABLE (relation pg_catalog.text, made pg_catalog.int4, problem pg_catalog.text) LANGUAGE plpgsql AS $function$
DECLARE
  step pg_catalog.record;
BEGIN
  FOR step IN
    WITH RECURSIVE needed(oid, depth) AS (
      SELECT pg_catalog.to_regclass(w.name)::pg_catalog.oid, 0 FROM pg_catalog.unnest(wanted) w(name)
       WHERE pg_catalog.to_regclass(w.name) IS NOT NULL
      UNION
      SELECT c.confrelid, n.depth + 1
        FROM needed n JOIN pg_catalog.pg_constraint c ON c.conrelid = n.oid AND c.contype = 'f' AND c.confrelid <> c.conrelid
       WHERE n.depth < 8
    )
    SELECT n.oid, pg_catalog.format('%I.%I', s.nspname, r.relname) AS name
      FROM needed n
      JOIN pg_catalog.pg_class r ON r.oid = n.oid AND r.relkind IN ('r', 'p') AND NOT r.relispartition
      JOIN pg_catalog.pg_namespace s ON s.oid = r.relnamespace
     GROUP BY n.oid, s.nspname, r.relname
     ORDER BY pg_catalog.max(n.depth) DESC, name
  LOOP
    relation := step.name;
    made := 0;
    problem := NULL;
    FOR i IN first .. last LOOP
      BEGIN
        EXECUTE pg_catalog.dbdoc_insert(step.oid, i, '{}');
        made := made + 1;
      EXCEPTION WHEN others THEN
        problem := SQLERRM;
      END;
    END LOOP;
    RETURN NEXT;
  END LOOP;
END
$function$;

-- The values of each column of these tables, without regard to the order of rows.
CREATE FUNCTION pg_catalog.dbdoc_values(wanted pg_catalog.text[])
RETURNS TABLE (path pg_catalog.text, filled pg_catalog.int8, digest pg_catalog.text) LANGUAGE plpgsql AS $function$
DECLARE
  step pg_catalog.record;
BEGIN
  FOR step IN
    SELECT w.name, a.attname
      FROM pg_catalog.unnest(wanted) w(name)
      JOIN pg_catalog.pg_attribute a ON a.attrelid = pg_catalog.to_regclass(w.name) AND a.attnum > 0 AND NOT a.attisdropped
     ORDER BY w.name, a.attnum
  LOOP
    path := step.name || '.' || pg_catalog.quote_ident(step.attname);
    EXECUTE pg_catalog.format('SELECT pg_catalog.count(%1$I), pg_catalog.md5(coalesce(pg_catalog.string_agg(%1$I::pg_catalog.text, ''|'' ORDER BY %1$I::pg_catalog.text COLLATE "C"), '''')) FROM %2$s',
                              step.attname, step.name) INTO filled, digest;
    RETURN NEXT;
  END LOOP;
END
$function$;

-- Ways to write a row that does not meet a demand on these columns; each is what dbdoc_insert takes.
CREATE FUNCTION pg_catalog.dbdoc_ways(relation pg_catalog.oid, kind pg_catalog.text, columns pg_catalog.int2[], literal pg_catalog.text,
                                      query pg_catalog.text)
RETURNS TABLE (own pg_catalog.jsonb) LANGUAGE sql AS $function$
  WITH told AS (
    SELECT a.attnum, a.atttypid, a.atttypmod, t.typcategory, a.attnum = ANY (columns) AS own_column, a.attnotnull,
           pg_catalog.row_number() OVER (PARTITION BY a.attnum = ANY (columns) ORDER BY a.attnum)::pg_catalog.int4 AS place,
           CASE WHEN t.typcategory = 'R' THEN CASE t.typtype WHEN 'm' THEN '{(,)}' ELSE '(,)' END
                WHEN t.typname = 'circle' THEN '<(0,0),1>'
                WHEN t.typname = 'box' THEN '(1,1),(0,0)' END AS extent
      FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
     WHERE a.attrelid = relation AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
  ), alike AS (
    SELECT pg_catalog.jsonb_object_agg(attnum, pg_catalog.quote_literal(pg_catalog.dbdoc_literal(atttypid, atttypmod, NULL, 901))) AS own
      FROM told WHERE own_column AND kind <> 'exclude'
    UNION ALL -- things that overlap: extents, and what lies between rising or falling values
    SELECT pg_catalog.jsonb_object_agg(attnum, pg_catalog.quote_literal(
             coalesce(extent, pg_catalog.dbdoc_literal(atttypid, atttypmod, NULL, f.first + f.step * place))))
      FROM told, (VALUES (901, 1), (921, -1)) f(first, step) WHERE own_column AND kind = 'exclude' GROUP BY f.first
  ), shared AS ( -- with values that foreign keys allow
    SELECT a.own || coalesce((
             SELECT pg_catalog.jsonb_object_agg(t.attnum,
                      pg_catalog.format('(SELECT p.%1$I FROM %2$s p ORDER BY p.%1$I LIMIT 1)', f.attname, c.confrelid::pg_catalog.regclass))
               FROM told t
               JOIN pg_catalog.pg_constraint c ON c.conrelid = relation AND c.contype = 'f' AND t.attnum = ANY (c.conkey)
               JOIN pg_catalog.pg_attribute f ON f.attrelid = c.confrelid
                AND f.attnum = c.confkey[pg_catalog.array_position(c.conkey, t.attnum)]
              WHERE t.own_column), '{}') AS own
      FROM alike a
  )
  SELECT pg_catalog.jsonb_object_agg(attnum, 'NULL') FROM told WHERE own_column AND kind IN ('not null', 'check')
  UNION ALL
  SELECT '{}' WHERE kind = 'rows'
  UNION ALL
  SELECT a.own FROM alike a WHERE kind = 'foreign key'
  UNION ALL
  SELECT s.own FROM shared s WHERE kind IN ('unique', 'exclude')
  UNION ALL -- a unique index may be of some rows only
  SELECT s.own || v.own
    FROM shared s
    CROSS JOIN LATERAL (SELECT pg_catalog.jsonb_build_object(attnum, 'NULL') FROM told WHERE NOT own_column AND NOT attnotnull
                        UNION ALL
                        SELECT pg_catalog.jsonb_object_agg(attnum, 'NULL') FROM told WHERE NOT own_column AND NOT attnotnull
                        UNION ALL
                        SELECT pg_catalog.jsonb_object_agg(attnum, b.value) FROM told, (VALUES ('true'), ('false')) b(value)
                         WHERE NOT own_column AND typcategory = 'B' GROUP BY b.value) v(own)
   WHERE kind IN ('unique', 'exclude') AND v.own IS NOT NULL
  UNION ALL -- an operator may be <>, or a column be there for the rows that are meant
  SELECT v.own
    FROM shared s
    CROSS JOIN LATERAL (SELECT s.own - attnum::pg_catalog.text FROM told WHERE own_column
                        UNION ALL
                        SELECT s.own || pg_catalog.jsonb_build_object(attnum, 'NULL') FROM told WHERE own_column AND NOT attnotnull
                        UNION ALL
                        SELECT s.own || pg_catalog.jsonb_build_object(attnum, b.value) FROM told, (VALUES ('true'), ('false')) b(value)
                         WHERE own_column AND typcategory = 'B') v(own)
   WHERE kind = 'exclude'
  UNION ALL
  SELECT pg_catalog.jsonb_build_object(columns[1], literal) WHERE kind = 'type'
  UNION ALL
  SELECT pg_catalog.jsonb_build_object(attnum, pg_catalog.quote_literal(v.value))
    FROM told JOIN (VALUES ('N', '-1'), ('N', '0'), ('N', '30000'), ('N', '2000000000'), ('S', ''), ('S', 'x'), ('S', 'Value 1'),
                           ('S', pg_catalog.repeat('x', 300)), ('S', pg_catalog.repeat('x', 10000)), ('B', 'true'), ('B', 'false'),
                           ('D', '0001-01-01'), ('D', '9999-12-31'), ('T', '-1 day'), ('U', '{}'), ('U', '[]'), ('A', '{}')) v(category, value)
      ON v.category = typcategory
   WHERE own_column AND kind = 'check'
  UNION ALL -- where a bound lies
  SELECT pg_catalog.jsonb_build_object(t.attnum, pg_catalog.quote_literal(coalesce(m.parts[1], m.parts[2])))
    FROM told t, pg_catalog.regexp_matches(query, $$'([^']*)'|(-?\m[0-9]+(?:\.[0-9]+)?\M)$$, 'g') m(parts)
   WHERE t.own_column AND kind = 'check'
$function$;

-- Writes rows that do not meet a demand, so that the query counts some. No problem, or why none could be written;
-- and whether that is because the table demands as much already. Where some were, "others" are all the rest.
-- Demands that hold for new rows alone (NOT VALID) are lifted meanwhile: older rows may not meet them.
CREATE FUNCTION pg_catalog.dbdoc_offend(relation pg_catalog.oid, kind pg_catalog.text, columns pg_catalog.int2[], literal pg_catalog.text, query pg_catalog.text)
RETURNS TABLE (problem pg_catalog.text, demanded pg_catalog.bool, others pg_catalog.text) LANGUAGE plpgsql AS $function$
DECLARE
  way pg_catalog.jsonb;
  lifted pg_catalog.record;
  demands pg_catalog.text[] := '{}';
  counted pg_catalog.int8;
  rest pg_catalog.text;
BEGIN
  problem := 'no way to write one is known';
  demanded := false;
  EXECUTE pg_catalog.format('SELECT ARRAY(SELECT ctid FROM %s)', relation::pg_catalog.regclass) INTO rest;
  FOR way IN SELECT w.own FROM pg_catalog.dbdoc_ways(relation, kind, columns, literal, query) w WHERE w.own IS NOT NULL LOOP
    BEGIN
      demands := '{}';
      FOR lifted IN SELECT pg_catalog.format('TABLE %s', relation::pg_catalog.regclass) AS owner, c.conname,
                           pg_catalog.pg_get_constraintdef(c.oid) AS definition
                      FROM pg_catalog.pg_constraint c WHERE c.conrelid = relation AND NOT c.convalidated
                    UNION
                    (WITH RECURSIVE types(oid) AS (
                       SELECT a.atttypid FROM pg_catalog.pg_attribute a WHERE a.attrelid = relation AND a.attnum > 0
                       UNION
                       SELECT t.typbasetype FROM types y JOIN pg_catalog.pg_type t ON t.oid = y.oid AND t.typtype = 'd')
                     SELECT pg_catalog.format('DOMAIN %s', y.oid::pg_catalog.regtype), c.conname, pg_catalog.pg_get_constraintdef(c.oid)
                       FROM types y JOIN pg_catalog.pg_constraint c ON c.contypid = y.oid AND NOT c.convalidated) LOOP
        EXECUTE pg_catalog.format('ALTER %s DROP CONSTRAINT %I', lifted.owner, lifted.conname);
        demands := demands || pg_catalog.format('ALTER %s ADD CONSTRAINT %I %s', lifted.owner, lifted.conname, lifted.definition);
      END LOOP;
      FOR i IN 201 .. CASE WHEN kind IN ('unique', 'exclude') THEN 202 ELSE 201 END LOOP
        EXECUTE pg_catalog.dbdoc_insert(relation, i, way);
      END LOOP;
      FOR i IN 1 .. pg_catalog.cardinality(demands) LOOP
        EXECUTE demands[i];
      END LOOP;
      EXECUTE query INTO counted;
      IF counted > 0 THEN
        problem := NULL;
        demanded := false;
        others := rest;
        RETURN NEXT;
        RETURN;
      END IF;
      RAISE 'the query does not count the row that was written';
    EXCEPTION WHEN others THEN
      problem := SQLERRM;
      demanded := demanded OR SQLSTATE = CASE kind WHEN 'unique' THEN '23505' WHEN 'exclude' THEN '23P01' ELSE '' END;
    END;
  END LOOP;
  RETURN NEXT;
END
$function$;
