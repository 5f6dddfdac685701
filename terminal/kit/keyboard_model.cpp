#include "terminal/kit/keyboard_model.hpp"

#include "domain/text_width.hpp"

#include <string_view>
#include <utility>

namespace fangxin::kit {

namespace {

using std::string_view;

/// The signs of a layer's upper rows, as they are written in each language.
struct SignRow {
    string_view latin;
    string_view chinese;
};
constexpr SignRow letter_rows[] = {{"qwertyuiop", "qwertyuiop"}, {"asdfghjkl", "asdfghjkl"}};
constexpr SignRow digit_rows[] = {{"1234567890", "1234567890"}, {"-/:;()¥&@\"", "-/：；（）¥、@“"}};
constexpr SignRow symbol_rows[] = {{"[]{}#%^*+=", "【】{}#%^*+="},
                                   {"_\\|~<>€£$·", "—\\|~《》€£$·"}};
constexpr SignRow last_letters = {"zxcvbnm", "zxcvbnm"};
constexpr SignRow last_signs = {".,?!'", "。，？！”"};
constexpr string_view pad_rows[] = {"123", "456", "789"};

char upper(char letter) { return static_cast<char>(letter - 'a' + 'A'); }

bool is_small_letter(string_view text) {
    return text.size() == 1 && text.front() >= 'a' && text.front() <= 'z';
}

/// What one present() needs; it adds keys to the row that is last.
class Keys {
  public:
    Keys(const KeyboardState& state, const Pinyin& pinyin, const TextTable& texts)
        : state_(state), pinyin_(pinyin), texts_(texts) {}

    std::vector<std::vector<KeyView>> all() {
        if (state_.kind == KeyboardKind::number) {
            number_pad();
        } else {
            upper_rows();
            third_row();
            last_row();
        }
        return std::move(rows_);
    }

  private:
    bool chinese() const { return state_.language == KeyboardLanguage::chinese; }
    string_view of(const SignRow& row) const { return chinese() ? row.chinese : row.latin; }
    void add(KeyView key) { rows_.back().push_back(std::move(key)); }

    /// Keys are named by where they are, which is what stands there in Latin.
    void signs(const SignRow& row, int quarters = 4) {
        string_view names = row.latin;
        for (string_view rest = of(row); !rest.empty();) {
            std::string name;
            std::string label;
            domain::append_utf8(name, domain::take_code_point(names));
            domain::append_utf8(label, domain::take_code_point(rest));
            if (is_small_letter(label) && state_.shift != Shift::off)
                label.front() = upper(label.front());
            add({.id = "key." + name,
                 .label = label,
                 .action = key::Type{label},
                 .quarters = quarters});
        }
    }

    void layer_key(KeyboardLayer layer, const char* label, int quarters) {
        add({.role = KeyRole::layer,
             .id = std::string("key.layer.") + label,
             .label = label,
             .action = key::ShowLayer{layer},
             .quarters = quarters});
    }

    void backspace_key(int quarters) {
        add({.role = KeyRole::backspace,
             .id = "key.backspace",
             .label = texts_.tr_c("of a keyboard", "Delete"),
             .action = key::Backspace{},
             .quarters = quarters});
    }

    void done_key(int quarters) {
        add({.role = KeyRole::done,
             .id = "key.done",
             .label = texts_.tr_c("of a keyboard", "Done"),
             .action = key::Done{},
             .quarters = quarters});
    }

    void upper_rows() {
        const auto& upper_two = state_.layer == KeyboardLayer::letters  ? letter_rows
                                : state_.layer == KeyboardLayer::digits ? digit_rows
                                                                        : symbol_rows;
        for (const SignRow& row : upper_two) {
            rows_.emplace_back();
            signs(row);
        }
    }

    void third_row() {
        rows_.emplace_back();
        if (state_.layer == KeyboardLayer::letters) {
            add({.role = KeyRole::shift,
                 .id = "key.shift",
                 .label = texts_.tr_c("of a keyboard", "Shift"),
                 .action = key::ToggleShift{},
                 .quarters = 6,
                 .pressed = state_.shift != Shift::off});
            signs(last_letters);
        } else {
            if (state_.layer == KeyboardLayer::digits) {
                layer_key(KeyboardLayer::symbols, "#+=", 6);
            } else {
                layer_key(KeyboardLayer::digits, "123", 6);
            }
            signs(last_signs, 5);
        }
        backspace_key(6);
    }

