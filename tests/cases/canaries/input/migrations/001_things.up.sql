-- canary-migration-reason
CREATE TABLE seeded (id int, word text DEFAULT 'canary-migration-default');
INSERT INTO seeded VALUES (1, 'canary-seed');
COMMENT ON TABLE seeded IS 'Seeded.
private: canary-private-migration';
