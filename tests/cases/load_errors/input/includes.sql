\ir parts/good.psql
\ir parts/bad.psql
