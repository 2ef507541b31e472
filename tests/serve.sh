# serve.sh - for the commands of cases: "dbdoc serve", and somebody who asks it.
#
#   . "$ROOT/tests/serve.sh"
#   serve_start -c dbdoc.yml     # on any free port; sets SERVE (the process) and PORT
#   news                         # waits until there is news, and prints it without its marks
#   request GET /index.html
#   serve_end TERM

# What it prints goes to $SANDBOX/words; Enter is "echo >&6".
serve_start() {
    [ -p "$SANDBOX/keys" ] || mkfifo "$SANDBOX/keys"
    exec 6<> "$SANDBOX/keys"
    : > "$SANDBOX/words"
    "$DBDOC" serve --port 0 "$@" < "$SANDBOX/keys" 2> "$SANDBOX/words" &
    SERVE=$!
    await grep -q Serving "$SANDBOX/words"
    PORT=$(sed -n 's|.*http://localhost:\([0-9]*\)/.*|\1|p' "$SANDBOX/words")
    MOMENT=
}

serve_end() {
    kill "-$1" "$SERVE"
    wait "$SERVE"
    echo "status $?"
    exec 6>&-
}

# request METHOD PATH [HOST]: the answer, with LF alone at the ends of lines.
request() {
    exec 5<> "/dev/tcp/127.0.0.1/$PORT"
    printf '%s %s HTTP/1.0\r\nHost: %s\r\n\r\n' "$1" "$2" "${3-localhost}" >&5
    sed 's/\r$//' <&5
    exec 5>&-
}

body() {
    request GET "$1" | sed '1,/^$/d'
}

# Waits for news that are not known yet. The server lets go of who waits for long, who asks again.
news() {
    local text now=$MOMENT
    while [ "$now" = "$MOMENT" ]; do
        text=$(body "/.dbdoc/news.js?after=$MOMENT")
        now=$(printf '%s' "$text" | sed -n 's/.*"moment": "\([^"]*\)".*/\1/p')
        [ -n "$now" ] || return 1
    done
    MOMENT=$now
    printf '%s\n' "$text" | sed 's/"[0-9a-f]*\.\([0-9]*\)"/"\1"/g'
}
