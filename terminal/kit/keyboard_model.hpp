// The keyboard on the screen: what its keys are now, and what a tap does. It holds no text; what is
// written leaves as effects for the field above it. Only the pinyin engine is outside of it, and is
// passed in. Owned by the screen that shows it; main loop only.
//
//     letters                          digits                       symbols
//     q w e r t y u i o p              1 2 3 4 5 6 7 8 9 0          [ ] { } # % ^ * + =
//      a s d f g h j k l               - / : ; ( ) ¥ & @ "          _ \ | ~ < > € £ $ ·
//     ⇧ z x c v b n m ⌫                #+= . , ? ! ' ⌫              123 . , ? ! ' ⌫
//     123 中 , space . done            abc 中 space done            abc 中 space done
#pragma once

#include "terminal/kit/pinyin.hpp"
#include "terminal/kit/text_table.hpp"

#include <string>
#include <variant>
#include <vector>

namespace fangxin::kit {

enum class KeyboardLayer { letters, digits, symbols };
enum class KeyboardLanguage { chinese, latin };
enum class Shift { off, once, locked };
/// What a field wants: any text, or a number by a pad of ten keys.
enum class KeyboardKind { text, number };

struct KeyboardState {
    KeyboardKind kind = KeyboardKind::text;
    KeyboardLayer layer = KeyboardLayer::letters;
    KeyboardLanguage language = KeyboardLanguage::latin;
    Shift shift = Shift::off;
};

/// As a field opens it. `wished` gives way to Latin where there is no pinyin.
KeyboardState open_keyboard(KeyboardKind kind, KeyboardLanguage wished, const Pinyin& pinyin);

namespace key {
/// A letter, digit or sign: from a key here, or from a keyboard that is plugged in.
struct Type {
    std::string text;
};
struct Space {};
struct Backspace {};
struct ToggleShift {};
struct ShowLayer {
    KeyboardLayer layer;
};
struct SwitchLanguage {};
struct Choose {
    std::size_t candidate;
};
struct NextPage {};
struct PreviousPage {};
/// A tap on the spelling itself: these letters, not what they sound like.
struct TakeSpelling {};
struct Done {};
/// The field went away; what is being written goes with it.
struct Leave {};
}  // namespace key
using KeyboardAction = std::variant<key::Type, key::Space, key::Backspace, key::ToggleShift,
                                    key::ShowLayer, key::SwitchLanguage, key::Choose, key::NextPage,
                                    key::PreviousPage, key::TakeSpelling, key::Done, key::Leave>;

struct InsertText {
    std::string text;
    bool operator==(const InsertText&) const = default;
};
/// The character before the cursor goes.
struct EraseBack {
    bool operator==(const EraseBack&) const = default;
};
struct WritingDone {
    bool operator==(const WritingDone&) const = default;
};
using KeyboardEffect = std::variant<InsertText, EraseBack, WritingDone>;

/// What a key is for: its icon and colour.
enum class KeyRole { sign, shift, backspace, layer, language, space, done };

struct KeyView {
    KeyRole role = KeyRole::sign;
    std::string id;  ///< `key.q`, whatever stands on it
    std::string label;
    KeyboardAction action;
    int quarters = 4;  ///< width, in quarters of a letter's key
    bool enabled = true;
    bool pressed = false;  ///< stays down: shift
};

struct CandidateView {
    std::string text;
    KeyboardAction action;
};

struct KeyboardView {
    std::string spelling;  ///< empty: no row of candidates
    std::vector<CandidateView> candidates;
    bool has_previous_page = false;
    bool has_next_page = false;
    std::string notice;                      ///< why there is no pinyin; else empty
    std::vector<std::vector<KeyView>> rows;  ///< each centred, at most 40 quarters
};

KeyboardView present(const KeyboardState& state, const Pinyin& pinyin, const TextTable& texts);

/// In the order in which they are to be carried out.
std::vector<KeyboardEffect> update(KeyboardState& state, Pinyin& pinyin,
                                   const KeyboardAction& action);

}  // namespace fangxin::kit
