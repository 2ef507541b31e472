/* test_diagram_svg.c - the picture as elements: what scripts, readers and the HTML writer rely on.
 */
#include "catalog/address.h"
#include "diagram/diagram.h"
#include "draft.h"
#include "markup/tree.h"

#include <glib.h>
#include <libxml/HTMLparser.h>
#include <libxml/xpath.h>
#include <libxslt/transform.h>
#include <libxslt/xsltutils.h>

#define CHARS(text) ((const xmlChar *)(text))

static char *
href_of(void *data, const struct object *object)
{
    (void)data;
    if (g_str_equal(object_name(object), "pageless"))
        return NULL;
    return g_strconcat("t/", object_schema(object), ".", object_name(object), ".html", NULL);
}

static unsigned
hue_of(void *data, const char *schema)
{
    (void)data;
    return g_str_equal(schema, "a") ? 1 : 6;
}

static const struct diagram_site site = {.href = href_of, .hue = hue_of};

/* A page with the picture of the table. */
static xmlNode *
draw(struct draft *draft, const char *path)
{
    if (draft->model == NULL)
        draft_finish(draft);
    xmlNode *page = tree_new("page");
    g_assert_true(diagram_neighbourhood(draft->model, draft_get(draft, path), &site, page));
    return page;
}

/* What the XPath selects, as text. */
static char *
value(const xmlNode *root, const char *xpath)
{
    xmlXPathContext *context = xmlXPathNewContext(root->doc);
    xmlXPathObject *object = xmlXPathEvalExpression(CHARS(xpath), context);
    g_assert_nonnull(object);
    xmlChar *text = xmlXPathCastToString(object);
    char *copy = g_strdup((const char *)text);
    xmlFree(text);
    xmlXPathFreeObject(object);
    xmlXPathFreeContext(context);
    return copy;
}

static void
assert_value(const xmlNode *root, const char *xpath, const char *expected)
{
    g_autofree char *text = value(root, xpath);
    g_assert_cmpstr(text, ==, expected);
}

static char *
serialise(const xmlNode *root)
{
    xmlChar *text = NULL;
    int length = 0;
    xmlDocDumpMemoryEnc(root->doc, &text, &length, "UTF-8");
    char *copy = g_strdup((const char *)text);
    xmlFree(text);
    return copy;
}

static struct draft *
blog(void)
{
    struct draft *draft = draft_new();
    draft_table(draft, "a.users", "id* team_id? name:text");
    draft_table(draft, "a.teams", "id* lead_id?");
    draft_table(draft, "b.posts", "user_id* number* parent_number? title:character_varying(255)");
    draft_table(draft, "b.pageless", "id* user_id");
    draft_reference(draft, "a.users", "team_id", "a.teams", "id");
    draft_reference(draft, "a.teams", "lead_id", "a.users", "id");
    draft_reference(draft, "b.posts", "user_id", "a.users", "id");
    draft_reference(draft, "b.posts", "user_id parent_number", "b.posts", "user_id number");
    draft_reference(draft, "b.pageless", "user_id", "a.users", "id");
    return draft;
}

static void
test_nothing_is_appended_without_neighbours(void)
{
    struct draft *draft = draft_new();
    draft_table(draft, "a.alone", "id*");
    draft_finish(draft);
    xmlNode *page = tree_new("page");
    g_assert_false(diagram_neighbourhood(draft->model, draft_get(draft, "a.alone"), &site, page));
    g_assert_null(page->children);
    tree_free(page);
    draft_free(draft);
}

static void
test_structure(void)
{
    struct draft *draft = blog();
    xmlNode *page = draw(draft, "a.users");
    assert_value(page, "count(/page/svg)", "1");
    assert_value(page, "/page/svg/@role", "group");
    assert_value(page, "count(//@id)", "1");
    assert_value(page, "//*[@id = /page/svg/@aria-labelledby]",
                 "a.users and the tables next to it");
    assert_value(page, "concat('0 0 ', //svg/@width, ' ', //svg/@height) = //svg/@viewBox", "true");
    assert_value(page, "count(//@style | //@fill | //@stroke | //@onclick)", "0");
    assert_value(page, "count(//*[@class='er-row'][not(@aria-hidden='true')])", "0");
    assert_value(page, "count(//g[contains(@class, 'er-focus')])", "1");
    assert_value(page, "//g[@class='er-t er-focus hue-1']/a/@aria-current", "page");
    assert_value(page, "count(//@aria-current)", "1");
    assert_value(page, "//g[@class='er-t hue-6']/a/@href", "t/b.posts.html");
    assert_value(page, "count(//g[contains(@class, 'er-t ')]/a)", "4"); /* one has no page */
    assert_value(page, "count(//g[contains(@class, 'er-t ')])", "5");
    assert_value(page, "//g[contains(@class, 'er-focus')]//text[@class='er-name']", "a.users");
    assert_value(page, "//text[@class='er-more']", "+ 1 more column");
    tree_free(page);
    draft_free(draft);
}

