-- Up Migration
SELECT 'glad'::mood;
