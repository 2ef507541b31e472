\set a 'x y' :b
\if :{?a}
SELECT :a, :'a', :"a" \g
\elif yes
\else
\endif
\echo a \\ SELECT 1 \gexec
