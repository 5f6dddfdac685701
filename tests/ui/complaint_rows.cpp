// Complaints, and the keyboard on the screen under them.
#include "terminal/kit/pinyin.hpp"
#include "terminal/station/screens/complaint_view.hpp"
#include "terminal/station/screens/keyboard_view.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/ui/shared_frame.hpp"

namespace fangxin::ui_rows {

namespace {

using namespace terminal;

ComplaintState written() {
    ComplaintState state{.channel = ComplaintChannel::phone, .severity = ComplaintSeverity::high};
    state.fields = {
        "早上买的鲜牛奶打开有酸味，孩子喝了两口就吐了，包装没有破损，放在家里冰箱。顾客要求"
        "退款，并请我们检查同一批次的牛奶",
        "6901234567892", "FX0030000000412", "𠮷味坊 㐂子", "13857112233"};
    return state;
}

struct Case {
    std::string state;
    ComplaintState screen;
    ComplaintFacts facts;
    std::string letters;  ///< typed on the pinyin keyboard
};

std::vector<Case> cases() {
    const ComplaintFacts found{.lookup = ItemLookup::found,
                               .item_name = "云糕汀有机高钙全脂巴氏杀菌鲜牛奶 家庭分享装 950ml×2"};
    ComplaintState goods = written();
    goods.page = ComplaintPage::goods;
    ComplaintState customer = written();
    customer.page = ComplaintPage::customer;
    ComplaintState nothing_yet{.page = ComplaintPage::customer};
    ComplaintState failed = customer;
    failed.trouble = "本机磁盘已满，没有保存，请叫店长";
    ComplaintState saved{.page = ComplaintPage::done, .number = "C-T03-2-10482"};
    ComplaintState writing = written();
    writing.writing = ComplaintField::what;
    ComplaintState number = written();
    number.writing = ComplaintField::contact;
    ComplaintState empty_writing{.writing = ComplaintField::what};
    return {{"empty", {}, {}, ""},
            {"written", written(), found, ""},
            {"goods", goods, found, ""},
            {"no_such_item", goods, {.lookup = ItemLookup::unknown}, ""},
            {"customer", customer, found, ""},
            {"nothing_yet", nothing_yet, {}, ""},
            {"not_saved", failed, found, ""},
            {"busy", customer, {.busy = true}, ""},
            {"done", saved, {}, ""},
            {"done_offline", saved, {.online = false}, ""},
            {"writing", writing, found, "suannai"},
            {"writing_long", writing, found, "zhonghuarenmingongheguo"},
            {"writing_nothing", empty_writing, {}, ""},
            {"writing_number", number, {}, ""}};
}

Body body_of(Case of) {
    return [of = std::move(of)](kit::Ui& ui, const kit::TextTable& texts, kit::Rect rest) {
        tests::TempDir folder;
        kit::Pinyin pinyin({.data = kit::Pinyin::usual_data_folder(), .user = folder.path()});
        for (char letter : of.letters)
            pinyin.feed(letter);
        Writing writing(pinyin);
        draw(ui, texts, present(of.screen, of.facts, texts), writing, rest);
    };
}

/// The keyboard's other faces, at its narrowest.
ScreenRow keyboard(std::string state, kit::KeyboardState keys) {
    Body body = [keys](kit::Ui& ui, const kit::TextTable& texts, kit::Rect rest) {
        tests::TempDir folder;
        kit::Pinyin none({.data = folder / "none", .user = folder.path()});
        CandidateWindow window;
        draw_keyboard(ui, kit::present(keys, none, texts), window,
                      kit::take_bottom(rest, keyboard_height));
    };
    return on_handheld({.screen = "keyboard", .state = std::move(state), .title = "投诉"}, body);
}

}  // namespace

std::vector<ScreenRow> complaint_rows() {
    using kit::KeyboardLanguage;
    using kit::KeyboardLayer;
    std::vector<ScreenRow> rows;
    for (const Case& each : cases()) {
        Framed frame{.screen = "complaint", .state = each.state, .title = "投诉登记"};
        if (!each.facts.online) frame.bar.server = Health::trouble;
        rows.push_back(on_till(frame, body_of(each)));
        rows.push_back(on_handheld(frame, body_of(each)));
    }
    rows.push_back(keyboard("no_pinyin", {}));
    rows.push_back(keyboard("capitals", {.shift = kit::Shift::locked}));
    rows.push_back(keyboard("digits", {.layer = KeyboardLayer::digits}));
    rows.push_back(keyboard(
        "symbols", {.layer = KeyboardLayer::symbols, .language = KeyboardLanguage::chinese}));
    return rows;
}

}  // namespace fangxin::ui_rows
