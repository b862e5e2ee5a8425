#include "server/actions/frozen_statement.hpp"

#include "integrations/crypto/digest.hpp"
#include "sla/date_text.hpp"
#include "sla/kpi.hpp"

#include <fmt/format.h>

#include <charconv>

namespace hotline::actions {

void FrozenDigest::add(const sla::FigureKey& key, std::int64_t amount) {
    fmt::format_to(
        std::back_inserter(lines_),
        "{} {} {} {} {}\n",
        static_cast<int>(key.dimension),
        key.group.size(),  // a group's own text may hold blanks
        key.group,
        static_cast<int>(key.metric),
        amount
    );
}

void FrozenDigest::add(const mysql::ChainHead& head) {
    fmt::format_to(
        std::back_inserter(lines_),
        "ticket {} {} {}\n",
        head.ticket.value,
        head.seq,
        crypto::hex(head.hash)
    );
}

ticketing::Digest FrozenDigest::result() const {
    return crypto::sm3(std::string_view{lines_});
}

std::string frozen_statement(const mysql::Freeze& freeze) {
    return fmt::format(
        "hotline frozen period {} {} revision {}\nat {}\nby {} {}\nreason {}\ncalendar {} policy "
        "{}\ndefinitions {}\nfigures {} tickets {}\nsm3 {}\n",
        sla::date_text(freeze.from),
        sla::date_text(freeze.to),
        freeze.revision,
        freeze.at.time_since_epoch().count(),
        freeze.by.value,
        freeze.by_name,
        freeze.reason,
        freeze.calendar_version,
        freeze.policy_version,
        freeze.definitions,
        freeze.figures,
        freeze.tickets,
        crypto::hex(freeze.digest)
    );
}

std::string definitions_in_force() {
    std::string out;
    for (const auto& rate : sla::rate_definitions()) {
        if (!rate.numerator) continue;
        if (!out.empty()) out += ',';
        out += fmt::format("{} {}", name(rate.code), rate.version);
    }
    return out;
}

bool definitions_known(std::string_view definitions) {
    while (!definitions.empty()) {
        const std::size_t comma = definitions.find(',');
        const std::string_view one = definitions.substr(0, comma);
        definitions.remove_prefix(comma == definitions.npos ? definitions.size() : comma + 1);
        const std::size_t blank = one.find(' ');
        const auto code = sla::value_of<sla::RateCode>(one.substr(0, blank));
        std::uint16_t version = 0;
        if (!code || blank == one.npos) return false;
        std::from_chars(one.data() + blank + 1, one.data() + one.size(), version);
        if (sla::definition(*code, version) == nullptr) return false;
    }
    return true;
}

}  // namespace hotline::actions
