/* key.c - everything in one checksum, each part ended by a zero byte. */
#include "site/key.h"

#include "catalog/snapshot.h"

#include <string.h>

static void
add(GChecksum *checksum, const char *text)
{
    if (text != NULL)
        g_checksum_update(checksum, (const guchar *)text, -1);
    g_checksum_update(checksum, (const guchar *)"", 1);
}

static void
add_file(GChecksum *checksum, GString *text)
{
    g_checksum_update(checksum, (const guchar *)text->str, (gssize)text->len);
    g_string_free(text, TRUE);
}

static void
add_note_facts(GChecksum *checksum, const struct note_facts *facts)
{
    const struct names *const lists[] = {&facts->tags, &facts->links, &facts->queries};
    add(checksum, facts->owner);
    add(checksum, facts->since);
    add(checksum, facts->review_by);
    add(checksum, facts->deprecated);
    for (size_t i = 0; i < G_N_ELEMENTS(lists); i++) {
        for (size_t j = 0; j < lists[i]->count; j++)
            add(checksum, lists[i]->items[j]);
        add(checksum, NULL);
    }
}

static void
add_note(GChecksum *checksum, const struct note *note)
{
    g_autofree char *line = g_strdup_printf("%u", note->line);
    add(checksum, note->file);
    add(checksum, line);
    add(checksum, note->word);
    add(checksum, note->path);
    add(checksum, note->text);
    add_note_facts(checksum, &note->facts);
}

/* The catalog decides the rest of a finding; these are what a rule or an acceptance may change. */
static void
add_finding(GChecksum *checksum, const struct finding *finding)
{
    add(checksum, finding->slug);
    add(checksum, severity_words[finding->severity]);
    add(checksum, finding->object == NULL ? NULL : finding->object->path);
    add(checksum, finding->title);
    add(checksum, finding->detail);
    add(checksum, finding->advice);
    add(checksum, finding->file);
    add(checksum, finding->accepted);
    add(checksum, finding->until);
}

char *
site_key(const struct model *model, const struct findings *findings, const char *rehearsal_key,
         const char *templates_key)
{
    GChecksum *checksum = g_checksum_new(G_CHECKSUM_SHA256);
    add(checksum, templates_key);
    add(checksum, rehearsal_key);
    add(checksum, model->config->digest);
    add(checksum, model->intro);
    add_file(checksum, snapshot_write(model->catalog));
    if (model->observations != NULL)
        add_file(checksum, observations_write(model->observations));
    for (size_t i = 0; i < model->notes->count; i++)
        add_note(checksum, &model->notes->items[i]);
    for (size_t i = 0; i < findings->count; i++)
        add_finding(checksum, &findings->items[i]);
    for (size_t i = 0; i < findings->past_count; i++)
        add_finding(checksum, &findings->past[i]);
    char *key = g_strdup(g_checksum_get_string(checksum));
    g_checksum_free(checksum);
    return key;
}
