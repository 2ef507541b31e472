/* good.c - all that is allowed, close to what is not. */
#include "base/text.h"
#include "model/model.h"

#include <libxml/tree.h>

/* "system(" and sprintf( in words */
static void
good(void)
{
    g_string_append(text, "a < b");
    file_system("strcpy(a, b)");
    snprintf(text, sizeof text, "%s", "x");
}
