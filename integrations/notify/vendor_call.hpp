#pragma once

#include "integrations/http/client.hpp"
#include "integrations/notify/sender.hpp"

#include <boost/json/object.hpp>

#include <expected>
#include <string>
#include <string_view>

// What all calls to a vendor's HTTP interface have in common.
namespace hotline::notify {

using CallResult = std::expected<http_client::Answer, http_client::Fault>;

// What a call that did not get an answer means for the message.
Sent sent_of(http_client::Fault fault);

// What a status other than a success means: 429 and 5xx come again, 401 and 403 mean that we are
// not let in, anything else will not get better.
Sent sent_of_status(const http_client::Answer& answer);

// The one JSON object of a body; nothing for anything else.
std::optional<boost::json::object> object_in(const std::string& body);

// A member as text, whether written as a string or a number; "" when absent.
std::string text_member(const boost::json::object& object, std::string_view name);

// RFC 3986: everything but unreserved characters.
std::string percent_encoded(std::string_view text);

// At most so many bytes, ended between two characters and with an ellipsis where something is left
// out.
std::string shortened(std::string text, std::size_t bytes);

}  // namespace hotline::notify
