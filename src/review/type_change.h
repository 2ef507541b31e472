/* type_change.h - whether values of a column's old type fit into its new one. */
#ifndef DBDOC_REVIEW_TYPE_CHANGE_H
#define DBDOC_REVIEW_TYPE_CHANGE_H

enum type_change {
    TYPE_WIDER,    /* each value fits, and reads as before */
    TYPE_NARROWER, /* the same kind of value, but not each fits */
    TYPE_OTHER,    /* another kind of value: drivers send and read it in another way */
};

/* Types as PostgreSQL prints them: "character varying(20)", "numeric(12,2)", "text[]". */
enum type_change type_change_of(const char *before, const char *after);

#endif
