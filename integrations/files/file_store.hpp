#pragma once

#include "integrations/files/descriptor.hpp"
#include "ticketing/errors.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace hotline::files {

// Files by the SHA-256 of their bytes, 64 lower-case hexadecimal digits: ab/cd/abcd…. The same
// bytes stand there once; what stands there never changes. No name that came from outside touches
// the disk. All calls block; any thread and any number of processes may make them.
class FileStore {
public:
    // Makes the folder (mode 0750) when it is not there. Err: internal with the reason.
    static Result<FileStore> open(std::filesystem::path folder);

    // On disk, with its name, when it returns: written aside, synced, renamed, folder synced. Bytes
    // that are there already count as stored now, so that a sweep under way leaves them.
    // Err: store_unavailable (disk full, not writable).
    Result<void> put(const std::string& digest, std::string_view bytes) const;

    // A file that comes in pieces; gone when it dies unless it was kept.
    class Incoming {
    public:
        Incoming(Incoming&& other) noexcept;
        Incoming& operator=(Incoming&&) = delete;
        ~Incoming();

        Result<void> add(std::string_view bytes);
        // As put(), the digest being that of all that was added.
        Result<void> keep(const std::string& digest);

    private:
        friend class FileStore;
        Incoming(const FileStore& store, std::filesystem::path place, Descriptor file);
        std::filesystem::path folder_;
        std::filesystem::path place_;  // empty: kept
        Descriptor file_;
    };
    Result<Incoming> begin() const;

    // Nothing when it is not there. Err: store_unavailable.
    Result<std::optional<std::string>> read(const std::string& digest) const;
    // The bytes from `first` on, `length` of them or as many as there are.
    Result<std::optional<std::string>> read_part(
        const std::string& digest, std::uint64_t first, std::size_t length
    ) const;
    Result<std::optional<std::uint64_t>> size_of(const std::string& digest) const;

    // Of what is there for nobody else; whether it was there. Err: store_unavailable.
    Result<bool> remove(const std::string& digest) const;

    // Removes what was stored before `before` and of which `kept` says false. Returns how many.
    // `kept` is asked with no lock held and may be slow.
    using Kept = std::function<Result<bool>(const std::string& digest)>;
    Result<std::uint64_t> sweep(std::chrono::system_clock::time_point before, const Kept& kept)
        const;

    const std::filesystem::path& folder() const { return folder_; }

private:
    explicit FileStore(std::filesystem::path folder) : folder_(std::move(folder)) {}
    std::filesystem::path place_of(const std::string& digest) const;

    std::filesystem::path folder_;
};

}  // namespace hotline::files
