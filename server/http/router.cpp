#include "server/http/router.hpp"

#include <array>
#include <map>
#include <stdexcept>
#include <utility>

namespace hotline::http {

namespace {

constexpr std::size_t method_count = static_cast<std::size_t>(Method::other) + 1;
constexpr std::array<std::string_view, method_count> method_names{
    "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", ""
};

std::size_t index(Method method) {
    return static_cast<std::size_t>(method);
}

bool is_named(std::string_view segment) {
    return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

// The first segment of a path that begins with '/'; `path` loses it.
std::string_view take_segment(std::string_view& path) {
    path.remove_prefix(1);
    const auto segment = path.substr(0, path.find('/'));
    path.remove_prefix(segment.size());
    return segment;
}

std::vector<std::string_view> names_in(std::string_view pattern) {
    std::vector<std::string_view> names;
    while (!pattern.empty()) {
        const auto segment = take_segment(pattern);
        if (is_named(segment)) names.push_back(segment.substr(1, segment.size() - 2));
    }
    return names;
}

}  // namespace

struct Router::Node {
    struct Row {
        Route route;
        std::vector<std::string_view> names;
    };

    std::map<std::string_view, std::unique_ptr<Node>> literal;
    std::unique_ptr<Node> named;
    std::array<std::unique_ptr<Row>, method_count> rows;

    bool is_end() const {
        for (const auto& row : rows) {
            if (row) return true;
        }
        return false;
    }

    const Row* row_for(Method method) const {
        if (method == Method::head && !rows[index(Method::head)]) method = Method::get;
        return rows[index(method)].get();
    }

    std::string allow() const {
        std::string list = "OPTIONS";
        for (std::size_t i = 0; i < method_count; ++i) {
            if (!rows[i]) continue;
            list.append(", ").append(method_names[i]);
            if (i == index(Method::get)) list.append(", HEAD");
        }
        return list;
    }

    // Literal segments first; a dead end below one falls back to the named branch.
    const Node* walk(std::string_view path, std::vector<std::string_view>& values) const {
        if (path.empty()) return is_end() ? this : nullptr;
        const auto segment = take_segment(path);
        if (const auto next = literal.find(segment); next != literal.end()) {
            if (const auto* end = next->second->walk(path, values)) return end;
        }
        if (!named || segment.empty()) return nullptr;
        values.push_back(segment);
        if (const auto* end = named->walk(path, values)) return end;
        values.pop_back();
        return nullptr;
    }
};

struct Router::Match {
    const Node* node = nullptr;
    std::vector<std::string_view> values;  // views into the path
};

Router::Router(std::vector<Route> routes, Handler fallback)
    : root_(std::make_unique<Node>()), fallback_(std::move(fallback)) {
    for (auto& route : routes) {
        Node* node = root_.get();
        for (auto rest = route.pattern; !rest.empty();) {
            const auto segment = take_segment(rest);
            auto& next = is_named(segment) ? node->named : node->literal[segment];
            if (!next) next = std::make_unique<Node>();
            node = next.get();
        }
        auto& row = node->rows[index(route.method)];
        if (row) throw std::invalid_argument("two routes for " + std::string(route.pattern));
        auto names = names_in(route.pattern);
        row = std::make_unique<Node::Row>(Node::Row{std::move(route), std::move(names)});
    }
}

Router::Router(Router&&) noexcept = default;
Router::~Router() = default;

Router::Match Router::find(std::string_view path) const {
    Match match;
    if (path.starts_with('/')) match.node = root_->walk(path, match.values);
    return match;
}

boost::asio::awaitable<Response> Router::dispatch(Request request) const {
    const auto match = find(request.path);
    if (!match.node) {
        if (fallback_) co_return co_await fallback_(std::move(request));
        co_return problem(request, ErrorCode::not_found);
    }
    const auto* row = match.node->row_for(request.method);
    if (!row) {
        auto allow = match.node->allow();
        auto answer = request.method == Method::options
                          ? no_content()
                          : problem(request, ErrorCode::method_not_allowed, allow);
        answer.set("allow", allow);
        co_return answer;
    }
    for (std::size_t i = 0; i < row->names.size(); ++i) {
        request.params.emplace(row->names[i], match.values[i]);
    }
    const auto pattern = row->route.pattern;
    auto answer = co_await row->route.handler(std::move(request));
    answer.route = pattern;
    co_return answer;
}

std::size_t Router::max_body(Method method, std::string_view path) const {
    const auto match = find(path);
    const auto* row = match.node ? match.node->row_for(method) : nullptr;
    return row ? row->route.max_body : 0;
}

}  // namespace hotline::http
