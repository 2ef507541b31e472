-- Constraints that PostgreSQL has not checked against the rows; then: but for those whose names are in :'known'.
SELECT conrelid::regclass AS relation, conname AS not_validated FROM pg_constraint
 WHERE NOT convalidated AND conrelid <> 0 ORDER BY conname;
SELECT conrelid::regclass AS relation, conname AS not_validated FROM pg_constraint
 WHERE NOT convalidated AND conrelid <> 0 AND conname <> ALL (:'known'::text[]) ORDER BY conname;
