#pragma once

#include <string_view>

namespace hotline::city {

// demo_articles.csv, built into the program: articles of the knowledge base for trying it out, in
// the form `hotline-server import knowledge` reads. In our own words, after the papers they name;
// to be checked by the units before anybody relies on them.
extern const std::string_view demo_articles;

}  // namespace hotline::city
