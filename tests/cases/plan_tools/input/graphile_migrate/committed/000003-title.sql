--! Previous: sha1:4ae23a084d2c0cd8cf797e25f202317ad43aabe8
--! Hash: sha1:ad2f807359349e179fb2305271a8c4b86bc457ea
--! Message: title

--! no-transaction
CREATE INDEX CONCURRENTLY posts_title_index ON posts (title);
