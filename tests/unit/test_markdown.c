/* test_markdown.c - Markdown as nodes, with hostile texts. */
#include "markup/markdown.h"

#include "base/text.h"
#include "markup/tree.h"
#include "support.h"

#include <glib.h>
#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <string.h>

static bool
is_word(const char *word)
{
    static const char *const words[] = {"table", "column", "index", NULL};
    return g_strv_contains(words, word);
}

/* Every object exists but those whose path holds "gone"; of code spans, only blog.posts names one.
 */
static char *
href(void *data, const char *word, const char *path)
{
    (void)data;
    if (word == NULL)
        return g_str_equal(path, "blog.posts") ? g_strdup("posts.html") : NULL;
    return strstr(path, "gone") != NULL ? NULL : g_strdup_printf("%s/%s.html", word, path);
}

static const struct markdown_links links = {.href = href, .is_word = is_word};

/* What is inside <x>…</x>. */
static char *
inside(xmlNode *root)
{
    xmlBuffer *buffer = xmlBufferCreate();
    for (xmlNode *node = root->children; node != NULL; node = node->next)
        xmlNodeDump(buffer, root->doc, node, 0, 0);
    char *text = g_strdup((const char *)buffer->content);
    xmlBufferFree(buffer);
    return text;
}

static char *
render(const char *text)
{
    xmlNode *root = tree_new("x");
    markdown_append(root, text, &links);
    char *result = inside(root);
    tree_free(root);
    return result;
}

static void
assert_renders(const char *text, const char *expected)
{
    g_autofree char *actual = render(text);
    g_assert_cmpstr(actual, ==, expected);
}

static void
test_blocks(void)
{
    assert_renders("one\ntwo\n\nthree", "<p>one\ntwo</p><p>three</p>");
    assert_renders("- a\n- b\n  - c", "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>");
    assert_renders("3. a\n\n4. b", "<ol start=\"3\"><li><p>a</p></li><li><p>b</p></li></ol>");
    assert_renders("> q\n\n***", "<blockquote><p>q</p></blockquote><hr/>");
    assert_renders("a  \nb\\\nc", "<p>a<br/>b<br/>c</p>");
    assert_renders("*e* **s** `c`", "<p><em>e</em> <strong>s</strong> <code>c</code></p>");
    assert_renders("", "");
    assert_renders("\n \n", "");
}

static void
test_headings_never_skip_a_level(void)
{
    assert_renders("# a\n## b\n# c", "<h3>a</h3><h4>b</h4><h3>c</h3>");
    assert_renders("## a\n#### b\n### c\n# d", "<h3>a</h3><h4>b</h4><h4>c</h4><h3>d</h3>");
    assert_renders("# a\n## a\n### a\n#### a\n##### a\n###### a",
                   "<h3>a</h3><h4>a</h4><h5>a</h5><h6>a</h6><h6>a</h6><h6>a</h6>");
}

#define CODE(text) "<div class=\"code\"><pre tabindex=\"0\"><code>" text "</code></pre></div>"

static void
test_code(void)
{
    assert_renders("    a < b\n", CODE("a &lt; b"));
    assert_renders("```SQL title\nSELECT 1\n```",
                   CODE("<span class=\"k\">SELECT</span> <span class=\"m\">1</span>"));
    assert_renders("```elixir\nadd :x\n```", CODE("add <span class=\"t\">:x</span>"));
    assert_renders("```ruby\nSELECT 1\n```", CODE("SELECT 1"));
    assert_renders("```\n```", "<div class=\"code\"><pre tabindex=\"0\"><code/></pre></div>");
}

static void
test_html_is_text(void)
{
    assert_renders("a <b onclick=\"x()\">c</b>", "<p>a &lt;b onclick=\"x()\"&gt;c&lt;/b&gt;</p>");
    assert_renders("<script>\nalert(1)\n</script>",
                   CODE("&lt;script&gt;\nalert(1)\n&lt;/script&gt;"));
    assert_renders("a <!-- b --> c", "<p>a  c</p>");
    assert_renders("<!-- b -->\n\nc", "<p>c</p>");
    assert_renders("<!-- b --> <i>c</i>", CODE("&lt;!-- b --&gt; &lt;i&gt;c&lt;/i&gt;"));
    assert_renders("&lt;script&gt; &amp; &#1;", "<p>&lt;script&gt; &amp; \xEF\xBF\xBD</p>");
}

