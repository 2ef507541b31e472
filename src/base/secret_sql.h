/* secret_sql.h - keeps passwords out of SQL that is shown or written down. */
#ifndef DBDOC_SECRET_SQL_H
#define DBDOC_SECRET_SQL_H

enum secret_use {
    SECRET_FOR_READING, /* every password reads '***' */
    SECRET_FOR_RUNNING, /* a role gets PASSWORD NULL, with which nobody can log in */
};

/* A copy of the SQL without the text behind the word PASSWORD, and without the passwords in URLs
 * and connection strings, wherever they stand: also in function bodies and comments; for reading,
 * also without what a text in quotes says behind "private:" (secret_public_length). What it does
 * not know is a text that the schema's own columns call a password. Free with g_free. */
char *secret_mask_sql(const char *sql, enum secret_use use);

#endif
