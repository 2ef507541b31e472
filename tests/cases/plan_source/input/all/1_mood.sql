-- Up Migration
CREATE TYPE mood AS ENUM ('sad');
