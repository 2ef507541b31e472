/* sheet.h - the parts that the views of all pages share. A view is a small XML tree that carries
 * everything computed (texts, figures, tones, addresses); templates only choose and place.
 *
 * <page kind title root brand …><nav/><crumb/>…<head/><lead/><facts/><flags/><section id
 * title>…</page> A section holds one element per component, such as <columns> or <rows>;
 * templates/page.xsl lists them. */
#ifndef DBDOC_SITE_SHEET_H
#define DBDOC_SITE_SHEET_H

#include "checks/checks.h"
#include "markup/markdown.h"
#include "markup/tree.h"
#include "model/model.h"
#include "site/plan.h"

#include <glib.h>

struct skin;

struct site {
    const struct model *model;
    const struct findings *findings;
    const struct plan *plan;
    const struct skin *skin;
};

struct sheet {
    const struct site *site;
    const struct page *page;
    xmlNode *root;
    GPtrArray *word_files;   /* const char *: files whose words the page shows */
    const struct note *lead; /* whose first words its head shows; NULL: nobody's */
};

/* The finished view of a page; free with tree_free. */
xmlNode *sheet_new(const struct site *site, const struct page *page);

/* Whether sheet_draw has something to do. */
bool sheet_has_pictures(const xmlNode *view);

/* Puts the pictures into the view of a page. What a key of the view needs is there before.
 * `published` is the page as it was published last, NULL for none: pictures that would be drawn in
 * the same way are taken from there. */
void sheet_draw(const struct site *site, const struct page *page, xmlNode *view,
                const GString *published);

/* Title block, in this order. `prefix` is shown before the name in a lighter tone; NULL for none.
 */
void sheet_title(struct sheet *sheet, const char *prefix, const char *name);
void sheet_badge(xmlNode *parent, const char *tone,
                 const char *text); /* tone: "", ok, warn, bad, info */
/* A badge for each label that dbdoc.yml puts on a table, view or column. */
void sheet_labels(struct sheet *sheet, xmlNode *parent, const struct object *object);
void sheet_kind_badge(struct sheet *sheet, const char *text); /* in the hue of the schema */
void sheet_crumb(struct sheet *sheet, const char *text, const void *object);
xmlNode *sheet_head(struct sheet *sheet);
xmlNode *sheet_lead(struct sheet *sheet);
void sheet_fact(struct sheet *sheet, const char *label, const char *value);
void sheet_fact_count(struct sheet *sheet, const char *label, size_t count);

/* A part of the page with a heading. `count` below 0: none is shown. */
xmlNode *sheet_section(struct sheet *sheet, const char *id, const char *title, int64_t count);
void sheet_hint(xmlNode *section, const char *text);

/* Whether the page shows the row, of those that its parts share. */
bool sheet_shows(const struct sheet *sheet, size_t row);

/* Addresses. */
void sheet_href(const struct sheet *sheet, xmlNode *node, const void *object); /* attribute href */
void sheet_href_top(const struct sheet *sheet, xmlNode *node, const char *path);
void sheet_anchor(xmlNode *node, const struct object *object); /* attribute id */

/* Attribute "name": see shown_name. */
void sheet_name(xmlNode *node, const char *name);

/* <name href=… >text</name>: an object as a link; the text is its path, or its bare name. */
enum naming { BY_PATH, BY_NAME };
xmlNode *sheet_object(const struct sheet *sheet, xmlNode *parent, const char *element,
                      const void *object, enum naming naming);

/* Where a note comes from: origin, file, line, owner, and who wrote it by what date. */
void sheet_origin(struct sheet *sheet, xmlNode *node, const struct note *note);

/* What people wrote: everything, one after another, each as <words>…</words> with its origin; or
 * the first paragraph alone as <summary>, which in lists is cut when it is long. False when nobody
 * wrote anything. */
bool sheet_words(struct sheet *sheet, xmlNode *parent, const void *object);
bool sheet_more_words(struct sheet *sheet, xmlNode *parent,
                      const void *object); /* without <summary> */
bool sheet_first_words(struct sheet *sheet, xmlNode *parent, const void *object);
bool sheet_summary(struct sheet *sheet, xmlNode *parent, const void *object);

/* Takes a first paragraph, which stands elsewhere, out of <words>. */
void sheet_skip_summary(xmlNode *words);
char *sheet_summary_text(const struct sheet *sheet, const void *object); /* plain; NULL for none */
void sheet_remember_file(struct sheet *sheet, const char *file);         /* its words are shown */
bool sheet_has_words(const struct sheet *sheet, const void *object);

/* <code>…</code>, SQL and Elixir in colours. */
void sheet_sql(xmlNode *parent, const char *sql);
void sheet_elixir(xmlNode *parent, const char *elixir);
void sheet_code(xmlNode *parent, const char *text);

/* Words of PostgreSQL, of a tool or of people, which may repeat a password; nothing for NULL. */
void sheet_said(xmlNode *parent, const char *element, const char *words);

/* Text in which `backquotes` mark code. */
void sheet_text(xmlNode *parent, const char *element, const char *text);

/* Findings in full as <rows>, and one line each as <flags>; many of one rule are one line, which
 * says how many are @alike. */
void sheet_findings(struct sheet *sheet, xmlNode *section, const GPtrArray *findings);
/* The same with title and detail alone. */
void sheet_brief_findings(struct sheet *sheet, xmlNode *section, const GPtrArray *findings);
void sheet_flags(struct sheet *sheet, const GPtrArray *findings);
const char *severity_tone(enum severity severity);

/* Index columns in order: <chips><chip>…</chip></chips>. The first `hits` are marked. */
void sheet_index_chips(xmlNode *parent, const struct index *index, size_t hits);

/* "inserted_at DESC": a key as text; and what it orders, without how. Free with g_free. */
char *key_text(const struct key *key);
char *key_target_text(const struct key *key);
char *names_text(const struct names *names);   /* joined with ", " */
char *columns_text(const struct names *names); /* the same, of names in the catalog */

#endif
