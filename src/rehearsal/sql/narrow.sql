-- Values that do not fit a column's new type, for the changes of types that are known: as a condition, in words,
-- and one such value. None where the new type takes all that the old one has. $1: the column, quoted; $2 to $5: the
-- category, the name, the modifier and the labels of the type before; $6 to $8: those of the type after.
WITH change AS (
  SELECT $1::pg_catalog.text AS c, $2::pg_catalog.text AS category, $3::pg_catalog.text AS old_type,
         $4::pg_catalog.int4 AS old_modifier, $5::pg_catalog.text[] AS old_labels,
         $6::pg_catalog.text AS type, $7::pg_catalog.int4 AS modifier, $8::pg_catalog.text[] AS labels
), ranges(type, word, digits, low, high) AS (
  VALUES ('int2', 'smallint', 5, '-32768', '32767'), ('int4', 'integer', 10, '-2147483648', '2147483647'),
         ('int8', 'bigint', 19, '-9223372036854775808', '9223372036854775807')
), patterns(type, word, pattern) AS (
  VALUES ('int2', 'integer', '^\s*[-+]?[0-9]+\s*$'), ('int4', 'integer', '^\s*[-+]?[0-9]+\s*$'), ('int8', 'integer', '^\s*[-+]?[0-9]+\s*$'),
         ('numeric', 'number', '^\s*[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?\s*$'),
         ('float4', 'number', '^\s*[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?\s*$'),
         ('float8', 'number', '^\s*[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?\s*$'),
         ('uuid', 'UUID', '^\{?([0-9a-fA-F]{4}-?){8}\}?$'),
         ('bool', 'boolean', '^\s*([tT]|[tT][rR][uU][eE]|[yY]|[yY][eE][sS]|[oO][nN]|1|[fF]|[fF][aA][lL][sS][eE]|[nN]|[nN][oO]|[oO][fF][fF]|0)\s*$')
)
SELECT pg_catalog.format('length(rtrim(%s::text)) > %s', c, modifier - 4) AS condition,
       pg_catalog.format('values of %s longer than %s characters', c, modifier - 4) AS words,
       pg_catalog.quote_literal(pg_catalog.repeat('x', modifier - 3)) AS literal
  FROM change WHERE type IN ('varchar', 'bpchar') AND modifier > 4
   AND NOT (old_type IN ('varchar', 'bpchar') AND old_modifier BETWEEN 5 AND modifier)
UNION ALL
SELECT pg_catalog.format('%s NOT BETWEEN %s AND %s', c, r.low, r.high), pg_catalog.format('values of %s beyond %s', c, r.word),
       (r.high::pg_catalog.numeric + 1)::pg_catalog.text
  FROM change JOIN ranges r USING (type) LEFT JOIN ranges o ON o.type = change.old_type
 WHERE category = 'N' AND coalesce(o.digits > r.digits, true)
UNION ALL
SELECT pg_catalog.format('%s::text !~ %L', c, p.pattern), pg_catalog.format('values of %s that are no %s', c, p.word), '''x'''
  FROM change JOIN patterns p USING (type) WHERE category = 'S'
UNION ALL
SELECT pg_catalog.format('round(abs(%s::numeric), %s) >= %s', c, d.scale, d.most),
       pg_catalog.format('values of %s from %s on', c, d.most), d.most
  FROM change
  CROSS JOIN LATERAL (SELECT (modifier - 4) & 65535 AS scale,
                             '1' || pg_catalog.repeat('0', (((modifier - 4) >> 16) & 65535) - ((modifier - 4) & 65535)) AS most) d
  LEFT JOIN ranges o ON o.type = change.old_type
 WHERE change.type = 'numeric' AND modifier > 4 AND category = 'N'
   AND pg_catalog.length(d.most) - 1
       < coalesce(o.digits, CASE WHEN old_modifier > 4 THEN (((old_modifier - 4) >> 16) & 65535) - ((old_modifier - 4) & 65535) END, 1000)
UNION ALL
SELECT pg_catalog.format('%s::text <> ALL (%L::text[])', c, labels), pg_catalog.format('values of %s that have no label any more', c),
       pg_catalog.quote_literal(coalesce((SELECT l FROM pg_catalog.unnest(old_labels) l WHERE l <> ALL (labels) LIMIT 1), 'no label'))
  FROM change WHERE labels <> '{}' AND (category = 'S' OR (old_labels <> '{}' AND NOT old_labels <@ labels));
