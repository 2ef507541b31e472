/* secret.h - keeps passwords out of everything dbdoc prints. */
#ifndef DBDOC_SECRET_H
#define DBDOC_SECRET_H

#include <stddef.h>

/* A copy of the text in which the password of every URL (scheme://user:secret@host) and the value
 * of every password=… or PASSWORD '…' is replaced by ***. Free with g_free. */
char *secret_mask(const char *text);

/* How many bytes of a comment are for everybody: those before the first line that begins with
 * "private:" (any case, behind blanks). */
size_t secret_public_length(const char *comment);

#endif
