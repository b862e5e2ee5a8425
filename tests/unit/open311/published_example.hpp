#pragma once

#include <map>
#include <string>

namespace hotline::test {

// The example request of the GeoReport specification (POST requests), for a service and a
// jurisdiction of ours.
inline std::map<std::string, std::string> published_example(
    const std::string& service_code, const std::string& api_key = "xyz"
) {
    return {
        {"api_key", api_key},
        {"jurisdiction_id", "weinan.gov.cn"},
        {"service_code", service_code},
        {"lat", "37.76524078"},
        {"long", "-122.4212043"},
        {"address_string", "1234 5th street"},
        {"email", "smit333@sfgov.edu"},
        {"device_id", "tt222111"},
        {"account_id", "123456"},
        {"first_name", "john"},
        {"last_name", "smith"},
        {"phone", "111111111"},
        {"description", "A large sinkhole is destroying the street"},
        {"media_url", "http://farm3.static.flickr.com/2002/2212426634_5ed477a060.jpg"},
    };
}

}  // namespace hotline::test
