/* sheet.c - the components that several pages use. */
#include "site/sheet.h"

#include "base/secret.h"
#include "base/text.h"
#include "catalog/address.h"
#include "catalog/shown.h"
#include "markup/highlight.h"
#include "site/links.h"
#include "site/stems.h"
#include "site/words.h"

#include <string.h>

/* ---- addresses ---- */

void
sheet_href(const struct sheet *sheet, xmlNode *node, const void *object)
{
    g_autofree char *href = plan_href(sheet->site->plan, sheet->page, object);
    tree_attribute(node, "href", href);
}

void
sheet_href_top(const struct sheet *sheet, xmlNode *node, const char *path)
{
    g_autofree char *href = plan_href_top(sheet->page, path);
    tree_attribute(node, "href", href);
}

void
sheet_anchor(xmlNode *node, const struct object *object)
{
    g_autofree char *anchor = anchor_of(object);
    tree_attribute(node, "id", anchor);
}

xmlNode *
sheet_object(const struct sheet *sheet, xmlNode *parent, const char *element, const void *object,
             enum naming naming)
{
    const struct object *base = object;
    g_autofree char *text = naming == BY_PATH ? shown_path(base->path)
                                              : shown_name(object_name(object));
    xmlNode *node = tree_text_element(parent, element, text);
    sheet_href(sheet, node, object);
    return node;
}

void
sheet_name(xmlNode *node, const char *name)
{
    g_autofree char *shown = shown_name(name);
    tree_attribute(node, "name", shown);
}

/* ---- title block ---- */

void
sheet_title(struct sheet *sheet, const char *prefix, const char *name)
{
    g_autofree char *title = g_strconcat(prefix != NULL ? prefix : "", name, NULL);
    tree_attribute(sheet->root, "title", title);
    xmlNode *head = tree_element(sheet->root, "head");
    tree_attribute(head, "prefix", prefix);
    tree_attribute(head, "name", name);
}

static xmlNode *
child_named(xmlNode *parent, const char *name)
{
    for (xmlNode *child = parent->children; child != NULL; child = child->next)
        if (child->type == XML_ELEMENT_NODE && g_str_equal(child->name, name))
            return child;
    return tree_element(parent, name);
}

void
sheet_badge(xmlNode *parent, const char *tone, const char *text)
{
    xmlNode *badge = tree_text_element(parent, "badge", text);
    if (*tone != '\0')
        tree_attribute(badge, "tone", tone);
}

static bool
has_label(const struct config_label *label, const struct object *object)
{
    const char *schema = object_schema(object);
    if (object->kind != &kind_column)
        return patterns_match(&label->objects, schema, object_name(object));
    for (size_t i = 0; i < label->objects.count; i++)
        if (pattern_matches_column(&label->objects.items[i], schema, object_name(object->parent),
                                   object_name(object)))
            return true;
    return false;
}

void
sheet_labels(struct sheet *sheet, xmlNode *parent, const struct object *object)
{
    const struct config *config = sheet->site->model->config;
    for (size_t i = 0; i < config->label_count; i++) {
        const struct config_label *label = &config->labels[i];
        if (!has_label(label, object))
            continue;
        xmlNode *badge = tree_text_element(parent, "badge", label->name);
        tree_attribute(badge, "tone", "info");
        tree_attribute(badge, "title", label->text);
    }
}

void
sheet_kind_badge(struct sheet *sheet, const char *text)
{
    xmlNode *badge = tree_text_element(sheet_head(sheet), "badge", text);
    const char *schema = object_schema(sheet->page->object);
    if (schema != NULL)
        tree_number(badge, "hue", plan_hue(sheet->site->plan, schema));
}

void
sheet_crumb(struct sheet *sheet, const char *text, const void *object)
{
    xmlNode *crumb = tree_text_element(sheet->root, "crumb", text);
    if (object != NULL)
        sheet_href(sheet, crumb, object);
}

xmlNode *
sheet_head(struct sheet *sheet)
{
    return child_named(sheet->root, "head");
}

