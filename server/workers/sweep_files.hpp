#pragma once

#include "integrations/mysql/pool.hpp"
#include "server/actions/file_desk.hpp"

#include <boost/asio/awaitable.hpp>

namespace hotline::workers {

// Once an hour: files a day old that no row names go. A day, so that nothing under way is touched.
boost::asio::awaitable<void> sweep_files(actions::FileDesk& desk, mysql::Pool& pool);

}  // namespace hotline::workers
