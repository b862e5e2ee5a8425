#pragma once

#include "ticketing/classifier/model.hpp"
#include "ticketing/classifier/parallel.hpp"
#include "ticketing/errors.hpp"
#include "ticketing/text_models.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace hotline {

// The models of a file. Err: not_found with the system's reason, invalid_format with what is wrong
// in it; the detail names the file.
Result<std::vector<ticketing::classifier::Model>> read_models(const std::filesystem::path& file);

// What a server starts with: the models of the configured file, or null. What is wrong with it is
// in the log; routing goes on by the words alone (Q12).
std::shared_ptr<const ticketing::TextModels> load_text_models(const std::filesystem::path& file);

// Whole or not at all: who reads it meanwhile has the file of before.
Result<void> write_models(
    const std::filesystem::path& file, std::span<const ticketing::classifier::Model> models
);

// The parts of a training, on as many threads as the machine has processors.
void on_all_processors(std::size_t parts, const std::function<void(std::size_t)>& part);

}  // namespace hotline