xmlNode *
sheet_lead(struct sheet *sheet)
{
    return child_named(sheet->root, "lead");
}

void
sheet_fact(struct sheet *sheet, const char *label, const char *value)
{
    if (value == NULL)
        return;
    xmlNode *fact = tree_text_element(child_named(sheet->root, "facts"), "fact", value);
    tree_attribute(fact, "label", label);
}

void
sheet_fact_count(struct sheet *sheet, const char *label, size_t count)
{
    g_autofree char *number = words_number((int64_t)count);
    sheet_fact(sheet, label, number);
}

/* ---- sections ---- */

xmlNode *
sheet_section(struct sheet *sheet, const char *id, const char *title, int64_t count)
{
    xmlNode *section = tree_element(sheet->root, "section");
    tree_attribute(section, "id", id);
    tree_attribute(section, "title", title);
    if (count >= 0) {
        g_autofree char *number = words_number(count);
        tree_attribute(section, "count", number);
    }
    return section;
}

void
sheet_hint(xmlNode *section, const char *text)
{
    tree_text_element(section, "hint", text);
}

bool
sheet_shows(const struct sheet *sheet, size_t row)
{
    struct rows rows = page_rows(sheet->page);
    return row >= rows.first && row < rows.end;
}

/* ---- people's words ---- */

void
sheet_remember_file(struct sheet *sheet, const char *file)
{
    if (file != NULL &&
        !g_ptr_array_find_with_equal_func(sheet->word_files, file, g_str_equal, NULL))
        g_ptr_array_add(sheet->word_files, (gpointer)(guintptr)file);
}

bool
sheet_has_words(const struct sheet *sheet, const void *object)
{
    return model_annotation(sheet->site->model, object)->count > 0;
}

void
sheet_origin(struct sheet *sheet, xmlNode *node, const struct note *note)
{
    tree_attribute(node, "origin", note->origin == NOTE_COMMENT ? "comment" : "note");
    tree_attribute(node, "file", note->file);
    if (note->file != NULL && !text_is_empty(note->text))
        tree_number(node, "line", note->line);
    tree_attribute(node, "owner", note->facts.owner);
    sheet_remember_file(sheet, note->file);
    if (note->authored == NULL)
        return;
    g_autofree char *authors = names_text(&note->authored->authors);
    g_autofree char *date = words_date(note->authored->date);
    tree_attribute(node, "by", authors);
    tree_attribute(node, "date", date);
}

static bool
have_one_origin(const struct note *one, const struct note *other)
{
    const struct authorship *a = one->authored;
    const struct authorship *b = other->authored;
    return text_equal(one->file, other->file) &&
           (a == b || (a != NULL && b != NULL && text_equal(a->date, b->date) &&
                       names_equal(&a->authors, &b->authors)));
}

/* What a part's keys say besides its words, in one line; those of the page's own object are facts
 * of its head. */
static void
add_facts(const struct sheet *sheet, xmlNode *words, const void *object, const struct note *note)
{
    const struct note_facts *facts = &note->facts;
    g_autofree char *tags = names_text(&facts->tags);
    g_autofree char *queries = names_text(&facts->queries);
    g_autofree char *links = names_text(&facts->links);
    const struct {
        const char *label;
        const char *value;
    } told[] = {
        {"Deprecated: ", facts->deprecated},
        {"Since ", facts->since},
        {"Review by ", facts->review_by},
        {"Tags: ", tags},
        {"Queries: ", queries},
        {"Links: ", links},
    };
    g_autoptr(GString) text = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(told); i++)
        if (!text_is_empty(told[i].value))
            g_string_append_printf(text, "%s%s%s", text->len > 0 ? ". " : "", told[i].label,
                                   told[i].value);
    if (text->len > 0 && object != (const void *)sheet->page->object)
        tree_attribute(words, "facts", text->str);
}

enum telling { TELL_ALL, TELL_OTHERS }; /* what the lead has not said already */

