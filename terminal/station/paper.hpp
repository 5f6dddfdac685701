// What the receipt printer's paper is like, for whoever lays receipts out. A value; any thread.
#pragma once

#include "drivers/printers/escpos.hpp"

namespace fangxin::terminal {

struct Paper {
    int columns = 0;  ///< 0: nothing is printed
    drivers::EscposOptions options{};
};

}  // namespace fangxin::terminal
