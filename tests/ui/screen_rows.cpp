#include "tests/ui/screen_rows.hpp"

namespace fangxin::ui_rows {

std::vector<ScreenRow> all_rows() {
    std::vector<ScreenRow> all;
    for (auto* rows : {
             admin_rows,
             handheld_rows,
             login_rows,
             shared_rows,
         }) {

    for (auto* rows : {shared_rows, till_rows}) {

    for (auto* rows : {shared_rows, login_rows, complaint_rows}) {

    for (auto* rows : {shared_rows, login_rows, complaint_rows, list_page_rows, settings_rows}) {

    for (auto* rows : {shared_rows, handheld_rows, receive_rows}) {

    for (auto* rows : {shared_rows, handheld_rows, receive_rows, batch_rows}) {

    for (auto* rows : {shared_rows, handheld_rows, receive_rows, batch_rows, recall_rows}) {
        for (ScreenRow& row : rows())
            all.push_back(std::move(row));
    }
    return all;
}

}  // namespace fangxin::ui_rows
