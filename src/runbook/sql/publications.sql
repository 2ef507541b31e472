-- Publications that send on rows of the relations :'relations'; then: but for those whose names are in :'known'.
SELECT pubname AS publication, format('%I.%I', schemaname, tablename) AS sends FROM pg_publication_tables
 WHERE format('%I.%I', schemaname, tablename) = ANY (:'relations');
SELECT pubname AS publication, format('%I.%I', schemaname, tablename) AS sends FROM pg_publication_tables
 WHERE format('%I.%I', schemaname, tablename) = ANY (:'relations') AND pubname <> ALL (:'known');