static bool
append_words(struct sheet *sheet, xmlNode *parent, const void *object, enum telling telling)
{
    const struct annotation *annotation = model_annotation(sheet->site->model, object);
    struct links links = {.sheet = sheet, .object = object};
    struct markdown_links resolver = links_for(&links);
    for (size_t i = 0; i < annotation->count; i++) {
        const struct note *note = annotation->notes[i];
        xmlNode *words = tree_element(parent, "words");
        if (telling == TELL_ALL || sheet->lead == NULL || !have_one_origin(note, sheet->lead))
            sheet_origin(sheet, words, note);
        add_facts(sheet, words, object, note);
        markdown_append(words, note->text, &resolver);
    }
    return annotation->count > 0;
}

bool
sheet_words(struct sheet *sheet, xmlNode *parent, const void *object)
{
    return append_words(sheet, parent, object, TELL_OTHERS);
}

void
sheet_skip_summary(xmlNode *words)
{
    xmlNode *first = words->children;
    if (first == NULL || !g_str_equal(first->name, "p"))
        return;
    xmlUnlinkNode(first);
    xmlFreeNode(first);
}

/* The whole words, less the first paragraph, which stands elsewhere. */
bool
sheet_more_words(struct sheet *sheet, xmlNode *parent, const void *object)
{
    const struct annotation *annotation = model_annotation(sheet->site->model, object);
    if (annotation->count == 0 ||
        (annotation->count == 1 && !markdown_has_more(annotation->notes[0]->text)))
        return false;
    xmlNode *before = parent->last;
    append_words(sheet, parent, object, annotation->count > 1 ? TELL_ALL : TELL_OTHERS);
    sheet_skip_summary(before == NULL ? parent->children : before->next);
    return true;
}

/* Longer first paragraphs are cut in lists, in the index of the search and the like. */
enum { SUMMARY_MOST = 300 }; /* characters */

static bool
is_long(const char *text)
{
    return g_utf8_strlen(text, -1) > SUMMARY_MOST;
}

/* Behind the last whole word that fits. */
static char *
cut_summary(const char *text)
{
    g_autofree char *start = g_utf8_substring(text, 0, SUMMARY_MOST);
    char *space = strrchr(start, ' ');
    if (space != NULL)
        *space = '\0';
    return g_strconcat(start, "…", NULL);
}

bool
sheet_first_words(struct sheet *sheet, xmlNode *parent, const void *object)
{
    const struct annotation *annotation = model_annotation(sheet->site->model, object);
    if (annotation->count == 0)
        return false;
    struct links links = {.sheet = sheet, .object = object};
    struct markdown_links resolver = links_for(&links);
    markdown_append_summary(tree_element(parent, "summary"), annotation->notes[0]->text, &resolver);
    return true;
}

bool
sheet_summary(struct sheet *sheet, xmlNode *parent, const void *object)
{
    const struct annotation *annotation = model_annotation(sheet->site->model, object);
    if (annotation->count == 0)
        return false;
    g_autofree char *text = markdown_summary(annotation->notes[0]->text);
    if (text == NULL || !is_long(text))
        return sheet_first_words(sheet, parent, object);
    g_autofree char *start = cut_summary(text);
    tree_text_element(parent, "summary", start);
    return true;
}

char *
sheet_summary_text(const struct sheet *sheet, const void *object)
{
    const struct annotation *annotation = model_annotation(sheet->site->model, object);
    g_autofree char *text = annotation->count == 0 ? NULL
                                                   : markdown_summary(annotation->notes[0]->text);
    return text != NULL && is_long(text) ? cut_summary(text) : g_steal_pointer(&text);
}

/* ---- code and text ---- */

void
sheet_sql(xmlNode *parent, const char *sql)
{
    g_autofree char *clean = text_clean(sql);
    highlight_sql(tree_element(parent, "code"), g_strchomp(clean));
}

