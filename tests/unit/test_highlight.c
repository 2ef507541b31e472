/* test_highlight.c - colours of SQL; the text is never changed. */
#include "markup/highlight.h"

#include "base/text.h"
#include "markup/tree.h"

#include <glib.h>
#include <string.h>

/* The spans in short: "k:select s:'x'"; checks on the way that no text is lost. */
static char *
spans(const char *sql, void (*highlight)(xmlNode *parent, const char *code))
{
    xmlNode *root = tree_new("pre");
    highlight(root, sql);
    g_autofree char *clean = text_clean(sql);
    xmlChar *content = xmlNodeGetContent(root);
    g_assert_cmpstr((const char *)content, ==, clean);
    xmlFree(content);
    GString *list = g_string_new(NULL);
    for (const xmlNode *node = root->children; node != NULL; node = node->next) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        xmlChar *class = xmlGetProp(node, (const xmlChar *)"class");
        xmlChar *text = xmlNodeGetContent(node);
        g_string_append_printf(list, "%s%s:%s", list->len > 0 ? " " : "",
                               class != NULL ? (const char *)class : "bdi", text);
        xmlFree(class);
        xmlFree(text);
    }
    tree_free(root);
    return g_string_free(list, FALSE);
}

static void
assert_spans(const char *sql, const char *expected)
{
    g_autofree char *actual = spans(sql, highlight_sql);
    g_assert_cmpstr(actual, ==, expected);
}

static void
test_tokens(void)
{
    assert_spans("SELECT a, 12 FROM t WHERE b = 'it''s' -- why",
                 "k:SELECT m:12 k:FROM k:WHERE s:'it''s' c:-- why");
    assert_spans("a::text /* x /* y */ z */", "c:/* x /* y */ z */");
    assert_spans("\"select\"", "");
    assert_spans("", "");
    assert_spans("   ", "");
}

static void
test_bodies_are_code(void)
{
    assert_spans("AS $f$ BEGIN x := 1; END $f$", "k:AS s:$f$ k:BEGIN m:1 k:END s:$f$");
    assert_spans("x = $f$ BEGIN $f$", "s:$f$ BEGIN $f$");
    assert_spans("DO $$DO $a$DO $b$DO $c$ SELECT $c$ $b$ $a$ $$",
                 "k:DO s:$$ k:DO s:$a$ k:DO s:$b$ k:DO s:$c$ SELECT $c$ s:$b$ s:$a$ s:$$");
    assert_spans("AS $f$ never closed", "k:AS s:$f$ never closed");
    assert_spans("AS $$", "k:AS s:$$");
    assert_spans("AS $$$", "k:AS s:$$$");
}

static void
test_hostile_text(void)
{
    assert_spans("'\"><script>alert(1)</script>'", "s:'\"><script>alert(1)</script>'");
    assert_spans("SELECT \x01\xFF", "k:SELECT");
    assert_spans("1 -- a\r\n2", "m:1 c:-- a m:2");
    assert_spans("\u202E 'x", "bdi:\u202E s:'x");
    highlight_sql(NULL, NULL);
}

/* What stands in <bdi>, joined with "|"; no text is lost. */
static void
assert_isolated(const char *code, const char *expected)
{
    xmlNode *root = tree_new("pre");
    highlight_nothing(root, code);
    GString *list = g_string_new(NULL);
    for (const xmlNode *node = root->children; node != NULL; node = node->next) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        g_assert_cmpstr((const char *)node->name, ==, "bdi");
        xmlChar *text = xmlNodeGetContent(node);
        g_string_append_printf(list, "%s%s", list->len > 0 ? "|" : "", text);
        xmlFree(text);
    }
    xmlChar *content = xmlNodeGetContent(root);
    g_assert_cmpstr((const char *)content, ==, code);
    g_assert_cmpstr(list->str, ==, expected);
    xmlFree(content);
    tree_free(root);
    g_string_free(list, TRUE);
}

static void
test_turned_words(void)
{
    assert_isolated("add :name, \"x\"", "");
    assert_isolated("\"right\u202Eto left\" ADD", "right\u202Eto");
    assert_isolated("(\"שלום\".\"مرحبا\", \"a_ש1\")", "שלום|مرحبا|a_ש1");
    assert_isolated("é ✓ 漢字", "");
    assert_isolated("\u2067", "\u2067");
    assert_spans("SELECT \"שלום\" -- של\n", "k:SELECT bdi:שלום c:-- של");
}

/* Elixir's spans in the same short form. */
static void
test_elixir(void)
{
    static const struct {
        const char *code;
        const char *spans;
    } cases[] = {
        {"def up do\n  add :status, :text, null: false # why\nend",
         "k:def k:do t::status t::text t:null: k:false c:# why k:end"},
        {"@disable_ddl_transaction true", "t:@disable_ddl_transaction k:true"},
        {"execute \"a \\\" # {b}\"", "s:\"a \\\" # {b}\""},
        {"execute \"\"\"\nSELECT \"x\"\n\"\"\"\n1", "s:\"\"\"\nSELECT \"x\"\n\"\"\" m:1"},
        {"~w(a b)a ~s|x| ~p", "s:~w(a b)a s:~s|x|"},
        {"x :: integer; A.b?(1_000); a?: 1", "m:1_000 t:a?: m:1"},
        {"%{a: :b, \"c\" => 'd'}", "t:a: t::b s:\"c\" s:'d'"},
        {"ifx do_it ends", ""},
        {"\"never closed", "s:\"never closed"},
        {"~s(", "s:~s("},
        {"@", ""},
        {":", ""},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *actual = spans(cases[i].code, highlight_elixir);
        g_assert_cmpstr(actual, ==, cases[i].spans);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/highlight/tokens", test_tokens);
    g_test_add_func("/highlight/bodies", test_bodies_are_code);
    g_test_add_func("/highlight/hostile", test_hostile_text);
    g_test_add_func("/highlight/turned", test_turned_words);
    g_test_add_func("/highlight/elixir", test_elixir);
    return g_test_run();
}