static void
test_links(void)
{
    assert_renders("[a](https://x.org/?a=1&b=2)",
                   "<p><a href=\"https://x.org/?a=1&amp;b=2\" rel=\"noreferrer\">a</a></p>");
    assert_renders("[a](mailto:x@y.z) <x@y.z>",
                   "<p><a href=\"mailto:x@y.z\">a</a> <a href=\"mailto:x@y.z\">x@y.z</a></p>");
    assert_renders("[a](HTTP://x)", "<p><a href=\"HTTP://x\" rel=\"noreferrer\">a</a></p>");
    static const char *const refused[] = {
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](&#106;avascript:x)",
        "[a](data:text/html,x)",
        "[a](file:///etc/passwd)",
        "[a](vbscript:x)",
        "[a](../x.html)",
        "[a](//evil.example)",
        "[a](#x)",
        "[a](<java\tscript:x>)",
        "[a]()",
        "[a](table:)",
        "[a](tables:x)",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(refused); i++)
        assert_renders(refused[i], "<p>a</p>");
}

static void
test_bare_addresses(void)
{
#define A(url) "<a href=\"" url "\" rel=\"noreferrer\">" url "</a>"
    assert_renders("See https://x.org/a_b_c.", "<p>See " A("https://x.org/a_b_c") ".</p>");
    assert_renders("(http://x.org/a_(b))", "<p>(" A("http://x.org/a_(b)") ")</p>");
    assert_renders("`https://x.org` xhttps://y ftp://z http://",
                   "<p><code>https://x.org</code> xhttps://y ftp://z http://</p>");
    assert_renders("[see https://x.org](https://y.org)",
                   "<p><a href=\"https://y.org\" rel=\"noreferrer\">see https://x.org</a></p>");
    assert_renders("<https://x.org>", "<p>" A("https://x.org") "</p>");
#undef A
}

static void
test_object_links(void)
{
    assert_renders("[p](table:blog.posts)", "<p><a href=\"table/blog.posts.html\">p</a></p>");
    assert_renders("[p](Table:blog.posts)", "<p><a href=\"table/blog.posts.html\">p</a></p>");
    assert_renders("[p](table:blog.gone)", "<p>p</p>");
    assert_renders("[p](<table:\"A b\".c>)",
                   "<p><a href=\"table/&quot;A b&quot;.c.html\">p</a></p>");
    assert_renders("[p](table:a%20b)", "<p><a href=\"table/a b.html\">p</a></p>");
    assert_renders("[p](table:100%)", "<p><a href=\"table/100%.html\">p</a></p>");
    assert_renders("[p][r]\n\n[r]: index:x.y", "<p><a href=\"index/x.y.html\">p</a></p>");
    assert_renders("<table:x.y>", "<p><a href=\"table/x.y.html\">table:x.y</a></p>");
    assert_renders(
        "`blog.posts` `blog.tags`",
        "<p><a href=\"posts.html\"><code>blog.posts</code></a> <code>blog.tags</code></p>");
    assert_renders("[a `blog.posts`](table:b)",
                   "<p><a href=\"table/b.html\">a <code>blog.posts</code></a></p>");
    xmlNode *root = tree_new("x");
    markdown_append(root, "[p](table:a) `blog.posts`", NULL);
    g_autofree char *text = inside(root);
    g_assert_cmpstr(text, ==, "<p>p <code>blog.posts</code></p>");
    tree_free(root);
}

static void
test_images_are_never_loaded(void)
{
    assert_renders("![alt *x*](https://x/y.png)",
                   "<p><a href=\"https://x/y.png\" rel=\"noreferrer\">alt x</a></p>");
    assert_renders("![](https://x/y.png)",
                   "<p><a href=\"https://x/y.png\" rel=\"noreferrer\">https://x/y.png</a></p>");
    assert_renders("![alt](y.png) ![](data:x)", "<p>alt </p>");
    assert_renders("[![alt](https://x/y.png)](https://z)",
                   "<p><a href=\"https://z\" rel=\"noreferrer\">alt</a></p>");
}

