-- Each relation that a publication sends on, as SQL writes it.
SELECT format('%I.%I', schemaname, tablename) AS relation, pubname AS publication
  FROM pg_publication_tables ORDER BY format('%I.%I', schemaname, tablename) COLLATE "C", pubname
