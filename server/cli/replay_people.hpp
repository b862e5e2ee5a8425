#pragma once

#include "server/cli/http_client.hpp"

#include <boost/json/object.hpp>

#include <map>
#include <string>
#include <string_view>

namespace hotline::cli {

// Somebody who is logged in at the running server.
class Person {
public:
    static Result<Person> log_in(
        std::string_view url,
        const std::string& login,
        const std::map<std::string, std::string>& passwords
    );

    // The answer's object. Errors of the server come back with its own sentence as detail.
    Result<boost::json::object> get(std::string_view target);
    Result<boost::json::object> post(
        std::string_view target, const boost::json::object& body, std::string_view key = {}
    );
    Result<void> remove(std::string_view target);

    const std::string& extension() const { return extension_; }

private:
    explicit Person(HttpClient client) : client_(std::move(client)) {}

    HttpClient client_;
    std::string csrf_;
    std::string extension_;
};

// The object of a good answer, or what the server said was wrong.
Result<boost::json::object> object_of(const Result<HttpAnswer>& answer);

// A text member, "" when there is none.
std::string text_of(const boost::json::object& object, std::string_view key);

}  // namespace hotline::cli
