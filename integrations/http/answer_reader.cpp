#include "integrations/http/answer_reader.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <utility>

namespace hotline::http_client {

namespace beast = boost::beast;

namespace {

constexpr std::uint32_t head_limit = 16 * 1024;

}  // namespace

struct AnswerReader::Parser {
    beast::http::response_parser<beast::http::string_body> message;
};

AnswerReader::AnswerReader(std::size_t body_limit, bool to_head)
    : body_limit_(body_limit), to_head_(to_head) {
    begin();
}

AnswerReader::~AnswerReader() = default;

void AnswerReader::begin() {
    parser_ = std::make_unique<Parser>();
    parser_->message.eager(true);
    parser_->message.header_limit(head_limit);
    parser_->message.body_limit(body_limit_);
    parser_->message.skip(to_head_);
}

AnswerReader::State AnswerReader::feed(std::string_view bytes) {
    unread_ += bytes;
    for (;;) {
        const State state = parse();
        // 100 and 103 announce the answer; 101 was not asked for.
        const unsigned status = parser_->message.get().result_int();
        if (state != State::done || status >= 200) return state;
        if (status == 101) return State::broken;
        begin();
    }
}

AnswerReader::State AnswerReader::parse() {
    auto& message = parser_->message;
    std::size_t used = 0;
    State state = State::more;
    while (!message.is_done() && used < unread_.size()) {
        beast::error_code error;
        const auto rest = std::string_view(unread_).substr(used);
        const auto taken = message.put(boost::asio::buffer(rest.data(), rest.size()), error);
        used += taken;
        if (error == beast::http::error::need_more) break;
        if (error == beast::http::error::body_limit || error == beast::http::error::header_limit) {
            state = State::too_large;
            break;
        }
        if (error) state = State::broken;
        if (error || taken == 0) break;
    }
    unread_.erase(0, used);
    return message.is_done() ? State::done : state;
}

AnswerReader::State AnswerReader::end() {
    auto& message = parser_->message;
    if (message.is_done()) return State::done;
    beast::error_code error;
    if (message.is_header_done()) message.put_eof(error);
    return !error && message.is_done() ? State::done : State::broken;
}

std::string AnswerReader::take_piece() {
    auto& message = parser_->message;
    if (!message.is_header_done() || message.get().result_int() != 200) return {};
    return std::exchange(message.get().body(), {});
}

Answer AnswerReader::take() {
    auto& message = parser_->message.get();
    Answer answer;
    answer.status = message.result_int();
    for (const auto& field : message) {
        answer.headers.push_back({std::string(field.name_string()), std::string(field.value())});
    }
    answer.body = std::move(message.body());
    return answer;
}

bool AnswerReader::reusable() const {
    return parser_->message.is_done() && unread_.empty() && parser_->message.keep_alive();
}

}  // namespace hotline::http_client
