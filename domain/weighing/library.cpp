#include "domain/weighing/library.hpp"

namespace fangxin::weighing {

std::string_view library_version() { return "1.1.0"; }

}  // namespace fangxin::weighing
