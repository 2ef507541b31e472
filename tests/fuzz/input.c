/* input.c - memfd_create and counting. */
#include "input.h"

#include <glib.h>
#include <sys/mman.h>
#include <unistd.h>

char *
input_text(const uint8_t *data, size_t size)
{
    return g_strndup((const char *)data, size);
}

int
input_file(const uint8_t *data, size_t size)
{
    int file = memfd_create("input", MFD_CLOEXEC);
    g_assert(file >= 0 && write(file, data, size) == (ssize_t)size);
    g_assert(lseek(file, 0, SEEK_SET) == 0);
    return file;
}

unsigned
choose(struct choices *choices, unsigned count)
{
    if (choices->size == 0)
        return 0;
    choices->size--;
    return *choices->data++ % count;
}
