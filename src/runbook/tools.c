/* tools.c - the commands, from each tool's own manual. */
#include "runbook/tools.h"

#include <glib.h>
#include <stddef.h>

static const struct rollback_tool tools[] = {
    {
        .key = "ecto",
        .command = "mix ecto.rollback -r {repo} --to {version} --log-migrations-sql",
        .release = "bin/RELEASE eval 'Ecto.Migrator.with_repo({repo}, "
                   "&Ecto.Migrator.run(&1, :down, to: {version}))'",
        .expect = "`== Running {version}` … and `== Migrated {version} in` …, for each migration "
                  "that goes",
        .text = "`--to` takes this version too. Ecto goes by version, the highest first, not by "
                "when each was applied: every applied version above this one goes with it. An "
                "applied version whose file is not there is skipped without a word: `mix "
                "ecto.migrations` marks it `** FILE NOT FOUND **`. `MIX_ENV` and the settings of "
                "that environment say which database it is.",
        .make = "mix ecto.gen.migration {name}",
    },
    {
        .key = "golang-migrate",
        .command = "migrate -path {folder} -database \"$DATABASE_URL\" down {count}",
        .expect = "`{version}/d` and the name, for each migration that goes",
        .text =
            "It counts from the last one applied. After an error the table says `dirty`: repair "
            "the schema, then `migrate force` with the version that is applied.",
        .make = "migrate create -ext sql -dir {folder} {name}",
    },
    {
        .key = "dbmate",
        .command = "dbmate --migrations-dir {folder} rollback",
        .expect = "`Rolling back: ` and the file",
        .text = "It takes one migration at a time, the last one applied: run it once for each that "
                "goes.",
        .make = "dbmate --migrations-dir {folder} new {name}",
        .head = "-- migrate:up",
    },
    {
        .key = "goose",
        .command = "goose -dir {folder} postgres \"$DATABASE_URL\" down-to {previous}",
        .none = "0",
        .expect = "`OK` and the file, for each migration that goes",
        .make = "goose -dir {folder} create {name} sql",
        .head = "-- +goose Up",
    },
    {
        .key = "sqlx",
        .command = "sqlx migrate revert --source {folder} --target-version {previous}",
        .none = "0",
        .expect = "`Applied {version}/revert`, for each migration that goes",
        .make = "sqlx migrate add --source {folder} {name}",
    },
    {
        .key = "diesel",
        .command = "diesel migration revert --migration-dir {folder} --number {count}",
        .expect = "`Rolling back migration` and its folder",
        .text = "It counts from the last one applied.",
        .make = "diesel migration generate --migration-dir {folder} {name}",
    },
    {
        .key = "sqitch",
        .command = "sqitch revert --to {previous}",
        .none = "@ROOT",
        .expect = "the name of each change that goes, then `ok`",
        .text = "It asks before it reverts, unless it is given `-y`.",
        .make = "sqitch add {name}",
    },
    {
        .key = "flyway",
        .command = "flyway undo -target={version}",
        .expect = "`Successfully undid` and how many",
        .text = "Undo is not in every edition of Flyway.",
    },
    {
        .key = "liquibase",
        .command = "liquibase rollback-count --count={count}",
        .expect = "`Liquibase command 'rollback-count' was executed successfully.`",
        .text = "It counts from the last change set that was run.",
    },
    {
        .key = "node-pg-migrate",
        .command = "npx node-pg-migrate down {count} --migrations-dir {folder}",
        .expect = "`### MIGRATION` … `(DOWN) ###`, then `Migrations complete!`",
        .text = "It counts from the last one applied, and takes one transaction for all of them.",
        .make = "npx node-pg-migrate create {name} --migrations-dir {folder}",
    },
    {
        .key = "tern",
        .command = "tern migrate --migrations {folder} --destination -{count}",
        .expect = "`executing` and the file, for each migration that goes",
        .make = "tern new --migrations {folder} {name}",
    },
    {
        .key = "atlas",
        .command = "atlas migrate down --dir file://{folder} --url \"$DATABASE_URL\" --dev-url "
                   "\"$DEV_DATABASE_URL\" --to-version {previous}",
        .expect = "`migration complete` or, before it, the statements that it wants to run",
        .text = "Atlas's community edition does not know `migrate down`. `DEV_DATABASE_URL` is an "
                "empty database in which Atlas computes the way down.",
        .computes = "Atlas computes the way down when it is asked for it: compare its statements "
                    "with those below before you agree",
        .make = "atlas migrate new {name} --dir file://{folder}",
    },
    {
        .key = "prisma",
        .text = "Prisma has no command that goes back. `prisma migrate resolve --rolled-back` is "
                "for a migration that failed, and changes the history alone.",
    },
    {
        .key = "drizzle",
        .text = "Drizzle has no command that goes back.",
    },
    {
        .key = "refinery",
        .text = "Refinery has no command that goes back.",
    },
    {
        .key = "graphile-migrate",
        .text = "graphile-migrate has no command that goes back: `uncommit` is for development, "
                "and leaves the database as it is.",
    },
    {
        .key = "numbered",
        .text = "No migration tool is known for these files, and so no command that goes back.",
    },
};

const struct rollback_tool *
rollback_tool_find(const char *key)
{
    for (size_t i = 0; i < G_N_ELEMENTS(tools); i++)
        if (g_str_equal(tools[i].key, key))
            return &tools[i];
    return NULL;
}
