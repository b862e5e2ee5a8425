#pragma once

#include "integrations/mysql/directory_history.hpp"
#include "integrations/mysql/directory_lists.hpp"
#include "server/city.hpp"
#include "server/http/request.hpp"

#include <functional>
#include <string>

namespace hotline::api {

// What somebody sent for an entry: applied to the entry as it stands (a new one is empty).
template <class Entry>
struct EntryForm {
    std::function<void(Entry&)> apply;
    std::string note;
};

// The bodies of POST and PUT. Faults of form only; the rules come later.
template <class Entry>
Result<EntryForm<Entry>> read_entry_form(const http::Request& request, sla::LocalDay today);

// The body of deactivate and activate.
struct ActivationForm {
    ticketing::OfficialId successor;
    std::string note;
};
Result<ActivationForm> read_activation(const http::Request& request);

// The query of a list.
Result<mysql::DirectoryFilter> read_directory_filter(
    const http::Request& request, const City& city, sla::LocalDay today
);

Result<mysql::HistoryFilter> read_history_filter(const http::Request& request);

}  // namespace hotline::api
