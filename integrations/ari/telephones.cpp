#include "integrations/ari/telephones.hpp"

namespace hotline::ari {

std::string pjsip_sections(std::span<const BrowserTelephone> telephones) {
    std::string out;
    for (const auto& [extension, password] : telephones) {
        const std::string section = "[" + extension + "]";
        out += section + "(browser)\nauth=" + extension + "\naors=" + extension + "\n";
        out += section + "(browser-auth)\nusername=" + extension + "\npassword=" + password + "\n";
        out += section + "(desk-aor)\n\n";
    }
    return out;
}

}  // namespace hotline::ari