/* clang-format joins strings and macros into lines that nobody can read. */
/* clang-format off */
#define TABLE(rows) \
    "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Table\">" \
    "<table class=\"dt\">" rows "</table></div>"
#define HEAD(cells) "<thead><tr>" cells "</tr></thead>"
#define BODY(rows)  "<tbody>" rows "</tbody>"
#define ROW(cells)  "<tr>" cells "</tr>"
#define TH(text)    "<th scope=\"col\">" text "</th>"
#define TD(text)    "<td>" text "</td>"

static void
test_tables(void)
{
    assert_renders("| a | b |\n|---|---|\n| c | d |",
                   TABLE(HEAD(TH("a") TH("b")) BODY(ROW(TD("c") TD("d")))));
    assert_renders("a | b\n:- | -:",
                   TABLE(HEAD(TH("a") "<th class=\"r\" scope=\"col\">b</th>")));
    assert_renders("|a|\n|:-:|\n|*b*|",
                   TABLE(HEAD("<th class=\"mid\" scope=\"col\">a</th>")
                         BODY(ROW("<td class=\"mid\"><em>b</em></td>"))));
    assert_renders("|a|b|c|\n|-|-|-|\n|d|\n|e|f|g|h|i|",
                   TABLE(HEAD(TH("a") TH("b") TH("c"))
                         BODY(ROW(TD("d") "<td colspan=\"2\"/>")
                              ROW(TD("e") TD("f") TD("g | h | i")))));
    assert_renders("| |a|\n|-|-|", TABLE(HEAD("<td/>" TH("a"))));
}

static void
test_pipes_in_tables(void)
{
    assert_renders("|a|\n|-|\n|`b|c` \\| `d\\|e`|",
                   TABLE(HEAD(TH("a"))
                         BODY(ROW(TD("<code>b|c</code> | <code>d|e</code>")))));
    assert_renders("|a|b|\n|-|-|\n|`c|d|",
                   TABLE(HEAD(TH("a") TH("b")) BODY(ROW(TD("`c") TD("d")))));
    assert_renders("|a|b|\n|-|-|\n|`` ` c ` `d|e``|",
                   TABLE(HEAD(TH("a") TH("b"))
                         BODY(ROW(TD("<code> ` c ` `d|e</code>") "<td/>"))));
    assert_renders("|a|b|\n|-|-|\n|\\\\|\\`c|",
                   TABLE(HEAD(TH("a") TH("b")) BODY(ROW(TD("\\") TD("`c")))));
}

static void
test_cells_are_inline(void)
{
    assert_renders("|a|\n|-|\n|- x|\n|# y|\n|1. z|\n|[d]: u|\n|```|\n|_w_|",
                   TABLE(HEAD(TH("a"))
                         BODY(ROW(TD("- x")) ROW(TD("# y")) ROW(TD("1. z")) ROW(TD("[d]: u"))
                              ROW(TD("```")) ROW(TD("<em>w</em>")))));
    assert_renders("|a|\n|-|\n|[b][r]|\n\n[r]: table:t",
                   TABLE(HEAD(TH("a")) BODY(ROW(TD("<a href=\"table/t.html\">b</a>")))));
}

static void
test_tables_in_other_blocks(void)
{
    assert_renders("> - |a|\n>   |-|\n>   |b|\n|c|",
                   "<blockquote><ul><li>"
                   TABLE(HEAD(TH("a")) BODY(ROW(TD("b")) ROW(TD("c"))))
                   "</li></ul></blockquote>");
    assert_renders("[r]: https://x\nlead [l][r]\n     - x\n|a|\n|-|",
                   "<p>lead <a href=\"https://x\" rel=\"noreferrer\">l</a>\n- x</p>"
                   TABLE(HEAD(TH("a"))));
}
/* clang-format on */

