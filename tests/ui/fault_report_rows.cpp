// A fault is reported at a till and on a handheld.
#include "terminal/kit/pinyin.hpp"
#include "terminal/station/screens/fault_report_view.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/ui/shared_frame.hpp"

namespace fangxin::ui_rows {

namespace {

using namespace terminal;

struct Case {
    std::string state;
    FaultReportState screen;
    std::string letters;  ///< typed on the pinyin keyboard
};

std::vector<Case> cases() {
    const FaultReportState written{.device = "printer",
                                   .severity = domain::FaultSeverity::B,
                                   .what =
                                       "打印出来的小票左边两厘米是空白，重启过一次打印机，换过纸，"
                                       "还是一样。今天早上九点开始的"};
    FaultReportState refused = written;
    refused.trouble = "本机磁盘已满，没有保存，请叫店长";
    FaultReportState writing = written;
    writing.writing = true;
    return {{"empty", {}, ""},
            {"chosen", {.device = "network"}, ""},
            {"written", written, ""},
            {"not_saved", refused, ""},
            {"writing", writing, "dayinji"},
            {"done", {.number = "F-T03-2-00010482"}, ""}};
}

Body body_of(Case of) {
    return [of = std::move(of)](kit::Ui& ui, const kit::TextTable& texts, kit::Rect rest) {
        static const std::vector<std::string> devices{"scale",   "scanner", "printer", "drawer",
                                                      "display", "camera",  "screen",  "terminal",
                                                      "server",  "disk",    "network", "other"};
        tests::TempDir folder;
        kit::Pinyin pinyin({.data = kit::Pinyin::usual_data_folder(), .user = folder.path()});
        for (const char letter : of.letters)
            pinyin.feed(letter);
        Writing writing(pinyin);
        draw(ui, texts, present(of.screen, devices, texts), writing, rest);
    };
}

}  // namespace

std::vector<ScreenRow> fault_report_rows() {
    std::vector<ScreenRow> rows;
    for (const Case& each : cases()) {
        const Framed frame{.screen = "fault_report", .state = each.state, .title = "报修"};
        rows.push_back(on_till(frame, body_of(each)));
        rows.push_back(on_handheld(frame, body_of(each)));
    }
    return rows;
}

}  // namespace fangxin::ui_rows
