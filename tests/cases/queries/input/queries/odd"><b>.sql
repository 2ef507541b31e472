-- name: "><script>alert(1)</script>
SELECT "Display Name" FROM blog.users;
-- name: ../x
DELETE FROM blog.users;
-- name: `tick`
VACUUM;