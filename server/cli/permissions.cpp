#include "server/cli/commands.hpp"
#include "ticketing/permission_table.hpp"

#include <cstdio>

namespace hotline::cli {

int permissions(const config::Settings&) {
    std::fputs(ticketing::permission_table().c_str(), stdout);
    return 0;
}

}  // namespace hotline::cli
