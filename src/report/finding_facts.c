/* finding_facts.c - places, messages and fingerprints of findings. */
#include "report/finding_facts.h"

#include "base/text.h"

char *
finding_subject(const struct finding *finding)
{
    if (finding->migration != NULL) {
        g_autofree char *own = migration_address(finding->migration);
        return g_strconcat("migration ", own, NULL);
    }
    return finding->object == NULL
               ? g_strdup("database")
               : g_strconcat(finding->object->kind->word, " ", finding->object->path, NULL);
}

char *
finding_path(const struct findings_report *report, const struct finding *finding)
{
    const char *file = finding->file != NULL ? finding->file : report->home;
    bool of_migration = finding->file != NULL && finding->migration != NULL;
    g_autofree char *path = g_strconcat(of_migration ? report->migrations_prefix : report->prefix,
                                        file, NULL);
    return text_clean(path);
}

unsigned
finding_line(const struct finding *finding)
{
    return finding->file != NULL && finding->line > 0 ? finding->line : 1;
}

char *
finding_message(const struct finding *finding)
{
    const char *const parts[] = {finding->title, finding->detail, finding->advice};
    g_autoptr(GString) message = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
        if (parts[i] != NULL)
            g_string_append_printf(message, "%s%s", message->len > 0 ? "\n" : "", parts[i]);
    return text_clean(message->str);
}

void
finding_marks_begin(struct finding_marks *marks)
{
    marks->seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

void
finding_marks_end(struct finding_marks *marks)
{
    g_hash_table_unref(marks->seen);
}

char *
finding_mark(struct finding_marks *marks, const struct finding *finding)
{
    g_autofree char *subject = finding_subject(finding);
    g_autofree char *facts = g_strjoin("\n", finding->slug, subject,
                                       finding->file != NULL ? finding->file : "", finding->title,
                                       NULL);
    guint count = GPOINTER_TO_UINT(g_hash_table_lookup(marks->seen, facts));
    g_autofree char *whole = count == 0 ? g_strdup(facts) : g_strdup_printf("%s\n%u", facts, count);
    g_hash_table_insert(marks->seen, g_strdup(facts), GUINT_TO_POINTER(count + 1));
    return g_compute_checksum_for_string(G_CHECKSUM_SHA256, whole, -1);
}
