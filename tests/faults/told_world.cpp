#include "tests/faults/told_world.hpp"

#include <filesystem>
#include <fstream>

namespace hotline::test {

ToldWorld::ToldWorld() : world(settings()) {
    world.execute(
        "INSERT INTO account (login, name, role, unit_id, official_id, password, password_at) "
        "SELECT CONCAT('f-', id), name, 6, unit_id, id, 'x', UTC_TIMESTAMP(3) FROM official "
        "WHERE id NOT IN (SELECT official_id FROM account WHERE official_id IS NOT NULL)"
    );
    world.execute(
        "INSERT INTO notice_preference SELECT id, 0, 0, 1, 254, UTC_TIMESTAMP(3) FROM account"
    );
    for (const auto& member :
         world.column("SELECT COALESCE(o.staff_no, a.login) FROM account a LEFT JOIN official o ON "
                      "o.id=a.official_id")) {
        wecom.admit(member);
    }
    give_everybody_a_phone();
}

void ToldWorld::give_everybody_a_phone() {
    std::string rows;
    for (const auto& account : world.column("SELECT id FROM account WHERE role=6")) {
        const std::string number = std::string(12 - account.size(), '0') + account;
        endpoints[account] = push.subscribe();
        if (!rows.empty()) rows += ',';
        rows += "('00000000-0000-4000-8000-" + number + "'," + account + ",'phone',1,'" +
                endpoints[account] + "','" + PushKeys::p256dh + "','" + PushKeys::auth +
                "',UTC_TIMESTAMP(3),UTC_TIMESTAMP(3))";
    }
    world.execute(
        "INSERT INTO device (id, account_id, name, kind, endpoint, p256dh, auth, created_at, "
        "seen_at) VALUES " +
        rows
    );
}

std::string ToldWorld::secret(const std::string& name, const std::string& text) const {
    namespace fs = std::filesystem;
    const auto file = secrets_.path() / name;
    std::ofstream(file) << text << '\n';
    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
    return file.string();
}

std::vector<std::string> ToldWorld::settings() const {
    return {
        "HOTLINE_NOTIFY_STAND_INS=true",
        "HOTLINE_NOTIFY_WEB_PUSH_CONTACT=mailto:test@example.org",
        "HOTLINE_NOTIFY_WEB_PUSH_KEY_FILE=" + (secrets_.path() / "vapid.pem").string(),
        "HOTLINE_NOTIFY_WEB_PUSH_HOSTS=127.0.0.1",
        "HOTLINE_NOTIFY_WECOM_BASE_URL=" + wecom.base_url(),
        std::string("HOTLINE_NOTIFY_WECOM_CORP_ID=") + WecomStandIn::corp_id,
        "HOTLINE_NOTIFY_WECOM_AGENT_ID=" + std::to_string(WecomStandIn::agent_id),
        "HOTLINE_NOTIFY_WECOM_SECRET_FILE=" + secret("wecom", WecomStandIn::secret),
        "HOTLINE_NOTIFY_SMS_URL=" + sms.url(),
        "HOTLINE_NOTIFY_SMS_SIGN=test",
        "HOTLINE_NOTIFY_SMS_DEFAULT_TEMPLATE=T1",
        "HOTLINE_NOTIFY_SMS_SECRET_FILE=" + secret("sms", GatewayStandIn::secret),
        "HOTLINE_NOTICES_SUMMARY_FROM=100",
    };
}

void ToldWorld::fall_sick(unsigned percent) {
    push.http().fall_sick(percent, 1);
    wecom.http().fall_sick(percent, 2);
    sms.http().fall_sick(percent, 3);
}

void ToldWorld::time_passes(std::chrono::seconds time) const {
    world.execute(
        "UPDATE notice_delivery SET next_at=next_at-INTERVAL " + std::to_string(time.count()) +
        " SECOND WHERE state=1"
    );
}

void ToldWorld::nobody_answers() const {
    world.execute("UPDATE notice SET next_at=UTC_TIMESTAMP(3) WHERE next_at IS NOT NULL");
}

std::size_t ToldWorld::count(const std::string& sql) const {
    return static_cast<std::size_t>(std::stoull(world.column(sql).at(0)));
}

bool ToldWorld::settled() const {
    return world.settled() && count("SELECT COUNT(*) FROM outbox") == 0 &&
           count("SELECT COUNT(*) FROM notice_todo") == 0;
}

}  // namespace hotline::test
