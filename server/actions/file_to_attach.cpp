#include "server/actions/file_to_attach.hpp"

#include "integrations/crypto/digest.hpp"
#include "integrations/files/file_type.hpp"
#include "ticketing/file_name.hpp"
#include "ticketing/permissions.hpp"

#include <algorithm>

namespace hotline::actions {
namespace {

using mysql::Attachment;
using ticketing::Audience;

// A8 says who may: those who could read the appellant's name as well.
Result<Attachment> released(
    const std::vector<Attachment>& files,
    std::uint64_t seq,
    const ticketing::Actor& actor,
    const ticketing::Ticket& ticket,
    const City& city
) {
    const auto found = std::ranges::find(files, seq, &Attachment::seq);
    const bool known = found != files.end() && found->audience == Audience::held &&
                       may_open_file(actor, found->audience, found->user);
    if (!known) return fail(ErrorCode::not_found);
    const auto views = views_of(actor, ticket, scope_of(actor, city.directory));
    if (!views.may_reveal) return fail(ErrorCode::forbidden);
    Attachment row = *found;
    row.audience = Audience::everyone;
    row.name = ticketing::tidy_file_name("", files::extension_of(row.kind));
    return row;
}

}  // namespace

Result<FilePlan> plan_file(
    mysql::Connection& db,
    const ActCommand& command,
    const ticketing::Ticket& ticket,
    const City& city,
    ticketing::Instant now
) {
    const auto files = mysql::attachments_of(db, ticket.id);
    if (!files) return std::unexpected(files.error());
    const ticketing::Actor& actor = command.request.actor;
    FilePlan plan;
    if (command.release) {
        auto row = released(*files, *command.release, actor, ticket, city);
        if (!row) return std::unexpected(row.error());
        plan.row = std::move(*row);
    } else {
        plan.row = *command.file;
        if (plan.row.audience == Audience::everyone) {
            plan.row.audience = audience_of_new_file(actor, ticket);
        }
        plan.row.role = actor.role;
        plan.row.user = actor.user;
        plan.row.by_name = actor.name;
        plan.row.at = now;
    }
    ticketing::FileToAttach file{
        .digest = crypto::hex(plan.row.digest),
        .kind = plan.row.kind,
        .bytes = plan.row.bytes,
        .audience = plan.row.audience
    };
    for (const Attachment& other : *files) {
        if (other.sent == plan.row.sent && other.audience == plan.row.audience) {
            return FilePlan{{}, other, true};
        }
        ++file.files_before;
        if (other.role == ticketing::Role::enterprise) ++file.appellants_before;
        file.bytes_before += other.bytes;
    }
    plan.file = std::move(file);
    return plan;
}

}  // namespace hotline::actions
