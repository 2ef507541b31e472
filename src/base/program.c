/* program.c - the note that the linker leaves in the program (--build-id). */
#include "base/program.h"

#include <elf.h>
#include <glib.h>
#include <link.h>
#include <stdbool.h>
#include <string.h>

#define NOTE_NAME "GNU"
#define ROUND(n)  (((n) + 3) & ~(size_t)3) /* names and contents of notes are padded to this */

static void
read_notes(const char *notes, size_t size, GString *id)
{
    while (size >= sizeof(ElfW(Nhdr))) {
        ElfW(Nhdr) head;
        memcpy(&head, notes, sizeof head);
        size_t name = ROUND(head.n_namesz);
        size_t length = sizeof head + name + ROUND(head.n_descsz);
        if (length > size)
            return;
        const unsigned char *content = (const unsigned char *)notes + sizeof head + name;
        bool wanted = head.n_type == NT_GNU_BUILD_ID && head.n_namesz == sizeof NOTE_NAME &&
                      memcmp(notes + sizeof head, NOTE_NAME, sizeof NOTE_NAME) == 0;
        for (size_t i = 0; wanted && i < head.n_descsz; i++)
            g_string_append_printf(id, "%02x", content[i]);
        notes += length;
        size -= length;
    }
}

/* The first object is the program itself; libraries follow. */
static int
read_program(struct dl_phdr_info *info, size_t size, void *id)
{
    (void)size;
    for (size_t i = 0; i < info->dlpi_phnum; i++)
        if (info->dlpi_phdr[i].p_type == PT_NOTE)
            read_notes((const char *)(info->dlpi_addr + info->dlpi_phdr[i].p_vaddr),
                       info->dlpi_phdr[i].p_memsz, id);
    return 1;
}

char *
program_build_id(void)
{
    GString *id = g_string_new(NULL);
    dl_iterate_phdr(read_program, id);
    return g_string_free(id, FALSE);
}
