#include "server/actions/recording_vault.hpp"

#include "integrations/crypto/digest.hpp"
#include "integrations/crypto/running_sha256.hpp"
#include "integrations/crypto/sealed_pieces.hpp"
#include "integrations/crypto/stored_secret.hpp"
#include "integrations/crypto/token.hpp"
#include "integrations/telephony/recording_rules.hpp"
#include "server/actions/sweep_unnamed.hpp"
#include "server/cpu_pool.hpp"

#include <algorithm>
#include <utility>

namespace hotline::actions {
namespace {

namespace asio = boost::asio;

constexpr std::size_t most_recorded_out = 256UZ << 20;
// Written at once: half a minute of speech.
constexpr std::size_t block_bytes = 8 * crypto::piece_bytes;
constexpr std::size_t sealed_piece = crypto::piece_bytes + crypto::piece_mark_bytes;

std::string key_place(std::uint64_t call) {
    return "recording:" + std::to_string(call);
}

Result<std::string> key_of(std::string_view key, const mysql::Recording& recording) {
    auto own = crypto::decrypt_stored(key, key_place(recording.call), recording.sealed_key);
    if (!own) {
        return fail(
            ErrorCode::internal,
            "recording of call " + std::to_string(recording.call) + ": not this key file's"
        );
    }
    return std::move(*own);
}

// Of the pieces a part lies in.
Result<std::string> read_recording(
    const files::FileStore& store,
    std::string_view key,
    const mysql::Recording& recording,
    std::uint64_t first,
    std::uint64_t length
) {
    const auto own = key_of(key, recording);
    if (!own) return std::unexpected(own.error());
    if (!recording.digest) return fail(ErrorCode::not_found);
    const std::string name = crypto::hex(*recording.digest);
    const std::uint64_t last_piece = crypto::pieces_of(recording.bytes) - 1;
    const std::uint64_t end = std::min(first + length, recording.bytes);
    std::string clear;
    clear.reserve(end > first ? end - first : 0);
    for (std::uint64_t piece = first / crypto::piece_bytes; first < end; ++piece) {
        const auto sealed = store.read_part(name, piece * sealed_piece, sealed_piece);
        if (!sealed) return std::unexpected(sealed.error());
        if (!*sealed) return fail(ErrorCode::internal, "no recording " + name);
        const auto opened = crypto::open_piece(*own, piece, piece == last_piece, **sealed);
        if (!opened) return fail(ErrorCode::internal, "not what was kept: recording " + name);
        const std::uint64_t begins = piece * crypto::piece_bytes;
        const std::uint64_t until = std::min(end, begins + opened->size());
        if (until <= first) return fail(ErrorCode::internal, "too short: recording " + name);
        clear.append(*opened, first - begins, until - first);
        first = until;
    }
    return clear;
}

}  // namespace

// One thread at a time has it: whoever adds waits for what is being written.
struct RecordingVault::Incoming::State {
    explicit State(files::FileStore::Incoming begun) : file(std::move(begun)) {}

    // Seals what is whole and is not the last piece for certain; all of it at the end.
    Result<void> write(bool end) {
        std::size_t used = 0;
        std::string sealed;
        const auto rest = [&] { return unwritten.size() - used; };
        while (end ? !closed : rest() > crypto::piece_bytes) {
            const std::size_t size = std::min(rest(), crypto::piece_bytes);
            closed = end && size == rest();
            const std::string_view clear(unwritten.data() + used, size);
            sealed += crypto::seal_piece(key, pieces++, closed, clear);
            used += size;
        }
        unwritten.erase(0, used);
        hash.add(sealed);
        return file.add(sealed);
    }

