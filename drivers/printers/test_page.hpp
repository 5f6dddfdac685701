// What a technician prints on a printer that is new: columns, sizes, Chinese, codes. Pure; any
// thread.
#pragma once

#include "domain/receipt.hpp"

#include <string>
#include <vector>

namespace fangxin::drivers {

struct TestPage {
    std::string target;  ///< the printer, as in the settings
    std::string time;
    std::string version;
    int columns = 48;
    bool open_drawer = false;
};

/// The ruler, the row of Chinese and the amount end at the same edge if the columns are right.
std::vector<domain::ReceiptLine> test_page(const TestPage& page);

}  // namespace fangxin::drivers
