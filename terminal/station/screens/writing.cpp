#include "terminal/station/screens/writing.hpp"

#include "domain/text_width.hpp"
#include "terminal/kit/field.hpp"

namespace fangxin::terminal {

namespace key = kit::key;

void Writing::open(const WritingField& field, std::string_view text) {
    text_ = text;
    if (is_open(field.id)) return;
    if (open_) pinyin_.reset();
    field_ = field;
    state_ = kit::open_keyboard(field.kind, field.wished, pinyin_);
    open_ = true;
}

void Writing::close() {
    if (open_) pinyin_.reset();
    open_ = false;
    text_.clear();
}

std::string_view Writing::composing() const {
    return open_ ? std::string_view(pinyin_.view().spelling) : std::string_view();
}

void Writing::act(const kit::KeyboardAction& action, WritingAnswer& answer) {
    for (const kit::KeyboardEffect& effect : kit::update(state_, pinyin_, action)) {
        if (const auto* insert = std::get_if<kit::InsertText>(&effect)) {
            if (text_.size() + insert->text.size() > field_.longest) continue;
            text_ += insert->text;
            answer.changed = text_;
        } else if (std::holds_alternative<kit::EraseBack>(effect)) {
            text_ = kit::without_last(text_);
            answer.changed = text_;
        } else {
            answer.done = true;
        }
    }
}

void Writing::type(std::string_view text, WritingAnswer& answer) {
    while (!text.empty() && text_.size() < field_.longest) {
        char32_t point = domain::take_code_point(text);
        if (point < 0x20 || point == 0x7F) continue;
        bool chooses = pinyin_.composing() && point >= '1' && point <= '8';
        if (chooses) {
            act(key::Choose{window_.starts.back() + (point - U'1')}, answer);
        } else if (point == ' ') {
            act(key::Space{}, answer);
        } else {
            std::string letter;
            domain::append_utf8(letter, point);
            act(key::Type{std::move(letter)}, answer);
        }
    }
}

WritingAnswer Writing::take_typed(kit::Ui& ui) {
    WritingAnswer answer;
    if (!open_ || !ui.is_reachable()) return answer;
    ui.own_text();
    if (auto typed = ui.take_text()) type(*typed, answer);
    if (ui.take_key(kit::Key::backspace)) act(key::Backspace{}, answer);
    if (ui.take_key(kit::Key::page_down)) act(key::NextPage{}, answer);
    if (ui.take_key(kit::Key::page_up)) act(key::PreviousPage{}, answer);
    if (ui.memory().focus == 0 && ui.take_key(kit::Key::enter)) {
        if (pinyin_.composing()) {
            act(key::TakeSpelling{}, answer);
        } else {
            act(key::Done{}, answer);
        }
    }
    if (ui.take_key(kit::Key::escape)) {
        answer.done = !pinyin_.composing();
        act(key::Leave{}, answer);
    }
    return answer;
}

void Writing::draw_keys(kit::Ui& ui, const kit::TextTable& texts, kit::Rect rect,
                        WritingAnswer& answer) {
    if (!open_) return;
    if (auto action = draw_keyboard(ui, kit::present(state_, pinyin_, texts), window_, rect))
        act(*action, answer);
}

}  // namespace fangxin::terminal
