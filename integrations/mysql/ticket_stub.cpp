#include "integrations/mysql/ticket_stub.hpp"

namespace hotline::mysql {

Result<void> fill_stub(Connection& db, const ticketing::Ticket& t) {
    const Param firm = t.enterprise ? Param{t.enterprise.value} : Param{nullptr};
    const auto filled = db.execute(
        "UPDATE ticket SET enterprise_id=?, enterprise_name=?, uscc=?, appellant_name=?, "
        "appellant_phone=?, appellant_role=?, anonymous=?, confidential=?, reply_wanted=? "
        "WHERE id=? AND needs_entry=1",
        {firm,
         t.enterprise_name,
         t.uscc,
         t.appellant.name,
         t.appellant.phone,
         t.appellant.role_in_firm,
         t.appellant.anonymous,
         t.appellant.confidential,
         t.appellant.reply_wanted,
         t.id.value}
    );
    if (!filled) return std::unexpected(filled.error());
    if (*filled != 1) return fail(ErrorCode::conflict);
    return {};
}

}  // namespace hotline::mysql
