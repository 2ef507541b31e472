/* signature.h - argument types of functions as people write them. For catalog/ alone. */
#ifndef DBDOC_SIGNATURE_H
#define DBDOC_SIGNATURE_H

/* "int,timestamptz" as PostgreSQL prints it: "integer, timestamp with time zone". Names of types
 * that are not PostgreSQL's own stay as written. New memory. */
char *signature_normalize(const char *arguments);

#endif