    void last_row() {
        const bool letters = state_.layer == KeyboardLayer::letters;
        rows_.emplace_back();
        if (letters) {
            layer_key(KeyboardLayer::digits, "123", 6);
        } else {
            layer_key(KeyboardLayer::letters, "abc", 6);
        }
        add({.role = KeyRole::language,
             .id = "key.language",
             .label = chinese() ? "中" : "EN",
             .action = key::SwitchLanguage{},
             .quarters = 5,
             .enabled = pinyin_.available()});
        // Between syllables stands an apostrophe, and only then is it wanted.
        if (letters) signs(pinyin_.composing() ? SignRow{",", "'"} : SignRow{",", "，"});
        add({.role = KeyRole::space,
             .id = "key.space",
             .label = texts_.tr_c("of a keyboard", "Space"),
             .action = key::Space{},
             .quarters = letters ? 13 : 21});
        if (letters) signs({".", "。"});
        done_key(8);
    }

    void number_pad() {
        for (const string_view row : pad_rows) {
            rows_.emplace_back();
            signs({row, row}, 8);
        }
        rows_.emplace_back();
        signs({".0", ".0"}, 8);
        backspace_key(8);
        rows_.emplace_back();
        done_key(24);
    }

    const KeyboardState& state_;
    const Pinyin& pinyin_;
    const TextTable& texts_;
    std::vector<std::vector<KeyView>> rows_;
};

/// What one action does, a function each.
class Tap {
  public:
    Tap(KeyboardState& state, Pinyin& pinyin) : state_(state), pinyin_(pinyin) {}

    void operator()(const key::Type& typed) {
        const bool in_pinyin =
            state_.language == KeyboardLanguage::chinese && state_.kind == KeyboardKind::text;
        if (in_pinyin && (is_small_letter(typed.text) || typed.text == "'")) {
            // Full: the letter is lost, as it is on a field that is full; it is seen at once.
            if (pinyin_.feed(typed.text.front()) || pinyin_.composing()) return;
        }
        insert(pinyin_.finish());
        insert(typed.text);
        if (state_.shift == Shift::once) state_.shift = Shift::off;
    }
    void operator()(key::Space) {
        if (!pinyin_.composing()) return insert(" ");
        insert(pinyin_.view().candidates.empty() ? pinyin_.finish_as_typed() : pinyin_.choose(0));
    }
    void operator()(key::Backspace) {
        if (!pinyin_.backspace()) effects.emplace_back(EraseBack{});
    }
    void operator()(key::ToggleShift) {
        state_.shift = state_.shift == Shift::off    ? Shift::once
                       : state_.shift == Shift::once ? Shift::locked
                                                     : Shift::off;
    }
    void operator()(const key::ShowLayer& show) { state_.layer = show.layer; }
    void operator()(key::SwitchLanguage) {
        if (!pinyin_.available()) return;
        insert(pinyin_.finish_as_typed());
        state_.language = state_.language == KeyboardLanguage::chinese ? KeyboardLanguage::latin
                                                                       : KeyboardLanguage::chinese;
    }
    void operator()(const key::Choose& choice) { insert(pinyin_.choose(choice.candidate)); }
    void operator()(key::NextPage) { pinyin_.next_page(); }
    void operator()(key::PreviousPage) { pinyin_.previous_page(); }
    void operator()(key::TakeSpelling) { insert(pinyin_.finish_as_typed()); }
    void operator()(key::Done) {
        insert(pinyin_.finish());
        effects.emplace_back(WritingDone{});
    }
    void operator()(key::Leave) { pinyin_.reset(); }

    std::vector<KeyboardEffect> effects;

  private:
    void insert(std::string text) {
        if (!text.empty()) effects.emplace_back(InsertText{std::move(text)});
    }

    KeyboardState& state_;
    Pinyin& pinyin_;
};

}  // namespace

KeyboardState open_keyboard(KeyboardKind kind, KeyboardLanguage wished, const Pinyin& pinyin) {
    return {.kind = kind, .language = pinyin.available() ? wished : KeyboardLanguage::latin};
}

KeyboardView present(const KeyboardState& state, const Pinyin& pinyin, const TextTable& texts) {
    const PinyinView& writing = pinyin.view();
    KeyboardView view{.spelling = writing.spelling,
                      .has_previous_page = writing.has_previous_page,
                      .has_next_page = writing.has_next_page,
                      .rows = Keys(state, pinyin, texts).all()};
    for (const std::string& candidate : writing.candidates)
        view.candidates.push_back({candidate, key::Choose{view.candidates.size()}});
    if (!pinyin.available() && state.kind == KeyboardKind::text)
        view.notice = texts.tr("Pinyin is not available here: write in Latin letters");
    return view;
}

std::vector<KeyboardEffect> update(KeyboardState& state, Pinyin& pinyin,
                                   const KeyboardAction& action) {
    Tap tap(state, pinyin);
    std::visit(tap, action);
    return std::move(tap.effects);
}

}  // namespace fangxin::kit
