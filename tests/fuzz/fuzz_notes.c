/* fuzz_notes.c - a Markdown file of the notes folder: front matter, headings, texts. */
#include "base/text.h"
#include "input.h"
#include "notes/notes.h"

#include <fcntl.h>
#include <glib.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[] = "/tmp/dbdoc-fuzz-XXXXXX";

static void
remove_folder(void)
{
    g_assert(chdir(folder) == 0);
    unlink("a.md");
    rmdir(folder);
}

/* Where one file lies, for as long as the program runs. */
static void
make_folder(void)
{
    static gsize made;
    if (g_once_init_enter(&made)) {
        g_assert_nonnull(mkdtemp(folder));
        atexit(remove_folder);
        g_once_init_leave(&made, 1);
    }
}

static void
write_file(const uint8_t *data, size_t size)
{
    g_autofree char *path = g_build_filename(folder, "a.md", NULL);
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    g_assert(file >= 0 && write(file, data, size) == (ssize_t)size);
    close(file);
}

/* The note begins where it says, in the file as it is shown to people. */
static void
check_note(const struct note *note, char **lines)
{
    g_assert(note->text != NULL && *note->text != '\0');
    g_assert(g_utf8_validate(note->text, -1, NULL));
    g_assert(note->path == NULL || note->word != NULL);
    g_assert(note->line >= 1 && note->line <= g_strv_length(lines));
    g_autofree char *first = g_strndup(note->text, strcspn(note->text, "\n"));
    g_autofree char *there = g_strdup(lines[note->line - 1]);
    g_assert_cmpstr(g_strchomp(first), ==, g_strchomp(there));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    make_folder();
    write_file(data, size);
    g_autofree char *text = input_text(data, size);
    g_autofree char *clean = text_clean(g_str_has_prefix(text, "\xEF\xBB\xBF") ? text + 3 : text);
    g_auto(GStrv) lines = g_strsplit(clean, "\n", -1);
    struct arena *arena = arena_new();
    struct notes notes;
    struct note_problems problems;
    g_assert(notes_read(arena, folder, "", &notes, &problems, NULL));
    for (size_t i = 0; i < notes.count; i++)
        check_note(&notes.items[i], lines);
    g_assert(problems.count <= 1);
    arena_free(arena);
    return 0;
}
