#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace hotline::test {

// Strangers who hold connections as long as they are let: each says its first words and then keeps
// everybody waiting in its own way. Driven by trickle(), which a test calls about once a second.
class SlowClients {
public:
    explicit SlowClients(std::uint16_t port) : port_(port) {}
    ~SlowClients();
    SlowClients(const SlowClients&) = delete;
    SlowClients& operator=(const SlowClients&) = delete;

    // `first` is said at once; then one byte of `drip` at each trickle, over and over. Nothing is
    // ever read. Empty `drip`: silence.
    void add(const std::string& first, const std::string& drip);

    // A WebSocket that says `frame` once it is let in and never reads again. Throws when it is not
    // let in (anything but 101).
    void add_websocket(const std::string& handshake, const std::string& frame);

    void trickle();
    std::size_t size() const { return clients_.size(); }
    std::size_t still_connected();  // as far as the server's end shows

private:
    struct Client {
        int fd;
        std::string drip;
        std::size_t at = 0;
    };

    int connect(const std::string& first) const;

    std::uint16_t port_;
    std::vector<Client> clients_;
};

}  // namespace hotline::test
