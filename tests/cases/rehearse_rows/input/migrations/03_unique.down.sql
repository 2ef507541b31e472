DROP INDEX authors_email; DROP INDEX posts_slug;
