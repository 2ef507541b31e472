# lib.sh - for the commands of cases: a private PostgreSQL, on a Unix socket alone.
#
#   . "$ROOT/tests/lib.sh"
#   server_start                 # once per test; sets SERVER, a libpq connection string
#   server_load blog < blog.sql  # creates the database and fills it
#   "$DBDOC" snapshot "$SERVER dbname=blog"
#
# SERVER_OPTIONS are more of the server's command line. The role "locked" has a password; all others
# connect without one. The server goes with the sandbox.

SERVER_FOLDER=$SANDBOX/server
SERVER_BIN=$(pg_config --bindir)

# "MAJOR FOLDER" of each PostgreSQL that the tests brought with them and that can run here. A case that
# needs them all begins with majors_required.
postgresql_majors() {
    local folder
    for folder in "$ROOT"/node_modules/postgresql-*/native/bin; do
        as_server "$folder/postgres" -V > /dev/null 2>&1 &&
            echo "$folder" | sed -E 's|.*/postgresql-([0-9]+)/.*|\1 &|'
    done
    return 0
}

majors_required() {
    [ "$(postgresql_majors | wc -l)" = 6 ] && return
    echo 'it takes PostgreSQL 13 to 18 from npm: make deps (there are builds for x86-64 alone)' >&2
    exit 77
}

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
        "-k '$SERVER_FOLDER' -c listen_addresses= -c fsync=off -c autovacuum=off ${SERVER_OPTIONS:-}" start \
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

# Waits for a fact, a minute at most: a command that succeeds.
await() {
    local i
    for i in {1..3000}; do
        "$@" && return
        sleep 0.02
    done
    echo "waited in vain for: $*" >&2
    return 1
}

# load_start OPTION…: starts "dbdoc snapshot" on a pipe and returns when it is loading. SQL goes to
# descriptor 7. Sets CLUSTER, the folder of its throw-away server, and the processes LOADER (dbdoc),
# KEEPER (its child, which outlives it) and POSTMASTER.
load_start() {
    mkfifo "$SANDBOX/pipe"
    "$DBDOC" snapshot -q "$@" "$SANDBOX/pipe" -o snapshot.json &
    LOADER=$!
    exec 7> "$SANDBOX/pipe"
    rm "$SANDBOX/pipe"
    yes -- -- | head -c 300000 >&7 # more than the pipe and dbdoc's buffer hold: it reads
    read -r KEEPER _ < "/proc/$LOADER/task/$LOADER/children"
    read -r POSTMASTER _ < "/proc/$KEEPER/task/$KEEPER/children"
    CLUSTER=$(dirname "$(readlink "/proc/$POSTMASTER/cwd")")
}

# Ends the SQL, if that has not been done, and says how dbdoc ended.
load_end() {
    exec 7>&-
    wait "$LOADER"
    echo "status $?"
}

# The processes that work in the throw-away server's folder.
cluster_processes() {
    find /proc/[0-9]*/cwd -maxdepth 0 -lname "$CLUSTER/data*" 2> /dev/null | cut -d / -f 3
}

cluster_is_gone() {
    [ ! -e "$CLUSTER" ] && [ -z "$(cluster_processes)" ]
}

cluster_runs_statement() {
    cluster_processes | sed 's|.*|/proc/&/cmdline|' | xargs grep -qsa "dbdoc_login.* $1"
}
