#include "server/text_models.hpp"

#include "integrations/files/whole_file.hpp"
#include "server/log.hpp"
#include "ticketing/classifier/model_file.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

namespace hotline {

using ticketing::classifier::Model;

Result<std::vector<Model>> read_models(const std::filesystem::path& file) {
    const auto bytes = files::read_file(file);
    if (!bytes) return fail(ErrorCode::not_found, bytes.error().detail);
    auto models = ticketing::classifier::from_bytes(*bytes);
    if (!models) return fail(models.error().code, file.string() + ": " + models.error().detail);
    return models;
}

std::shared_ptr<const ticketing::TextModels> load_text_models(const std::filesystem::path& file) {
    if (file.empty()) {
        log::write(log::Level::info, "no text model configured: routing by the word lists alone");
        return nullptr;
    }
    auto models = read_models(file);
    if (!models) {
        log::write(
            log::Level::warn,
            "text model not loaded: routing by the word lists alone",
            {{"file", file.string()}, {"reason", models.error().detail}}
        );
        return nullptr;
    }
    for (const Model& model : *models) {
        log::write(
            log::Level::info,
            "text model loaded",
            {{"model", model.name()},
             {"labels", static_cast<std::int64_t>(model.labels().size())},
             {"texts", static_cast<std::int64_t>(model.parts().texts)}}
        );
    }
    return std::make_shared<const ticketing::TextModels>(std::move(*models));
}

Result<void> write_models(const std::filesystem::path& file, std::span<const Model> models) {
    return files::replace_file(file, ticketing::classifier::to_bytes(models));
}

void on_all_processors(std::size_t parts, const std::function<void(std::size_t)>& part) {
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (std::size_t mine = next++; mine < parts; mine = next++) part(mine);
    };
    const std::size_t threads =
        std::min<std::size_t>(parts, std::max(1U, std::thread::hardware_concurrency()));
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < threads; ++i) others.emplace_back(work);
    work();
}

}  // namespace hotline
