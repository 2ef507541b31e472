-- Up Migration
ALTER TYPE mood ADD VALUE 'glad';
