\set ON_ERROR_STOP on
\set schema blog
\set greeting 'it''s' ' "here"'
CREATE SCHEMA :"schema";
\ir 20_views/shared/touch.psql
