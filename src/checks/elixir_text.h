/* elixir_text.h - texts as Elixir literals, for the migrations that findings propose.
 * Follows "Syntax reference" of the Elixir manual. */
#ifndef DBDOC_CHECKS_ELIXIR_TEXT_H
#define DBDOC_CHECKS_ELIXIR_TEXT_H

#include <glib.h>

/* :author_id, or :"odd name" with its escapes. */
void elixir_append_atom(GString *target, const char *text);

/* "text", in which nothing is interpolated. */
void elixir_append_string(GString *target, const char *text);

#endif
