#include "integrations/mysql/closed_texts.hpp"

#include "desk.hpp"

using namespace hotline;
using namespace hotline::test;

namespace {

void put(Desk& desk, const std::string& sql) {
    const auto done = desk.pool.transact_now([&](mysql::Connection& db) -> Result<void> {
        const auto changed = db.execute(sql);
        if (!changed) return std::unexpected(changed.error());
        return {};
    });
    REQUIRE(done);
}

}  // namespace

TEST_CASE("models learn from tickets handled to their end or declined, the newest first") {
    Desk desk;
    for (int i = 0; i < 4; ++i) desk.accepted();
    const auto zone = std::to_string(static_cast<int>(ticketing::UnitLevel::zone));
    put(desk,
        "REPLACE INTO unit (id, code, name, level, division, `function`) VALUES "
        "(901, 'grid', '供电公司', 1, '610500', 'state_grid'), "
        "(902, 'zone', '管委会', " +
            zone + ", '610591', 'zone_admin')");
    put(desk,
        "UPDATE ticket SET state=9, topic='用电', title='停电', content='断电三天', "
        "lead_unit_id=901 WHERE id=1");
    put(desk,
        "UPDATE ticket SET state=10, topic='用水', type=3, urgency=2, lead_unit_id=902 WHERE id=2");
    put(desk, "UPDATE ticket SET state=9, needs_entry=1 WHERE id=3");
    const auto declined = std::to_string(static_cast<int>(ticketing::State::declined));
    put(desk, "UPDATE ticket SET decline_reason='litigation', state=" + declined + " WHERE id=4");

    auto read =
        desk.pool.read_now([](mysql::Connection& db) { return mysql::closed_texts(db, 10); });
    REQUIRE(read);
    REQUIRE(read->size() == 3);
    CHECK((*read)[0].declined_because == "litigation");
    read->erase(read->begin());
    CHECK((*read)[0].declined_because.empty());
    CHECK((*read)[1].function == "state_grid");
    CHECK((*read)[0].function.empty());  // a zone's body has every power
    CHECK((*read)[0].topic == "用水");
    CHECK((*read)[0].type == ticketing::AppealType{3});
    CHECK((*read)[0].urgency == ticketing::Urgency{2});
    CHECK((*read)[1].title == "停电");
    CHECK((*read)[1].content == "断电三天");

    const auto newest =
        desk.pool.read_now([](mysql::Connection& db) { return mysql::closed_texts(db, 1); });
    REQUIRE(newest);
    CHECK(newest->size() == 1);
}