static void
test_what_is_no_table(void)
{
    assert_renders("a | b\nc", "<p>a | b\nc</p>");
    assert_renders("|a|b|\n|-|", "<p>|a|b|\n|-|</p>");
    assert_renders("|a|\n|x-|", "<p>|a|\n|x-|</p>");
    assert_renders("|a|\n| |", "<p>|a|\n| |</p>");
    assert_renders("|\n|\nb", "<p>|\n|\nb</p>");
    assert_renders("a\n:-", "<p>a\n:-</p>");
    assert_renders("    |a|\n    |-|", CODE("|a|\n|-|"));
    g_autoptr(GString) wide = g_string_new(NULL);
    for (int i = 0; i < 65; i++)
        g_string_append(wide, "|a");
    g_string_append_c(wide, '\n');
    for (int i = 0; i < 65; i++)
        g_string_append(wide, "|-");
    g_autofree char *text = render(wide->str);
    g_assert_null(strstr(text, "<table"));
}

static void
assert_summary(const char *text, const char *plain, const char *nodes, bool more)
{
    g_autofree char *summary = markdown_summary(text);
    g_assert_cmpstr(summary, ==, plain);
    xmlNode *root = tree_new("x");
    markdown_append_summary(root, text, &links);
    g_autofree char *actual = inside(root);
    g_assert_cmpstr(actual, ==, nodes);
    tree_free(root);
    g_assert_true(markdown_has_more(text) == more);
}

static void
test_summaries(void)
{
    assert_summary("One *row*\nper `post`.", "One row per post.",
                   "One <em>row</em>\nper <code>post</code>.", false);
    assert_summary("One.\n\nTwo.", "One.", "One.", true);
    assert_summary("# Posts\n\n[One](table:a).", "One.", "<a href=\"table/a.html\">One</a>.", true);
    assert_summary("[r]: table:a\n[One][r].\n\n", "One.", "<a href=\"table/a.html\">One</a>.",
                   false);
    assert_summary("- a", NULL, "", true);
    assert_summary("|a|\n|-|", NULL, "", true);
    assert_summary("", NULL, "", false);
    assert_summary("[r]: table:a", NULL, "", false);
}

static void
test_long_summary_is_cut(void)
{
    g_autoptr(GString) text = g_string_new(NULL);
    while (text->len < 5000)
        g_string_append(text, "\xC3\xA9 *x* ");
    g_autofree char *summary = markdown_summary(text->str);
    g_assert_true(g_str_has_suffix(summary, "\xE2\x80\xA6"));
    g_assert_cmpuint(strlen(summary), <=, SUMMARY_LIMIT + 3);
    g_assert_true(g_utf8_validate(summary, -1, NULL));
    xmlNode *root = tree_new("x");
    markdown_append_summary(root, text->str, NULL);
    xmlChar *content = xmlNodeGetContent(root);
    g_assert_cmpstr((const char *)content, ==, summary);
    xmlFree(content);
    tree_free(root);
    g_assert_true(markdown_has_more(text->str));
}

static void
note_link(void *data, unsigned line, const char *word, const char *path)
{
    g_string_append_printf(data, "%u %s:%s\n", line, word, path);
}

static void
assert_links(const char *text, const char *expected)
{
    g_autoptr(GString) list = g_string_new(NULL);
    markdown_links(text, is_word, note_link, list);
    g_assert_cmpstr(list->str, ==, expected);
}

static void
test_links_have_exact_lines(void)
{
    assert_links("a [b](table:c)\n[d\ne](column:f) `index:g`\n\n# [h](index:i) [x](https://y)",
                 "1 table:c\n3 column:f\n5 index:i\n");
    assert_links("x\n\n[r]: table:a\n[s]: u\nb [c](index:d) [e][r]", "5 index:d\n3 table:a\n");
    assert_links("> lead [a](table:b)\n> |c|\n> |-|\n> |[d](table:e)|\n> |f|\n\n![g](table:h)",
                 "1 table:b\n4 table:e\n");
    assert_links("```\n[a](table:b)\n```\n<table:c>\n\n- x\n\n  [d](Table:\"E\".f%20g)",
                 "4 table:c\n8 table:\"E\".f g\n");
    assert_links("[a](table:b)\r\n\r\n[c](table:d)\r\n", "1 table:b\n3 table:d\n");
}

