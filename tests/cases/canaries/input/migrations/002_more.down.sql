ALTER TABLE seeded ALTER word SET DEFAULT 'canary-migration-default';
