#include "server/http/static_files.hpp"

#include <doctest/doctest.h>
#include <zlib.h>

#include <cstdlib>
#include <fstream>
#include <string>

using namespace hotline;
using namespace hotline::http;
namespace fs = std::filesystem;

namespace {

// A folder that is gone when the test is.
struct Folder {
    fs::path path;

    Folder() {
        std::string name = (fs::temp_directory_path() / "static-XXXXXX").string();
        path = mkdtemp(name.data());
    }
    ~Folder() { fs::remove_all(path); }

    Folder& with(const std::string& file, const std::string& text) {
        fs::create_directories((path / file).parent_path());
        std::ofstream(path / file, std::ios::binary) << text;
        return *this;
    }
};

Request get(const std::string& path, std::vector<Header> headers = {}) {
    Request request;
    request.path = path;
    request.headers = std::move(headers);
    return request;
}

std::string field_of(const Response& response, std::string_view field) {
    for (const auto& header : response.headers) {
        if (header.name == field) return header.value;
    }
    return {};
}

std::string unpacked(const std::string& packed) {
    std::string out(100'000, '\0');
    z_stream stream{};
    REQUIRE(inflateInit2(&stream, MAX_WBITS + 16) == Z_OK);
    std::string in = packed;
    stream.next_in = reinterpret_cast<Bytef*>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    CHECK(inflate(&stream, Z_FINISH) == Z_STREAM_END);
    out.resize(stream.total_out);
    inflateEnd(&stream);
    return out;
}

const std::string long_script(5000, 'x');

StaticFiles a_site(Folder& folder) {
    folder.with("portal.html", "<p>portal").with("console.html", "<p>console");
    folder.with("assets/app-1.js", long_script).with("assets/app-1.js.br", "brotli bytes");
    folder.with("assets/two.css", std::string(3000, 'y')).with("sw.js", "//");
    folder.with("assets/x.png", std::string(3000, 'p'));
    auto site =
        StaticFiles::load(folder.path, {{"/", "portal.html"}, {"/console", "console.html"}});
    REQUIRE(site);
    return *site;
}

}  // namespace

TEST_CASE("files are served with their type, tag and caching rule") {
    Folder folder;
    const auto site = a_site(folder);
    const auto page = site.serve(get("/"));
    CHECK(page.status == 200);
    CHECK(*page.shared_body == "<p>portal");
    CHECK(field_of(page, "content-type") == "text/html; charset=utf-8");
    CHECK(field_of(page, "cache-control") == "no-cache");
    CHECK(
        field_of(page, "content-security-policy").find("require-trusted-types-for 'script'") !=
        std::string::npos
    );
    const auto asset = site.serve(get("/assets/app-1.js"));
    CHECK(*asset.shared_body == long_script);
    CHECK(field_of(asset, "cache-control") == "public, max-age=31536000, immutable");
    CHECK(field_of(asset, "vary") == "Accept-Encoding");
    CHECK(field_of(site.serve(get("/sw.js")), "cache-control") == "no-cache");
    CHECK(field_of(site.serve(get("/assets/x.png")), "content-type") == "image/png");
}

TEST_CASE("the best coding the asker takes is sent") {
    Folder folder;
    const auto site = a_site(folder);
    const auto coded = [&](const std::string& path, const std::string& accepted) {
        return site.serve(get(path, {{"accept-encoding", accepted}}));
    };
    CHECK(*coded("/assets/app-1.js", "gzip, deflate, br").shared_body == "brotli bytes");
    CHECK(field_of(coded("/assets/app-1.js", "br"), "content-encoding") == "br");
    const auto packed = coded("/assets/app-1.js", "gzip, br;q=0");
    CHECK(field_of(packed, "content-encoding") == "gzip");
    CHECK(unpacked(*packed.shared_body) == long_script);
    CHECK(field_of(coded("/assets/two.css", "br, gzip;q=0.5"), "content-encoding") == "gzip");
    CHECK(field_of(coded("/assets/two.css", "gzip;q=0.000"), "content-encoding").empty());
    CHECK(field_of(coded("/assets/x.png", "gzip, br"), "content-encoding").empty());
    CHECK(field_of(coded("/sw.js", "gzip, br"), "content-encoding").empty());
    CHECK(site.serve(get("/assets/app-1.js.br")).status == 404);
}

TEST_CASE("a known tag is answered 304, and each coding has its own") {
    Folder folder;
    const auto site = a_site(folder);
    const auto plain = field_of(site.serve(get("/assets/app-1.js")), "etag");
    const auto packed =
        field_of(site.serve(get("/assets/app-1.js", {{"accept-encoding", "gzip"}})), "etag");
    CHECK(plain != packed);
    const auto status = [&](const std::string& tag) {
        return site.serve(get("/assets/app-1.js", {{"if-none-match", tag}})).status;
    };
    CHECK(status(plain) == 304);
    CHECK(status("\"other\", W/" + plain) == 304);
    CHECK(status("*") == 304);
    CHECK(status(packed) == 200);
    CHECK(status("\"other\"") == 200);
    CHECK_FALSE(site.serve(get("/assets/app-1.js", {{"if-none-match", plain}})).shared_body);
}

TEST_CASE("a page that has not changed, and a worker's script, come with the policy of pages") {
    Folder folder;
    const auto site = a_site(folder);
    const auto policy = field_of(site.serve(get("/")), "content-security-policy");
    const auto tag = field_of(site.serve(get("/")), "etag");
    const auto unchanged = site.serve(get("/", {{"if-none-match", tag}}));
    CHECK(unchanged.status == 304);
    CHECK(field_of(unchanged, "content-security-policy") == policy);
    CHECK(field_of(site.serve(get("/sw.js")), "content-security-policy") == policy);
}

TEST_CASE("T57: a page connects to the one origin named for it, and no other page does") {
    Folder folder;
    folder.with("portal.html", "<p>portal").with("console.html", "<p>console");
    const auto site = StaticFiles::load(
        folder.path, {{"/", "portal.html"}, {"/console", "console.html", "wss://pbx.example:8089"}}
    );
    REQUIRE(site);
    const auto policy = [&](const std::string& path) {
        return field_of(site->serve(get(path)), "content-security-policy");
    };
    CHECK(policy("/").ends_with("; connect-src 'self'"));
    CHECK(policy("/console").ends_with("; connect-src 'self' wss://pbx.example:8089"));
    CHECK(policy("/console/desk") == policy("/console"));
    CHECK(policy("/console.html") == policy("/console"));
    const auto tag = field_of(site->serve(get("/console")), "etag");
    const auto unchanged = site->serve(get("/console", {{"if-none-match", tag}}));
    CHECK(field_of(unchanged, "content-security-policy") == policy("/console"));
}

TEST_CASE("entry pages answer below their prefix, but never for a missing file") {
    Folder folder;
    const auto site = a_site(folder);
    CHECK(*site.serve(get("/console")).shared_body == "<p>console");
    CHECK(*site.serve(get("/console/tickets/T1")).shared_body == "<p>console");
    CHECK(site.serve(get("/console/assets/gone.js")).status == 404);
    CHECK(site.serve(get("/consoles")).status == 404);
    CHECK(site.serve(get("/anything")).status == 404);
    CHECK(site.serve(get("/../etc/passwd")).status == 404);
}

TEST_CASE("other methods are refused on files and HEAD is not") {
    Folder folder;
    const auto site = a_site(folder);
    auto request = get("/");
    request.method = Method::post;
    CHECK(site.serve(request).status == 405);
    CHECK(field_of(site.serve(request), "allow") == "GET, HEAD");
    request.method = Method::head;
    CHECK(site.serve(request).status == 200);
}

TEST_CASE("links are not followed and missing folders or pages are named") {
    Folder folder;
    folder.with("a.html", "a");
    fs::create_symlink("/etc/passwd", folder.path / "link.txt");
    const auto site = StaticFiles::load(folder.path, {});
    REQUIRE(site);
    CHECK(site->file_count() == 1);
    CHECK_FALSE(StaticFiles::load(folder.path / "none", {}));
    const auto missing = StaticFiles::load(folder.path, {{"/", "index.html"}});
    REQUIRE_FALSE(missing);
    CHECK(missing.error().detail.find("index.html") != std::string::npos);
}
