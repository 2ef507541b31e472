/* test_config.c - dbdoc.yml: defaults, every key, every refusal. */
#include "config/config.h"
#include "support.h"

#include <string.h>

struct fixture {
    struct arena *arena;
    char **environment;
    GError *error;
};

static void
begin(struct fixture *fixture, gconstpointer unused)
{
    (void)unused;
    fixture->arena = arena_new();
    fixture->environment = g_strsplit("HOST=db.example.org EMPTY= DATABASE_URL=postgres://u:p@h/d",
                                      " ", -1);
    support_enter();
}

static void
end(struct fixture *fixture, gconstpointer unused)
{
    (void)unused;
    arena_free(fixture->arena);
    g_strfreev(fixture->environment);
    g_clear_error(&fixture->error);
    support_leave();
}

static struct config *
read_text(struct fixture *fixture, const char *text)
{
    support_write("dbdoc.yml", text);
    return config_read(fixture->arena, NULL, fixture->environment, &fixture->error);
}

static void
assert_defaults(const struct config *config)
{
    g_assert_nonnull(config);
    g_assert_cmpstr(config->root, ==, ".");
    g_assert_null(config->title);
    g_assert_null(config->intro);
    g_assert_null(config->database);
    g_assert_cmpstr(config->notes, ==, "notes");
    g_assert_cmpstr(config->queries, ==, "queries");
    g_assert_cmpstr(config->output, ==, "site");
    g_assert_cmpuint(config->load_seconds, ==, 300);
    g_assert_cmpuint(config->load_megabytes, ==, 2048);
    g_assert_cmpuint(config->acceptance_count, ==, 0);
    g_assert_null(config->logo);
    g_assert_null(config->observations);
    g_assert_null(config->theme);
    g_assert_null(config->templates);
    g_assert_cmpstr(config->language->tag, ==, "en");
    g_assert_cmpuint(config->group_count + config->viewpoint_count + config->label_count, ==, 0);
    g_assert_cmpuint(config->footer_count, ==, 0);
    g_assert_true(config_documents(config, "any", "thing"));
}

static void
test_absent(struct fixture *fixture, gconstpointer unused)
{
    (void)unused;
    const struct config *config = config_read(fixture->arena, NULL, fixture->environment,
                                              &fixture->error);
    g_assert_no_error(fixture->error);
    assert_defaults(config);
    g_assert_null(config->file);
}

static void
test_empty(struct fixture *fixture, gconstpointer unused)
{
    (void)unused;
    static const char *const texts[] = {
        "", "# nothing said\n",
        "title:\nintro:\ndatabase:\nnotes:\noutput:\naccept:\n  # - rule: x\n"
        "groups:\nviewpoints:\nlimits:\nrehearsal:\nprofile:\npublish:\n"};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        const struct config *config = read_text(fixture, texts[i]);
        g_assert_no_error(fixture->error);
        assert_defaults(config);
        g_assert_cmpstr(config->file, ==, "dbdoc.yml");
    }
}

static void
test_everything(struct fixture *fixture, gconstpointer unused)
{
    (void)unused;
    const struct config *config = read_text(fixture,
                                            "title: Inkwell\n"
                                            "url: HTTPS://docs.example.org/ink\n"
                                            "intro: docs/intro.md\n"
                                            "database: postgres://${HOST}/ink\n"
                                            "notes: docs/notes\n"
                                            "queries: docs/sql\n"
                                            "output: public\n"
                                            "limits: {seconds: 5, megabytes: 64}\n"
                                            "rehearsal: {postgresql: 16, server: \"host=${HOST}\","
                                            " shared: true}\n"
                                            "accept:\n"
                                            "  - rule: foreign-key-without-index\n"
                                            "    object: table blog.posts\n"
                                            "    reason: written once a year\n"
                                            "    until: 2028-02-29\n"
                                            "  - rule: no-primary-key\n"
                                            "    reason: log tables\n"
                                            "publish: structure\n");
    g_assert_no_error(fixture->error);
    g_assert_cmpstr(config->title, ==, "Inkwell");
    g_assert_cmpstr(config->url, ==, "HTTPS://docs.example.org/ink/");
    g_assert_cmpstr(config->intro, ==, "docs/intro.md");
    g_assert_cmpstr(config->database, ==, "postgres://db.example.org/ink");
    g_assert_cmpstr(config->notes, ==, "docs/notes");
    g_assert_cmpstr(config->queries, ==, "docs/sql");
    g_assert_true(config->publish == PUBLISH_STRUCTURE);
    g_assert_cmpstr(config->output, ==, "public");
    g_assert_cmpuint(config->load_seconds, ==, 5);
    g_assert_cmpuint(config->load_megabytes, ==, 64);
    g_assert_cmpuint(config->rehearsal.major, ==, 16);
    g_assert_cmpstr(config->rehearsal.server, ==, "host=db.example.org");
    g_assert_true(config->rehearsal.shared);
    g_assert_cmpuint(config->acceptance_count, ==, 2);
    const struct acceptance *first = &config->acceptances[0];
    g_assert_cmpstr(first->slug, ==, "foreign-key-without-index");
    g_assert_cmpstr(first->object, ==, "table blog.posts");
    g_assert_cmpstr(first->reason, ==, "written once a year");
    g_assert_cmpstr(first->until, ==, "2028-02-29");
    g_assert_cmpuint(first->line, ==, 11);
    g_assert_null(config->acceptances[1].object);
    g_assert_null(config->acceptances[1].until);
}

