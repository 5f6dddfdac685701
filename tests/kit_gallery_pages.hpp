// The pages of the kit's gallery: every widget, one checkout as the mockups have it, and a search
// with the keyboard that the screens share. They are for looking at; kit_test also walks them for
// layout complaints.
#pragma once

#include "terminal/kit/ui.hpp"

#include <string>
#include <vector>

namespace fangxin::gallery {

struct Page {
    std::string name;
    kit::Size size;
    void (*draw)(kit::Ui&);
};
const std::vector<Page>& pages();

void draw_checkout(kit::Ui& ui);
/// A table with its search and filters, and the keyboard on the screen.
void draw_search(kit::Ui& ui);
/// As draw_checkout with so many lines in the basket.
void draw_checkout_of(kit::Ui& ui, std::size_t lines);

}  // namespace fangxin::gallery
