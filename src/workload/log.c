/* log.c - statements of a log become calls of queries. A log repeats few statements very often, so
 * libpg_query reads each once: what is known already is found by a hash of its text, or of its
 * words without the values. Both tables have a most, as has everything else here: the memory does
 * not grow with the log. */
#include "workload/deeds.h"

#include "base/sql_lexer.h"
#include "base/text.h"

#include <string.h>

#define KNOWN_MOST 50000
#define SITES_MOST 20000
#define OF_QUERY   20 /* call sites that are kept of one query */

struct site {
    struct query *query;
    struct call_site site;
};

struct session {
    struct query *last; /* of which the time is still to come; NULL: none */
    bool in_transaction;
};

struct log {
    struct gathering *gathering;
    enum query_source source;
    GHashTable *by_text;  /* hash → struct known, of statements without literals */
    GHashTable *by_words; /* hash → struct known */
    GHashTable *sites;    /* hash of query and place → struct site */
    GHashTable *sessions; /* hash → struct session */
    struct units *units;
    size_t taken;
};

static GHashTable *
table_new(void)
{
    return g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
}

struct log *
log_new(struct gathering *gathering, enum query_source source)
{
    struct log *log = g_new0(struct log, 1);
    *log = (struct log){
        .gathering = gathering,
        .source = source,
        .by_text = table_new(),
        .by_words = table_new(),
        .sites = table_new(),
        .sessions = table_new(),
        .units = units_new(),
    };
    return log;
}

size_t
log_taken(const struct log *log)
{
    return log->taken;
}

static void
remember(GHashTable *table, uint64_t hash, gpointer value)
{
    uint64_t *key = g_new(uint64_t, 1);
    *key = hash;
    g_hash_table_insert(table, key, value);
}

/* ---- statements ---- */

/* A hash of the words and of the kinds of values; whether there are any. */
static uint64_t
hash_words(const char *sql, bool *values)
{
    struct sql_token token;
    uint64_t hash = 0;
    *values = false;
    while (sql_next_word(&sql, &token)) {
        const bool value = token.kind == SQL_STRING || token.kind == SQL_NUMBER;
        const struct span text = {(char *)(guintptr)token.text, value ? 0 : token.length};
        hash = span_hash(text, hash + (uint64_t)token.kind);
        *values = *values || value;
    }
    return hash;
}

static const struct {
    const char *words[3];
    enum control control;
} controls[] = {
    {{"begin"}, CONTROL_BEGIN},         {{"start", "transaction"}, CONTROL_BEGIN},
    {{"commit"}, CONTROL_COMMIT},       {{"end"}, CONTROL_COMMIT},
    {{"rollback", "to"}, CONTROL_NONE}, /* a savepoint */
    {{"rollback"}, CONTROL_ROLLBACK},   {{"abort"}, CONTROL_ROLLBACK},
};

static enum control
control_of(const char *sql)
{
    for (size_t i = 0; i < G_N_ELEMENTS(controls); i++) {
        struct sql_token token;
        const char *rest = sql;
        bool fits = true;
        for (const char *const *word = controls[i].words; fits && *word != NULL; word++)
            fits = sql_next_word(&rest, &token) && sql_is_word(&token, *word);
        if (fits)
            return controls[i].control;
    }
    return CONTROL_NONE;
}

/* The highest $n, and how many literals there are. */
static void
count_values(const char *sql, unsigned *parameters, unsigned *literals)
{
    struct sql_token token;
    while (sql_next_word(&sql, &token)) {
        if (token.kind == SQL_PARAMETER)
            *parameters = MAX(*parameters, (unsigned)g_ascii_strtoull(token.text + 1, NULL, 10));
        *literals += token.kind == SQL_STRING || token.kind == SQL_NUMBER;
    }
}

static unsigned
sql_words(const char *sql)
{
    struct sql_token token;
    unsigned words = 0;
    while (sql_next_word(&sql, &token))
        words += token.kind == SQL_WORD;
    return words;
}

