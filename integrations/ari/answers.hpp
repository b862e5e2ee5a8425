#pragma once

#include "integrations/ari/call_words.hpp"

#include <optional>
#include <string_view>

namespace hotline::ari {

// What the PBX's answer to a command is to the script that sent it; most are nothing to it.
// `status` 0: no answer came.
std::optional<Input> input_of(const Command& command, unsigned status, std::string_view body);

// Whether what comes after it in its chain makes no sense any more.
bool ends_chain(const Command& command, unsigned status);

}  // namespace hotline::ari
