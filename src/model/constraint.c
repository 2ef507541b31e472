/* constraint.c - what the definition of a constraint says of its use. */
#include "base/sql_lexer.h"
#include "model/model.h"

/* Within parentheses the two words may be a condition on a column of that name. */
bool
constraint_is_not_enforced(const struct constraint *constraint)
{
    const char *definition = constraint->definition;
    struct sql_token token;
    unsigned depth = 0;
    bool after_not = false;
    while (sql_next_word(&definition, &token)) {
        if (depth == 0 && after_not && sql_is_word(&token, "enforced"))
            return true;
        after_not = sql_is_word(&token, "not");
        if (sql_is_sign(&token, '('))
            depth++;
        else if (sql_is_sign(&token, ')') && depth > 0)
            depth--;
    }
    return false;
}
