#pragma once

#include "integrations/redis/intake_stream.hpp"
#include "tests/integration/redis/loop.hpp"

#include <string>
#include <vector>

namespace hotline::test {

struct IntakeFixture {
    explicit IntakeFixture(std::chrono::milliseconds command_deadline = 800ms)
        : commands(loop, settings_for(server, command_deadline)) {}

    PrivateRedis server;
    Loop loop;
    Linked commands;
    Linked reader{loop, settings_for(server)};
    redis::IntakeStream stream{
        commands.connection, reader.connection, redis::IntakeSettings{.origin = "server-a"}
    };

    Result<redis::Appended> append(
        std::string key, std::string hash, std::string ticket_no, std::string payload
    ) {
        redis::IntakeKey full{ticketing::Channel::web, std::move(key), std::move(hash)};
        return loop.wait(stream.append(std::move(full), std::move(ticket_no), std::move(payload)));
    }

    std::vector<redis::Delivery> read(
        std::string consumer, int count = 100, std::chrono::milliseconds block = 100ms
    ) {
        auto batch = loop.wait(stream.read_batch(std::move(consumer), count, block));
        if (!batch) throw std::runtime_error("read_batch: " + batch.error().detail);
        return std::move(*batch);
    }
};

}  // namespace hotline::test
