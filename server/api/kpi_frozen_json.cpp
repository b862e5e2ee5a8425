#include "server/api/kpi_frozen_json.hpp"

#include "integrations/crypto/digest.hpp"
#include "server/api/dto.hpp"
#include "server/api/kpi_groups.hpp"
#include "server/api/kpi_json.hpp"
#include "sla/date_text.hpp"
#include "ticketing/json_text.hpp"

#include <boost/json/serialize.hpp>

namespace hotline::api {

boost::json::object freeze_json(const mysql::Freeze& freeze) {
    boost::json::object out;
    out["id"] = freeze.id;
    out["from"] = sla::date_text(freeze.from);
    out["to"] = sla::date_text(freeze.to);
    out["revision"] = freeze.revision;
    out["frozen_at"] = to_text(freeze.at);
    out["frozen_by"] = freeze.by_name;
    if (!freeze.reason.empty()) out["reason"] = freeze.reason;
    out["calendar_version"] = freeze.calendar_version;
    out["policy_version"] = freeze.policy_version;
    out["definitions"] = freeze.definitions;
    out["tickets"] = freeze.tickets;
    out["sm3"] = crypto::hex(freeze.digest);
    out["signature"] = freeze.signature;
    return out;
}

std::string frozen_json(
    const mysql::Freeze& freeze, const sla::PeriodFigures& figures, const FrozenQuestion& question
) {
    KpiAnswer answer{.from = freeze.from, .to = freeze.to};
    answer.total.with_snapshot = false;
    mysql::KpiGroups groups;
    for (const auto& [key, amount] : figures) {
        if (key.dimension == sla::Dimension::none) answer.total.sums.counts[key.metric] = amount;
        if (key.dimension == question.by) groups[key.group].counts[key.metric] = amount;
    }
    if (question.by != sla::Dimension::none) {
        answer.groups =
            lines_of(std::move(groups), question.by, question.directory, question.english);
        for (Figures& line : *answer.groups) line.with_snapshot = false;
    }
    ticketing::JsonObject out;
    out.raw("period", boost::json::serialize(freeze_json(freeze)));
    out.raw("kpi", kpi_json(answer, question.english));
    return out.str();
}

}  // namespace hotline::api