    files::FileStore::Incoming file;
    const std::string key = crypto::random_token();
    crypto::RunningSha256 hash;
    std::string unwritten;
    std::string beginning;
    std::uint64_t bytes = 0;
    std::uint64_t pieces = 0;
    bool closed = false;
};

RecordingVault::Incoming::Incoming(std::shared_ptr<State> state) : state_(std::move(state)) {}

asio::awaitable<Result<void>> RecordingVault::Incoming::add(std::string_view bytes) {
    constexpr std::size_t looked_at = 64;
    State& state = *state_;
    if (state.beginning.size() < looked_at) {
        state.beginning += bytes.substr(0, looked_at - state.beginning.size());
    }
    state.bytes += bytes.size();
    state.unwritten += bytes;
    if (state.unwritten.size() < block_bytes) co_return Result<void>();
    auto job = [kept = state_] { return kept->write(false); };
    co_return co_await on_pool(*writing_, std::move(job));
}

asio::awaitable<Result<void>> RecordingVault::Incoming::finish(mysql::Recording& row) {
    const auto length = telephony::wav_length(state_->beginning, state_->bytes);
    if (!length) co_return fail(ErrorCode::file_refused, "no recording");
    auto job = [kept = state_]() -> Result<ticketing::Digest> {
        if (auto written = kept->write(true); !written) return std::unexpected(written.error());
        const ticketing::Digest digest = kept->hash.finish();
        if (auto stored = kept->file.keep(crypto::hex(digest)); !stored) {
            return std::unexpected(stored.error());
        }
        return digest;
    };
    const auto digest = co_await on_pool(*writing_, std::move(job));
    if (!digest) co_return std::unexpected(digest.error());
    row.digest = *digest;
    row.sealed_key = crypto::encrypt_stored(key_, key_place(row.call), state_->key);
    row.bytes = state_->bytes;
    row.seconds = length->count();
    co_return Result<void>();
}

RecordingVault::RecordingVault(files::FileStore store, std::string key)
    : store_(std::move(store)), key_(std::move(key)) {}

asio::awaitable<Result<std::shared_ptr<RecordingVault::Incoming>>> RecordingVault::begin() {
    auto job = [this] { return store_.begin(); };
    auto file = co_await on_pool(writing_, std::move(job));
    if (!file) co_return std::unexpected(file.error());
    auto state = std::make_shared<Incoming::State>(std::move(*file));
    std::shared_ptr<Incoming> incoming(new Incoming(std::move(state)));
    incoming->writing_ = &writing_;
    incoming->key_ = key_;
    co_return incoming;
}

asio::awaitable<Result<RecordingVault::Bytes>> RecordingVault::hand_out(
    mysql::Recording recording, std::uint64_t first, std::uint64_t length
) {
    if (bytes_out_->load() + length > most_recorded_out) co_return fail(ErrorCode::queue_full);
    auto job = [this, recording = std::move(recording), first, length, out = bytes_out_](
               ) -> Result<Bytes> {
        auto read = read_recording(store_, key_, recording, first, length);
        if (!read) return std::unexpected(read.error());
        // Counted until the last who sends them has let go.
        out->fetch_add(read->size());
        return Bytes(new std::string(std::move(*read)), [out](const std::string* bytes) {
            out->fetch_sub(bytes->size());
            delete bytes;
        });
    };
    co_return co_await on_pool(reading_, std::move(job));
}

asio::awaitable<Result<bool>> RecordingVault::remove(ticketing::Digest digest) {
    auto job = [this, name = crypto::hex(digest)] { return store_.remove(name); };
    co_return co_await on_pool(writing_, std::move(job));
}

asio::awaitable<Result<std::uint64_t>> RecordingVault::sweep(
    mysql::Pool& pool, std::chrono::system_clock::time_point before
) {
    auto job = [this, &pool, before] {
        return sweep_unnamed(store_, pool, mysql::is_recording, before);
    };
    co_return co_await on_pool(reading_, std::move(job));
}

Result<std::string> recording_fault(
    const files::FileStore& store, std::string_view key, const mysql::Recording& recording
) {
    if (!recording.digest) return std::string("has no file");
    const auto size = store.size_of(crypto::hex(*recording.digest));
    if (!size) return std::unexpected(size.error());
    if (!*size) return std::string("is gone");
    if (**size != crypto::sealed_size(recording.bytes)) return std::string("has another size");
    // Its end, which nobody could have cut off or put another one to.
    const std::uint64_t last = recording.bytes == 0 ? 0 : recording.bytes - 1;
    const auto read = read_recording(store, key, recording, last, 1);
    if (!read) return std::string("cannot be read");
    return std::string();
}

}  // namespace hotline::actions
