#pragma once

#include "integrations/mysql/query_text.hpp"
#include "ticketing/permissions.hpp"

#include <vector>

namespace hotline::mysql {

// A permission scope as conditions on `ticket t`: the same answer as ticketing::may_see, which a
// test holds against it. A ticket is in scope when one of the grants and the bar hold. Each grant
// alone is served by an index; ORed together none would be. No grants: nothing is in scope. The
// scope must outlive the parts.
struct ScopeSql {
    std::vector<QueryText> grants;
    QueryText bar;  // empty: nothing is barred
};
ScopeSql scope_sql(const ticketing::Scope& scope);

}  // namespace hotline::mysql
