#pragma once

#include "integrations/http/client.hpp"
#include "integrations/notify/sender.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <map>
#include <string>
#include <vector>

namespace hotline::notify {

// An HTTP gateway for SMS or voice calls. There is no common interface, so what is sent and how its
// answer is read is said by words. In url, fields and body are replaced {id} {phone} {sign}
// {template} {title} {text} {ticket} {url} {secret}, each as the place needs it: percent-encoded in
// the URL and in a form, escaped in JSON.
struct GatewaySettings {
    std::string method = "POST";
    std::string url;
    std::string content_type = "application/json";
    std::vector<http_client::Header> headers;
    std::string body;
    std::string sign;  // 签名
    std::string secret;
    std::map<std::string, std::string> templates;  // the vendor's id by the occasion's code
    std::string default_template;                  // of occasions without one; empty: not sent

    // What of the answer's JSON says how it went; empty: the status alone does. A dot leads into an
    // object or, by a number, into a list.
    std::string result_field;
    std::vector<std::string> accepted_values;
    std::vector<std::string> later_values;   // too many, busy
    std::vector<std::string> gone_values;    // no such number
    std::vector<std::string> broken_values;  // account, signature, template
    std::string id_field;                    // the vendor's id of the message
    http_client::Limits limits;
};

class GatewaySender : public Sender {
public:
    GatewaySender(boost::asio::any_io_executor executor, GatewaySettings settings);
    boost::asio::awaitable<Sent> send(Message message) override;

private:
    Sent read(const http_client::Answer& answer) const;

    GatewaySettings settings_;
    http_client::Client client_;
};

}  // namespace hotline::notify