/* What the page's script does: from a line to its tables and rows. */
static void
test_lines_name_their_tables_and_columns(void)
{
    struct draft *draft = blog();
    xmlNode *page = draw(draft, "a.users");
    assert_value(page, "count(//g[@class='er-e'])", "4");
    assert_value(page, "count(//g[@class='er-e'][not(@data-a = //@data-t)])", "0");
    assert_value(page, "count(//g[@class='er-e'][not(@data-b = //@data-t)])", "0");
    /* The table on both sides has one number, and its columns have different ones. */
    assert_value(page, "count(//g[@data-t][.//text='a.teams'])", "2");
    assert_value(page, "count(//g[@data-t = //g[.//text='a.teams']/@data-t])", "2");
    assert_value(page, "//g[@data-t][.//text='a.teams'][1]//g/@data-c", "0");
    assert_value(page, "//g[@data-t][.//text='a.teams'][2]//g/@data-c", "1");
    assert_value(page, "//g[@class='er-e'][@data-b = //g[.//text='a.teams']/@data-t]/@data-ac",
                 "1");
    tree_free(page);

    page = draw(draft, "b.posts"); /* a composite key has the numbers of all its columns */
    assert_value(page, "//g[@class='er-e'][@data-a = @data-b]/@data-ac", "0 2");
    assert_value(page, "//g[@data-t]//g[@data-c='2']/text[@class='er-col']", "parent_number");
    tree_free(page);
    draft_free(draft);
}

static void
test_many_neighbours(void)
{
    struct draft *draft = draft_new();
    json_t *hub = draft_table(draft, "a.hub", "id*");
    for (int i = 0; i < 40; i++) {
        g_autofree char *child = g_strdup_printf("a.child_%d", i);
        g_autofree char *parent = g_strdup_printf("a.parent_%d", i);
        g_autofree char *column = g_strdup_printf("p_%d", i);
        draft_table(draft, child, "id* hub_id");
        draft_reference(draft, child, "hub_id", "a.hub", "id");
        if (i > NEIGHBOURS_SHOWN)
            continue;
        draft_table(draft, parent, "id*");
        draft_column(hub, column, "bigint", true);
        draft_reference(draft, "a.hub", column, parent, "id");
    }
    xmlNode *page = draw(draft, "a.hub");
    assert_value(page, "count(//g[@data-t])", "25");
    assert_value(page, "count(//g[@class='er-t er-rest'])", "2");
    assert_value(page, "//a[@href='#referenced-by']", "+ 28 more tables");
    assert_value(page, "//a[@href='#columns']", "+ 1 more table");
    assert_value(page, "count(//g[@class='er-t er-rest']//@aria-hidden)", "0");
    tree_free(page);
    draft_free(draft);
}

#define TOKYO             "\u6771\u4eac"
#define FOUR_OF(text)     text text text text
#define SIXTY_THREE_BYTES FOUR_OF(TOKYO) FOUR_OF(TOKYO) TOKYO TOKYO "\u6771"

/* A foreign key between two tables whose names are as bad as PostgreSQL allows. */
static struct draft *
hostile(void)
{
    static const char *const names[] = {"\"><script>alert(1)</script>",
                                        "../x",
                                        "line\nbreak",
                                        "\u202Egnp.exe",
                                        "&amp;'",
                                        SIXTY_THREE_BYTES,
                                        "Case",
                                        "case",
                                        "a.b",
                                        " ",
                                        "%s%n"};
    struct draft *draft = draft_new();
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        json_t *table = draft_named_table(draft, names[i], names[i]);
        draft_column(table, names[i], names[i], true);
        json_t *key = draft_constraint(table, "foreign key", json_pack("[s]", names[i]));
        const char *target[] = {names[0], names[0]};
        g_autofree char *path = address_path(target, 2, NULL);
        json_object_set_new(key, "references", json_string(path));
        json_object_set_new(key, "referenced_columns", json_pack("[s]", names[0]));
    }
    return draft;
}

static void
test_hostile_names(void)
{
    struct draft *draft = hostile();
    xmlNode *page = draw(draft,
                         "\"\"\"><script>alert(1)</script>\".\"\"\"><script>alert(1)</script>\"");
    assert_value(page, "count(//script)", "0");
    assert_value(page, "count(//g[@data-t])", "11");
    assert_value(page, "//g[contains(@class, 'er-focus')]//tspan", "\"\"\"><scri…ript>\".");
    /* The whole name where the label is cut or changed. */
    assert_value(page, "//g[contains(@class, 'er-focus')]/a/title",
                 "\"\"\"><script>alert(1)</script>\".\"\"\"><script>alert(1)</script>\"");
    assert_value(page, "count(//text[contains(., '\n')])", "0");
    assert_value(page, "count(//text[contains(., '\u202E')])", "0");
    assert_value(page, "count(//g[@class='er-row']/text[.='U&\"line\\000Abreak\"'])", "1");
    tree_free(page);
    draft_free(draft);
}