static void
note_heading(void *data, const struct markdown_heading *heading)
{
    g_string_append_printf(data, "%u %u-%u [%s]\n", heading->level, heading->first_line,
                           heading->last_line, heading->words);
}

static void
test_headings_have_exact_lines(void)
{
    g_autoptr(GString) list = g_string_new(NULL);
    markdown_headings("# a\n\n\n ## `b` _c_ ##\nx\ny\n---\nz\n\nd\n===\n\ne\n#\n### f#\n## #\n",
                      note_heading, list);
    g_assert_cmpstr(list->str, ==,
                    "1 1-1 [a]\n2 4-4 [`b` _c_]\n2 5-7 [x\ny]\n1 10-11 [d]\n1 14-14 []\n"
                    "3 15-15 [f#]\n2 16-16 []\n");
    g_string_truncate(list, 0);
    markdown_headings("```\n# a\n```\n> # b\n\n- # c\n\n<!--\n# d\n-->\n    # e\n\n"
                      "f\n    ---\n\ng\n---",
                      note_heading, list);
    g_assert_cmpstr(list->str, ==, "2 16-17 [g]\n");
}

/* Rendering must give well-formed XML in which the text is whole; returns it. */
static char *
survive(const char *text)
{
    g_autofree char *markup = render(text);
    g_autofree char *document = g_strdup_printf("<x>%s</x>", markup);
    xmlDoc *again = xmlReadMemory(document, (int)strlen(document), NULL, NULL,
                                  XML_PARSE_NONET | XML_PARSE_HUGE);
    g_assert_nonnull(again);
    xmlFreeDoc(again);
    g_free(markdown_summary(text));
    markdown_has_more(text);
    g_autoptr(GString) list = g_string_new(NULL);
    markdown_links(text, is_word, note_link, list);
    markdown_headings(text, note_heading, list);
    return g_steal_pointer(&markup);
}

