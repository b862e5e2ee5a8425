#include "server/http/static_files.hpp"

#include "server/http/gzip.hpp"
#include "server/http/text.hpp"

#include <fmt/format.h>
#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <utility>

namespace hotline::http {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t worth_packing = 1024;

struct Type {
    std::string_view extension;
    std::string_view mime;
    bool packs;
};
constexpr std::array types{
    Type{".html", "text/html; charset=utf-8", true},
    Type{".js", "text/javascript; charset=utf-8", true},
    Type{".mjs", "text/javascript; charset=utf-8", true},
    Type{".css", "text/css; charset=utf-8", true},
    Type{".json", "application/json; charset=utf-8", true},
    Type{".map", "application/json; charset=utf-8", true},
    Type{".webmanifest", "application/manifest+json; charset=utf-8", true},
    Type{".svg", "image/svg+xml; charset=utf-8", true},
    Type{".txt", "text/plain; charset=utf-8", true},
    Type{".yaml", "application/yaml; charset=utf-8", true},
    Type{".ico", "image/x-icon", false},
    Type{".png", "image/png", false},
    Type{".jpg", "image/jpeg", false},
    Type{".webp", "image/webp", false},
    Type{".woff2", "font/woff2", false},
    Type{".mp3", "audio/mpeg", false},
};
constexpr Type unknown_type{"", "application/octet-stream", false};

// No inline script or style, no other origin than the one named, no DOM sink fed with a bare
// string.
std::string page_policy(std::string_view connects = {}) {
    std::string policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
        "font-src 'self'; media-src 'self'; manifest-src 'self'; worker-src 'self'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types vue qp-sw; connect-src 'self'";
    if (!connects.empty()) policy.append(" ").append(connects);
    return policy;
}

const Type& type_of(const fs::path& path) {
    const auto extension = lower_case(path.extension().string());
    const auto found = std::ranges::find(types, extension, &Type::extension);
    return found != types.end() ? *found : unknown_type;
}

std::optional<std::string> contents(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(file), {}};
    if (!file.is_open() || file.bad()) return std::nullopt;
    return bytes;
}

std::string etag_of(std::string_view bytes) {
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
    std::string tag = "\"";
    for (std::size_t i = 0; i < 12; ++i) tag += fmt::format("{:02x}", digest[i]);
    return tag + "\"";
}

// If-None-Match compares weakly and may be a list or "*" (RFC 9110 section 13.1.2).
bool matches(std::string_view list, std::string_view etag) {
    if (list == "*") return true;
    while (!list.empty()) {
        auto entry = trim_blanks(list.substr(0, list.find(',')));
        if (entry.starts_with("W/")) entry.remove_prefix(2);
        if (entry == etag) return true;
        list.remove_prefix(std::min(list.size(), list.find(',')));
        list.remove_prefix(std::min<std::size_t>(list.size(), 1));
    }
    return false;
}

// Whether Accept-Encoding takes the coding; q=0 refuses it.
bool takes(std::string_view accepted, std::string_view coding) {
    while (!accepted.empty()) {
        const auto entry = accepted.substr(0, accepted.find(','));
        accepted.remove_prefix(std::min(accepted.size(), entry.size() + 1));
        const auto semicolon = entry.find(';');
        if (!equal_ignoring_case(trim_blanks(entry.substr(0, semicolon)), coding)) continue;
        const auto weight =
            semicolon == entry.npos ? std::string_view{} : trim_blanks(entry.substr(semicolon + 1));
        return !(weight.starts_with("q=0") && weight.find_first_of("123456789") == weight.npos);
    }
    return false;
}

bool is_packed_form(const fs::path& path) {
    const auto extension = path.extension();
    return (extension == ".gz" || extension == ".br") &&
           fs::exists(path.parent_path() / path.stem());
}

}  // namespace

