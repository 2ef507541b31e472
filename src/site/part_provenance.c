/* part_provenance.c - who wrote a migration, and which of them removed what is gone. */
#include "site/parts.h"

#include "catalog/shown.h"
#include "site/words.h"

enum { SHORT_HASH = 10 };

static void
add_commit(struct sheet *sheet, const char *label, const struct migration_commit *commit)
{
    if (commit == NULL)
        return;
    g_autofree char *date = words_date(commit->date);
    g_autofree char *text = g_strdup_printf("%s by %s, commit %.*s", date, commit->author,
                                            SHORT_HASH, commit->hash);
    sheet_fact(sheet, label, text);
}

void
part_commits(struct sheet *sheet, const struct migration *migration)
{
    const struct migrations *line = migrations_line_of(sheet->site->plan->rehearsal->migrations,
                                                       migration);
    add_commit(sheet, "Written", migration->added);
    add_commit(sheet, "Changed", migration->changed);
    if (migration->added != NULL)
        return;
    g_autofree char *unknown = line->commits_unknown == NULL
                                   ? NULL
                                   : g_strdup_printf("not known: %s", line->commits_unknown);
    sheet_fact(sheet, "Written", unknown != NULL ? unknown : "in no commit yet");
}

/* ---- what is gone ---- */

static bool
is_gone(const struct sheet *sheet, const struct difference *difference)
{
    return difference->kind == CHANGE_REMOVED && !difference->physical &&
           database_find(sheet->site->model->database, difference->word, difference->path) == NULL;
}

static void
add_gone(struct sheet *sheet, xmlNode **list, const struct migration_evidence *evidence,
         const struct difference *difference)
{
    if (*list == NULL) {
        xmlNode *section = sheet_section(sheet, "gone", "What is gone", -1);
        sheet_hint(section, "What migrations removed and none made again, the newest first.");
        *list = tree_element(section, "changes");
    }
    xmlNode *change = part_change(sheet, *list, CHANGE_REMOVED, difference->word, difference->path);
    g_autofree char *name = shown_name(evidence->migration->name);
    g_autofree char *href = plan_href_migration(sheet->site->plan, sheet->page,
                                                evidence->migration);
    tree_attribute(change, "href", href);
    g_autofree char *by = g_strconcat("by ", name, NULL);
    tree_optional(change, "after", by);
}

void
part_gone(struct sheet *sheet)
{
    const struct rehearsal *rehearsal = sheet->site->plan->rehearsal;
    xmlNode *list = NULL;
    for (size_t i = rehearsal->count; i-- > 0;) {
        const struct migration_evidence *evidence = &rehearsal->items[i];
        for (size_t j = 0; j < evidence->changes.count; j++)
            if (is_gone(sheet, &evidence->changes.items[j]))
                add_gone(sheet, &list, evidence, &evidence->changes.items[j]);
    }
}
