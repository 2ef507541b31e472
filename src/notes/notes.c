/* notes.c - from a folder to notes. A file is one note about its object, and one for each part of
 * it that has a heading; what follows a heading about something else belongs to the object again.
 */
#include "notes/notes.h"

#include "base/files.h"
#include "base/text.h"
#include "catalog/address.h"
#include "markup/markdown.h"
#include "notes/front_matter.h"
#include "notes/part.h"

#include <string.h>

#define BOM         "\xEF\xBB\xBF"
#define TOTAL_LIMIT ((size_t)64 * 1024 * 1024) /* bytes of all files together */

/* A folder being read. */
struct reading {
    struct arena *arena;
    const char *root;
    size_t bytes;
    GArray *notes;    /* struct note */
    GArray *problems; /* struct note_problem */
};

/* A file being cut into notes. */
struct cutting {
    struct reading *reading;
    const struct front_matter *front;
    const char *file;
    unsigned shift;   /* from a line of the text to the line of the file */
    const char *rest; /* what belongs to no note yet … */
    unsigned line;    /* … and the line where it begins, in the file */
    struct note note; /* being collected: all but its text */
    bool in_part;
    bool facts_told;            /* a note about the object has what the front matter says */
    struct complaint complaint; /* about a part; no words: none */
};

static void
report(struct reading *reading, const char *file, const struct complaint *complaint)
{
    g_autofree char *clean = text_clean(file);
    g_autofree char *words = text_clean(complaint->words);
    const struct note_problem problem = {
        .file = arena_intern(reading->arena, clean),
        .line = complaint->line,
        .words = arena_text(reading->arena, words, -1),
    };
    g_array_append_val(reading->problems, problem);
}

/* Takes everything above this line of the file off the rest; gives its length. */
static size_t
take_until(struct cutting *cutting, unsigned line)
{
    const char *start = cutting->rest;
    for (; cutting->line < line && *cutting->rest != '\0'; cutting->line++) {
        cutting->rest += strcspn(cutting->rest, "\n");
        cutting->rest += *cutting->rest == '\n';
    }
    return (size_t)(cutting->rest - start);
}

/* Nothing, or what only its author sees: the frame of a note that somebody has yet to write. */
static bool
is_only_comments(const char *text, const char *end)
{
    while (text < end) {
        text += strspn(text, " \t\n");
        if (text >= end)
            return true;
        if (!g_str_has_prefix(text, "<!--"))
            return false;
        const char *close = strstr(text, "-->");
        text = close == NULL ? end : close + strlen("-->");
    }
    return true;
}

static bool
tells_something(const struct note_facts *facts)
{
    return facts->owner != NULL || facts->since != NULL || facts->review_by != NULL ||
           facts->deprecated != NULL || facts->tags.count > 0 || facts->links.count > 0 ||
           facts->queries.count > 0 || facts->accept.count > 0;
}

static void
keep(struct cutting *cutting, const struct note *note)
{
    g_array_append_val(cutting->reading->notes, *note);
    cutting->facts_told = cutting->facts_told || !cutting->in_part;
}

/* What stands above this line is the text of the note; empty lines around it are not, and a note
 * that says nothing is none. */
static void
keep_until(struct cutting *cutting, unsigned line)
{
    struct note note = cutting->note;
    const char *text = cutting->rest;
    note.line = cutting->line;
    const char *end = text + take_until(cutting, line);
    for (const char *c = text; c < end && g_ascii_isspace(*c); c++) {
        if (*c == '\n') {
            text = c + 1; /* and not what indents the first line: it may be code */
            note.line++;
        }
    }
    while (end > text && g_ascii_isspace(end[-1]))
        end--;
    bool silent = is_only_comments(text, end) && note.decision == NULL;
    note.text = silent ? "" : arena_text(cutting->reading->arena, text, end - text);
    if (!silent || (cutting->in_part && tells_something(&note.facts)))
        keep(cutting, &note);
}

