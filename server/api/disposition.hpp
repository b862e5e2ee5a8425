#pragma once

#include <string>
#include <string_view>

namespace hotline::api {

enum class Saving { shown, saved };

// The value of Content-Disposition (RFC 6266): the name in UTF-8 (RFC 8187), and for programs that
// cannot read that a plain one.
std::string disposition(Saving saving, std::string_view plain, std::string_view name);

}  // namespace hotline::api
