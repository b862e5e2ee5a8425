#pragma once

#include "integrations/mysql/webhook_deliveries.hpp"
#include "integrations/mysql/webhook_store.hpp"
#include "server/http/request.hpp"

#include <string>
#include <vector>

namespace hotline::api {

// Schema Webhook.
std::string webhook_json(const mysql::Webhook& webhook);

// Schema WebhookDelivery; `body` only where one is read by itself.
std::string delivery_json(const mysql::WebhookDelivery& delivery);
std::string whole_delivery_json(const mysql::WebhookDelivery& delivery);

// The form: name, url, events, active. `into` keeps what is not given. `hosts` admits any host when
// empty; `plain` admits http.
Result<mysql::Webhook> read_webhook(
    const http::Request& request,
    mysql::Webhook into,
    const std::vector<std::string>& hosts,
    bool plain
);

}  // namespace hotline::api