/* Where not each literal of the text became a parameter, their numbers are not sure. */
static void
check_numbers(struct known *known, const char *sql)
{
    unsigned literals = 0;
    unsigned all = 0;
    unsigned left = 0;
    count_values(sql, &known->parameters, &literals);
    if (known->query == NULL || known->query->text == NULL)
        return;
    count_values(known->query->text, &all, &left);
    for (size_t i = 0; i < known->equalities.count; i++)
        if (literals > 0 && left > 0 && known->equalities.items[i].parameter > known->parameters)
            known->equalities.count = 0;
}

static struct known *
learn(struct log *log, uint64_t hash, const char *sql)
{
    struct known *known = g_new0(struct known, 1);
    g_autofree char *clean = text_clean(sql);
    known->control = control_of(sql);
    known->query = gathering_find(log->gathering, clean, log->source, &known->equalities);
    known->is_plain = sql_words(sql) <= 2;
    known->only_reads = known->query != NULL && query_only_reads(known->query);
    check_numbers(known, sql);
    remember(log->by_words, hash, known);
    return known;
}

static const struct known *
know(struct log *log, const char *sql)
{
    static const struct known nothing = {.query = NULL};
    const struct span text = {(char *)(guintptr)sql, strlen(sql)};
    const uint64_t by_text = span_hash(text, 0);
    bool values = false;
    const struct known *known = g_hash_table_lookup(log->by_text, &by_text);
    if (known != NULL)
        return known;
    const uint64_t by_words = hash_words(sql, &values);
    known = g_hash_table_lookup(log->by_words, &by_words);
    if (known == NULL && g_hash_table_size(log->by_words) >= KNOWN_MOST) {
        log->gathering->too_many++;
        return &nothing;
    }
    if (known == NULL)
        known = learn(log, by_words, sql);
    if (!values && g_hash_table_size(log->by_text) < KNOWN_MOST)
        remember(log->by_text, by_text, g_memdup2(known, sizeof *known));
    return known;
}

/* ---- call sites ---- */

/* "MyApp.Blog.list/1, at: lib/blog.ex:12" */
static struct call_site
read_site(struct arena *arena, struct span where)
{
    g_autofree char *raw = g_strndup(where.text, where.length);
    g_autofree char *text = g_strstrip(text_clean(raw));
    struct call_site site = {0};
    char *at = strstr(text, ", at: ");
    if (at != NULL) {
        char *file = at + strlen(", at: ");
        char *colon = strrchr(file, ':');
        *at = '\0';
        if (colon != NULL) {
            *colon = '\0';
            site.line = (unsigned)g_ascii_strtoull(colon + 1, NULL, 10);
        }
        site.file = arena_intern(arena, file);
    }
    site.function = arena_intern(arena, text);
    return site;
}

/* NULL: not said, or there is no room for more. */
static const struct call_site *
count_site(struct log *log, struct query *query, struct span where)
{
    if (where.length == 0 || query == NULL)
        return NULL;
    const uint64_t hash = span_hash(where, (uint64_t)(guintptr)query);
    struct site *site = g_hash_table_lookup(log->sites, &hash);
    if (site == NULL && g_hash_table_size(log->sites) < SITES_MOST) {
        site = g_new0(struct site, 1);
        site->query = query;
        site->site = read_site(log->gathering->arena, where);
        remember(log->sites, hash, site);
    }
    if (site == NULL)
        return NULL;
    site->site.calls++;
    return &site->site;
}

static gint
by_calls(gconstpointer a, gconstpointer b)
{
    const struct call_site *x = a;
    const struct call_site *y = b;
    if (x->calls != y->calls)
        return x->calls < y->calls ? 1 : -1;
    int files = text_compare(x->file, y->file);
    if (files == 0 && x->line != y->line)
        return x->line < y->line ? -1 : 1;
    return files != 0 ? files : strcmp(x->function, y->function);
}

