/* kinds.c - kinds.h once more, as tables. */
#include "catalog/catalog.h"

#define WORD(constant, word) word,
#define DEFINE_ENUMERATION(name, VALUES)                                                           \
    static const char *const words_##name[] = {NULL, VALUES(WORD)};                                \
    static const struct enumeration enumeration_##name = {#name, G_N_ELEMENTS(words_##name),       \
                                                          words_##name};
ENUMERATIONS(DEFINE_ENUMERATION)

#define TYPE_TEXT       .type = TEXT
#define TYPE_SQL        .type = SQL
#define TYPE_BOOL       .type = BOOL
#define TYPE_NUMBER     .type = NUMBER
#define TYPE_NAMES      .type = NAMES
#define TYPE_ENUM(set)  .type = ENUM, .enumeration = &enumeration_##set
#define TYPE_REF(word)  .type = REF, .target = #word
#define TYPE_REFS(word) .type = REFS, .target = #word
#define TYPE_LIST(of)   .type = LIST, .child = &kind_##of

#define DEFINE_FIELD(owner, type_, name_, title_, flags_)                                          \
    {.name = #name_,                                                                               \
     .title = title_,                                                                              \
     .flags = flags_,                                                                              \
     .offset = offsetof(struct owner, name_),                                                      \
     TYPE_##type_},

#define DEFINE_KIND(of, plural_, title_, word_, rule_, FIELDS)                                     \
    static const struct field fields_##of[] = {FIELDS(DEFINE_FIELD)};                              \
    const struct kind kind_##of = {                                                                \
        .name = #of,                                                                               \
        .plural = #plural_,                                                                        \
        .title = title_,                                                                           \
        .word = word_,                                                                             \
        .rule = rule_,                                                                             \
        .size = sizeof(struct of),                                                                 \
        .fields = fields_##of,                                                                     \
        .field_count = G_N_ELEMENTS(fields_##of),                                                  \
    };
KINDS(DEFINE_KIND)

#define KIND_POINTER(of, plural_, title_, word_, rule_, FIELDS) &kind_##of,
const struct kind *const all_kinds[] = {KINDS(KIND_POINTER) NULL};
