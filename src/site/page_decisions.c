/* page_decisions.c - what people decided: all of it, and each decision with what it names. */
#include "site/pages.h"

#include "base/text.h"
#include "catalog/shown.h"
#include "site/links.h"
#include "site/parts.h"
#include "site/words.h"

static const char *const status_tones[] = {
    [DECISION_PROPOSED] = "info",   [DECISION_ACCEPTED] = "ok",     [DECISION_REJECTED] = "",
    [DECISION_DEPRECATED] = "warn", [DECISION_SUPERSEDED] = "warn",
};

/* Lists of the page of all decisions, and whose they are. */
static const struct {
    const char *id;
    const char *title;
    unsigned statuses;
} lists[] = {
    {"in-force", "In force", 1U << DECISION_ACCEPTED},
    {"proposed", "Proposed", 1U << DECISION_PROPOSED},
    {"past", "No longer in force",
     1U << DECISION_DEPRECATED | 1U << DECISION_SUPERSEDED | 1U << DECISION_REJECTED},
};

/* "6 May 2025, accepted" */
static char *
when_and_what(const struct decision *decision)
{
    g_autofree char *date = words_date(decision->date);
    return g_strdup_printf("%s, %s", date, decision_status_words[decision->status]);
}

static void
add_card(const struct sheet *sheet, xmlNode *cards, const struct decided *decided)
{
    const struct note *note = decided->note;
    xmlNode *card = tree_element(cards, "card");
    tree_attribute(card, "title", note->decision->title);
    g_autofree char *href = plan_href_decision(sheet->site->plan, sheet->page, decided);
    tree_attribute(card, "href", href);
    g_autofree char *summary = markdown_summary(note->text);
    tree_text_element(card, "summary", summary);
    g_autofree char *meta = when_and_what(note->decision);
    tree_attribute(card, "meta", meta);
}

void
part_decisions(struct sheet *sheet)
{
    const struct model *model = sheet->site->model;
    const void *object = sheet->page->object != NULL ? (const void *)sheet->page->object
                                                     : model->catalog; /* the overview */
    const struct decisions *decisions = model_decisions(model, object);
    if (decisions->count == 0 || sheet->page->part > 0)
        return;
    xmlNode *section = sheet_section(sheet, "decisions", "Decisions", (int64_t)decisions->count);
    xmlNode *cards = tree_element(section, "cards");
    for (size_t i = 0; i < decisions->count; i++)
        add_card(sheet, cards, decisions->items[i]);
}

void
part_decided(const struct sheet *sheet, xmlNode *node, const void *object)
{
    const struct decisions *decisions = model_decisions(sheet->site->model, object);
    for (size_t i = 0; i < decisions->count; i++) {
        const struct decision *decision = decisions->items[i]->note->decision;
        xmlNode *decided = tree_text_element(node, "decided", decision->title);
        g_autofree char *href = plan_href_decision(sheet->site->plan, sheet->page,
                                                   decisions->items[i]);
        g_autofree char *when = when_and_what(decision);
        tree_attribute(decided, "href", href);
        tree_attribute(decided, "when", when);
    }
}

void
fill_decisions(struct sheet *sheet)
{
    const struct model *model = sheet->site->model;
    sheet_crumb(sheet, "Decisions", NULL);
    sheet_title(sheet, NULL, "Decisions");
    tree_text_element(sheet_lead(sheet), "summary",
                      "What was decided about this database, and what else was thought of. The "
                      "newest first.");
    size_t row = 0;
    for (size_t list = 0; list < G_N_ELEMENTS(lists); list++) {
        xmlNode *cards = NULL;
        for (size_t i = 0; i < model->decision_count; i++) {
            const struct decided *decided = &model->decisions[i];
            if ((lists[list].statuses & 1U << decided->note->decision->status) == 0 ||
                !sheet_shows(sheet, row++))
                continue;
            if (cards == NULL)
                cards = tree_element(sheet_section(sheet, lists[list].id, lists[list].title, -1),
                                     "cards");
            add_card(sheet, cards, decided);
        }
    }
}

/* ---- one decision ---- */

static void
add_facts(struct sheet *sheet, const struct note *note)
{
    g_autofree char *date = words_date(note->decision->date);
    g_autofree char *tags = names_text(&note->facts.tags);
    g_autofree char *links = names_text(&note->facts.links);
    sheet_fact(sheet, "Decided", date);
    sheet_fact(sheet, "Review by", note->facts.review_by);
    sheet_fact(sheet, "Tags", note->facts.tags.count > 0 ? tags : NULL);
    sheet_fact(sheet, "Links", note->facts.links.count > 0 ? links : NULL);
}

