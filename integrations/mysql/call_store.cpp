#include "integrations/mysql/call_store.hpp"

#include "integrations/mysql/call_tickets.hpp"
#include "integrations/mysql/query_text.hpp"

namespace hotline::mysql {
namespace {

constexpr std::string_view select_call =
    "SELECT c.id,c.source,c.call_id,c.state,c.direction,c.ani,c.dnis,c.queue,c.agent_user_id,"
    "c.enterprise_id,c.offered_at,c.queued_at,c.ringing_at,c.answered_at,c.ended_at,c.recording,"
    "c.last_seq,c.score,COALESCE(a.name,''),"
    "COALESCE((SELECT t.number FROM ticket t WHERE t.call_id=c.call_id ORDER BY t.id DESC LIMIT 1),"
    "(SELECT t.number FROM call_command k JOIN ticket t ON t.id=k.ticket_id WHERE "
    "k.source=c.source AND k.call_id=c.call_id LIMIT 1),''),r.state,r.seconds,r.keep_until,"
    "r.deleted_at FROM phone_call c LEFT JOIN account a ON a.id=c.agent_user_id "
    "LEFT JOIN call_recording r ON r.phone_call_id=c.id WHERE ";

constexpr std::string_view begun = "COALESCE(c.answered_at,c.ringing_at,c.queued_at,c.offered_at)";

PhoneCall read_call(const Row& row) {
    PhoneCall call;
    call.id = row.unsigned_integer(0);
    call.source = row.string(1);
    call.call_id = row.string(2);
    call.state = static_cast<int>(row.integer(3));
    call.direction = static_cast<int>(row.integer(4));
    call.ani = row.string(5);
    call.dnis = row.string(6);
    call.queue = row.string(7);
    call.agent = {row.unsigned_integer(8)};
    call.enterprise = {row.unsigned_integer(9)};
    call.offered_at = row.optional_time(10);
    call.queued_at = row.optional_time(11);
    call.ringing_at = row.optional_time(12);
    call.answered_at = row.optional_time(13);
    call.ended_at = row.optional_time(14);
    call.recording = row.string(15);
    call.last_seq = row.integer(16);
    if (const auto score = row.optional_integer(17)) call.score = static_cast<int>(*score);
    call.agent_name = row.string(18);
    call.ticket_no = row.string(19);
    if (const auto state = row.optional_integer(20)) {
        call.recorded = {
            static_cast<int>(*state),
            row.optional_integer(21),
            row.optional_time(22),
            row.optional_time(23)
        };
    }
    return call;
}

std::vector<Param> params_of(const auto& values) {
    return {values.begin(), values.end()};
}

template <class Id>
Param id_or_null(Id id) {
    return id ? Param{id.value} : Param{nullptr};
}

Result<std::vector<PhoneCall>> calls(Connection& db, const QueryText& sql) {
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    std::vector<PhoneCall> found;
    found.reserve(rows->size());
    for (const Row row : *rows) found.push_back(read_call(row));
    return found;
}

}  // namespace

Result<std::vector<std::string>> known_call_events(
    Connection& db, std::string_view source, const std::vector<std::string>& event_ids
) {
    std::vector<std::string> known;
    if (event_ids.empty()) return known;
    QueryText sql;
    sql.add("SELECT event_id FROM cti_event WHERE source=?", {source});
    sql.also(QueryText::in("event_id", params_of(event_ids)));
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    for (const Row row : *rows) known.push_back(row.string(0));
    return known;
}

Result<std::vector<PhoneCall>> lock_calls(
    Connection& db, std::string_view source, const std::vector<std::string>& call_ids
) {
    if (call_ids.empty()) return std::vector<PhoneCall>{};
    for (const std::string& call_id : call_ids) {
        // The row that is there already is locked by this as well.
        const auto made = db.execute(
            "INSERT INTO phone_call (source, call_id, state) VALUES (?,?,1) "
            "ON DUPLICATE KEY UPDATE id=id",
            {source, call_id}
        );
        if (!made) return std::unexpected(made.error());
    }
    QueryText sql;
    sql.add(select_call).add("c.source=?", {source});
    sql.also(QueryText::in("c.call_id", params_of(call_ids)));
    return calls(db, sql);
}

Result<void> insert_call_events(Connection& db, std::span<const CallEvent> events) {
    InsertBatch batch(
        "cti_event", "source, event_id, call_id, type, occurred_at, received_at, body"
    );
    for (const CallEvent& event : events) {
        batch.add(
            {event.source,
             event.event_id,
             event.call_id,
             event.type,
             event.occurred_at,
             event.received_at,
             event.body}
        );
    }
    if (batch.empty()) return {};
    const auto inserted = db.insert(batch);
    if (!inserted) return std::unexpected(inserted.error());
    return {};
}

Result<std::vector<CallEvent>> read_call_events(
    Connection& db, std::string_view source, const std::vector<std::string>& call_ids
) {
    std::vector<CallEvent> events;
    if (call_ids.empty()) return events;
    QueryText sql;
    sql.add(
        "SELECT source,event_id,call_id,type,occurred_at,received_at,body FROM cti_event "
        "WHERE source=?",
        {source}
    );
    sql.also(QueryText::in("call_id", params_of(call_ids)));
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    events.reserve(rows->size());
    for (const Row row : *rows) {
        events.push_back(
            {row.string(0),
             row.string(1),
             row.string(2),
             row.string(3),
             row.time(4),
             row.time(5),
             row.string(6)}
        );
    }
    return events;
}

Result<void> store_call(Connection& db, const PhoneCall& call) {
    const auto done = db.execute(
        "UPDATE phone_call SET state=?,direction=?,ani=?,dnis=?,queue=?,agent_user_id=?,"
        "enterprise_id=?,offered_at=?,queued_at=?,ringing_at=?,answered_at=?,ended_at=?,"
        "recording=?,score=?,last_seq=? WHERE id=?",
        {call.state,
         call.direction,
         call.ani,
         call.dnis,
         call.queue,
         id_or_null(call.agent),
         id_or_null(call.enterprise),
         call.offered_at,
         call.queued_at,
         call.ringing_at,
         call.answered_at,
         call.ended_at,
         call.recording,
         call.score,
         call.last_seq,
         call.id}
    );
    if (!done) return std::unexpected(done.error());
    return {};
}

Result<std::vector<ExtensionOwner>> extension_owners(
    Connection& db, const std::vector<std::string>& extensions
) {
    std::vector<ExtensionOwner> owners;
    if (extensions.empty()) return owners;
    QueryText sql;
    sql.add("SELECT extension,id FROM account WHERE disabled=0");
    sql.also(QueryText::in("extension", params_of(extensions))).add(" ORDER BY id");
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    for (const Row row : *rows) owners.push_back({row.string(0), {row.unsigned_integer(1)}});
    return owners;
}

Result<std::vector<PhoneCall>> list_calls(Connection& db, const CallFilter& filter) {
    QueryText where;
    if (filter.agent) where.also("c.agent_user_id=?", {filter.agent.value});
    if (filter.enterprise) where.also("c.enterprise_id=?", {filter.enterprise.value});
    if (!filter.call_id.empty()) where.also("c.call_id=?", {filter.call_id});
    if (filter.before != 0) where.also("c.id<?", {filter.before});
    if (filter.named_only) where.also("NOT ").add(call_is_hidden);
    if (!filter.states.empty()) where.also(QueryText::in("c.state", params_of(filter.states)));
    if (filter.begun_after) {
        QueryText later;
        later.add(begun).add(">?", {*filter.begun_after});
        where.also(later);
    }
    if (where.empty()) where.add("TRUE");
    QueryText sql;
    sql.add(select_call).add(where).add(" ORDER BY c.id DESC LIMIT ?", {filter.limit});
    return calls(db, sql);
}

Result<std::vector<PhoneCall>> calls_by_id(Connection& db, const std::vector<std::uint64_t>& ids) {
    if (ids.empty()) return std::vector<PhoneCall>{};
    QueryText sql;
    sql.add(select_call).add(QueryText::in("c.id", params_of(ids))).add(" ORDER BY c.id DESC");
    return calls(db, sql);
}

Result<ticketing::EnterpriseId> last_enterprise_of(Connection& db, std::string_view phone) {
    const auto rows = db.query(
        "SELECT enterprise_id FROM ticket WHERE appellant_phone=? AND enterprise_id IS NOT NULL "
        "AND confidential=0 AND anonymous=0 ORDER BY id DESC LIMIT 1",
        {phone}
    );
    if (!rows) return std::unexpected(rows.error());
    return ticketing::EnterpriseId{rows->empty() ? 0 : rows->front().unsigned_integer(0)};
}

Result<std::vector<std::uint64_t>> calls_named(
    Connection& db, const std::vector<std::string>& call_ids
) {
    std::vector<std::uint64_t> found;
    if (call_ids.empty()) return found;
    QueryText sql;
    sql.add("SELECT id FROM phone_call WHERE ");
    sql.add(QueryText::in("call_id", params_of(call_ids)));
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    for (const Row row : *rows) found.push_back(row.unsigned_integer(0));
    return found;
}

}  // namespace hotline::mysql