/* What the site looks like, and which tables it is about. */
static void
test_site(struct fixture *fixture, gconstpointer unused)
{
    (void)unused;
    const struct config *config = read_text(fixture, "logo: docs/logo.svg\n"
                                                     "observations: seen.json\n"
                                                     "theme: docs/theme\n"
                                                     "templates: docs/templates\n"
                                                     "language: pt\n"
                                                     "footer:\n"
                                                     "  - {text: Source, url: https://x.org/a}\n"
                                                     "  - {text: Ask us, url: 'mailto:a@x.org'}\n");
    g_assert_no_error(fixture->error);
    g_assert_cmpstr(config->logo, ==, "docs/logo.svg");
    g_assert_cmpstr(config->observations, ==, "seen.json");
    g_assert_cmpstr(config->theme, ==, "docs/theme");
    g_assert_cmpstr(config->templates, ==, "docs/templates");
    g_assert_cmpstr(config->language->tag, ==, "pt");
    g_assert_cmpuint(config->footer_count, ==, 2);
    g_assert_cmpstr(config->footer[0].text, ==, "Source");
    g_assert_cmpstr(config->footer[1].url, ==, "mailto:a@x.org");
    g_assert_cmpuint(strlen(config->digest), ==, 64);
}

static void
test_selections(struct fixture *fixture, gconstpointer unused)
{
    (void)unused;
    const struct config *config = read_text(fixture,
                                            "groups:\n"
                                            "  - name: Money & more\n"
                                            "    tables: [billing.*, public.invoice_?]\n"
                                            "  - name: People\n"
                                            "    tables:\n"
                                            "      - accounts.*\n"
                                            "viewpoints:\n"
                                            "  - name: checkout\n"
                                            "    title: How an order is paid\n"
                                            "    text: |\n"
                                            "      From *cart* to receipt.\n"
                                            "    tables: [shop.orders]\n"
                                            "  - {name: all, text: ' ', tables: ['*.*']}\n");
    g_assert_no_error(fixture->error);
    g_assert_cmpuint(config->group_count, ==, 2);
    g_assert_cmpstr(config->groups[0].name, ==, "Money & more");
    g_assert_cmpuint(config->groups[0].tables.count, ==, 2);
    g_assert_cmpstr(config->groups[0].tables.items[0].text, ==, "billing.*");
    g_assert_cmpuint(config->groups[0].tables.items[1].line, ==, 3);
    g_assert_true(patterns_match(&config->groups[0].tables, "public", "invoice_2"));
    g_assert_cmpuint(config->groups[1].line, ==, 4);
    g_assert_cmpuint(config->viewpoint_count, ==, 2);
    g_assert_cmpstr(config->viewpoints[0].name, ==, "checkout");
    g_assert_cmpstr(config->viewpoints[0].title, ==, "How an order is paid");
    g_assert_cmpstr(config->viewpoints[0].text, ==, "From *cart* to receipt.\n");
    g_assert_true(patterns_match(&config->viewpoints[0].tables, "shop", "orders"));
    g_assert_cmpuint(config->viewpoints[0].line, ==, 8);
    g_assert_cmpstr(config->viewpoints[1].title, ==, "all");
    g_assert_null(config->viewpoints[1].text);
}

static void
test_documented(struct fixture *fixture, gconstpointer unused)
{
    (void)unused;
    const struct config *config = read_text(fixture, "include: [blog.*, plans]\n"
                                                     "exclude: [\"*.old_*\"]\n");
    g_assert_no_error(fixture->error);
    g_assert_true(config_documents(config, "blog", "posts"));
    g_assert_true(config_documents(config, "billing", "plans"));
    g_assert_false(config_documents(config, "audit", "events"));
    g_assert_false(config_documents(config, "blog", "old_posts"));
    config = read_text(fixture, "exclude: [audit.*]\n");
    g_assert_true(config_documents(config, "blog", "posts"));
    g_assert_false(config_documents(config, "audit", "events"));
}

