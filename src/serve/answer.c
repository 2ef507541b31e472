/* answer.c - files with their types; pages with one script more than they have on the disk. */
#include "serve/answer.h"

#include "base/embedded.h"
#include "base/files.h"
#include "base/json.h"
#include "base/text.h"
#include "markup/tree.h"

#include <string.h>

#define OWN        "/.dbdoc/"
#define SOURCES    "src/serve/page/"
#define FIRST_PAGE "index.html"
#define HTML       "text/html; charset=utf-8"
#define SCRIPT     "text/javascript; charset=utf-8"
#define HEAD_END   "</head>"
#define FILE_LIMIT ((size_t)1024 * 1024 * 1024)

enum { OK = 200, NOT_FOUND = 404, NOT_YET = 503 };

static const struct {
    const char *ending;
    const char *type;
} types[] = {
    {".html", HTML},
    {".css", "text/css; charset=utf-8"},
    {".js", SCRIPT},
    {".json", "application/json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".jpeg", "image/jpeg"},
    {".webp", "image/webp"},
    {".gif", "image/gif"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".woff", "font/woff"},
    {".ttf", "font/ttf"},
    {".txt", "text/plain; charset=utf-8"},
    {".md", "text/plain; charset=utf-8"},
    {".sql", "text/plain; charset=utf-8"},
    {".xml", "application/xml"},
    {".pdf", "application/pdf"},
};

static const char *
type_of(const char *path)
{
    for (size_t i = 0; i < G_N_ELEMENTS(types); i++)
        if (g_str_has_suffix(path, types[i].ending))
            return types[i].type;
    return "application/octet-stream";
}

/* The style and the script that every page gets, below `parent`. A page is old when there is
 * another edition, or, when it shows the news itself, when there are other news. */
static void
add_own(xmlNode *parent, const char *attribute, const char *age)
{
    xmlNode *style = tree_element(parent, "link");
    tree_attribute(style, "rel", "stylesheet");
    tree_attribute(style, "href", OWN "serve.css");
    xmlNode *script = tree_element(parent, "script");
    tree_attribute(script, "src", OWN "serve.js");
    tree_attribute(script, attribute, age);
}

/* A page of the server's own, with words of prose and words of a build. `exhibit` NULL: one that
 * does not wait for news. */
static struct answer
write_page(unsigned status, const struct exhibit *exhibit, const char *title, const char *prose,
           const char *problem)
{
    xmlNode *html = tree_new("html");
    tree_attribute(html, "lang", "en");
    tree_attribute(html, "class", "dbdoc-own");
    xmlNode *head = tree_element(html, "head");
    tree_attribute(tree_element(head, "meta"), "charset", "utf-8");
    xmlNode *view = tree_element(head, "meta");
    tree_attribute(view, "name", "viewport");
    tree_attribute(view, "content", "width=device-width, initial-scale=1");
    tree_text_element(head, "title", title);
    if (exhibit != NULL)
        add_own(head, "data-moment", exhibit->moment);
    xmlNode *main = tree_element(tree_element(html, "body"), "main");
    tree_text_element(main, "h1", title);
    tree_optional(main, "p", prose);
    tree_optional(main, "pre", problem);
    if (status == NOT_FOUND)
        tree_attribute(tree_text_element(main, "a", "Overview"), "href", "/");
    GString *text = tree_html(html);
    g_string_prepend(text, "<!DOCTYPE html>\n");
    tree_free(html);
    return (struct answer){status, HTML, text};
}

struct answer
answer_refusal(unsigned status, const char *words)
{
    return write_page(status, NULL, words, NULL, NULL);
}

/* Puts what add_own adds where the head of the page ends. */
static void
extend_page(GString *page, const struct exhibit *exhibit)
{
    const char *end = strstr(page->str, HEAD_END);
    if (end == NULL)
        return;
    xmlNode *own = tree_new("head");
    add_own(own, "data-edition", exhibit->edition);
    GString *text = tree_html(own);
    const char *first = strchr(text->str, '>') + 1;
    const char *last = g_strrstr(text->str, HEAD_END);
    g_string_insert_len(page, end - page->str, first, last - first);
    g_string_free(text, TRUE);
    tree_free(own);
}

static bool
is_hidden(const char *path)
{
    return strstr(path, "/.") != NULL;
}

static bool
read_file(const struct exhibit *exhibit, const char *path, struct answer *answer)
{
    g_autofree char *whole = g_str_has_suffix(path, "/") ? g_strconcat(path, FIRST_PAGE, NULL)
                                                         : g_strdup(path);
    if (exhibit->folder == NULL || is_hidden(whole) ||
        !file_read_below(exhibit->folder, whole + 1, FILE_LIMIT, &answer->body, NULL))
        return false;
    answer->status = OK;
    answer->type = type_of(whole);
    if (g_str_equal(answer->type, HTML))
        extend_page(answer->body, exhibit);
    return true;
}

static bool
read_own(const char *path, struct answer *answer)
{
    g_autofree char *source = g_strconcat(SOURCES, path + strlen(OWN), NULL);
    const struct embedded *file = embedded_find(source);
    if (file == NULL)
        return false;
    *answer = (struct answer){OK, type_of(path),
                              g_string_new_len(file->text, (gssize)file->length)};
    return true;
}

/* Nothing is there: because it never was, or because no build has been successful. */
static struct answer
say_why(const struct exhibit *exhibit)
{
    if (*exhibit->edition != '\0')
        return write_page(NOT_FOUND, exhibit, "There is no such page",
                          "The object may be gone, or may have another name.", NULL);
    if (exhibit->problem != NULL)
        return write_page(NOT_YET, exhibit, "The site could not be built",
                          "This page shows the site as soon as it can be.", exhibit->problem);
    return write_page(NOT_YET, exhibit, "The site is being built",
                      "This page shows it as soon as it is there.", NULL);
}

struct answer
answer_find(const struct exhibit *exhibit, const char *path)
{
    struct answer answer = {0};
    bool found = g_str_has_prefix(path, OWN) ? read_own(path, &answer)
                                             : read_file(exhibit, path, &answer);
    return found ? answer : say_why(exhibit);
}

struct answer
answer_news(const struct exhibit *exhibit)
{
    struct json json;
    g_autofree char *problem = exhibit->problem == NULL ? NULL : text_clean(exhibit->problem);
    json_begin(&json);
    json_object(&json);
    json_key(&json, "edition");
    json_text(&json, exhibit->edition);
    json_key(&json, "moment");
    json_text(&json, exhibit->moment);
    json_key(&json, "problem");
    json_text(&json, problem);
    json_close(&json);
    GString *news = json_end(&json);
    g_string_prepend(news, "dispatchEvent(new CustomEvent(\"dbdoc-news\", {detail: ");
    g_string_truncate(news, news->len - 1); /* its newline */
    g_string_append(news, "}));\n");
    return (struct answer){OK, SCRIPT, news};
}
