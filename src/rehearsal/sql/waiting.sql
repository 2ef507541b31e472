-- The relations that a process of the server has locked or is about to lock, while it waits for another one ($1: both
-- numbers): one row each, or a bare one. None when it does not wait for that one. "kind" is what it waits for in
-- terms of pg_locks; "about" is what it tells of its progress with an index, or else follows from the kind.
WITH processes AS (
  SELECT pg_catalog.split_part($1::pg_catalog.text, ' ', 1)::pg_catalog.int4 AS own,
         pg_catalog.split_part($1::pg_catalog.text, ' ', 2)::pg_catalog.int4 AS other
)
SELECT coalesce(l.relation, 0)::pg_catalog.text AS relation, l.mode, w.locktype AS kind,
       coalesce(x.phase, CASE w.locktype WHEN 'relation' THEN 'waiting for its lock'
                                         ELSE 'waiting for transactions to end' END) AS about
  FROM processes p
  JOIN pg_catalog.pg_locks w ON w.pid = p.own AND NOT w.granted
  JOIN pg_catalog.pg_locks l ON l.pid = p.own
  LEFT JOIN pg_catalog.pg_stat_progress_create_index x ON x.pid = p.own
 WHERE p.other = ANY (pg_catalog.pg_blocking_pids(p.own));