static void
test_tenants(struct fixture *fixture, gconstpointer data)
{
    (void)data;
    g_assert_cmpint(read_text(fixture, "title: x\n")->tenants, ==, TENANTS_ONCE);
    g_assert_cmpint(read_text(fixture, "tenants: each\n")->tenants, ==, TENANTS_EACH);
    g_assert_cmpint(read_text(fixture, "tenants: once\n")->tenants, ==, TENANTS_ONCE);
    g_assert_null(read_text(fixture, "tenants: Each\n"));
    support_assert_failure_says(&fixture->error, FAILURE_USAGE, "takes one of once, each");
    g_assert_cmpint(read_text(fixture, "tenants: each\n")->libraries, ==, LIBRARIES_APART);
    g_assert_cmpint(read_text(fixture, "libraries: counted\n")->libraries, ==, LIBRARIES_COUNTED);
    g_assert_null(read_text(fixture, "libraries: none\n"));
    support_assert_failure_says(&fixture->error, FAILURE_USAGE, "takes one of apart, counted");
}

static void
test_labels(struct fixture *fixture, gconstpointer unused)
{
    (void)unused;
    const struct config *config = read_text(fixture, "labels:\n"
                                                     "  - name: personal data\n"
                                                     "    text: Ask before you export it.\n"
                                                     "    objects: [users, blog.posts.author]\n");
    g_assert_no_error(fixture->error);
    g_assert_cmpuint(config->label_count, ==, 1);
    const struct config_label *label = &config->labels[0];
    g_assert_cmpstr(label->name, ==, "personal data");
    g_assert_cmpstr(label->text, ==, "Ask before you export it.");
    g_assert_cmpuint(label->line, ==, 2);
    g_assert_true(patterns_match(&label->objects, "accounts", "users"));
    g_assert_true(pattern_matches_column(&label->objects.items[1], "blog", "posts", "author"));
}

/* The folder of the file is the root; the site goes there too. */
static void
test_elsewhere(struct fixture *fixture, gconstpointer unused)
{
    (void)unused;
    support_write("app/docs.yml", "notes: words\n");
    const struct config *config = config_read(fixture->arena, "app/docs.yml", fixture->environment,
                                              &fixture->error);
    g_assert_no_error(fixture->error);
    g_assert_cmpstr(config->file, ==, "app/docs.yml");
    g_assert_cmpstr(config->root, ==, "app");
    g_assert_cmpstr(config->notes, ==, "words");
    g_assert_cmpstr(config->output, ==, "app/site");
    support_write("app/docs.yml", "output: /srv/www\n");
    config = config_read(fixture->arena, "app/docs.yml", fixture->environment, &fixture->error);
    g_assert_cmpstr(config->output, ==, "/srv/www");
}

struct example {
    const char *text;
    const char *result; /* of database, or the message */
};

