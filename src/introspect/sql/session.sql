-- How the reading session prints things, whatever the server's or the role's defaults are. $1: milliseconds.
SELECT pg_catalog.set_config('search_path', '', true),
       pg_catalog.set_config('lock_timeout', $1, true),
       pg_catalog.set_config('statement_timeout', '0', true),
       pg_catalog.set_config('idle_in_transaction_session_timeout', '0', true),
       pg_catalog.set_config('transaction_timeout', '0', true), -- since 17
       pg_catalog.set_config('row_security', 'off', true),
       pg_catalog.set_config('standard_conforming_strings', 'on', true),
       pg_catalog.set_config('datestyle', 'ISO', true),
       pg_catalog.set_config('intervalstyle', 'postgres', true),
       pg_catalog.set_config('extra_float_digits', '3', true),
       pg_catalog.set_config('bytea_output', 'hex', true),
       pg_catalog.set_config('lc_monetary', 'C', true),
       pg_catalog.set_config('timezone', 'UTC', true),
       pg_catalog.set_config('jit', 'off', true),
       pg_catalog.set_config('quote_all_identifiers', 'off', true);
