#include "server/http/body.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <limits>
#include <utility>

namespace hotline::http {

namespace beast = boost::beast;

struct BodyReader::Parser {
    beast::http::request_parser<beast::http::string_body> message;
    bool broken = false;
};

BodyReader::BodyReader(std::string_view head, std::size_t limit)
    : parser_(std::make_unique<Parser>()) {
    auto& message = parser_->message;
    // The head's size was bounded before; its end has been found.
    message.header_limit(std::numeric_limits<std::uint32_t>::max());
    message.body_limit(limit);
    message.eager(true);
    beast::error_code error;
    const auto used = message.put(boost::asio::buffer(head.data(), head.size()), error);
    const bool wants_more = !error || error == beast::http::error::need_more;
    parser_->broken = !wants_more || used != head.size() || !message.is_header_done();
}

BodyReader::~BodyReader() = default;

BodyReader::State BodyReader::feed(std::string_view bytes, std::size_t& used) {
    used = 0;
    auto& message = parser_->message;
    if (parser_->broken) return State::broken;
    while (!message.is_done() && used < bytes.size()) {
        beast::error_code error;
        const auto rest = bytes.substr(used);
        const auto taken = message.put(boost::asio::buffer(rest.data(), rest.size()), error);
        used += taken;
        if (error == beast::http::error::need_more) return State::more;
        if (error == beast::http::error::body_limit) return State::too_large;
        if (error) return State::broken;
        if (taken == 0) return State::more;
    }
    return message.is_done() ? State::done : State::more;
}

std::string BodyReader::take() {
    return std::move(parser_->message.get().body());
}

}  // namespace hotline::http
