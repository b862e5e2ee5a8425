#pragma once

#include <string>

namespace hotline::ticketing {

// Rules A1 to A9 and the lifecycle's table as one Markdown text for people who have to check them:
// role by verb, role by act and state, whose tickets, which personal fields. Nothing is written
// down twice: every line is asked of the functions that decide.
std::string permission_table();

}  // namespace hotline::ticketing
