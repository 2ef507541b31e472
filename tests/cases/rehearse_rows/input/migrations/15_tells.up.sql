SELECT pg_notify('others', 'schema changed');
