/* input.h - what the fuzz targets share: bytes as a text, as a file, and as a row of choices. Each
 * target is a program with LLVMFuzzerTestOneInput; it checks what must hold with g_assert. */
#ifndef DBDOC_FUZZ_INPUT_H
#define DBDOC_FUZZ_INPUT_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The bytes up to the first NUL. Free with g_free. */
char *input_text(const uint8_t *data, size_t size);

/* The bytes as a file in memory that is open for reading. */
int input_file(const uint8_t *data, size_t size);

/* The bytes as choices, one each; an endless row of zeros follows them. */
struct choices {
    const uint8_t *data;
    size_t size;
};
unsigned choose(struct choices *choices, unsigned count); /* below `count` */

#endif