void
sheet_elixir(xmlNode *parent, const char *elixir)
{
    g_autofree char *copy = g_strdup(elixir);
    highlight_elixir(tree_element(parent, "code"), g_strchomp(copy));
}

void
sheet_code(xmlNode *parent, const char *text)
{
    g_autofree char *copy = g_strdup(text);
    highlight_nothing(tree_element(parent, "code"), g_strchomp(copy));
}

void
sheet_said(xmlNode *parent, const char *element, const char *words)
{
    g_autofree char *safe = words == NULL ? NULL : secret_mask(words);
    tree_optional(parent, element, safe);
}

void
sheet_text(xmlNode *parent, const char *element, const char *text)
{
    if (text == NULL)
        return;
    xmlNode *node = tree_element(parent, element);
    g_auto(GStrv) pieces = g_strsplit(text, "`", -1);
    bool balanced = g_strv_length(pieces) % 2 == 1;
    for (guint i = 0; pieces[i] != NULL; i++) {
        if (i % 2 == 1 && balanced)
            tree_text_element(node, "c", pieces[i]);
        else
            tree_text(node, pieces[i]);
    }
}

/* ---- findings ---- */

const char *
severity_tone(enum severity severity)
{
    static const char *const tones[] = {
        [SEVERITY_NOTE] = "info", [SEVERITY_WARNING] = "warn", [SEVERITY_ERROR] = "bad"};
    return tones[severity];
}

static xmlNode *
finding_head(const struct sheet *sheet, xmlNode *parent, const char *element,
             const struct finding *finding)
{
    xmlNode *row = tree_element(parent, element);
    tree_attribute(row, "tone",
                   finding->accepted != NULL ? "ok" : severity_tone(finding->severity));
    tree_attribute(row, "severity", severity_words[finding->severity]);
    tree_attribute(row, "slug", finding->slug);
    sheet_text(row, "title", finding->title);
    if (finding->object != NULL)
        sheet_href(sheet, row, finding->object);
    if (finding->migration == NULL)
        return row;
    g_autofree char *href = plan_href_migration(sheet->site->plan, sheet->page, finding->migration);
    tree_attribute(row, "href", href);
    return row;
}

static void
finding_place(xmlNode *row, const struct finding *finding)
{
    if (finding->file == NULL)
        return;
    tree_attribute(row, "file", finding->file);
    if (finding->line > 0)
        tree_number(row, "line", finding->line);
}

static void
finding_evidence(xmlNode *row, const struct finding *finding)
{
    for (size_t i = 0; i < finding->evidence_count; i++) {
        xmlNode *evidence = tree_element(row, "evidence");
        tree_attribute(evidence, "label", finding->evidence[i].label);
        sheet_text(evidence, "value", finding->evidence[i].value);
    }
}

static void
finding_fixes(xmlNode *row, const struct finding *finding)
{
    if (finding->fix_sql != NULL) {
        xmlNode *fix = tree_element(row, "fix");
        tree_attribute(fix, "label", "SQL");
        sheet_sql(fix, finding->fix_sql);
    }
    if (finding->fix_migration != NULL) {
        xmlNode *fix = tree_element(row, "fix");
        tree_attribute(fix, "label", "Ecto migration");
        sheet_elixir(fix, finding->fix_migration);
    }
}

void
sheet_findings(struct sheet *sheet, xmlNode *section, const GPtrArray *findings)
{
    xmlNode *rows = tree_element(section, "rows");
    for (guint i = 0; i < findings->len; i++) {
        const struct finding *finding = findings->pdata[i];
        xmlNode *row = finding_head(sheet, rows, "row", finding);
        finding_place(row, finding);
        sheet_text(row, "detail", finding->detail);
        g_autofree char *rule = plan_href_rule(sheet->site->plan, sheet->page,
                                               rule_find(finding->slug));
        tree_attribute(row, "rule", rule);
        tree_attribute(row, "accepted", finding->accepted);
        if (finding->accepted != NULL) {
            tree_attribute(row, "until", finding->until);
            continue;
        }
        tree_attribute(row, "strength", strength_words[finding->strength]);
        sheet_text(row, "advice", finding->advice);
        finding_evidence(row, finding);
        finding_fixes(row, finding);
    }
}

