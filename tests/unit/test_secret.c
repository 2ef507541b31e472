/* test_secret.c - what of a text is covered before anybody sees it. */
#include "base/secret.h"
#include "base/secret_sql.h"

#include <glib.h>
#include <string.h>

struct row {
    const char *text;
    const char *masked; /* NULL: as it is */
};

static const struct row messages[] = {
    {"postgresql://a:b@host/c", "postgresql://a:***@host/c"},
    {"host=a password=b c", "host=a password=*** c"},
    {"password='b c' d", "password=*** d"},
    {"ALTER ROLE a PASSWORD 'b''c' x", "ALTER ROLE a PASSWORD *** x"},
    {"ALTER ROLE a PASSWORD E'b\\'c' x", "ALTER ROLE a PASSWORD E*** x"},
    {"ALTER ROLE a PASSWORD U&'b c' x", "ALTER ROLE a PASSWORD U&*** x"},
    {"ALTER ROLE a PASSWORD $q$b c$q$ x", "ALTER ROLE a PASSWORD *** x"},
    {"ALTER ROLE a PASSWORD $$b c", "ALTER ROLE a PASSWORD ***"},
    {"password = $x$ b $x$ c", "password = *** c"},
    {"password text NOT NULL", NULL},
    {"ALTER ROLE a PASSWORD NULL", NULL},
};

static void
test_messages(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(messages); i++) {
        g_autofree char *found = secret_mask(messages[i].text);
        const char *expected = messages[i].masked;
        g_assert_cmpstr(found, ==, expected != NULL ? expected : messages[i].text);
    }
}

static const struct {
    const char *sql;
    const char *to_read; /* NULL: as it is */
    const char *to_run;  /* NULL: as it is read */
} statements[] = {
    {"CREATE ROLE a LOGIN PASSWORD 'b c'", "CREATE ROLE a LOGIN PASSWORD '***'",
     "CREATE ROLE a LOGIN PASSWORD NULL"},
    {"create user \"A\" encrypted password E'b\\'c' login",
     "create user \"A\" encrypted password '***' login",
     "create user \"A\" encrypted password NULL login"},
    {"ALTER ROLE a PASSWORD /* x */ $t$b$t$; SELECT 'b'",
     "ALTER ROLE a PASSWORD /* x */ '***'; SELECT 'b'",
     "ALTER ROLE a PASSWORD /* x */ NULL; SELECT 'b'"},
    {"ALTER ROLE a PASSWORD 'b''c' VALID UNTIL 'infinity'",
     "ALTER ROLE a PASSWORD '***' VALID UNTIL 'infinity'",
     "ALTER ROLE a PASSWORD NULL VALID UNTIL 'infinity'"},
    {"CREATE USER MAPPING FOR a SERVER s OPTIONS (user 'u', password 'b')",
     "CREATE USER MAPPING FOR a SERVER s OPTIONS (user 'u', password '***')", NULL},
    {"ALTER USER MAPPING FOR a SERVER s OPTIONS (SET \"password\" 'b', ADD sslpassword 'c')",
     "ALTER USER MAPPING FOR a SERVER s OPTIONS (SET \"password\" '***', ADD sslpassword '***')",
     NULL},
    {"COMMENT ON TABLE a IS 'Rows.\n PRIVATE: it''s\nb'", "COMMENT ON TABLE a IS 'Rows.\n***'",
     "COMMENT ON TABLE a IS 'Rows.\n PRIVATE: it''s\nb'"},
    {"COMMENT ON TABLE a IS 'not private: b'", NULL, NULL},
    {"CREATE SUBSCRIPTION s CONNECTION 'host=h password=b dbname=d' PUBLICATION p",
     "CREATE SUBSCRIPTION s CONNECTION 'host=h password=*** dbname=d' PUBLICATION p", NULL},
    {"CREATE SUBSCRIPTION s CONNECTION 'password=''b c'' host=h' PUBLICATION p",
     "CREATE SUBSCRIPTION s CONNECTION 'password=*** host=h' PUBLICATION p", NULL},
    {"SELECT dblink_connect('postgresql://u:b@h/d')",
     "SELECT dblink_connect('postgresql://u:***@h/d')", NULL},
    {"UPDATE users SET password = 'b', name = 'c'", "UPDATE users SET password = '***', name = 'c'",
     NULL},
    {"-- password=b\nSELECT 1", "-- password=***\nSELECT 1", NULL},
    {"DO $$ BEGIN IF true THEN CREATE ROLE a PASSWORD 'b'; END IF; END $$",
     "DO $$ BEGIN IF true THEN CREATE ROLE a PASSWORD '***'; END IF; END $$",
     "DO $$ BEGIN IF true THEN CREATE ROLE a PASSWORD NULL; END IF; END $$"},
    {"DO 'BEGIN CREATE ROLE a PASSWORD ''b''; END'", "DO 'BEGIN CREATE ROLE a PASSWORD ***; END'",
     NULL},
    {"CREATE TABLE a (password text DEFAULT 'b', hint text)", NULL, NULL},
    {"UPDATE users SET password = ''", NULL, NULL},
    {"ALTER ROLE a PASSWORD NULL", NULL, NULL},
    {"COMMENT ON COLUMN a.password IS 'A hash; it''s salted.'", NULL, NULL},
    {"SELECT 'a', $$b$$, $1, E'\\'', U&'x', 'open", NULL, NULL},
    {"SELECT $a$ $b$ open", NULL, NULL},
    {"", NULL, NULL},
};

static void
test_statements(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(statements); i++) {
        const char *sql = statements[i].sql;
        const char *to_read = statements[i].to_read != NULL ? statements[i].to_read : sql;
        const char *to_run = statements[i].to_run != NULL ? statements[i].to_run : to_read;
        g_autofree char *read = secret_mask_sql(sql, SECRET_FOR_READING);
        g_autofree char *run = secret_mask_sql(sql, SECRET_FOR_RUNNING);
        g_assert_cmpstr(read, ==, to_read);
        g_assert_cmpstr(run, ==, to_run);
    }
}

static void
test_public(void)
{
    static const struct {
        const char *comment;
        size_t length;
    } comments[] = {
        {"", 0},
        {"private: a", 0},
        {" \tPrivate:a", 0},
        {"a\nprivate:\nb", 2},
        {"a\r\n\r\nprivate: b", 5},
        {"a private: b", 12},
        {"privately: b", 12},
        {"a\n", 2},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(comments); i++)
        g_assert_cmpuint(secret_public_length(comments[i].comment), ==, comments[i].length);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/secret/messages", test_messages);
    g_test_add_func("/secret/statements", test_statements);
    g_test_add_func("/secret/public", test_public);
    return g_test_run();
}
