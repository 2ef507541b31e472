/* test_feed.c - the feed against what RFC 4287 asks: its grammar (tests/fixtures/atom.rng), and
 * what a grammar cannot say. */
#include "fixture.h"
#include "site/feed.h"

#include <libxml/relaxng.h>
#include <libxml/xpathInternals.h>
#include <string.h>

static xmlDoc *
parse(const GString *text)
{
    xmlDoc *document = xmlReadMemory(text->str, (int)text->len, NULL, NULL, XML_PARSE_NONET);
    g_assert_nonnull(document);
    return document;
}

static void
ignore(void *unused, const char *format, ...)
{
    (void)unused;
    (void)format;
}

static bool
is_valid(xmlDoc *document)
{
    g_autofree char *path = g_build_filename(g_getenv("ROOT"), "tests/fixtures/atom.rng", NULL);
    xmlRelaxNGParserCtxt *parser = xmlRelaxNGNewParserCtxt(path);
    xmlRelaxNG *grammar = xmlRelaxNGParse(parser);
    xmlRelaxNGFreeParserCtxt(parser);
    g_assert_nonnull(grammar);
    xmlRelaxNGValidCtxt *context = xmlRelaxNGNewValidCtxt(grammar);
    xmlRelaxNGSetValidErrors(context, ignore, ignore, NULL);
    int result = xmlRelaxNGValidateDoc(context, document);
    g_assert_cmpint(result, >=, 0);
    xmlRelaxNGFreeValidCtxt(context);
    xmlRelaxNGFree(grammar);
    return result == 0;
}

/* What XPath says of the feed, whose elements have the prefix "a". Free with g_free. */
static char *
ask(xmlDoc *document, const char *expression)
{
    xmlXPathContext *context = xmlXPathNewContext(document);
    xmlXPathRegisterNs(context, BAD_CAST "a", BAD_CAST "http://www.w3.org/2005/Atom");
    xmlXPathObject *object = xmlXPathEvalExpression(BAD_CAST expression, context);
    g_assert_nonnull(object);
    xmlChar *words = xmlXPathCastToString(object);
    char *answer = g_strdup((const char *)words);
    xmlFree(words);
    xmlXPathFreeObject(object);
    xmlXPathFreeContext(context);
    return answer;
}

static void
assert_answer(xmlDoc *document, const char *expression, const char *expected)
{
    g_autofree char *answer = ask(document, expression);
    g_assert_cmpstr(answer, ==, expected);
}

static void
add(struct releases *releases, const char *name, const char *moment, const char *table)
{
    g_autoptr(GString) text = g_string_new(name);
    g_autofree char *lists = g_strdup_printf(
        "'name':'blog','tables':[{'schema':'b','name':'%s','kind':'ordinary','columns':[]}]",
        table);
    releases_add(releases, name, moment, fixture_read(lists, NULL), text);
}

/* Hostile names, a release without a moment, and the newest moment not on the newest release. */
static xmlDoc *
make(const char *url)
{
    struct releases *releases = releases_new();
    add(releases, "1.0", "2025-01-10T10:00:00+02:00", "posts");
    add(releases, "1.1]]>&<script>\n", "2025-03-10T10:00:00Z", "\\\"><script>alert(1)</script>");
    add(releases, "1.2", NULL, "posts");
    add(releases, "1.3", "2025-02-10T23:59:59-11:30", "post\\u00e4\\u202e");
    struct database *now = fixture_read("'name':'blog'", NULL);
    releases_finish(releases, now);
    const struct config config = {.url = url};
    const struct model model = {.config = &config, .catalog = now->catalog};
    const struct plan plan = {.releases = releases};
    const struct site site = {.model = &model, .plan = &plan};
    g_assert_true(feed_is_there(&plan));
    GString *text = feed_write(&site);
    xmlDoc *document = parse(text);
    g_string_free(text, TRUE);
    database_free(now);
    releases_free(releases);
    return document;
}

