#include "server/http/request_reader.hpp"

#include "server/http/target.hpp"
#include "server/http/text.hpp"

#include <boost/asio/buffer.hpp>

#include <algorithm>
#include <utility>

namespace hotline::http {

namespace asio = boost::asio;
using asio::awaitable;
using std::chrono::milliseconds;

namespace {

constexpr std::size_t head_read_size = 4096;
constexpr std::size_t body_read_size = 64 * 1024;
constexpr std::string_view go_ahead = "HTTP/1.1 100 Continue\r\n\r\n";

}  // namespace

RequestReader::RequestReader(Core& core, Stream& stream, Deadline& deadline, asio::ip::address peer)
    : core_(core),
      limits_(core.settings.limits),
      stream_(stream),
      deadline_(deadline),
      peer_(std::move(peer)),
      behind_proxy_(core.proxies.contains(peer_)),
      peer_text_(address_text(peer_)) {}

awaitable<Read> RequestReader::next() {
    auto read = co_await read_head();
    if (read == Read::complete && body_) read = co_await read_body();
    if (read == Read::too_slow) refusal_ = Error{ErrorCode::request_timeout, {}, {}};
    fresh_ = false;
    co_return read;
}

void RequestReader::start_request() {
    request_ = Request{};
    asker_ = Request{};
    asker_.method = Method::other;
    body_.reset();
    served();
    body_size_ = 0;
    head_.keep_alive = false;  // until a head says otherwise
}

// What is known of the asker without a usable head.
void RequestReader::identify() {
    asker_.remote_address = peer_text_;
    asker_.secure = stream_.secure();
    asker_.request_id = core_.next_request_id();
}

Read RequestReader::refuse(ErrorCode code, std::string detail) {
    refusal_ = Error{code, std::move(detail), {}};
    if (asker_.request_id.empty()) identify();
    return Read::refused;
}

awaitable<Read> RequestReader::read_head() {
    start_request();
    bool begun = false;
    if (in_.size() == 0) {
        if (in_.capacity() > 2 * head_read_size) in_.shrink_to_fit();
        deadline_.expire_after(fresh_ ? limits_.header_timeout : limits_.idle_timeout, true);
    }
    for (std::size_t searched = 0;;) {
        // One empty line before a request is forgiven (RFC 9112 section 2.2).
        if (!begun && unread().starts_with("\r\n")) in_.consume(2);
        if (!begun && in_.size() > 0) {
            begun = true;
            deadline_.expire_after(limits_.header_timeout);
        }
        const auto length = head_length(unread(), searched);
        if (!length) co_return refuse(ErrorCode::bad_request, std::string(name(length.error())));
        if (*length && **length <= limits_.header_bytes) co_return take_head(**length);
        if (in_.size() >= limits_.header_bytes) co_return refuse(ErrorCode::header_too_large);
        searched = in_.size();
        const auto more = co_await read_more(head_read_size);
        if (more == Read::complete) continue;
        if (begun) identify();
        co_return begun ? more : Read::ended;
    }
}

awaitable<Read> RequestReader::read_more(std::size_t bytes) {
    auto [error, count] = co_await stream_.read_some(in_.prepare(bytes));
    in_.commit(count);
    if (!error) co_return Read::complete;
    co_return deadline_.expired() ? Read::too_slow : Read::ended;
}

Read RequestReader::take_head(std::size_t length) {
    const auto head = unread().substr(0, length);
    if (const auto checked = inspect_head(head, head_); !checked) {
        head_.keep_alive = false;
        return refuse(ErrorCode::bad_request, std::string(name(checked.error())));
    }
    request_.received = Deadlines::Clock::now();
    request_.method = head_.method;
    request_.headers.reserve(head_.fields.size());
    for (const auto& field : head_.fields) {
        request_.headers.push_back(Header{lower_case(field.name), std::string(field.value)});
    }
    Origin origin{peer_text_, stream_.secure(), {}};
    if (behind_proxy_) {
        origin = forwarded_origin(core_.proxies, peer_, stream_.secure(), head_.fields);
    }
    if (origin.request_id.empty()) origin.request_id = core_.next_request_id();
    request_.remote_address = std::move(origin.address);
    request_.request_id = std::move(origin.request_id);
    request_.secure = origin.secure;

    asker_.method = request_.method;
    asker_.remote_address = request_.remote_address;
    asker_.request_id = request_.request_id;
    asker_.secure = request_.secure;
    asker_.received = request_.received;
    if (const auto language = request_.header("accept-language")) {
        asker_.headers.push_back(Header{"accept-language", std::string(*language)});
    }

    if (head_.target == "*") {
        request_.path = "*";
    } else {
        auto target = parse_target(head_.target);
        if (!target) return refuse(target.error().code, std::move(target.error().detail));
        request_.path = std::move(target->path);
        request_.query = std::move(target->query);
    }
    asker_.path = request_.path;
    const auto read = head_.has_body() ? prepare_body(head) : Read::complete;
    in_.consume(length);
    return read;
}

Read RequestReader::prepare_body(std::string_view head) {
    const auto limit = core_.body_limit(request_.method, request_.path);
    if (head_.content_length.value_or(0) > limit) {
        return refuse(ErrorCode::body_too_large, std::to_string(limit));
    }
    if (!take_place_for_large_body(limit)) {
        const bool own_share = large_body_share_ && !*large_body_share_;
        return refuse(own_share ? ErrorCode::rate_limited : ErrorCode::queue_full);
    }
    body_.emplace(head, limit);
    return Read::complete;
}

// A body of the usual size is bounded by the number of connections; files are counted.
bool RequestReader::take_place_for_large_body(std::size_t limit) {
    if (head_.content_length.value_or(limit) <= limits_.body_bytes) return true;
    if (core_.large_bodies >= limits_.large_bodies) return false;
    large_body_share_.emplace(
        core_.large_bodies_by_client, request_.remote_address, limits_.large_bodies_per_address
    );
    if (!*large_body_share_) return false;
    large_body_.emplace(core_.large_bodies);
    return true;
}

void RequestReader::served() {
    large_body_.reset();
    large_body_share_.reset();
}

awaitable<Read> RequestReader::read_body() {
    const auto started = core_.deadlines.now();
    const auto limit = core_.body_limit(request_.method, request_.path);
    if (head_.expect_continue && in_.size() == 0) {
        deadline_.expire_after(limits_.write_timeout);
        const std::array<asio::const_buffer, 2> buffers{asio::buffer(go_ahead)};
        auto [error, count] = co_await stream_.write(buffers);
        if (error) co_return Read::ended;
    }
    while (true) {
        std::size_t used = 0;
        const auto state = body_->feed(unread(), used);
        in_.consume(used);
        body_size_ += used;
        if (state == BodyReader::State::done) break;
        if (state == BodyReader::State::too_large) {
            co_return refuse(ErrorCode::body_too_large, std::to_string(limit));
        }
        // What the parser leaves is one unfinished chunk line, which has no business being long.
        if (state == BodyReader::State::broken || in_.size() >= limits_.header_bytes) {
            co_return refuse(ErrorCode::bad_request, "body");
        }
        const milliseconds earned(1000 * body_size_ / std::max<std::size_t>(limits_.min_rate, 1));
        const auto spent = std::chrono::ceil<milliseconds>(core_.deadlines.now() - started);
        deadline_.expire_after(limits_.body_timeout + earned - spent);
        const auto more = co_await read_more(body_read_size);
        if (more != Read::complete) co_return more;
    }
    request_.body = body_->take();
    body_.reset();
    co_return Read::complete;
}

}  // namespace hotline::http
