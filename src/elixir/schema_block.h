/* schema_block.h - what the files that read the inside of `schema … do` share. */
#ifndef DBDOC_SCHEMA_BLOCK_H
#define DBDOC_SCHEMA_BLOCK_H

#include "elixir/schema_reader.h"

/* The block of one module. */
struct block {
    struct schema_reader *reader;
    const struct module *module;
    struct schema_module *schema;
    bool hides_all;          /* the module prints itself */
    bool is_typed;           /* its macros have options of their own */
    GArray *fields;          /* struct schema_field */
    GArray *associations;    /* struct schema_association */
    const struct value *all; /* names that @derive hides (except:) or shows (only:) */
    bool all_hidden;         /* `all` are those shown */
};

/* Not all of the fields are known, because of this; the first one decides. */
void block_give_up(struct block *block, const struct syntax *syntax, const char *what);
void block_give_up_at(struct block *block, const struct syntax *syntax);

const char *block_keep(const struct block *block, const char *text);

/* The value of a module's attribute; NULL for none and for nil. */
const struct value *block_attribute(const struct block *block, const char *name);

/* The value of a key that is not nil; NULL for none. */
const struct value *keywords_option(const struct value *keywords, const char *key);

/* Whether Ecto.Schema has a macro of that name. */
bool block_knows(const char *name);

/* Does what that macro does; false when there is none of that name. */
bool block_run(struct block *block, const struct call *call);

/* @primary_key: false, {name, type, options}, or Ecto's own. */
void block_add_primary_key(struct block *block);

#endif