static void
test_grammar(void)
{
    xmlDoc *document = make(NULL);
    g_assert_true(is_valid(document));
    xmlFreeDoc(document);
    document = make("https://docs.example.org/blog/");
    g_assert_true(is_valid(document));
    xmlFreeDoc(document);
}

/* What no grammar says: one feed link to itself, identifiers for one thing each, and one page for
 * each entry (4.1.1, 4.1.2, 4.2.6). */
static void
test_rules(void)
{
    xmlDoc *document = make(NULL);
    assert_answer(document, "count(//a:entry)", "3");
    assert_answer(document, "count(//a:id[. = preceding::a:id])", "0");
    assert_answer(document, "count(/a:feed/a:link[@rel = 'self'])", "1");
    assert_answer(document, "count(/a:feed/a:link[@rel = 'alternate'])", "1");
    assert_answer(document, "count(//a:entry[count(a:link[@rel = 'alternate']) != 1])", "0");
    assert_answer(document, "string(/a:feed/a:updated)", "2025-03-10T10:00:00Z");
    assert_answer(document, "string(//a:entry[1]/a:title)", "1.3");
    assert_answer(document, "count(//a:entry[contains(a:content, '<script>')])", "1");
    assert_answer(document, "count(//*[local-name() = 'script'])", "0");
    xmlFreeDoc(document);
}

static void
test_links(void)
{
    xmlDoc *document = make(NULL);
    assert_answer(document, "string(/a:feed/a:link[@rel = 'self']/@href)", "changelog.xml");
    g_autofree char *anchor = ask(document, "string(//a:entry[3]/a:link/@href)");
    g_assert_true(g_str_has_prefix(anchor, "changelog.html#release-1-2e0"));
    xmlFreeDoc(document);
    document = make("https://docs.example.org/blog/");
    assert_answer(document, "string(/a:feed/a:link[@rel = 'self']/@href)",
                  "https://docs.example.org/blog/changelog.xml");
    assert_answer(document,
                  "count(//a:link[not(starts-with(@href, 'https://docs.example.org/blog/'))])",
                  "0");
    g_autofree char *whole = g_strconcat("https://docs.example.org/blog/", anchor, NULL);
    assert_answer(document, "string(//a:entry[3]/a:link/@href)", whole);
    xmlFreeDoc(document);
}

/* What the tests above rely on: a feed that breaks a rule is caught. */
static void
test_watch(void)
{
#define FEED(parts) "<feed xmlns='http://www.w3.org/2005/Atom'>" parts "</feed>"
#define GOOD        "<title>t</title><id>urn:x:1</id><author><name>n</name></author>"
#define MOMENT      "<updated>2025-01-01T00:00:00Z</updated>"
    static const struct {
        const char *text;
        bool valid;
    } feeds[] = {
        {FEED(GOOD MOMENT), true},
        {FEED(GOOD), false},
        {FEED(GOOD MOMENT MOMENT), false},
        {FEED(GOOD "<updated>2025-01-01</updated>"), false},
        {FEED(GOOD "<updated>2025-01-01T00:00:00</updated>"), false},
        {FEED("<title>t</title><id>urn:x:1</id>" MOMENT), false},
        {FEED("<title>t</title><id>blog</id><author><name>n</name></author>" MOMENT), false},
        {FEED(GOOD MOMENT "<link rel='self'/>"), false},
        {FEED(GOOD MOMENT "<entry><title>t</title></entry>"), false},
        {FEED(GOOD MOMENT "<pubDate>now</pubDate>"), false},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(feeds); i++) {
        g_autoptr(GString) text = g_string_new(feeds[i].text);
        xmlDoc *document = parse(text);
        g_assert_cmpint(is_valid(document), ==, feeds[i].valid);
        xmlFreeDoc(document);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/feed/grammar", test_grammar);
    g_test_add_func("/feed/rules", test_rules);
    g_test_add_func("/feed/links", test_links);
    g_test_add_func("/feed/watch", test_watch);
    return g_test_run();
}
