# house.awk - the rules of the house that no compiler knows, over C files: awk -f house.awk FILE…
# Prints "file:line: what is wrong" and ends with 1 when there is anything.
#
# The floors: a file includes its own folder and those on lower floors, never a neighbour's.

BEGIN {
    floors = "base < config catalog postgres markup elixir < introspect cluster migrations notes workload" \
             " < statistics < source planner < model < rehearsal diagram < runbook < checks < review < site report serve < commands"
    count = split(floors, words, " ")
    level = 0
    for (i = 1; i <= count; i++)
        if (words[i] == "<") level++; else floor[words[i]] = level

    # Each library is the business of one folder.
    only["libpq"] = "postgres"; only["fe_utils/"] = "postgres"; only["postgres_fe"] = "postgres"
    only["pg_query"] = "postgres"
    only["libxslt/"] = "markup"; only["libexslt/"] = "markup"; only["cmark"] = "markup"
    only["libxml/"] = "markup diagram site" # views and pictures are trees
    only["yaml.h"] = "base"; only["jansson"] = "catalog migrations notes planner postgres rehearsal statistics"; only["zlib"] = "cluster migrations"; only["tree_sitter/"] = "elixir"
    only["graphviz/"] = "diagram"; only["microhttpd.h"] = "serve"

    banned = "sprintf vsprintf strcpy strncpy strcat strncat strtok gets system popen mktemp tmpnam" \
             " alloca setjmp longjmp"
    count = split(banned, words, " ")
    for (i = 1; i <= count; i++) ban[words[i]] = 1
}

function complain(words) {
    printf "%s:%d: %s\n", FILENAME, FNR, words
    bad = 1
}

# src/NAME/file.c belongs to NAME; src/main.c stands above all.
function folder_of(path,   parts, n) {
    n = split(path, parts, "/")
    return n >= 3 && parts[n - 2] == "src" ? parts[n - 1] : ""
}

function check_include(target,   slash, other) {
    slash = index(target, "/")
    other = substr(target, 1, slash - 1)
    if (!(other in floor))
        complain("\"" target "\" is in no folder that has a floor; write folder/file.h")
    else if (folder == "" || other == folder)
        return
    else if (!(folder in floor))
        complain("the folder " folder " has no floor (tests/lint/house.awk)")
    else if (floor[other] >= floor[folder])
        complain(folder " must not include " other ", which is not on a lower floor")
}

function check_library(target,   name) {
    for (name in only)
        if (index(target, name) == 1 && index(" " only[name] " ", " " folder " ") == 0)
            complain("<" target "> is for " only[name] " alone")
}

# What is left of a line of code without its strings and comments; keeps track of open comments.
function code_of(line) {
    gsub(/\\./, "", line)
    gsub(/"[^"]*"/, "\"\"", line)
    gsub(/'[^']*'/, "0", line)
    if (in_comment) {
        if (!sub(/^.*\*\//, "", line)) return ""
        in_comment = 0
    }
    gsub(/\/\*([^*]|\*+[^*\/])*\*+\//, "", line)
    if (sub(/\/\*.*/, "", line)) in_comment = 1
    return line
}

function check_calls(code,   name) {
    while (match(code, /[A-Za-z_][A-Za-z_0-9]*[ \t]*\(/)) {
        name = substr(code, RSTART, RLENGTH - 1)
        sub(/[ \t]+$/, "", name)
        if (name in ban && substr(code, RSTART - 1, 1) !~ /[A-Za-z_0-9]/)
            complain(name "() is banned")
        code = substr(code, RSTART + RLENGTH)
    }
}

FNR == 1 { folder = folder_of(FILENAME); in_comment = 0; start = 0; test = FILENAME ~ /(^|\/)tests\// }

/^#[ \t]*include[ \t]+"/ && !test { split($0, quoted, "\""); check_include(quoted[2]) }
/^#[ \t]*include[ \t]+</ && !test { split($0, angled, /[<>]/); check_library(angled[2]) }

# A promise is not code.
/(TO)(DO)|(FIX)(ME)|#[ \t]*if 0/ { complain("finish it or take it out: " $0) }

# Markup is made of trees, by the writers of markup/.
/(printf|g_string_append)[a-z_]*[ ]*\(.*"[^"]*<\/?[a-z]+[ >\/]/ && folder != "markup" && !test {
    complain("markup from a format string; build a tree")
}
/xmlNewRaw|disable-output-escaping|xmlParseInNodeContext/ { complain("raw markup has no door") }

{
    code = code_of($0)
    check_calls(code)
}

# The name of a function stands in column 0 behind its type; its body ends with a brace in column 0.
/^[a-z_0-9]+\(/ { name = $0; sub(/\(.*/, "", name); start = FNR }
/^}/ {
    if (start && FNR - start > 60) complain("the function " name " has " FNR - start " lines, 60 is the most")
    start = 0
}
FNR == 601 { complain("the file has more than 600 lines: is it one noun?") }

END { exit bad }
