ALTER TABLE kinds ATTACH PARTITION kinds_a FOR VALUES IN ('a', 'it''s');
