#include "integrations/open311/refusal.hpp"

namespace hotline::open311 {

Node Refusal::node() const {
    Node list = Node::list("errors");
    for (const std::string& text : descriptions) {
        list.add(
            Node::object("error", {Node::number("code", status), Node::text("description", text)})
        );
    }
    return list;
}

}  // namespace hotline::open311
