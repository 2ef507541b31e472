/* deeds.c - transactions that only read or take long, and writes that are in none. */
#include "workload/deeds.h"

#include "base/sql_lexer.h"

#include <string.h>

#define DEEDS_MOST 2000
#define LONG_MS    1000.0

/* ---- what reads ---- */

/* FOR UPDATE and the like hold rows; functions of the system may hold locks or count. */
bool
query_only_reads(const struct query *query)
{
    static const char *const strengths[] = {"update", "share", "no", "key"};
    const char *text = query->text;
    struct sql_token token;
    bool behind_for = false;
    if (query->kind != SHAPE_SELECT || query->references.relation_count == 0)
        return false;
    for (size_t i = 0; i < query->references.relation_count; i++)
        if (query->references.relations[i].written)
            return false;
    while (sql_next_word(&text, &token)) {
        for (size_t i = 0; behind_for && i < G_N_ELEMENTS(strengths); i++)
            if (sql_is_word(&token, strengths[i]))
                return false;
        behind_for = sql_is_word(&token, "for");
        const bool call = *text == '(' && token.kind == SQL_WORD;
        if (call &&
            (g_ascii_strncasecmp(token.text, "pg_", 3) == 0 || sql_is_word(&token, "nextval") ||
             sql_is_word(&token, "setval") || sql_is_word(&token, "set_config")))
            return false;
    }
    return true;
}

/* ---- deeds ---- */

GHashTable *
deeds_new(void)
{
    return g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
}

static void
note(struct gathering *gathering, const struct deed *deed)
{
    const struct span place = {(char *)(guintptr)deed->site.file,
                               deed->site.file != NULL ? strlen(deed->site.file) : 0};
    uint64_t hash = span_hash(place, (uint64_t)(guintptr)deed->first + deed->site.line);
    hash = (hash ^ (uint64_t)(guintptr)deed->second) * 31 + (uint64_t)deed->kind * 8 +
           (uint64_t)deed->unit;
    struct deed *known = g_hash_table_lookup(gathering->deeds, &hash);
    if (known != NULL) {
        known->units++;
        known->statements = MAX(known->statements, deed->statements);
        known->ms = MAX(known->ms, deed->ms);
        return;
    }
    if (g_hash_table_size(gathering->deeds) >= DEEDS_MOST)
        return;
    uint64_t *key = g_new(uint64_t, 1);
    *key = hash;
    known = g_memdup2(deed, sizeof *deed);
    known->units = 1;
    g_hash_table_insert(gathering->deeds, key, known);
}

/* Who asks for an isolation level wants all its queries to see the same rows. */
void
transactions_begin(struct transactions *transactions, const struct known *known)
{
    transactions->open = true;
    transactions->changes = !known->is_plain;
    transactions->statements = 0;
    transactions->ms = 0;
}

void
transactions_roll_back(struct transactions *transactions)
{
    transactions->open = false;
}

static struct told_write
told(const struct known *known, const struct call_site *site)
{
    static const struct call_site nowhere = {NULL, NULL, 0, 0};
    return (struct told_write){known->query, site != NULL ? *site : nowhere};
}

static void
take_apart(struct transactions *transactions, const struct known *known,
           const struct call_site *site)
{
    for (size_t i = 0; i < transactions->apart_count; i++)
        if (transactions->apart[i].query == known->query)
            return;
    if (transactions->apart_count < APART_MOST)
        transactions->apart[transactions->apart_count++] = told(known, site);
}

void
transactions_take(struct transactions *transactions, const struct known *known,
                  const struct log_event *event, const struct call_site *site)
{
    const bool reads = known->query != NULL && known->only_reads;
    if (!transactions->open) {
        if (known->query != NULL && known->query->kind != SHAPE_SELECT)
            take_apart(transactions, known, site);
        return;
    }
    if (known->query != NULL && transactions->statements++ == 0)
        transactions->first = told(known, site);
    transactions->changes = transactions->changes || !reads;
    transactions->ms += MAX(event->ms, 0);
}

/* A test has its own time, and is none of production's. */
void
transactions_commit(struct transactions *transactions, enum unit_kind unit,
                    struct gathering *gathering)
{
    if (!transactions->open || transactions->statements == 0) {
        transactions->open = false;
        return;
    }
    struct deed deed = {
        .kind = DEED_READS,
        .unit = unit,
        .first = transactions->first.query,
        .site = transactions->first.site,
        .statements = transactions->statements,
        .ms = transactions->ms,
    };
    transactions->open = false;
    if (!transactions->changes)
        note(gathering, &deed);
    deed.kind = DEED_LONG;
    if (transactions->ms >= LONG_MS && unit != UNIT_TEST)
        note(gathering, &deed);
}

/* Tests make their rows one by one before they test. */
void
transactions_finish(struct transactions *transactions, enum unit_kind unit,
                    struct gathering *gathering)
{
    for (size_t i = 0; unit == UNIT_REQUEST && i < transactions->apart_count; i++)
        for (size_t j = i + 1; j < transactions->apart_count; j++) {
            const struct deed deed = {
                .kind = DEED_WRITES_APART,
                .unit = unit,
                .first = transactions->apart[i].query,
                .second = transactions->apart[j].query,
                .site = transactions->apart[i].site,
                .statements = 2,
            };
            note(gathering, &deed);
        }
}

/* ---- what is kept ---- */

static gint
by_kind(gconstpointer a, gconstpointer b)
{
    const struct deed *x = a;
    const struct deed *y = b;
    int order = (int)x->kind - (int)y->kind;
    if (order == 0)
        order = strcmp(x->first->fingerprint, y->first->fingerprint);
    if (order == 0 && x->second != NULL && y->second != NULL)
        order = strcmp(x->second->fingerprint, y->second->fingerprint);
    if (order == 0)
        order = g_strcmp0(x->site.file, y->site.file);
    if (order == 0)
        order = (x->site.line > y->site.line) - (x->site.line < y->site.line);
    return order != 0 ? order : (int)x->unit - (int)y->unit;
}

static void
keep(GArray *list, GHashTable *moved, const struct deed *deed)
{
    struct deed kept = *deed;
    kept.first = g_hash_table_lookup(moved, deed->first);
    kept.second = deed->second != NULL ? g_hash_table_lookup(moved, deed->second) : NULL;
    g_array_append_val(list, kept);
}

void
deeds_keep(struct gathering *gathering, GHashTable *moved, struct workload *workload)
{
    g_autoptr(GArray) list = g_array_new(FALSE, FALSE, sizeof(struct deed));
    GHashTableIter iter;
    gpointer value = NULL;
    for (size_t i = 0; i < workload->deed_count; i++)
        keep(list, moved, &workload->deeds[i]);
    for (g_hash_table_iter_init(&iter, gathering->deeds);
         g_hash_table_iter_next(&iter, NULL, &value);)
        keep(list, moved, value);
    g_array_sort(list, by_kind);
    workload->deed_count = list->len;
    workload->deeds = arena_keep(gathering->arena, list);
}
