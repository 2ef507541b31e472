# lib.sh - for the commands of cases: a private PostgreSQL, on a Unix socket alone.
#
#   . "$ROOT/tests/lib.sh"
#   server_start                 # once per test; sets SERVER, a libpq connection string
#   server_load blog < blog.sql  # creates the database and fills it
#   "$DBDOC" snapshot "$SERVER dbname=blog"
#
# The role "locked" has a password; all others connect without one. The server goes with the sandbox.

SERVER_FOLDER=$SANDBOX/server
SERVER_BIN=$(pg_config --bindir)

# PostgreSQL refuses to run as root.
as_server() {
    if [ "$(id -u)" = 0 ]; then
        setpriv --reuid=postgres --regid=postgres --init-groups -- "$@"
    else
        "$@"
    fi
}

server_start() {
    mkdir "$SERVER_FOLDER"
    [ "$(id -u)" != 0 ] || chown postgres: "$SERVER_FOLDER"
    as_server "$SERVER_BIN/initdb" -D "$SERVER_FOLDER/data" -U postgres -A trust -E UTF8 \
        --locale=C --no-sync > "$SANDBOX/initdb.log" 2>&1 || {
        cat "$SANDBOX/initdb.log" >&2
        return 1
    }
    printf 'local all locked scram-sha-256\nlocal all all trust\n' | as_server tee "$SERVER_FOLDER/data/pg_hba.conf" > /dev/null
    as_server "$SERVER_BIN/pg_ctl" -D "$SERVER_FOLDER/data" -l "$SERVER_FOLDER/log" -w -t 60 -o \
        "-k '$SERVER_FOLDER' -c listen_addresses= -c fsync=off -c autovacuum=off" start \
        > "$SANDBOX/start.log" || {
        cat "$SANDBOX/start.log" "$SERVER_FOLDER/log" >&2
        return 1
    }
    export SERVER="host=$SERVER_FOLDER user=postgres"
}

server_stop() {
    [ ! -f "$SERVER_FOLDER/data/postmaster.pid" ] ||
        as_server "$SERVER_BIN/pg_ctl" -D "$SERVER_FOLDER/data" -m immediate -w stop > /dev/null
}

# Runs SQL of standard input in a database.
server_run() {
    "$SERVER_BIN/psql" -X -q -v ON_ERROR_STOP=1 -d "$SERVER dbname=$1"
}

# Creates a database and runs SQL of standard input in it.
server_load() {
    "$SERVER_BIN/createdb" --maintenance-db "$SERVER dbname=postgres" "$1" && server_run "$1"
}

# Runs "dbdoc build"; the time that it took reads N, and its status follows.
build() {
    local status
    "$DBDOC" build "$@" 2> "$SANDBOX/words"
    status=$?
    sed 's/([0-9]*\.[0-9] s)/(N s)/' "$SANDBOX/words" >&2
    echo "status $status" >&2
}