void
sheet_brief_findings(struct sheet *sheet, xmlNode *section, const GPtrArray *findings)
{
    xmlNode *rows = tree_element(section, "rows");
    for (guint i = 0; i < findings->len; i++) {
        const struct finding *finding = findings->pdata[i];
        sheet_text(finding_head(sheet, rows, "row", finding), "detail", finding->detail);
    }
}

/* Above a table's words, a rule with more findings than these has one line. */
enum { FLAGS_OF_RULE = 2 };

/* How many of the findings from `first` on, which stand rule by rule, are of its rule. */
static guint
count_of_rule(const GPtrArray *findings, guint first)
{
    const struct finding *finding = findings->pdata[first];
    guint end = first + 1;
    while (end < findings->len &&
           g_str_equal(((const struct finding *)findings->pdata[end])->slug, finding->slug))
        end++;
    return end - first;
}

void
sheet_flags(struct sheet *sheet, const GPtrArray *findings)
{
    g_autoptr(GPtrArray) open = g_ptr_array_new();
    for (guint i = 0; i < findings->len; i++)
        if (((const struct finding *)findings->pdata[i])->accepted == NULL)
            g_ptr_array_add(open, findings->pdata[i]);
    xmlNode *flags = open->len > 0 ? tree_element(sheet->root, "flags") : NULL;
    guint count;
    for (guint first = 0; first < open->len; first += count) {
        count = count_of_rule(open, first);
        const bool folded = count > FLAGS_OF_RULE;
        for (guint i = 0; i < (folded ? 1 : count); i++) {
            xmlNode *flag = finding_head(sheet, flags, "flag", open->pdata[first + i]);
            if (folded)
                tree_number(flag, "alike", count - 1);
        }
    }
}

/* ---- indexes ---- */

char *
names_text(const struct names *names)
{
    GString *text = g_string_new(NULL);
    for (size_t i = 0; i < names->count; i++)
        g_string_append_printf(text, "%s%s", i > 0 ? ", " : "", names->items[i]);
    return g_string_free(text, FALSE);
}

char *
columns_text(const struct names *names)
{
    GString *text = g_string_new(NULL);
    for (size_t i = 0; i < names->count; i++) {
        g_autofree char *name = shown_name(names->items[i]);
        g_string_append_printf(text, "%s%s", i > 0 ? ", " : "", name);
    }
    return g_string_free(text, FALSE);
}

char *
key_target_text(const struct key *key)
{
    g_autofree char *column = key->column != NULL ? shown_name(key->column) : NULL;
    GString *text = g_string_new(column != NULL ? column : key->expression);
    if (key->default_collation == NO && key->collation != NULL)
        g_string_append_printf(text, " COLLATE %s", key->collation);
    if (key->default_operator_class == NO && key->operator_class != NULL)
        g_string_append_printf(text, " %s", key->operator_class);
    return g_string_free(text, FALSE);
}

char *
key_text(const struct key *key)
{
    g_autofree char *target = key_target_text(key);
    GString *text = g_string_new(target);
    if (key->descending == YES)
        g_string_append(text, " DESC");
    /* Nulls come last when ascending and first when descending, unless said otherwise. */
    if (key->nulls_first == YES && key->descending != YES)
        g_string_append(text, " NULLS FIRST");
    if (key->nulls_first == NO && key->descending == YES)
        g_string_append(text, " NULLS LAST");
    return g_string_free(text, FALSE);
}

void
sheet_index_chips(xmlNode *parent, const struct index *index, size_t hits)
{
    xmlNode *chips = tree_element(parent, "chips");
    for (size_t i = 0; i < index->keys.count; i++) {
        g_autofree char *text = key_text(&index->keys.items[i]);
        tree_flag(tree_text_element(chips, "chip", text), "hit", i < hits);
    }
}
