-- To which version the server's own files could bring each extension, and by which scripts.
SELECT ARRAY[e.extname] AS extension,
       a.default_version,
       CASE WHEN a.default_version <> e.extversion
            THEN (SELECT u.path
                    FROM pg_catalog.pg_extension_update_paths(e.extname) u
                   WHERE u.source = e.extversion AND u.target = a.default_version) END AS update_path
  FROM pg_catalog.pg_extension e
  JOIN pg_catalog.pg_available_extensions() a ON a.name = e.extname
 ORDER BY e.extname;
