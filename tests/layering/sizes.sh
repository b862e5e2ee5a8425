# shellcheck shell=bash
# How large things may grow and what they may be called. Each function prints the faults it finds.

readonly longest_file=450
readonly longest_function=60
readonly long_function=45

# Hand-written code of all languages; generated, fetched and built files are left out.
code_files() {
    local folder
    for folder in sla ticketing integrations server web tests; do
        if [[ -d $folder ]]; then
            find "$folder" \( -name node_modules -o -name dist -o -name playwright-report \) -prune -o -type f \
                \( -name '*.cpp' -o -name '*.hpp' -o -name '*.sh' -o -name '*.ts' -o -name '*.vue' -o -name '*.mjs' \) \
                ! -name 'schema.d.ts' -print
        fi
    done
}

headers_without_pragma() {
    local file
    while IFS= read -r file; do
        grep -q '^#pragma once$' "$file" || printf '%s\n' "$file"
    done < <(code_files | grep '\.hpp$')
}

vague_names() { code_files | grep -E '(^|/)(utils?|managers?|misc|helpers?|common)(/|\.[a-z]+$)' || true; }

folders_without_readme() {
    local folder
    while IFS= read -r folder; do
        [[ -f $folder/README.md ]] || printf '%s\n' "$folder"
    done < <(code_files | grep -E '^(sla|ticketing|integrations|server)/.*\.(cpp|hpp)$' | xargs -r -n 1 dirname | sort -u)
}

long_files() {
    local file
    while IFS= read -r file; do
        awk -v file="$file" -v limit="$longest_file" \
            'END { if (NR > limit) printf "%s: %d lines\n", file, NR }' "$file"
    done < <(code_files)
}

# Formatted code opens a free or member function with a "{" that ends a line in column 0 and closes it with a
# "}" in column 0; its first line has the ")" that types, tables and namespaces lack. The labels of a switch are
# not counted: over an enum it is a table.
functions_over() { # functions_over LINES
    # shellcheck disable=SC2016  # the program's own fields
    code_files | grep -E '\.(cpp|hpp)$' | grep -v '^tests/' | xargs -r -d '\n' awk -v limit="$1" '
        FNR == 1 { open = 0 }
        /^[^ \t#\/}]/ && /\)[^()=]*\{$/ { open = FNR; labels = 0; head = $0; next }
        /^ *(case .*|default):$/ { labels++ }
        /^}/ {
            length_ = FNR - open - 1 - labels
            if (open && length_ > limit) printf "%s:%d: %d lines: %s\n", FILENAME, open, length_, head
            open = 0
        }'
}

long_functions() { functions_over "$longest_function"; }

warn_functions() {
    local found
    found=$(functions_over "$long_function")
    if [[ -n $found ]]; then printf 'longer than %d lines, to be looked at:\n%s\n' "$long_function" "$found"; fi
}
