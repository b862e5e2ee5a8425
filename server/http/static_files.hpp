#pragma once

#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "ticketing/errors.hpp"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::http {

// A page that answers its own path and every path below it that is no file: an app that routes in
// the browser. {"/console", "console.html"}; the prefix "/" answers "/" only.
struct EntryPage {
    std::string prefix;
    std::string file;
    std::string connects{};  // an origin it may connect to besides its own
};

// A folder's files, read once. Look-ups compare whole paths with what was there then, so no request
// can name anything else. Beside FILE, FILE.gz and FILE.br are its packed forms (made by the web
// build); without FILE.gz, text is packed here.
class StaticFiles {
public:
    // Err: internal with the path (unreadable folder or file, an entry page that is missing).
    // Symbolic links are not followed.
    static Result<StaticFiles> load(
        const std::filesystem::path& folder, std::vector<EntryPage> entries
    );

    // GET and HEAD: 200 or 304 with the best coding the asker takes (br, gzip, identity), strong
    // ETag and Vary; /assets/* may be kept for a year, all else must be asked for again. 404 for
    // unknown paths, 405 for other methods.
    Response serve(const Request& request) const;

    std::size_t file_count() const { return files_.size(); }

private:
    struct Form {
        std::shared_ptr<const std::string> bytes;
        std::string etag;
    };
    struct File {
        std::string type;
        std::string policy;  // of what it may do in a browser; empty: it is none that does
        bool immutable = false;
        Form identity;
        std::optional<Form> gzip;
        std::optional<Form> brotli;
    };
    static Result<File> read_file(const std::filesystem::path& path, const std::string& url);
    const File* find(std::string_view path) const;

    std::map<std::string, File, std::less<>> files_;  // by URL path
    std::vector<EntryPage> entries_;                  // longest prefix first
};

}  // namespace hotline::http
