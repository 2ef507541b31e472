/* code_world.h - a table `users` and a module of it, for tests of the rules about code. */
#ifndef DBDOC_CODE_WORLD_H
#define DBDOC_CODE_WORLD_H

#include "findings_world.h"
#include "support.h"

#define USERS(columns, more)                                                                       \
    "'tables':[{'schema':'public','name':'users','kind':'ordinary','columns':[" columns            \
    "{'name':'id','type':'bigint','not_null':true,'default_value':'1'}]," more "}]"
#define KEY                                                                                        \
    "'indexes':[{'name':'users_pkey','method':'btree','unique':true,'primary':true,'valid':true,"  \
    "'ready':true,'definition':'CREATE','keys':[{'position':1,'column':'id'}]}"
#define PRIMARY                                                                                    \
    "'constraints':[{'name':'users_pkey','kind':'primary key','columns':['id'],"                   \
    "'definition':'PRIMARY KEY (id)'}"
#define EMAIL    "{'name':'email','type':'text'},"
#define REQUIRED "{'name':'email','type':'text','not_null':true},"
#define BY_EMAIL                                                                                   \
    ",{'name':'users_email','method':'btree','unique':true,'valid':true,'ready':true,"             \
    "'definition':'CREATE UNIQUE INDEX','keys':[{'position':1,'column':'email'}]}"
#define SCHEMA(body) "defmodule User do\n  use Ecto.Schema\n  schema \"users\" do\n" body "  end\n"
#define CAST(rest)                                                                                 \
    "  import Ecto.Changeset\n"                                                                    \
    "  def changeset(user, attrs) do\n"                                                            \
    "    user |> cast(attrs, [:email])" rest "\n"                                                  \
    "  end\n"

/* The findings of a rule about a catalog and one file of code, a line each: "file:line object
 * strength title". */
static inline char *
code_found(const char *slug, const char *catalog, const char *code, enum profile profile)
{
    g_autoptr(GError) error = NULL;
    struct arena *arena = arena_new();
    struct schema_modules schemas;
    support_write("lib/user.ex", code);
    schema_modules_read(arena, ".", &schemas, &error);
    g_assert_no_error(error);
    struct world world = {.database = fixture_read(catalog, NULL)};
    const struct config config = {.profile = profile};
    const struct model_parts parts = {
        .config = &config, .database = world.database, .schemas = &schemas};
    world.model = model_new(&parts);
    world.findings = findings_new(world.model, NULL, TODAY);
    GString *text = g_string_new(NULL);
    const struct finding *finding = NULL;
    for (size_t i = 0; (finding = world_find(&world, slug, i)) != NULL; i++) {
        g_assert_nonnull(finding->advice);
        g_assert_nonnull(finding->detail);
        g_string_append_printf(
            text, "%s:%u %s %s %s %s\n", finding->file != NULL ? finding->file : "-", finding->line,
            finding->object != NULL ? finding->object->path : "-",
            severity_words[finding->severity], strength_words[finding->strength], finding->title);
    }
    world_free(&world);
    arena_free(arena);
    return g_string_free(text, FALSE);
}

static inline void
code_check_under(enum profile profile, const char *slug, const char *catalog, const char *code,
                 const char *expected)
{
    g_autofree char *text = code_found(slug, catalog, code, profile);
    if (!g_str_equal(text, expected))
        g_test_message("%s", code);
    g_assert_cmpstr(text, ==, expected);
}

static inline void
code_check(const char *slug, const char *catalog, const char *code, const char *expected)
{
    code_check_under(PROFILE_DEFAULT, slug, catalog, code, expected);
}

#endif
