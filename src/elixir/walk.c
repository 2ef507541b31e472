/* walk.c - the tree is no deeper than its builder allows, so that this may recurse. */
#include "elixir/walk.h"

void
syntax_walk(const struct syntax *syntax, bool (*visit)(void *data, const struct syntax *syntax),
            void *data)
{
    if (syntax == NULL || !visit(data, syntax))
        return;
    syntax_walk(syntax->target, visit, data);
    if (syntax->kind == SYNTAX_MAP)
        syntax_walk(syntax->base, visit, data);
    for (size_t i = 0; i < syntax->count; i++)
        syntax_walk(syntax->items[i], visit, data);
    if (syntax->kind == SYNTAX_CLAUSE)
        syntax_walk(syntax->guard, visit, data);
    syntax_walk(syntax->body, visit, data);
}
