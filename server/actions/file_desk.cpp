#include "server/actions/file_desk.hpp"

#include "integrations/crypto/digest.hpp"
#include "integrations/files/prepared_file.hpp"
#include "server/actions/sweep_unnamed.hpp"
#include "server/cpu_pool.hpp"
#include "ticketing/file_name.hpp"

namespace hotline::actions {
namespace {

namespace asio = boost::asio;

constexpr std::size_t most_waiting = 16;
constexpr std::size_t most_bytes_out = 256UZ << 20;

// One of a bounded number of places; `taken` says whether there was one.
class Place {
public:
    explicit Place(std::shared_ptr<std::atomic<std::size_t>> count) : count_(std::move(count)) {
        taken_ = count_->fetch_add(1) < most_waiting;
    }
    Place(Place&&) noexcept = default;
    ~Place() {
        if (count_) count_->fetch_sub(1);
    }
    bool taken() const { return taken_; }

private:
    std::shared_ptr<std::atomic<std::size_t>> count_;
    bool taken_ = false;
};

Result<mysql::Attachment> prepare_and_store(
    const files::FileStore& store, std::string bytes, const std::string& name
) {
    mysql::Attachment row;
    row.sent = crypto::sha256(bytes);
    auto prepared = files::prepare(std::move(bytes), name);
    if (!prepared) {
        return fail(ErrorCode::file_refused, std::string(ticketing::name(prepared.error())));
    }
    row.kind = prepared->kind;
    row.digest = crypto::sha256(prepared->bytes);
    row.bytes = prepared->bytes.size();
    row.width = prepared->width;
    row.height = prepared->height;
    row.name = ticketing::tidy_file_name(name, files::extension_of(row.kind));
    if (auto put = store.put(crypto::hex(row.digest), prepared->bytes); !put) {
        return std::unexpected(put.error());
    }
    if (prepared->preview.empty()) return row;
    row.preview = crypto::sha256(prepared->preview);
    if (auto put = store.put(crypto::hex(*row.preview), prepared->preview); !put) {
        return std::unexpected(put.error());
    }
    return row;
}

}  // namespace

FileDesk::FileDesk(files::FileStore store, std::size_t max_file_bytes)
    : store_(std::move(store)), max_file_bytes_(max_file_bytes) {}

asio::awaitable<Result<mysql::Attachment>> FileDesk::take_in(std::string bytes, std::string name) {
    Place place(waiting_);
    if (!place.taken()) co_return fail(ErrorCode::queue_full);
    auto job = [this, place = std::move(place), bytes = std::move(bytes), name = std::move(name)](
               ) mutable { return prepare_and_store(store_, std::move(bytes), name); };
    co_return co_await on_pool(drawing_, std::move(job));
}

asio::awaitable<Result<FileDesk::Bytes>> FileDesk::hand_out(ticketing::Digest digest) {
    if (bytes_out_->load() > most_bytes_out) co_return fail(ErrorCode::queue_full);
    auto job = [this, digest, out = bytes_out_]() -> Result<Bytes> {
        auto read = store_.read(crypto::hex(digest));
        if (!read) return std::unexpected(read.error());
        if (!*read) return fail(ErrorCode::internal, "no file " + crypto::hex(digest));
        // Counted until the last who sends them has let go.
        out->fetch_add((*read)->size());
        return Bytes(new std::string(std::move(**read)), [out](const std::string* bytes) {
            out->fetch_sub(bytes->size());
            delete bytes;
        });
    };
    co_return co_await on_pool(reading_, std::move(job));
}

asio::awaitable<Result<std::uint64_t>> FileDesk::sweep(
    mysql::Pool& pool, std::chrono::system_clock::time_point before
) {
    auto job = [this, &pool, before] {
        return sweep_unnamed(store_, pool, mysql::is_attached, before);
    };
    co_return co_await on_pool(reading_, std::move(job));
}

}  // namespace hotline::actions
