/* sql_lexer.h - cuts SQL text into PostgreSQL's tokens, without loss and without judgement.
 * Follows "SQL Syntax: Lexical Structure" of the PostgreSQL manual, with
 * standard_conforming_strings on. Any text is accepted; an unfinished string or comment reaches to
 * the end. */
#ifndef DBDOC_SQL_LEXER_H
#define DBDOC_SQL_LEXER_H

#include <stdbool.h>
#include <stddef.h>

enum sql_token_kind {
    SQL_SPACE,
    SQL_COMMENT,
    SQL_WORD,   /* keyword or plain identifier */
    SQL_QUOTED, /* "identifier" */
    SQL_STRING, /* '…', E'…', B'…', X'…', U&'…', $tag$…$tag$ */
    SQL_NUMBER,
    SQL_PARAMETER,   /* $1 */
    SQL_CAST,        /* :: */
    SQL_OPERATOR,    /* + - * / < > = ~ ! @ # % ^ & | ` ? : and runs of them */
    SQL_PUNCTUATION, /* ( ) [ ] , ; . */
};

struct sql_token {
    enum sql_token_kind kind;
    const char *text; /* not NUL-terminated; points into the text */
    size_t length;
};

/* The token at *cursor, which moves behind it; false at the end of the text. */
bool sql_next(const char **cursor, struct sql_token *token);

/* The same, without spaces and comments. */
bool sql_next_word(const char **cursor, struct sql_token *token);

/* Whether the token is this keyword (given in lower case). */
bool sql_is_word(const struct sql_token *token, const char *keyword);
bool sql_is_sign(const struct sql_token *token, char sign);

/* Whether the word is a keyword that the manual's appendix C lists as reserved in PostgreSQL, or
 * one that begins a clause; decides the colour of a word, nothing else. */
bool sql_is_keyword(const struct sql_token *token);

/* The statement as psql takes it, as new memory: closed by a semicolon that no comment at its end
 * can swallow; "" for one that says nothing. */
char *sql_complete(const char *statement);

/* The name a word or quoted identifier stands for (folded or unquoted), as new memory. */
char *sql_identifier(const struct sql_token *token);

/* Whether the token is a word or a quoted identifier that stands for this name. */
bool sql_is_name(const struct sql_token *token, const char *name);

/* Whether one of the tokens is; false without a text. */
bool sql_has_name(const char *sql, const char *name);

#endif
