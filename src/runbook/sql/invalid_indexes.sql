SELECT indexrelid::regclass AS invalid_index FROM pg_index WHERE NOT indisvalid OR NOT indisready;
