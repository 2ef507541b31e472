\! touch x
\!touch x
\set x `touch x`
\o x
\o |touch x
\w x
\s x
\cd /
\setenv PATH /nowhere
\copy (SELECT 1) TO 'x'
\copy (SELECT 1) TO PROGRAM 'touch x'
\lo_export 1 x
\i /etc/passwd
\i ../outside.sql
\i link.sql
\ir .git/config
\connect - - localhost
\connect "host=localhost user=postgres dbname=other"
SELECT 1 \g x
SELECT 1 \g |touch x
SELECT 'touch x' \gexec
SELECT 1 AS x \gset
CREATE TABLE survived (id int);
