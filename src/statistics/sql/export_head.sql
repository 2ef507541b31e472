-- What PostgreSQL's planner knows about the tables of a database, for dbdoc: how many rows they have, and how the
-- values of their columns are spread. For psql:
--
--   psql -X -f export.sql -o statistics.json "postgresql://..."
--
-- Reads pg_class, pg_stats and a few settings of the planner, no row of a table, and changes nothing. The role must
-- be allowed to read the tables, as with pg_read_all_data: pg_stats shows a role no others.
--
-- No value of a column is in the result. With "-v values=safe" it holds the most common values and the histograms of
-- enum, boolean, date and timestamp columns, which gives plans that are nearer to those here; with "-v values=all"
-- those of all columns, which may be personal. dbdoc shows none of them, and keeps none.
\set ON_ERROR_STOP on
\set QUIET on
\if :{?values}
\else
\set values none
\endif
\pset format unaligned
\pset tuples_only on
BEGIN TRANSACTION READ ONLY;
SET LOCAL search_path = '';
SELECT :'values' IN ('none', 'safe', 'all') AS dbdoc_known, pg_catalog.set_config('dbdoc.values', :'values', true) AS dbdoc_values
\gset
\if :dbdoc_known
\else
\warn values must be none, safe or all
\quit
\endif
