/* plain_sums.c - checksums that are more than a digest of a file: Refinery's and Liquibase's. */
#include "migrations/plain.h"

#include <string.h>

/* ---- Refinery: SipHash-1-3 with a key of zeros, of what Rust feeds into its hashers ---- */

static guint64
rotate(guint64 word, unsigned bits)
{
    return word << bits | word >> (64 - bits);
}

static void
sip_round(guint64 *v)
{
    v[0] += v[1];
    v[1] = rotate(v[1], 13) ^ v[0];
    v[0] = rotate(v[0], 32);
    v[2] += v[3];
    v[3] = rotate(v[3], 16) ^ v[2];
    v[0] += v[3];
    v[3] = rotate(v[3], 21) ^ v[0];
    v[2] += v[1];
    v[1] = rotate(v[1], 17) ^ v[2];
    v[2] = rotate(v[2], 32);
}

static void
sip_word(guint64 *v, guint64 word)
{
    v[3] ^= word;
    sip_round(v);
    v[0] ^= word;
}

static guint64
siphash13(const GByteArray *bytes)
{
    guint64 v[] = {0x736f6d6570736575, 0x646f72616e646f6d, 0x6c7967656e657261, 0x7465646279746573};
    guint64 word = 0;
    for (guint i = 0; i < bytes->len; i++) {
        word |= (guint64)bytes->data[i] << 8 * (i % 8);
        if (i % 8 != 7)
            continue;
        sip_word(v, word);
        word = 0;
    }
    sip_word(v, word | (guint64)bytes->len << 56);
    v[2] ^= 0xff;
    for (int i = 0; i < 3; i++)
        sip_round(v);
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}

/* Rust ends a text with this byte. */
static void
feed_text(GByteArray *bytes, const char *text, size_t length)
{
    static const guint8 end = 0xff;
    g_byte_array_append(bytes, (const guint8 *)text, (guint)length);
    g_byte_array_append(bytes, &end, 1);
}

/* Of name, version (an i32) and text. */
static guint64
refinery_checksum(const struct migration *migration, const struct plain_file *file)
{
    guint32 version = (guint32)g_ascii_strtoull(migration->version, NULL, 10);
    guint32 word = GUINT32_TO_LE(version);
    GByteArray *bytes = g_byte_array_new();
    feed_text(bytes, migration->name, strlen(migration->name));
    g_byte_array_append(bytes, (const guint8 *)&word, sizeof word);
    feed_text(bytes, file->text, file->length);
    guint64 sum = siphash13(bytes);
    g_byte_array_unref(bytes);
    return sum;
}

/* Versions beyond an i32 need a build of Refinery that hashes them otherwise. */
void
refinery_check(struct plain_reader *reader)
{
    for (guint i = 0; i < reader->items->len; i++) {
        struct plain_item *item = &g_array_index(reader->items, struct plain_item, i);
        struct migration *migration = &item->migration;
        if (item->up != NULL && item->up->unreadable == NULL &&
            g_ascii_string_to_unsigned(migration->version, 10, 0, G_MAXINT32, NULL, NULL))
            migration->checksum = arena_printf(reader->arena, "%" G_GUINT64_FORMAT,
                                               refinery_checksum(migration, item->up));
    }
}

/* ---- Liquibase, version 9: MD5 of the text without blanks, then of that sum ----
 * That is its version since 4.22.0 (ChecksumVersion, AbstractSQLChange, CheckSum); those before
 * look into statements and delimiters, and are not computed. Which lines are left out is what
 * AbstractFormattedChangeLogParser matches. */

/* Lines that tell Liquibase something and are no SQL. */
static const char *const directives[] = {
    "^--\\s*comment:? ",
    "^\\s*--\\s*rollback ",
    "^\\s*--\\s*preconditions",
    "^\\s*--\\s*precondition-[a-z0-9-]+( |$)",
    "^\\s*--\\s*property\\s+.*:.*\\s+.*:",
    "^\\s*--\\s*changeset\\s",
};

/* Where it stands, a changeset may be another than what was applied, or leaves lines out. */
static const char free_to_change[] =
    "(?m)^--\\s*(ignore|validCheckSum)|^\\s*--\\s*changeset\\s.*\\brun(OnChange|Always):true";

static bool
fits(const char *pattern, const char *line)
{
    return g_regex_match_simple(pattern, line, G_REGEX_CASELESS | G_REGEX_RAW, 0);
}

static bool
is_directive(const char *line)
{
    for (size_t i = 0; i < G_N_ELEMENTS(directives); i++)
        if (fits(directives[i], line))
            return true;
    return false;
}

static void
feed_without_blanks(GChecksum *sum, const char *line)
{
    for (const char *c = line; *c != '\0'; c++)
        if (strchr(" \t\r\n", *c) == NULL)
            g_checksum_update(sum, (const guchar *)c, 1);
}

char *
liquibase_checksum(const char *text)
{
    if (strstr(text, "${") != NULL || fits(free_to_change, text))
        return NULL;
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    GChecksum *sum = g_checksum_new(G_CHECKSUM_MD5);
    bool block = false; /* of a rollback */
    for (size_t i = 0; lines[i] != NULL; i++) {
        bool opens = fits("^\\s*/\\*\\s*liquibase\\s*rollback\\s*$", lines[i]);
        if (!block && !opens && !is_directive(lines[i]))
            feed_without_blanks(sum, lines[i]);
        block = opens || (block && !fits("\\*/\\s*$", lines[i]));
    }
    g_autofree char *inner = g_strdup_printf("9:%s:", g_checksum_get_string(sum));
    g_checksum_free(sum);
    g_autofree char *outer = g_compute_checksum_for_string(G_CHECKSUM_MD5, inner, -1);
    return g_strdup_printf("9:%s", outer);
}
