#include "server/api/phone/command_target.hpp"

#include "integrations/mysql/agent_store.hpp"
#include "integrations/telephony/call_command.hpp"
#include "server/api/dto.hpp"

#include <algorithm>

namespace hotline::api {
namespace {

std::unexpected<Error> no_telephone(const std::string& field, bool english) {
    return fail_field(
        field,
        ErrorCode::rule_broken,
        english ? "There is no telephone to call there." : "那里没有可以拨打的电话。"
    );
}

// Who is on duty, by the telephone of his turn.
std::string duty_telephone(
    const ticketing::Directory& directory, ticketing::UnitId unit, ticketing::Instant now
) {
    for (const ticketing::Turn& turn : directory.turns) {
        if (turn.unit != unit || !turn.covers(now)) continue;
        if (!turn.phone.empty()) return turn.phone;
        const auto* official = directory.official(turn.official);
        if (official != nullptr && !official->phone.empty()) return official->phone;
    }
    return {};
}

Result<Telephone> at_extension(mysql::Connection& db, ticketing::UserId user, bool english) {
    const auto found = mysql::read_agents(db, {&user, 1});
    if (!found) return std::unexpected(found.error());
    if (found->empty()) return fail_field("to_user_id", ErrorCode::unknown_reference);
    if (found->front().extension.empty()) return no_telephone("to_user_id", english);
    return Telephone{found->front().extension, false};
}

}  // namespace

Result<Telephone> telephone_outside(
    const std::string& field, std::string_view number, bool english
) {
    if (number.empty()) return no_telephone(field, english);
    const auto dialled = telephony::outside_number(number);
    if (dialled) return Telephone{*dialled, true};
    return fail_field(
        field,
        ErrorCode::rule_broken,
        english ? "That is not a number the hotline calls." : "热线不能拨打这个号码。"
    );
}

std::string NamedTarget::object() const {
    if (user) return "user:" + std::to_string(user.value);
    if (unit) return "unit:" + std::to_string(unit.value);
    if (official) return "official:" + std::to_string(official.value);
    return "number";
}

Result<NamedTarget> read_target(const http::Request& request) {
    const auto object = parse_object(request);
    if (!object) return std::unexpected(object.error());
    std::vector<FieldError> errors;
    Fields fields(*object, errors);
    NamedTarget target;
    target.user = fields.id<ticketing::UserId>("to_user_id");
    target.unit = fields.id<ticketing::UnitId>("to_unit_id");
    target.official = fields.id<ticketing::OfficialId>("to_official_id");
    target.number = fields.text("to_number", {.max = 30}).value_or("");
    fields.refuse_others();
    const int named = static_cast<int>(static_cast<bool>(target.user)) +
                      static_cast<int>(static_cast<bool>(target.unit)) +
                      static_cast<int>(static_cast<bool>(target.official)) +
                      static_cast<int>(!target.number.empty());
    if (errors.empty() && named != 1) {
        fields.note("to_number", named == 0 ? ErrorCode::missing_field : ErrorCode::invalid_format);
    }
    if (auto refused = refusal(std::move(errors))) return std::unexpected(std::move(*refused));
    return target;
}

Result<Telephone> telephone_of(
    mysql::Connection& db,
    const City& city,
    const NamedTarget& target,
    ticketing::Instant now,
    bool english
) {
    const auto& directory = city.directory;
    if (target.user) return at_extension(db, target.user, english);
    if (target.unit) {
        if (directory.unit(target.unit) == nullptr) {
            return fail_field("to_unit_id", ErrorCode::unknown_reference);
        }
        return telephone_outside(
            "to_unit_id", duty_telephone(directory, target.unit, now), english
        );
    }
    if (target.official) {
        const auto* official = directory.official(target.official);
        if (official == nullptr) return fail_field("to_official_id", ErrorCode::unknown_reference);
        return telephone_outside("to_official_id", official->phone, english);
    }
    return telephone_outside("to_number", target.number, english);
}

}  // namespace hotline::api
