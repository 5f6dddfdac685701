// What the receipt printer's paper is like, for whoever lays receipts out. A value; any thread.
#pragma once

#include "drivers/printers/escpos.hpp"

#include <functional>
#include <string>

namespace fangxin::terminal {

/// Makes the bytes of a receipt.
using LayOut = std::function<std::string()>;

struct Paper {
    int columns = 0;  ///< 0: nothing is printed
    drivers::EscposOptions options{};
};

}  // namespace fangxin::terminal
