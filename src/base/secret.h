/* secret.h - keeps passwords out of everything dbdoc prints. */
#ifndef DBDOC_SECRET_H
#define DBDOC_SECRET_H

/* A copy of the text in which the password of every URL (scheme://user:secret@host) and the value
 * of every password=… or PASSWORD '…' is replaced by ***. Free with g_free. */
char *secret_mask(const char *text);

#endif