/* The words about the object of the file; it alone has the owner and the tags. */
static void
begin_object(struct cutting *cutting)
{
    const struct front_matter *front = cutting->front;
    cutting->note = (struct note){
        .origin = NOTE_FILE,
        .file = cutting->file,
        .word = front->word,
        .path = front->path,
        .named_at = front->named_at,
        .decision = front->decision,
    };
    cutting->in_part = false;
    if (!cutting->facts_told)
        cutting->note.facts = front->facts;
}

static void
begin_part(struct cutting *cutting, const char *word, const char *path, unsigned line)
{
    cutting->note = (struct note){
        .origin = NOTE_FILE,
        .file = cutting->file,
        .word = arena_intern(cutting->reading->arena, word),
        .path = arena_text(cutting->reading->arena, path, -1),
        .named_at = line,
    };
    cutting->in_part = true;
}

#define FENCE "```"

/* A block of YAML right below the heading of a part says of it what front matter says of the
 * object; nobody sees the block itself. */
static void
take_keys(struct cutting *cutting)
{
    const char *text = cutting->rest;
    unsigned line = cutting->line;
    for (; *text == '\n'; text++)
        line++;
    size_t length = strcspn(text, "\n");
    g_autofree char *opening = g_strndup(text, length);
    if (!g_str_equal(g_strchomp(opening), FENCE "yaml") || text[length] == '\0')
        return;
    const char *yaml = text + length + 1;
    g_autofree char *close = g_strconcat("\n", FENCE, NULL);
    const char *end = g_str_has_prefix(yaml, FENCE) ? yaml : strstr(yaml, close);
    if (end == NULL)
        return; /* Markdown goes on to the end as well */
    end += *end == '\n';
    if (!front_matter_read_part(cutting->reading->arena, yaml, (size_t)(end - yaml), line + 1,
                                &cutting->note.facts, &cutting->complaint))
        return;
    for (const char *c = cutting->rest; c < end; c++)
        cutting->line += *c == '\n';
    cutting->rest = end;
    take_until(cutting, cutting->line + 1);
}

/* "notes/decisions/0007-partitions.md" is 0007-partitions. */
static const char *
name_of_file(struct arena *arena, const char *file)
{
    g_autofree char *name = g_path_get_basename(file);
    return arena_text(arena, name, (gssize)(strlen(name) - strlen(".md")));
}

/* The heading that a decision begins with is its title, and no part of its text. */
static void
take_title(struct cutting *cutting, const struct markdown_heading *heading)
{
    struct decision *decision = cutting->front->decision;
    unsigned first = heading->first_line + cutting->shift;
    const char *text = cutting->rest;
    const char *end = text;
    for (unsigned line = cutting->line; line < first; line++)
        end += strcspn(end, "\n") + 1;
    if (decision->title != NULL || heading->level != 1 || !is_only_comments(text, end))
        return;
    g_autofree char *plain = markdown_summary(heading->words);
    decision->title = arena_text(cutting->reading->arena, plain != NULL ? plain : heading->words,
                                 -1);
    take_until(cutting, heading->last_line + cutting->shift + 1);
}

static void
visit_heading(void *data, const struct markdown_heading *heading)
{
    struct cutting *cutting = data;
    const struct front_matter *front = cutting->front;
    unsigned first = heading->first_line + cutting->shift;
    g_autofree char *word = NULL;
    g_autofree char *path = NULL;
    if (cutting->complaint.words != NULL)
        return;
    if (front->decision != NULL) {
        take_title(cutting, heading);
    } else if (heading->level == 2 && front->path != NULL &&
               part_read(heading->words, front->word, front->path, &word, &path)) {
        keep_until(cutting, first);
        begin_part(cutting, word, path, first);
        take_until(cutting, heading->last_line + cutting->shift + 1);
        take_keys(cutting);
    } else if (heading->level <= 2 && cutting->in_part) {
        keep_until(cutting, first);
        begin_object(cutting);
    }
}