Result<StaticFiles::File> StaticFiles::read_file(const fs::path& path, const std::string& url) {
    auto bytes = contents(path);
    if (!bytes) return fail(ErrorCode::internal, path.string() + ": cannot be read");
    const auto form = [](std::string text) {
        auto tag = etag_of(text);
        return Form{std::make_shared<const std::string>(std::move(text)), std::move(tag)};
    };
    const auto& type = type_of(path);
    File file;
    file.type = type.mime;
    // A service worker lives by the policy of its own script, not by that of its page.
    if (type.extension == ".html" || type.extension == ".js") file.policy = page_policy();
    file.immutable = url.starts_with("/assets/");
    if (auto packed = contents(path.string() + ".br")) file.brotli = form(std::move(*packed));
    if (auto packed = contents(path.string() + ".gz")) {
        file.gzip = form(std::move(*packed));
    } else if (type.packs && bytes->size() >= worth_packing) {
        auto made = gzip(*bytes);
        if (made.size() < bytes->size()) file.gzip = form(std::move(made));
    }
    file.identity = form(std::move(*bytes));
    return file;
}

Result<StaticFiles> StaticFiles::load(const fs::path& folder, std::vector<EntryPage> entries) {
    StaticFiles result;
    std::error_code error;
    fs::recursive_directory_iterator walk(folder, error);
    if (error) return fail(ErrorCode::internal, folder.string() + ": " + error.message());
    for (const auto& entry : walk) {
        if (entry.is_symlink() || !entry.is_regular_file() || is_packed_form(entry.path()))
            continue;
        const auto url = "/" + entry.path().lexically_relative(folder).generic_string();
        auto file = read_file(entry.path(), url);
        if (!file) return std::unexpected(file.error());
        result.files_.emplace(url, std::move(*file));
    }
    for (const auto& page : entries) {
        const auto file = result.files_.find("/" + page.file);
        if (file == result.files_.end()) {
            return fail(ErrorCode::internal, (folder / page.file).string() + ": missing");
        }
        if (!page.connects.empty()) file->second.policy = page_policy(page.connects);
    }
    std::ranges::sort(entries, std::ranges::greater{}, [](const EntryPage& page) {
        return page.prefix.size();
    });
    result.entries_ = std::move(entries);
    return result;
}

const StaticFiles::File* StaticFiles::find(std::string_view path) const {
    if (const auto file = files_.find(path); file != files_.end()) return &file->second;
    for (const auto& page : entries_) {
        const bool below = page.prefix != "/" && path.starts_with(page.prefix) &&
                           path.size() > page.prefix.size() && path[page.prefix.size()] == '/';
        // A missing asset must not come back as a page.
        const bool named_file = path.substr(path.rfind('/') + 1).contains('.');
        if (path == page.prefix || (below && !named_file)) {
            return &files_.find("/" + page.file)->second;
        }
    }
    return nullptr;
}

Response StaticFiles::serve(const Request& request) const {
    const auto* file = find(request.path);
    if (!file) return problem(request, ErrorCode::not_found);
    if (request.method != Method::get && request.method != Method::head) {
        auto refused = problem(request, ErrorCode::method_not_allowed, "GET, HEAD");
        refused.set("allow", "GET, HEAD");
        return refused;
    }

    const auto accepted = request.header("accept-encoding").value_or("");
    const Form* form = &file->identity;
    Response response;
    if (file->brotli && takes(accepted, "br")) {
        form = &*file->brotli;
        response.set("content-encoding", "br");
    } else if (file->gzip && takes(accepted, "gzip")) {
        form = &*file->gzip;
        response.set("content-encoding", "gzip");
    }
    if (file->brotli || file->gzip) response.set("vary", "Accept-Encoding");
    response.set("etag", form->etag)
        .set("cache-control", file->immutable ? "public, max-age=31536000, immutable" : "no-cache");
    // On the 304 as well: its policy replaces the kept one (RFC 9111 section 3.2).
    if (!file->policy.empty()) response.set("content-security-policy", file->policy);
    if (matches(request.header("if-none-match").value_or(""), form->etag)) {
        std::erase_if(response.headers, [](const Header& h) {
            return h.name == "content-encoding";
        });
        response.status = 304;
        return response;
    }
    response.set("content-type", file->type);
    response.shared_body = form->bytes;
    return response;
}

}  // namespace hotline::http
