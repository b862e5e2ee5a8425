# shellcheck shell=bash
# Who may include what. Each function prints the faults it finds as file:line: text.

# includes PATTERN FOLDER…: include lines of the folders' C++ files that match PATTERN.
includes() {
    local pattern=$1
    shift
    search "^[[:space:]]*#[[:space:]]*include[[:space:]]*$pattern" "$@"
}

# search PATTERN FOLDER…: all lines of the folders' C++ files that match; no match and no folder are no fault.
search() {
    local pattern=$1 folder
    shift
    for folder in "$@"; do
        if [[ -e $folder ]]; then grep -rnE --include='*.cpp' --include='*.hpp' -- "$pattern" "$folder" || true; fi
    done
}

readonly production=(sla ticketing integrations server)

sla_includes() { includes '"' sla | grep -vE '"sla/' || true; }

ticketing_includes() { includes '"' ticketing | grep -vE '"(ticketing|sla)/' || true; }

# asio, crypto and http are no foreign systems: they are how the others wait, prove and call. crypto and http know none of them.
integration_includes() {
    local folder means
    for folder in integrations/*/; do
        folder=${folder%/}
        case $folder in
        integrations/notify | integrations/webhooks | integrations/open311) means='asio|crypto|http' ;;
        # An adapter: one platform's words into those of telephony, which is pure.
        integrations/ari) means='asio|crypto|http|telephony' ;;
        *) means=asio ;;
        esac
        includes '"' "$folder" | grep -vE "\"($folder|integrations/($means)|ticketing|sla)/" || true
    done
}

test_includes() { includes '"tests/' "${production[@]}"; }

readonly pure_headers='algorithm|array|bit|bitset|cassert|cctype|charconv|chrono|climits|cmath|compare|concepts|cstddef|cstdint|cstring|deque|expected|functional|initializer_list|iterator|limits|list|map|memory|numbers|numeric|optional|queue|ranges|ratio|set|source_location|span|stdexcept|string|string_view|tuple|type_traits|typeindex|unordered_map|unordered_set|utility|variant|vector'

impure_headers() { includes '<' sla ticketing | grep -vE "<($pure_headers)>" || true; }

impure_calls() {
    search '_clock::now|std::(time|rand|getenv|random_device)\b|\b(s?rand|time|getenv)\(|\bco_await\b' sla ticketing |
        grep -vE ':[0-9]+:[[:space:]]*//' || true
}

beast_includes() { includes '<boost/beast' "${production[@]}" | grep -vE '^(server/(http|live)/|integrations/((asio|http)/|ari/event_socket[.]cpp:))' || true; }

hiredis_includes() { includes '<hiredis' "${production[@]}" | grep -vE '^integrations/redis/[^:]*\.cpp:' || true; }

xlsx_includes() { includes '<xlsxwriter' "${production[@]}" | grep -vE '^integrations/workbook/[^:]*\.cpp:' || true; }

# connector_*.hpp are shared by the folder's own .cpp files and by nobody else.
connector_includes() {
    includes '(<(cppconn/|mysql_connection|mysql_driver|mysql\.h|mysqld_error)|"integrations/mysql/connector_)' \
        "${production[@]}" | grep -vE '^integrations/mysql/([^:]*\.cpp|connector_[a-z_]+\.hpp):' || true
}

server_includes() {
    includes '["<](server/(http|live|api)/|boost/(beast|json))' server/actions
    includes '"server/(http|live|api)/' server/workers
    includes '"integrations/redis/' server/api
}

shell_includes() { includes '"(sla/|ticketing/(lifecycle|router|permissions|returns|satisfaction))' server/http server/live; }

relative_includes() { includes '"' "${production[@]}" | grep -vE '"(sla|ticketing|integrations|server)/' || true; }

# A statement at the start of a string literal, with the word that must follow it.
sql_text() {
    search 'R?"\(?(SELECT [^"]*FROM |INSERT INTO |UPDATE [a-z_]+ SET |DELETE FROM |(CREATE|ALTER|DROP) TABLE )' \
        sla ticketing server integrations | grep -vE '^integrations/mysql/' || true
}
