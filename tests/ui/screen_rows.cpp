#include "tests/ui/screen_rows.hpp"

namespace fangxin::ui_rows {

std::vector<ScreenRow> all_rows() {
    std::vector<ScreenRow> all;
    for (auto* rows : {
             admin_rows,
             batch_rows,
             camera_rows,
             complaint_rows,
             fault_report_rows,
             drawer_rows,
             fair_scale_rows,
             handheld_rows,
             login_rows,
             recall_rows,
             receive_rows,
             scale_rows,
             settings_rows,
             shared_rows,
             till_rows,
         }) {
        for (ScreenRow& row : rows())
            all.push_back(std::move(row));
    }
    return all;
}

}  // namespace fangxin::ui_rows
