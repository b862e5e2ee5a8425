// Beast compiled once (BOOST_BEAST_SEPARATE_COMPILATION); everybody else only includes
// declarations.
#include <boost/beast/src.hpp>
