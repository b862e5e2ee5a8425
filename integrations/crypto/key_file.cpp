#include "integrations/crypto/key_file.hpp"

#include "integrations/crypto/digest.hpp"
#include "integrations/crypto/token.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

namespace hotline::crypto {
namespace {

namespace fs = std::filesystem;

std::unexpected<Error> refuse(const fs::path& path, const std::string& why) {
    return fail(ErrorCode::internal, path.string() + ": " + why);
}

std::unexpected<Error> refuse_errno(const fs::path& path) {
    return refuse(path, std::generic_category().message(errno));
}

class Descriptor {
public:
    explicit Descriptor(int fd) : fd_(fd) {}
    ~Descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return fd_; }

private:
    int fd_;
};

Result<std::string> load(const fs::path& path) {
    struct stat info{};
    if (::stat(path.c_str(), &info) != 0) return refuse_errno(path);
    if ((info.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        return refuse(path, "others than the owner may read it; chmod 600 it");
    }
    std::ifstream in(path, std::ios::binary);
    std::string content{std::istreambuf_iterator<char>(in), {}};
    while (!content.empty() && content.back() == '\n') content.pop_back();
    if (content.empty()) return refuse(path, "is empty or unreadable");
    return content;
}

bool write_all(int fd, const std::string& content) {
    std::size_t done = 0;
    while (done < content.size()) {
        const auto n = ::write(fd, content.data() + done, content.size() - done);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        done += static_cast<std::size_t>(n);
    }
    return true;
}

bool write_synced(const fs::path& path, const std::string& content) {
    const Descriptor fd(::open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600));
    return fd.get() >= 0 && write_all(fd.get(), content + "\n") && ::fsync(fd.get()) == 0;
}

// Makes the new name durable; some file systems refuse this and then need no such call.
void sync_directory(const fs::path& directory) {
    const Descriptor fd(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (fd.get() >= 0) ::fsync(fd.get());
}

}  // namespace

Result<std::string> load_or_create_key_file(
    const fs::path& path, const std::function<Result<std::string>()>& make
) {
    std::error_code ignored;
    if (fs::exists(path, ignored)) return load(path);
    const fs::path directory = path.has_parent_path() ? path.parent_path() : fs::path(".");
    fs::create_directories(directory, ignored);

    auto content = make();
    if (!content) return content;
    const fs::path draft = path.string() + "." + random_token().substr(0, 12);
    if (!write_synced(draft, *content)) {
        const auto error = refuse_errno(draft);
        ::unlink(draft.c_str());
        return error;
    }
    // link() never replaces: the first of two starting servers wins and the other reads its key.
    const bool linked = ::link(draft.c_str(), path.c_str()) == 0 || errno == EEXIST;
    const auto link_error = refuse_errno(path);
    ::unlink(draft.c_str());
    if (!linked) return link_error;
    sync_directory(directory);
    return load(path);
}

Result<std::string> load_or_create_secret(const fs::path& path) {
    const auto make = []() -> Result<std::string> { return hex(token_digest(random_token())); };
    return load_or_create_key_file(path, make);
}

}  // namespace hotline::crypto
