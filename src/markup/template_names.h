/* template_names.h - which elements and attributes of a view a stylesheet asks for. A name that no
 * view has would select nothing, silently; so it is checked before. */
#ifndef DBDOC_TEMPLATE_NAMES_H
#define DBDOC_TEMPLATE_NAMES_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* Calls `visit` for each name in the XPaths of the stylesheet, with the line where its element
 * begins; false when the text is no well-formed XML. */
bool template_names(const char *text, size_t length,
                    void (*visit)(void *data, const char *name, unsigned line), void *data);

/* Calls one of the two for each named template that the stylesheet defines or calls. */
void template_calls(const char *text, size_t length, void (*defined)(void *data, const char *name),
                    void (*called)(void *data, const char *name), void *data);

#endif
