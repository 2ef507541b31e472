/* test_acl.c - the catalog's words of grants: reading them, and what one became to the other. */
#include "catalog/acl.h"

/* Texts are split at "; ". */
static struct names
names_of(char **texts)
{
    return (struct names){g_strv_length(texts), (void *)texts};
}

static void
test_read(void)
{
    static const struct {
        const char *text;
        enum grantee grantee;
        const char *role;
        const char *privileges; /* NULL: it is no grant */
    } rows[] = {
        {"app: SELECT, INSERT WITH GRANT OPTION", GRANTEE_ROLE, "app",
         "SELECT, INSERT WITH GRANT OPTION"},
        {"PUBLIC: EXECUTE", GRANTEE_PUBLIC, NULL, "EXECUTE"},
        {"OWNER: nothing", GRANTEE_OWNER, NULL, "nothing"},
        {"\"PUBLIC\": SELECT", GRANTEE_ROLE, "PUBLIC", "SELECT"},
        {"\"a: \"\"b\"\": SELECT\": INSERT", GRANTEE_ROLE, "a: \"b\": SELECT", "INSERT"},
        {"\"><script>\": SELECT", GRANTEE_ROLE, "><script>", "SELECT"},
        {"app SELECT", 0, NULL, NULL},
        {"app: FLY", 0, NULL, NULL},
        {"app: SELECT WITH", 0, NULL, NULL},
        {"a.b: SELECT", 0, NULL, NULL},
        {": SELECT", 0, NULL, NULL},
        {"", 0, NULL, NULL},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct acl_entry entry;
        bool good = acl_entry_read(rows[i].text, &entry);
        g_assert_true(good == (rows[i].privileges != NULL));
        if (good) {
            g_autofree char *words = privileges_text(entry.privileges, entry.grantable);
            g_assert_cmpint(entry.grantee, ==, rows[i].grantee);
            g_assert_cmpstr(entry.role, ==, rows[i].role);
            g_assert_cmpstr(words, ==, rows[i].privileges);
        }
        acl_entry_clear(&entry);
    }
}

/* NULL before: a new object; NULL said: nobody gains or loses anything. */
static const struct {
    const struct kind *kind;
    const char *before;
    const char *after;
    const char *said;
} differences[] = {
    {&kind_table, "", "app: SELECT", "app gains SELECT"},
    {&kind_table, "app: SELECT", "", "app loses SELECT"},
    {&kind_table, "app: SELECT, INSERT", "app: INSERT, SELECT", NULL},
    {&kind_table, "app: SELECT", "app: INSERT", "app gains INSERT; app loses SELECT"},
    {&kind_table, "", "app: SELECT WITH GRANT OPTION", "app gains SELECT WITH GRANT OPTION"},
    {&kind_table, "app: SELECT", "app: SELECT WITH GRANT OPTION", "app may grant SELECT"},
    {&kind_table, "app: SELECT WITH GRANT OPTION", "app: SELECT", "app may no longer grant SELECT"},
    {&kind_table, "app: SELECT WITH GRANT OPTION", "", "app loses SELECT"},
    {&kind_table, "PUBLIC: SELECT", "\"PUBLIC\": SELECT",
     "\"PUBLIC\" gains SELECT; everybody loses SELECT"},
    {&kind_schema, "", "OWNER: USAGE", "the owner loses CREATE"},
    {&kind_schema, "OWNER: nothing", "", "the owner gains USAGE, CREATE"},
    {&kind_column, "", "app: UPDATE", "app gains UPDATE"},
    {&kind_table, NULL, "", NULL},
    {&kind_table, NULL, "app: SELECT", "app gains SELECT"},
    {&kind_function, NULL, "PUBLIC: EXECUTE", NULL},
    {&kind_function, NULL, "app: EXECUTE", "app gains EXECUTE; everybody loses EXECUTE"},
    {&kind_default_privileges, NULL, "app: SELECT", "app gains SELECT"},
};

static void
test_difference(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(differences); i++) {
        const char *before = differences[i].before;
        g_auto(GStrv) old = g_strsplit(before == NULL ? "" : before, "; ", -1);
        g_auto(GStrv) now = g_strsplit(differences[i].after, "; ", -1);
        const struct names old_names = names_of(old);
        const struct names now_names = names_of(now);
        g_autofree char *said = acl_difference(differences[i].kind, 15,
                                               before == NULL ? NULL : &old_names, &now_names);
        g_assert_cmpstr(said, ==, differences[i].said);
    }
}

static void
test_default(void)
{
    static const struct {
        const struct kind *kind;
        const char *grants;
        bool is_default;
    } rows[] = {
        {&kind_table, "", true},
        {&kind_table, "app: SELECT", false},
        {&kind_function, "PUBLIC: EXECUTE", true},
        {&kind_function, "", false},
        {&kind_function, "PUBLIC: EXECUTE; app: EXECUTE", false},
        {&kind_domain, "PUBLIC: USAGE", true},
        {&kind_schema, "PUBLIC: USAGE", false},
        {&kind_column, "", true},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_auto(GStrv) texts = g_strsplit(rows[i].grants, "; ", -1);
        const struct names grants = names_of(texts);
        g_assert_true(acl_is_default(rows[i].kind, &grants) == rows[i].is_default);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/acl/read", test_read);
    g_test_add_func("/acl/difference", test_difference);
    g_test_add_func("/acl/default", test_default);
    return g_test_run();
}
