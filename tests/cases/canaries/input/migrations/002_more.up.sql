ALTER TABLE seeded ALTER word SET DEFAULT 'canary-new-default';
UPDATE seeded SET word = 'canary-new-seed';
