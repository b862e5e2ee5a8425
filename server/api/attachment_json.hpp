#pragma once

#include "integrations/mysql/attachment_store.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "ticketing/permissions.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::api {

// One file as somebody at work sees it; names are masked like free text (P4).
std::string attachment_json(const mysql::Attachment& file, const ticketing::FieldViews& views);
// The same for the appellant, who is told which are his own and not who added the others.
std::string own_attachment_json(const mysql::Attachment& file);

// Those he may know of (A10), as a JSON array.
std::string attachments_json(
    const std::vector<mysql::Attachment>& files,
    const ticketing::Actor& actor,
    const ticketing::FieldViews& views
);
std::string own_attachments_json(
    const std::vector<mysql::Attachment>& files, const ticketing::Ticket& ticket
);

// The bytes with everything a browser has to be told so that it neither guesses a type nor runs
// what is inside: 200, 206 for one range (RFC 9110 section 14), 304 or 416. `name`: as it is to be
// saved; UTF-8.
http::Response file_response(
    const http::Request& request,
    const mysql::Attachment& file,
    bool preview,
    const std::string& name,
    std::shared_ptr<const std::string> bytes
);

// One sentence why a file was refused (files::Refusal); empty for an unknown word.
std::string_view refusal_text(std::string_view refusal, bool english);

}  // namespace hotline::api
