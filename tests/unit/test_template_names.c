/* test_template_names.c - the names in XPaths, and that every name a built-in template asks for is
 * one that the code of the views writes. */
#include "base/embedded.h"
#include "base/files.h"
#include "markup/template_names.h"

#include <string.h>

static void
collect(void *data, const char *name, unsigned line)
{
    g_string_append_printf(data, "%s@%u ", name, line);
}

static char *
names_in(const char *body)
{
    g_autofree char *text = g_strconcat("<xsl:stylesheet version='1.0' xmlns:xsl="
                                        "'http://www.w3.org/1999/XSL/Transform'>",
                                        body, "</xsl:stylesheet>", NULL);
    GString *names = g_string_new(NULL);
    g_assert_true(template_names(text, strlen(text), collect, names));
    return g_string_free(names, FALSE);
}

static void
test_names(void)
{
    static const char *const cases[][2] = {
        {"<xsl:if test='row/@tone'/>", "row@1 tone@1 "},
        {"<xsl:if test='count(row[2]) &gt; 1 and not(cell)'/>", "row@1 cell@1 "},
        {"<xsl:if test='and and or'/>", "and@1 or@1 "},
        {"<xsl:if test='a div b mod c'/>", "a@1 b@1 c@1 "},
        {"<xsl:if test='$text = \"row\" or @kind = \"cell\"'/>", "kind@1 "},
        {"<xsl:for-each select='following-sibling::row | text()'/>", "row@1 "},
        {"<a href='{@href}#{{no}}-{id}'/>", "href@1 id@1 "},
        {"\n<xsl:template match='x-y/z.1'/>", "x-y@2 z.1@2 "},
        {"<xsl:template name='row'><xsl:apply-templates mode='cell'/></xsl:template>", ""},
        {"<b><b><b/></b></b><xsl:if test='last'/>", "last@1 "},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *found = names_in(cases[i][0]);
        g_assert_cmpstr(found, ==, cases[i][1]);
    }
}

static void
test_broken(void)
{
    g_autoptr(GString) names = g_string_new(NULL);
    g_assert_false(template_names("<a><b></a>", 10, collect, names));
    g_assert_cmpstr(names->str, ==, "");
}

/* All code that writes into views. */
static GString *
read_sources(void)
{
    static const char *const folders[] = {"src/site", "src/markup", "src/diagram"};
    GString *all = g_string_new(NULL);
    GError *error = NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(folders); i++) {
        g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
        files_below(g_getenv("ROOT"), folders[i], ".c", LIST_DIRECTORY, paths, NULL, &error);
        g_assert_no_error(error);
        g_assert_cmpuint(paths->len, >, 0);
        for (guint j = 0; j < paths->len; j++) {
            g_autoptr(GString) text = NULL;
            file_read_below(g_getenv("ROOT"), paths->pdata[j], 1 << 20, &text, &error);
            g_assert_no_error(error);
            g_string_append_len(all, text->str, (gssize)text->len);
        }
    }
    return all;
}

struct search {
    const GString *sources;
    const char *file;
    size_t found;
};

static void
look_for(void *data, const char *name, unsigned line)
{
    struct search *search = data;
    g_autofree char *quoted = g_strdup_printf("\"%s\"", name);
    if (strstr(search->sources->str, quoted) == NULL)
        g_error("%s:%u: no view has \"%s\"", search->file, line, name);
    search->found++;
}

static void
test_built_in_templates(void)
{
    g_autoptr(GString) sources = read_sources();
    struct search search = {sources, NULL, 0};
    for (const struct embedded *file = embedded_files; file->path != NULL; file++) {
        if (!g_str_has_prefix(file->path, "templates/"))
            continue;
        search.file = file->path;
        g_assert_true(template_names(file->text, file->length, look_for, &search));
    }
    g_assert_cmpuint(search.found, >, 100);
}

/* XSLT takes the last of two templates for one element, without a word. */
static void
test_one_template_each(void)
{
    g_autoptr(GRegex) head = g_regex_new("<xsl:template match=\"[^>]*>", 0, 0, NULL);
    g_autoptr(GHashTable) files = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (const struct embedded *file = embedded_files; file->path != NULL; file++) {
        if (!g_str_has_prefix(file->path, "templates/"))
            continue;
        g_autoptr(GMatchInfo) match = NULL;
        g_regex_match_full(head, file->text, (gssize)file->length, 0, 0, &match, NULL);
        for (; g_match_info_matches(match); g_match_info_next(match, NULL)) {
            char *found = g_match_info_fetch(match, 0);
            const char *other = g_hash_table_lookup(files, found);
            if (other != NULL)
                g_error("%s is in %s and in %s", found, other, file->path);
            g_hash_table_insert(files, found, (gpointer)(guintptr)file->path);
        }
    }
    g_assert_cmpuint(g_hash_table_size(files), >, 100);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/template-names/names", test_names);
    g_test_add_func("/template-names/broken", test_broken);
    g_test_add_func("/template-names/built-in-templates", test_built_in_templates);
    g_test_add_func("/template-names/one-template-each", test_one_template_each);
    return g_test_run();
}
