-- Of catalogs that the role may read in part ($1), the columns that it may not.
SELECT ARRAY(SELECT u.name || '.' || a.attname
               FROM pg_catalog.unnest($1::pg_catalog.text[]) u(name)
               JOIN pg_catalog.pg_attribute a ON a.attrelid = pg_catalog.to_regclass('pg_catalog.' || u.name)
              WHERE NOT pg_catalog.has_column_privilege(a.attrelid, a.attnum, 'SELECT')) AS hidden;