static void
add_panel(struct sheet *sheet, const char *title, const struct decided *other)
{
    xmlNode *panel = tree_element(sheet->root, "verdict");
    tree_attribute(panel, "tone", "info");
    tree_attribute(panel, "title", title);
    tree_text(tree_element(panel, "text"), other->note->decision->title);
    xmlNode *button = tree_text_element(panel, "button", "Read it");
    g_autofree char *href = plan_href_decision(sheet->site->plan, sheet->page, other);
    tree_attribute(button, "href", href);
}

/* What took its place, and what it took the place of. */
static void
add_line(struct sheet *sheet, const struct decided *decided)
{
    const struct model *model = sheet->site->model;
    if (decided->successor != NULL)
        add_panel(sheet, "Superseded by", decided->successor);
    for (size_t i = 0; i < model->decision_count; i++)
        if (model->decisions[i].successor == decided)
            add_panel(sheet, "Takes the place of", &model->decisions[i]);
}

static struct links
links_of(const struct sheet *sheet)
{
    const struct decided *decided = sheet->page->decision;
    return (struct links){
        .sheet = sheet,
        .first = decided->object_count > 0 ? decided->objects[0] : NULL,
    };
}

static void
add_words(struct sheet *sheet, const struct note *note)
{
    struct links links = links_of(sheet);
    struct markdown_links resolver = links_for(&links);
    if (text_is_empty(note->text)) {
        tree_text_element(sheet_lead(sheet), "summary", "Nobody has written down yet why.");
        return;
    }
    xmlNode *section = sheet_section(sheet, "why", "Why", -1);
    xmlNode *prose = tree_element(section, "prose");
    markdown_append(tree_element(prose, "words"), note->text, &resolver);
}

static void
add_alternatives(struct sheet *sheet, const struct names *alternatives)
{
    if (alternatives->count == 0)
        return;
    xmlNode *section = sheet_section(sheet, "alternatives", "What else was thought of",
                                     (int64_t)alternatives->count);
    struct links links = links_of(sheet);
    struct markdown_links resolver = links_for(&links);
    xmlNode *words = tree_element(tree_element(section, "prose"), "words");
    xmlNode *list = tree_element(words, "ul");
    for (size_t i = 0; i < alternatives->count; i++) {
        xmlNode *item = tree_element(list, "li");
        markdown_append_summary(item, alternatives->items[i], &resolver);
        if (item->children == NULL) /* no paragraph */
            tree_text(item, alternatives->items[i]);
    }
}

static void
add_objects(struct sheet *sheet, const struct decision *decision)
{
    static const char *const columns[] = {"Object", "What it is", "Kind", NULL};
    if (decision->object_count == 0)
        return;
    xmlNode *section = sheet_section(sheet, "objects", "What it is about",
                                     (int64_t)decision->object_count);
    xmlNode *list = part_list(section, columns);
    for (size_t i = 0; i < decision->object_count; i++) {
        const struct decision_object *named = &decision->objects[i];
        const struct object *object = decision_object_find(sheet->site->model, named);
        if (object != NULL && named->path != NULL) {
            part_value(part_item(sheet, list, object, BY_PATH), named->word);
            continue;
        }
        xmlNode *item = tree_element(list, "item");
        tree_text_element(item, "name", named->path != NULL ? named->path : named->word);
        if (object == NULL)
            tree_text_element(item, "summary", "Not in the database.");
        part_value(item, named->word);
    }
}

void
fill_decision(struct sheet *sheet)
{
    const struct decided *decided = sheet->page->decision;
    const struct note *note = decided->note;
    xmlNode *crumb = tree_text_element(sheet->root, "crumb", "Decisions");
    sheet_href_top(sheet, crumb, "decisions/index.html");
    sheet_crumb(sheet, note->decision->title, NULL);
    sheet_title(sheet, NULL, note->decision->title);
    sheet_badge(sheet_head(sheet), status_tones[note->decision->status],
                decision_status_words[note->decision->status]);
    g_autofree char *summary = markdown_summary(note->text);
    tree_attribute(sheet->root, "description", summary);
    sheet_origin(sheet, sheet_lead(sheet), note);
    add_facts(sheet, note);
    add_line(sheet, decided);
    add_words(sheet, note);
    add_alternatives(sheet, &note->decision->alternatives);
    add_objects(sheet, note->decision);
}