/* The picture as the site writes it: copied by a template, in libxslt's HTML. */
static char *
through_template(const xmlNode *page)
{
    static const char sheet[] =
        "<xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'>"
        "<xsl:output method='html' encoding='UTF-8' indent='no'/>"
        "<xsl:template match='/'><html><body><xsl:copy-of select='page/svg'/></body></html>"
        "</xsl:template></xsl:stylesheet>";
    xmlDoc *document = xmlReadMemory(sheet, (int)strlen(sheet), "sheet.xsl", NULL, 0);
    xsltStylesheet *style = xsltParseStylesheetDoc(document);
    xmlDoc *result = xsltApplyStylesheet(style, page->doc, NULL);
    xmlChar *text = NULL;
    int length = 0;
    g_assert_cmpint(xsltSaveResultToString(&text, &length, result, style), ==, 0);
    char *copy = g_strndup((const char *)text, (gsize)length);
    xmlFree(text);
    xmlFreeDoc(result);
    xsltFreeStylesheet(style);
    return copy;
}

static void
test_html(void)
{
    struct draft *draft = hostile();
    xmlNode *page = draw(draft, "\"&amp;'\".\"&amp;'\"");
    g_autofree char *html = through_template(page);
    g_assert_nonnull(strstr(html, " viewBox=\"0 0 "));
    g_assert_null(strstr(html, "xmlns"));
    g_assert_null(strstr(html, "<script"));
    htmlDocPtr document = htmlReadMemory(html, (int)strlen(html), NULL, "UTF-8",
                                         HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING);
    const xmlNode *root = xmlDocGetRootElement(document);
    for (const char *const *what = (const char *const[]){"//g", "//a", "//path", "//text", NULL};
         *what != NULL; what++) {
        g_autofree char *xpath = g_strconcat("count(", *what, ")", NULL);
        g_autofree char *before = value(page, xpath);
        assert_value(root, xpath, before);
    }
    assert_value(root, "//g[contains(@class, 'er-focus')]//text[@class='er-name']",
                 "&amp;'.&amp;'");
    xmlFreeDoc(document);
    tree_free(page);
    draft_free(draft);
}

/* The same schema gives the same bytes, in whatever order the tables come. */
static void
test_bytes_are_the_same(void)
{
    struct draft *first = blog();
    struct draft *second = blog();
    json_t *reversed = json_pack("[]");
    for (size_t i = json_array_size(second->tables); i > 0; i--)
        json_array_append(reversed, json_array_get(second->tables, i - 1));
    json_decref(second->tables);
    second->tables = reversed;
    xmlNode *page = draw(first, "a.users");
    xmlNode *again = draw(first, "a.users");
    xmlNode *other = draw(second, "a.users");
    g_autofree char *text = serialise(page);
    g_autofree char *same = serialise(again);
    g_autofree char *turned = serialise(other);
    g_assert_cmpstr(text, ==, same);
    g_assert_cmpstr(text, ==, turned);
    tree_free(page);
    tree_free(again);
    tree_free(other);
    draft_free(first);
    draft_free(second);
}

/* Signs at the ends of a line, from the box outwards: foot, circle; bars. */
static void
test_signs(void)
{
    struct draft *draft = draft_new();
    draft_table(draft, "a.p", "id*");
    draft_table(draft, "a.c", "id* p_id");
    draft_reference(draft, "a.c", "p_id", "a.p", "id");
    xmlNode *page = draw(draft, "a.p");
    assert_value(page, "//g[@class='er-e']/path[1]/@d", "M240 60L160 60");
    assert_value(page, "//g[@class='er-e']/path[2]/@d",
                 "M240 54L228 60L240 66M167 55v10M171 55v10");
    assert_value(page, "//g[@class='er-e']/circle/@cx", "224.5");
    assert_value(page, "count(//g[@class='er-e']/circle)", "1");
    tree_free(page);
    draft_free(draft);

    draft = draft_new();
    draft_table(draft, "a.p", "id*");
    draft_table(draft, "a.c", "id* p_id?");
    draft_unique(draft, "a.c", "p_id");
    draft_reference(draft, "a.c", "p_id", "a.p", "id");
    page = draw(draft, "a.p");
    assert_value(page, "//g[@class='er-e']/path[2]/@d", "M233 55v10M167 55v10");
    assert_value(page, "//g[@class='er-e']/circle[1]/@cx", "225.5");
    assert_value(page, "//g[@class='er-e']/circle[2]/@cx", "174.5");
    tree_free(page);
    draft_free(draft);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/diagram/svg/nothing", test_nothing_is_appended_without_neighbours);
    g_test_add_func("/diagram/svg/structure", test_structure);
    g_test_add_func("/diagram/svg/script", test_lines_name_their_tables_and_columns);
    g_test_add_func("/diagram/svg/many", test_many_neighbours);
    g_test_add_func("/diagram/svg/hostile", test_hostile_names);
    g_test_add_func("/diagram/svg/html", test_html);
    g_test_add_func("/diagram/svg/bytes", test_bytes_are_the_same);
    g_test_add_func("/diagram/svg/signs", test_signs);
    int status = g_test_run();
    xsltCleanupGlobals();
    xmlCleanupParser();
    return status;
}
