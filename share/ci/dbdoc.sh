#!/bin/sh
# dbdoc for any CI that runs a shell, and for Forgejo, Gitea and others that speak GitHub's words.
#
#   dbdoc.sh install    dbdoc on Debian 12, from DBDOC_DEB (an https address) with DBDOC_SHA256
#   dbdoc.sh build      on the default branch: the site, in the folder "site", to be published
#   dbdoc.sh review     on a branch: the folder "review" with a page and a comment, compared with
#                       BASE (a branch or commit; the clone must reach back to where both part)
#   dbdoc.sh comment    puts review/comment.md on pull request NUMBER of REPOSITORY (owner/name) by
#                       API (https://forge.example.org/api/v1) with TOKEN, which may write comments
#
# Run "comment" where no code of the pull request runs: TOKEN is not for it. Keep /var/cache/dbdoc
# and $XDG_CACHE_HOME/dbdoc between runs, written by the default branch alone: a review begins with
# what its rehearsals saw.
set -eu

install_dbdoc() {
    apt-get update -q
    apt-get install -q -y --no-install-recommends ca-certificates curl git jq postgresql-15
    curl --fail --silent --show-error --location --output "$work/dbdoc.deb" "$DBDOC_DEB"
    echo "$DBDOC_SHA256  $work/dbdoc.deb" | sha256sum --check
    apt-get install -q -y --no-install-recommends "$work/dbdoc.deb"
}

# call ARGUMENT…: curl with the token, which is on no command line.
call() {
    printf 'Authorization: token %s' "$TOKEN" |
        curl --fail --silent --show-error --header @- "$@"
}

# Brings the comment up to date that this token wrote last time, or writes it.
comment() {
    comments=$API/repos/$REPOSITORY/issues
    jq --raw-input --slurp '{body: .}' review/comment.md > "$work/body"
    me=$(call "$API/user" | jq .id)
    page=1
    last=
    while :; do
        call --output "$work/page" "$comments/$NUMBER/comments?page=$page"
        mine=$(jq --argjson me "$me" --arg marker "$(head -n 1 review/comment.md)" \
            'map(select(.user.id == $me and (.body | startswith($marker)))) | .[0].id // empty' "$work/page")
        first=$(jq '.[0].id' "$work/page")
        if [ -n "$mine" ] || [ "$first" = null ] || [ "$first" = "$last" ]; then break; fi
        last=$first # where there are no pages, all come again
        page=$((page + 1))
    done
    if [ -n "$mine" ]; then
        send PATCH "$comments/comments/$mine"
    else
        send POST "$comments/$NUMBER/comments"
    fi
}

send() {
    call --request "$1" --header 'Content-Type: application/json' --data @"$work/body" --output "$work/answer" "$2"
}

work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
case ${1:-} in
install) install_dbdoc ;;
build) dbdoc build --rehearse --output site ;;
review) dbdoc review --base "$BASE" --output review ;;
comment) comment ;;
*)
    echo 'dbdoc.sh: install, build, review or comment' >&2
    exit 2
    ;;
esac
