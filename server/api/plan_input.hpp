#pragma once

#include "server/api/dto.hpp"
#include "server/city.hpp"
#include "ticketing/lifecycle/act_request.hpp"

namespace hotline::api {

// The fields of plan_hard_case, meet_milestone, refer_to_mediation and conclude_mediation that no
// other act has. Shape only, as read_act's.
void read_plan(Fields& fields, ticketing::ActRequest& act, const City& city);

}  // namespace hotline::api
