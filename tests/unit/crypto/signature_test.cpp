#include "integrations/crypto/signature.hpp"

#include "integrations/crypto/key_file.hpp"
#include "integrations/crypto/token.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <fstream>
#include <thread>
#include <vector>

using namespace hotline::crypto;
namespace fs = std::filesystem;

namespace {

struct TemporaryFolder {
    fs::path path = fs::temp_directory_path() / ("hotline-crypto-" + random_token().substr(0, 12));
    TemporaryFolder() { fs::create_directory(path); }
    ~TemporaryFolder() { fs::remove_all(path); }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
};

}  // namespace

TEST_CASE("a key made at first start is read again at the second") {
    const TemporaryFolder folder;
    const auto path = folder.path / "keys" / "checkpoint.pem";
    const auto first = Signer::open(path);
    const auto second = Signer::open(path);
    REQUIRE(first);
    REQUIRE(second);
    CHECK(first->key_id() == second->key_id());
    CHECK(first->key_id().size() == 16);

    struct stat info{};
    REQUIRE(::stat(path.c_str(), &info) == 0);
    CHECK((info.st_mode & 0777) == 0600);
    // No draft is left beside it.
    CHECK(std::distance(fs::directory_iterator(path.parent_path()), fs::directory_iterator()) == 1);

    const auto signature = first->sign("head of the chain");
    REQUIRE(signature);
    CHECK(signature->size() <= 256);
    CHECK(second->verify("head of the chain", *signature));
    CHECK(verify_signature(first->public_key_pem(), "head of the chain", *signature));
}

TEST_CASE("a signature fits one message and one key") {
    const TemporaryFolder folder;
    const auto ours = Signer::open(folder.path / "ours.pem");
    const auto theirs = Signer::open(folder.path / "theirs.pem");
    const auto signature = ours->sign("message");
    REQUIRE(signature);
    CHECK_FALSE(ours->verify("massage", *signature));
    CHECK_FALSE(theirs->verify("message", *signature));
    CHECK_FALSE(verify_signature(theirs->public_key_pem(), "message", *signature));
    std::string bent = *signature;
    bent[bent.size() / 2] = bent[bent.size() / 2] == 'A' ? 'B' : 'A';
    CHECK_FALSE(ours->verify("message", bent));
    for (const auto* rubbish : {"", "sm2:", "sm2:AAAA", "ed25519:AAAA", "sm2:***"}) {
        CHECK_FALSE(ours->verify("message", rubbish));
    }
    CHECK_FALSE(verify_signature("rubbish", "message", *signature));
}

TEST_CASE("a key others may read is refused and left alone") {
    const TemporaryFolder folder;
    const auto path = folder.path / "open.pem";
    REQUIRE(Signer::open(path));
    fs::permissions(path, fs::perms::group_read, fs::perm_options::add);
    const auto refused = Signer::open(path);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().detail.find("chmod 600") != std::string::npos);
}

TEST_CASE("an empty or foreign key file is refused and not replaced") {
    const TemporaryFolder folder;
    const auto path = folder.path / "foreign.pem";
    std::ofstream(path).flush();
    fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
    CHECK_FALSE(Signer::open(path));
    std::ofstream(path) << "not a key\n";
    CHECK_FALSE(Signer::open(path));
    CHECK(fs::file_size(path) == 10);
}

TEST_CASE("servers starting at once end up with one secret") {
    const TemporaryFolder folder;
    std::vector<std::string> secrets(8);
    std::vector<std::jthread> servers;
    for (auto& secret : secrets) {
        servers.emplace_back([&secret, &folder] {
            if (auto made = load_or_create_secret(folder.path / "query_code.key")) secret = *made;
        });
    }
    servers.clear();
    for (const auto& secret : secrets) CHECK(secret == secrets.front());
    CHECK(secrets.front().size() == 64);
}
