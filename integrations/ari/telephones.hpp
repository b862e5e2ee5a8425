#pragma once

#include <span>
#include <string>

namespace hotline::ari {

// A telephone in a browser, as the PBX has to know it.
struct BrowserTelephone {
    std::string extension;
    std::string password;
};

// Its sections of pjsip.conf, by the templates of asterisk/pjsip.conf.
std::string pjsip_sections(std::span<const BrowserTelephone> telephones);

}  // namespace hotline::ari
