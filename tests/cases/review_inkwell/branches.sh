# branches.sh - for the commands of cases: a repository of the example with a branch for each folder of the input, and
# what the comment says of it. What was rehearsed of the first of them, the others begin with.
export XDG_CACHE_HOME=$SANDBOX/cache
mkdir "$SANDBOX/branches" "$SANDBOX/comments"
mv ./*_* "$SANDBOX/branches"
cp -r "$ROOT/example-site/." .
git init -q -b main
git config user.email noor@example.org
git config user.name Noor
git add .
git commit -qm 'Inkwell'
for branch in "$SANDBOX"/branches/*; do
    name=${branch##*/}
    git checkout -qb "$name" main
    cp "$branch"/*.exs priv/repo/migrations
    git add .
    git -c user.name=Jonas commit -qm "$name"
    "$DBDOC" review -q -o "$SANDBOX/review" 2>&1
    echo "$name: status $?, $(wc -l < "$SANDBOX/review/comment.md") lines"
    sed -E 's/PostgreSQL [0-9]+/PostgreSQL N/' "$SANDBOX/review/comment.md" > "$SANDBOX/comments/$name.md"
    git checkout -q main
done
