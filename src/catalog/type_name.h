/* type_name.h - types as people say them: the aliases of the manual's table 8.1. */
#ifndef DBDOC_TYPE_NAME_H
#define DBDOC_TYPE_NAME_H

/* "character varying(255)" → "varchar(255)", "timestamp(0) without time zone" → "timestamp(0)",
 * "timestamp with time zone[]" → "timestamptz[]"; other types unchanged. Free with g_free. */
char *type_alias(const char *type);

#endif
