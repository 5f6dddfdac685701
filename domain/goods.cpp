#include "domain/goods.hpp"

namespace fangxin::domain {

bool has_mark(const Item& item, std::string_view mark) {
    std::string_view rest = item.marks;
    while (!rest.empty()) {
        std::size_t end = rest.find(';');
        if (rest.substr(0, end) == mark) return true;
        if (end == std::string_view::npos) return false;
        rest.remove_prefix(end + 1);
    }
    return false;
}

}  // namespace fangxin::domain
