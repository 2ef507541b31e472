-- tenants.sql - psql -v count=N: the same 20 tables in each of N schemas.
SELECT set_config('bench.count', :'count', false) \g /dev/null

CREATE PROCEDURE pg_temp.make_tenant(tenant text) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE SCHEMA %I', tenant);
    FOR number IN 1..20 LOOP
        EXECUTE format('CREATE TABLE %1$I.%2$I (id bigserial PRIMARY KEY, parent_id bigint REFERENCES %1$I.%3$I,'
                       ' title text NOT NULL, inserted_at timestamp NOT NULL)',
                       tenant, 'table_' || number, 'table_' || greatest(1, number / 2));
        EXECUTE format('CREATE INDEX ON %I.%I (parent_id)', tenant, 'table_' || number);
        EXECUTE format('COMMENT ON TABLE %I.%I IS %L', tenant, 'table_' || number, 'Every tenant has one.');
    END LOOP;
END $$;

DO $$
BEGIN
    FOR tenant IN 1..current_setting('bench.count')::int LOOP
        CALL pg_temp.make_tenant('tenant_' || lpad(tenant::text, 4, '0'));
        COMMIT;
    END LOOP;
END $$;