static void
test_variables(struct fixture *fixture, gconstpointer unused)
{
    (void)unused;
    static const struct example examples[] = {
        {"database: ${DATABASE_URL}\n", "postgres://u:p@h/d"},
        {"database: a${HOST}b${HOST}\n", "adb.example.orgbdb.example.org"},
        {"database: cost$5 $HOST $$\n", "cost$5 $HOST $$"},
        {"database: priv/repo/structure.sql\n", "priv/repo/structure.sql"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(examples); i++) {
        const struct config *config = read_text(fixture, examples[i].text);
        g_assert_no_error(fixture->error);
        g_assert_cmpstr(config->database, ==, examples[i].result);
    }
    const struct config *config = read_text(fixture, "title: ${HOST}\n");
    g_assert_cmpstr(config->title, ==, "${HOST}");
}

/* Who does not want that database is not stopped. */
static void
test_variables_that_lack(struct fixture *fixture, gconstpointer unused)
{
    (void)unused;
    static const struct example examples[] = {
        {"title: Blog\ndatabase: x ${NOWHERE}\n",
         "dbdoc.yml:2:11: the environment variable NOWHERE is not set or empty. Set it, or write "
         "the database here without it."},
        {"title: Blog\ndatabase: ${EMPTY}${NOWHERE}\n",
         "dbdoc.yml:2:11: the environment variable EMPTY is not set or empty. Set it, or write "
         "the database here without it."},
        {"title: Blog\ndatabase: ${HOST}\n", NULL},
        {"title: Blog\n", NULL},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(examples); i++) {
        const struct config *config = read_text(fixture, examples[i].text);
        g_assert_no_error(fixture->error);
        g_assert_cmpstr(config->title, ==, "Blog");
        g_assert_cmpstr(config->database_problem, ==, examples[i].result);
    }
}

#define REFUSED_URL                                                                                \
    "dbdoc.yml:1:6: \"url\" takes the address of the site's folder, such as "                      \
    "https://docs.example.org/blog/, without user, ? and #."

static const struct example refusals[] = {
    {"titel: x\n", "dbdoc.yml:1:1: there is no key \"titel\". Did you mean \"title\"?"},
    {"database: ${HO ST}\n", "dbdoc.yml:1:11: \"${\" must be followed by the name of an "
                             "environment variable and \"}\"."},
    {"database: ${}\n", "dbdoc.yml:1:11: \"${\" must be followed by the name of an "
                        "environment variable and \"}\"."},
    {"database: ${HOST\n", "dbdoc.yml:1:11: \"${\" must be followed by the name of an "
                           "environment variable and \"}\"."},
    {"notes: ../other\n", "dbdoc.yml:1:8: \"notes\" must be a path below the folder of this "
                          "file, without \"..\"."},
    {"intro: /etc/passwd\n", "dbdoc.yml:1:8: \"intro\" must be a path below the folder of "
                             "this file, without \"..\"."},
    {"accept:\n  - reason: x\n", "dbdoc.yml:2:5: \"rule\" is missing here."},
    {"accept:\n  - rule: x\n", "dbdoc.yml:2:5: \"reason\" is missing here."},
    {"accept:\n  - {rule: x, reason: '  '}\n",
     "dbdoc.yml:2:23: \"reason\" is empty. Say why this finding is fine."},
    {"accept:\n  - {rule: x, reason: y, until: soon}\n",
     "dbdoc.yml:2:33: \"until\" takes a date such as 2027-03-31, found \"soon\"."},
    {"accept:\n  - {rule: x, reason: y, until: 2027-02-29}\n",
     "dbdoc.yml:2:33: \"until\" takes a date such as 2027-03-31, found \"2027-02-29\"."},
    {"accept:\n  - {rule: x, reason: y, until: 2027-02-2}\n",
     "dbdoc.yml:2:33: \"until\" takes a date such as 2027-03-31, found \"2027-02-2\"."},
    {"logo: logo.js\n", "dbdoc.yml:1:7: \"logo\" takes a picture (.svg, .png, .jpg, .webp or "
                        ".gif), found \"logo.js\"."},
    {"theme: a/../../b\n", "dbdoc.yml:1:8: \"theme\" must be a path below the folder of this "
                           "file, without \"..\"."},
    {"language: klingon\n",
     "dbdoc.yml:1:11: \"language\" takes one of cs, da, de, de-CH, en, en-US, es, fi, fr, it, "
     "ja, ko, nb, nl, pl, pt, ru, sv, tr, uk, zh, found \"klingon\"."},
    {"publish: everything\n", "dbdoc.yml:1:10: \"publish\" takes one of internal, structure, "
                              "found \"everything\"."},
    {"title: \"a\\eb\"\n", "dbdoc.yml:1:8: a text cannot hold control characters."},
    {"footer:\n  - {text: x, url: 'javascript:alert(1)'}\n",
     "dbdoc.yml:2:20: \"url\" takes an address that begins with https://, http:// or mailto:, "
     "found \"javascript:alert(1)\"."},
    {"footer:\n  - {text: x, url: 'https://a b'}\n",
     "dbdoc.yml:2:20: \"url\" takes an address that begins with https://, http:// or mailto:, "
     "found \"https://a b\"."},
    {"include: blog.*\n", "dbdoc.yml:1:10: \"include\" takes a list, found a text."},
    {"exclude: [a.b.c]\n",
     "dbdoc.yml:1:11: \"a.b.c\" names no tables. Write blog.posts, blog.* or \"a.b\".c."},
    {"exclude: [[a]]\n", "dbdoc.yml:1:11: expected a text."},
    {"labels:\n  - {name: x, objects: [a.b.c.d]}\n",
     "dbdoc.yml:2:25: \"a.b.c.d\" names no tables or columns. Write blog.posts, blog.* or "
     "blog.posts.body."},
    {"labels:\n  - {name: x, tables: [a]}\n",
     "dbdoc.yml:2:15: there is no key \"tables\". Known here: name, text, objects."},
    {"accept: [word]\n", "dbdoc.yml:1:10: expected keys and values, found a text."},
    {"groups:\n  - {name: a}\n", "dbdoc.yml:2:5: \"tables\" is missing here."},
    {"groups:\n  - {name: a, tables: []}\n", "dbdoc.yml:2:23: this list is empty."},
    {"groups:\n  - {name: a, tables: [b.*, c.]}\n",
     "dbdoc.yml:2:29: \"c.\" names no tables. Write blog.posts, blog.* or \"a.b\".c."},
    {"groups:\n  - {name: ' ', tables: [b.*]}\n", "dbdoc.yml:2:12: \"name\" is empty."},
    {"groups:\n  - {name: a, tables: [b.*]}\n  - {name: a, tables: [c.*]}\n",
     "dbdoc.yml:3:12: \"a\" is the name of line 2 already. Choose another one."},
    {"groups:\n  - {name: a, title: b, tables: [b.*]}\n",
     "dbdoc.yml:2:15: there is no key \"title\". Known here: name, tables."},
    {"viewpoints:\n  - {title: a, tables: [b.*]}\n", "dbdoc.yml:2:5: \"name\" is missing here."},
    {"viewpoints:\n  - {name: a, tables: [[b.*]]}\n", "dbdoc.yml:2:24: expected a text."},
    {"url: docs.example.org\n", REFUSED_URL},
    {"url: 'https:///blog'\n", REFUSED_URL},
    {"url: 'file:///srv/docs/'\n", REFUSED_URL},
    {"url: 'javascript:alert(1)'\n", REFUSED_URL},
    {"url: 'https://a:b@docs.example.org/'\n", REFUSED_URL},
    {"url: 'https://docs.example.org/?a'\n", REFUSED_URL},
    {"url: 'https://docs.example.org/#a'\n", REFUSED_URL},
    {"url: 'https://docs.example.org/a b'\n", REFUSED_URL},
    {"limits: {seconds: 0}\n",
     "dbdoc.yml:1:19: expected a whole number from 1 to 86400, found \"0\"."},
    {"limits: {megabytes: 1e3}\n",
     "dbdoc.yml:1:21: expected a whole number from 1 to 1048576, found \"1e3\"."},
    {"rehearsal: {shared: yes}\n", "dbdoc.yml:1:21: expected true or false, found \"yes\"."},
    {"rehearsal: {server: \"${A\"}\n",
     "dbdoc.yml:1:21: \"${\" must be followed by the name of an environment variable and \"}\"."},
    {"rehearsal: {postgresql: 9.6}\n",
     "dbdoc.yml:1:25: expected a whole number from 1 to 99, found \"9.6\"."},
    {"limits: {megabytes: 99999999999999999999}\n",
     "dbdoc.yml:1:21: expected a whole number from 1 to 1048576, found "
     "\"99999999999999999999\"."},
};

static void
test_refusals(struct fixture *fixture, gconstpointer unused)
{
    (void)unused;
    for (size_t i = 0; i < G_N_ELEMENTS(refusals); i++) {
        g_assert_null(read_text(fixture, refusals[i].text));
        support_assert_failure(&fixture->error, FAILURE_USAGE, refusals[i].result);
    }
}

static void
test_unreadable(struct fixture *fixture, gconstpointer unused)
{
    (void)unused;
    g_assert_null(config_read(fixture->arena, "none.yml", fixture->environment, &fixture->error));
    support_assert_failure(&fixture->error, FAILURE_USAGE,
                           "cannot open the file (none.yml: No such file or directory).");
    support_write("folder/x", "");
    g_assert_null(config_read(fixture->arena, "folder", fixture->environment, &fixture->error));
    support_assert_failure(&fixture->error, FAILURE_USAGE,
                           "expected a file, found a folder (folder).");
    g_autofree char *big = g_strnfill(1024 * 1024 + 1, '#');
    g_assert_null(read_text(fixture, big));
    support_assert_failure_says(&fixture->error, FAILURE_USAGE, "the file is too big (dbdoc.yml");
}

#define ADD(path, function) g_test_add(path, struct fixture, NULL, begin, function, end)

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("/config/absent", test_absent);
    ADD("/config/empty", test_empty);
    ADD("/config/everything", test_everything);
    ADD("/config/site", test_site);
    ADD("/config/selections", test_selections);
    ADD("/config/documented", test_documented);
    ADD("/config/tenants", test_tenants);
    ADD("/config/labels", test_labels);
    ADD("/config/elsewhere", test_elsewhere);
    ADD("/config/variables", test_variables);
    ADD("/config/variables_that_lack", test_variables_that_lack);
    ADD("/config/refusals", test_refusals);
    ADD("/config/unreadable", test_unreadable);
    return g_test_run();
}