/* A file whose parts cannot be read has no notes at all, as one whose front matter cannot. */
static bool
cut_file(struct reading *reading, const char *file, const char *text,
         const struct front_matter *front, struct complaint *complaint)
{
    guint before = reading->notes->len;
    g_autofree char *clean = text_clean(file);
    struct cutting cutting = {
        .reading = reading,
        .front = front,
        .file = arena_intern(reading->arena, clean),
        .rest = text + front->end,
        .line = front->next_line,
        .shift = front->next_line - 1,
    };
    begin_object(&cutting);
    markdown_headings(cutting.rest, visit_heading, &cutting);
    if (front->decision != NULL && text_is_empty(front->decision->title))
        front->decision->title = name_of_file(reading->arena, cutting.file);
    keep_until(&cutting, UINT_MAX);
    if (cutting.complaint.words != NULL) {
        g_array_set_size(reading->notes, before);
        *complaint = cutting.complaint;
        return false;
    }
    if (!cutting.facts_told && tells_something(&front->facts)) {
        begin_object(&cutting);
        cutting.note.text = "";
        cutting.note.line = front->next_line;
        g_array_insert_val(reading->notes, before, cutting.note);
    }
    return true;
}

/* The line of the first byte that is no UTF-8; 0: all is. */
static unsigned
find_bad_line(const GString *text)
{
    const char *end = NULL;
    if (g_utf8_validate_len(text->str, text->len, &end))
        return 0;
    unsigned line = 1;
    for (const char *c = text->str; c < end; c++)
        line += *c == '\n';
    return line;
}

static bool
read_file(struct reading *reading, const char *file, struct complaint *complaint)
{
    g_autoptr(GError) error = NULL;
    GString *text = NULL;
    if (!file_read_below(reading->root, file, MARKDOWN_LIMIT, &text, &error)) {
        *complaint = (struct complaint){0, arena_text(reading->arena, error->message, -1)};
        return false;
    }
    unsigned bad_line = find_bad_line(text);
    reading->bytes += text->len;
    g_autofree char *raw = g_string_free(text, FALSE);
    if (bad_line != 0) {
        *complaint = (struct complaint){bad_line, "it is not UTF-8"};
        return false;
    }
    if (reading->bytes > TOTAL_LIMIT) {
        *complaint = (struct complaint){0, "the notes before it already have 64 MiB together"};
        return false;
    }
    g_autofree char *clean = text_clean(g_str_has_prefix(raw, BOM) ? raw + strlen(BOM) : raw);
    struct front_matter front;
    if (!front_matter_read(reading->arena, clean, &front, complaint))
        return false;
    return front.is_private || cut_file(reading, file, clean, &front, complaint);
}

/* Both lists are sorted; so are the problems. */
static void
read_files(struct reading *reading, const GPtrArray *files, const GPtrArray *links)
{
    static const struct complaint link_words = {0, "it is a symbolic link"};
    guint link = 0;
    for (guint i = 0; i < files->len; i++) {
        const char *file = files->pdata[i];
        struct complaint complaint = {0};
        for (; link < links->len && strcmp(links->pdata[link], file) < 0; link++)
            report(reading, links->pdata[link], &link_words);
        if (!read_file(reading, file, &complaint))
            report(reading, file, &complaint);
    }
    for (; link < links->len; link++)
        report(reading, links->pdata[link], &link_words);
}

bool
notes_read(struct arena *arena, const char *root, const char *folder, struct notes *notes,
           struct note_problems *problems, GError **error)
{
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) links = g_ptr_array_new_with_free_func(g_free);
    if (!files_below(root, folder, ".md", LIST_TREE, files, links, error))
        return false;
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(struct note));
    g_autoptr(GArray) wrong = g_array_new(FALSE, FALSE, sizeof(struct note_problem));
    struct reading reading = {.arena = arena, .root = root, .notes = found, .problems = wrong};
    read_files(&reading, files, links);
    notes->count = found->len;
    notes->items = arena_keep(arena, found);
    problems->count = wrong->len;
    problems->items = arena_keep(arena, wrong);
    return true;
}
