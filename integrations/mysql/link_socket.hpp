#pragma once

#include "integrations/mysql/settings.hpp"

#include <vector>

namespace hotline::mysql {

// The connector hides its socket, yet a statement on a server that has stopped answering can only
// be ended through it. So: list the sockets to this server before and after connecting, under a
// process-wide lock; the new one is the link's.
std::vector<int> sockets_to(const Settings& settings);

// The one descriptor of `after` which is not in `before`; -1 when there is none or more than one.
int new_socket(const std::vector<int>& before, const std::vector<int>& after);

}  // namespace hotline::mysql