static void
test_hostile_bytes(void)
{
    static const char *const texts[] = {
        "\xFF\xFE\x80 a",
        "\xEF\xBB\xBF# bom",
        "a\rb\r\nc",
        "\xE2\x80\xAE rtl \xE2\x80\xAC",
        "\x01\x1b[31m\x7f",
        "\xF4\x90\x80\x80",
        "|\xFF|\n|-|\n|\xC2|",
        "\xC2\xA0",
        "![",
        "[]:",
        "|\n|-|\n|",
        "``",
        "&#0;&#xD800;&#x110000;",
        "<a",
        "]]>",
        "[\\](table:\\)",
        "|\\",
        "|a|\n|-|\n|\\",
        "> |a|\n|-|",
        "[a]:\n|b|\n|-|",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        g_free(survive(texts[i]));
}

static char *
repeat(const char *head, const char *text, size_t size)
{
    GString *all = g_string_new(head);
    while (all->len < size)
        g_string_append(all, text);
    return g_string_free(all, FALSE);
}

/* Each once took cmark, or would take us, minutes or gigabytes. Time is not asserted: the suite's
 * limit would end the program. */
static void
test_hostile_sizes(void)
{
    static const char *const cases[][2] = {
        {"", "![[]()"},
        {"", "> "},
        {"", "*_"},
        {"", "[a](table&#58;b)"},
        {"", "|a|\n|-|\n\n"},
        {"|a|b|\n|-|-|\n", "|c"},
        {"|a|b|\n|-|-|\n", "|c\n"},
        {"```sql\n", "1 "},
        {"- - - - - - - - - - a\n", "\n"},
        {"", "https://"},
        {"", "# a\n"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = repeat(cases[i][0], cases[i][1], SUPPORT_MUCH);
        g_free(survive(text));
    }
}

static void
test_what_is_cut_says_so(void)
{
    g_autofree char *images = repeat("before\n\n", "![[]()", 20000);
    g_autofree char *blanks = repeat("before\n", "\n", 300);
    g_autofree char *gap = g_strconcat(blanks, "after", NULL);
    g_autofree char *paragraphs = repeat("before\n\n", "a\n\n", 400000);
    g_autofree char *long_text = repeat("before ", "words and ", 2 * MARKDOWN_LIMIT);
    g_autofree char *blank_end = repeat("before\n", "\n", 50);
    const char *const cut[] = {images, gap, paragraphs, long_text};
    for (size_t i = 0; i < G_N_ELEMENTS(cut); i++) {
        g_autofree char *result = render(cut[i]);
        g_assert_true(g_str_has_prefix(result, "<p>before"));
        g_assert_true(g_str_has_suffix(result, "to be shown here.</p>"));
        g_assert_nonnull(strstr(result, "<p class=\"cut\">The text goes on"));
    }
    assert_renders(blank_end, "<p>before</p>");
}

static void
test_limit_of_the_caller(void)
{
    const struct markdown_links short_links = {.href = href, .is_word = is_word, .limit = 4};
    xmlNode *root = tree_new("x");
    markdown_append(root, "abc\xC3\xA9z", &short_links);
    g_autofree char *text = inside(root);
    g_assert_true(g_str_has_prefix(text, "<p>abc</p><p class=\"cut\">"));
    tree_free(root);
}

static unsigned
depth_below(const xmlNode *node)
{
    unsigned deepest = 0;
    for (const xmlNode *child = node->children; child != NULL; child = child->next) {
        unsigned depth = depth_below(child) + 1; /* MAX would walk each child twice */
        deepest = MAX(deepest, depth);
    }
    return deepest;
}

static void
test_nesting_is_flattened(void)
{
    g_autofree char *quotes = repeat("", "> ", 20000);
    g_autofree char *lists = repeat("", "- 1. ", 20000);
    g_autofree char *marks = repeat("", "*a _b ", 6000);
    g_autofree char *closed = repeat(marks, "_*", 24000);
    const char *const starts[] = {quotes, lists, closed};
    for (size_t i = 0; i < G_N_ELEMENTS(starts); i++) {
        g_autofree char *text = g_strconcat(starts[i], "deep [inside](table:x)\n\nend", NULL);
        xmlNode *root = tree_new("x");
        markdown_append(root, text, &links);
        xmlChar *content = xmlNodeGetContent(root);
        g_assert_nonnull(strstr((const char *)content, "deep inside"));
        g_assert_nonnull(strstr((const char *)content, "end"));
        g_assert_cmpuint(depth_below(root), <, 60);
        xmlFree(content);
        tree_free(root);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/markdown/blocks", test_blocks);
    g_test_add_func("/markdown/headings", test_headings_never_skip_a_level);
    g_test_add_func("/markdown/code", test_code);
    g_test_add_func("/markdown/html", test_html_is_text);
    g_test_add_func("/markdown/links", test_links);
    g_test_add_func("/markdown/bare-addresses", test_bare_addresses);
    g_test_add_func("/markdown/object-links", test_object_links);
    g_test_add_func("/markdown/images", test_images_are_never_loaded);
    g_test_add_func("/markdown/tables", test_tables);
    g_test_add_func("/markdown/pipes", test_pipes_in_tables);
    g_test_add_func("/markdown/cells", test_cells_are_inline);
    g_test_add_func("/markdown/nested-tables", test_tables_in_other_blocks);
    g_test_add_func("/markdown/no-tables", test_what_is_no_table);
    g_test_add_func("/markdown/summaries", test_summaries);
    g_test_add_func("/markdown/long-summary", test_long_summary_is_cut);
    g_test_add_func("/markdown/link-lines", test_links_have_exact_lines);
    g_test_add_func("/markdown/heading-lines", test_headings_have_exact_lines);
    g_test_add_func("/markdown/hostile-bytes", test_hostile_bytes);
    g_test_add_func("/markdown/hostile-sizes", test_hostile_sizes);
    g_test_add_func("/markdown/cut", test_what_is_cut_says_so);
    g_test_add_func("/markdown/limit", test_limit_of_the_caller);
    g_test_add_func("/markdown/nesting", test_nesting_is_flattened);
    return g_test_run();
}
