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

TEST_CASE("models learn from tickets handled to their end as they stood then, the newest first") {
    Desk desk;
    for (int i = 0; i < 4; ++i) desk.accepted();
    put(desk,
        "UPDATE ticket SET state=9, topic='用电', title='停电', content='断电三天' WHERE id=1");
    put(desk, "UPDATE ticket SET state=10, topic='用水', type=3, urgency=2 WHERE id=2");
    put(desk, "UPDATE ticket SET state=9, needs_entry=1 WHERE id=3");

    const auto read =
        desk.pool.read_now([](mysql::Connection& db) { return mysql::closed_texts(db, 10); });
    REQUIRE(read);
    REQUIRE(read->size() == 2);
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
