#pragma once

#include "server/knowledge.hpp"

#include <boost/asio/awaitable.hpp>

namespace hotline::workers {

// Takes up what another server, or the command line, changed in the knowledge base within two
// seconds: asks for its revision every second and reads the articles only when it is another one.
boost::asio::awaitable<void> watch_knowledge(mysql::Pool& pool, KnowledgeSource& source);

}  // namespace hotline::workers
