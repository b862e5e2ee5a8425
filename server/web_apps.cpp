#include "server/web_apps.hpp"

#include "server/config/softphone.hpp"
#include "server/log.hpp"

#include <filesystem>

namespace hotline {

Result<std::optional<http::StaticFiles>> web_apps(const config::Settings& settings) {
    const std::string& folder = settings.server.web_root;
    const auto softphone = config::softphone_address(settings.telephony.exchange.softphone_url);
    if (!softphone) return std::unexpected(softphone.error());
    if (folder.empty() || !std::filesystem::exists(folder)) {
        log::write(log::Level::warn, "no web apps", {{"web_root", folder}});
        return std::nullopt;
    }
    auto files = http::StaticFiles::load(
        folder,
        {{"/", "portal.html"},
         {"/portal", "portal.html"},
         {"/console", "console.html", softphone->origin},
         {"/mobile", "mobile.html"},
         {"/dash", "dash.html"},
         {"/api/docs", "docs.html"}}
    );
    if (!files) return std::unexpected(files.error());
    return std::optional(std::move(*files));
}

}  // namespace hotline
