// Every screen in every state it can be in, with facts that look like a shop's: what `./dev shots`
// draws and the layout test walks. A row draws what its view draws; nothing else knows screens
// here.
#pragma once

#include "terminal/kit/text_table.hpp"
#include "terminal/kit/ui.hpp"

#include <functional>
#include <string>
#include <vector>

namespace fangxin::ui_rows {

inline constexpr kit::Size till_size{1280, 800};
inline constexpr kit::Size handheld_size{480, 800};

struct ScreenRow {
    std::string screen;  ///< `checkout`
    std::string state;   ///< `empty`
    kit::Size design = till_size;
    std::function<void(kit::Ui&, const kit::TextTable&)> draw;
    bool is_touched = true;  ///< false: the customer's display, or a page that only waits
};

/// Few handhelds have keys that could be named on the buttons: the program starts without.
inline bool shows_key_caps(const ScreenRow& row) { return row.design.w > handheld_size.w; }

/// All of them; each area's rows are in a file of their own.
std::vector<ScreenRow> all_rows();

std::vector<ScreenRow> admin_rows();
std::vector<ScreenRow> batch_rows();
std::vector<ScreenRow> camera_rows();
std::vector<ScreenRow> complaint_rows();
std::vector<ScreenRow> fault_report_rows();
std::vector<ScreenRow> drawer_rows();
std::vector<ScreenRow> fair_scale_rows();
std::vector<ScreenRow> handheld_rows();
std::vector<ScreenRow> login_rows();
std::vector<ScreenRow> recall_rows();
std::vector<ScreenRow> receive_rows();
std::vector<ScreenRow> scale_rows();
std::vector<ScreenRow> settings_rows();
std::vector<ScreenRow> shared_rows();
std::vector<ScreenRow> till_rows();

}  // namespace fangxin::ui_rows
