DROP TABLE seeded;
