#pragma once

#include "server/http/body.hpp"
#include "server/http/core.hpp"
#include "server/http/framing.hpp"

#include <boost/beast/core/flat_buffer.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace hotline::http {

// How reading a request ended. After `refused` and `too_slow` the asker is owed an answer.
enum class Read { complete, ended, refused, too_slow };

// Reads one connection's requests, each complete before it is handed on: head within its time and
// size, through the framing gate, then the body within its own. The buffer holds at most one
// request ahead.
class RequestReader {
public:
    RequestReader(Core& core, Stream& stream, Deadline& deadline, boost::asio::ip::address peer);

    boost::asio::awaitable<Read> next();

    // After Read::complete.
    Request& request() { return request_; }
    bool wants_websocket() const { return head_.websocket; }
    // After anything but Read::ended. What answers and logs need when request() has been handed on:
    // method, path, id, address, language.
    const Request& asker() const { return asker_; }
    bool keep_alive() const { return head_.keep_alive; }
    bool http_1_0() const { return head_.minor == 0; }
    std::size_t body_size() const { return body_size_; }
    bool behind_proxy() const { return behind_proxy_; }
    bool has_unread() const { return in_.size() > 0; }
    // The request has been handled and its body is gone.
    void served();
    // After Read::refused and Read::too_slow.
    const Error& refusal() const { return refusal_; }

private:
    boost::asio::awaitable<Read> read_head();
    boost::asio::awaitable<Read> read_body();
    boost::asio::awaitable<Read> read_more(std::size_t bytes);
    Read take_head(std::size_t length);
    Read prepare_body(std::string_view head);
    bool take_place_for_large_body(std::size_t limit);
    void start_request();
    void identify();
    Read refuse(ErrorCode code, std::string detail = {});
    std::string_view unread() const {
        return {static_cast<const char*>(in_.data().data()), in_.size()};
    }

    Core& core_;
    const Limits& limits_;
    Stream& stream_;
    Deadline& deadline_;
    boost::asio::ip::address peer_;
    bool behind_proxy_;
    std::string peer_text_;
    boost::beast::flat_buffer in_;
    bool fresh_ = true;  // no request has been read yet

    Head head_;  // its views end when the head is consumed from in_
    Request request_;
    Request asker_;
    std::optional<BodyReader> body_;
    std::optional<Held> large_body_;
    std::optional<HeldByClient> large_body_share_;
    std::size_t body_size_ = 0;
    Error refusal_;
};

}  // namespace hotline::http