/* The sites of a query, with those that another log told of it. */
static void
keep_sites(struct log *log, struct query *query, GArray *sites)
{
    for (size_t i = 0; i < query->site_count; i++) {
        bool found = false;
        for (guint j = 0; !found && j < sites->len; j++) {
            struct call_site *site = &g_array_index(sites, struct call_site, j);
            found = site->function == query->sites[i].function &&
                    site->file == query->sites[i].file && site->line == query->sites[i].line;
            site->calls += found ? query->sites[i].calls : 0;
        }
        if (!found)
            g_array_append_val(sites, query->sites[i]);
    }
    g_array_sort(sites, by_calls);
    query->site_count = MIN(sites->len, (guint)OF_QUERY);
    g_array_set_size(sites, (guint)query->site_count);
    query->sites = arena_keep(log->gathering->arena, sites);
}

static void
share_sites(struct log *log)
{
    g_autoptr(GHashTable)
        groups = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_array_unref);
    GHashTableIter iter;
    gpointer value = NULL;
    for (g_hash_table_iter_init(&iter, log->sites); g_hash_table_iter_next(&iter, NULL, &value);) {
        const struct site *site = value;
        GArray *group = g_hash_table_lookup(groups, site->query);
        if (group == NULL) {
            group = g_array_new(FALSE, FALSE, sizeof(struct call_site));
            g_hash_table_insert(groups, site->query, group);
        }
        g_array_append_val(group, site->site);
    }
    gpointer query = NULL;
    for (g_hash_table_iter_init(&iter, groups); g_hash_table_iter_next(&iter, &query, &value);)
        keep_sites(log, query, value);
}

void
log_free(struct log *log)
{
    units_end_all(log->units, log->gathering);
    units_free(log->units);
    share_sites(log);
    g_hash_table_unref(log->by_text);
    g_hash_table_unref(log->by_words);
    g_hash_table_unref(log->sites);
    g_hash_table_unref(log->sessions);
    g_free(log);
}

/* ---- calls ---- */

static struct session *
find_session(struct log *log, uint64_t hash)
{
    struct session *session = g_hash_table_lookup(log->sessions, &hash);
    if (session != NULL)
        return session;
    if (g_hash_table_size(log->sessions) >= KNOWN_MOST)
        g_hash_table_remove_all(log->sessions);
    session = g_new0(struct session, 1);
    remember(log->sessions, hash, session);
    return session;
}

/* A transaction of the server is a unit; a test or a request is one whatever it commits. */
static void
take_into_unit(struct log *log, const struct known *known, const struct log_event *event,
               const struct call_site *site)
{
    struct session *session = event->session != 0 ? find_session(log, event->session) : NULL;
    if (event->unit_kind != UNIT_NONE)
        units_take(log->units, event->unit, event->unit_kind, known, event, site, log->gathering);
    if (session == NULL)
        return;
    session->last = event->ms < 0 ? known->query : NULL;
    session->in_transaction = session->in_transaction || known->control == CONTROL_BEGIN;
    if (session->in_transaction)
        units_take(log->units, event->session, UNIT_COMMITTED, known, event, site, log->gathering);
    if (known->control == CONTROL_NONE || known->control == CONTROL_BEGIN)
        return;
    session->in_transaction = false;
    units_end(log->units, event->session,
              known->control == CONTROL_ROLLBACK ? UNIT_ROLLED_BACK : UNIT_COMMITTED,
              log->gathering);
}

void
log_take(struct log *log, const struct log_event *event)
{
    const struct known *known = know(log, event->sql);
    const struct call_site *site = count_site(log, known->query, event->where);
    log->taken++;
    take_into_unit(log, known, event, site);
    if (known->query == NULL)
        return;
    const struct usage usage = {1, MAX(event->ms, 0), -1, -1, -1};
    usage_add(&known->query->logged, &usage);
}

void
log_take_time(struct log *log, uint64_t session, double ms)
{
    struct session *open = g_hash_table_lookup(log->sessions, &session);
    if (open == NULL || open->last == NULL)
        return;
    open->last->logged.total_ms += MAX(ms, 0);
    open->last = NULL;
}
