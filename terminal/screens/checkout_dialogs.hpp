// The checkout's small dialogs: more, a quantity, the age question, voiding the sale, waiting.
// Values and how they are drawn; the checkout's model fills them and takes their answers.
#pragma once

#include "terminal/kit/text_table.hpp"
#include "terminal/kit/ui.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace fangxin::terminal::till {

enum class MoreItem {
    void_sale,
    reprint,
    drawer,
    withdrawals,
    complaint,
    fault,
    lock,
    scale,
    settings,
    admin,
    language
};

struct MoreView {
    struct Row {
        MoreItem item;
        std::string words;
        std::string note;
        bool enabled = true;
    };
    std::vector<Row> rows;
};
struct QuantityView {
    std::string title;
    std::string typed;
    bool can_confirm = false;
};
struct AgeView {
    std::string goods;  ///< what may not be sold to minors
    std::string say;
};
struct VoidView {
    std::string what;  ///< how many lines, how much
};
struct BusyView {
    std::string words;
    bool can_leave = true;
};

namespace dialog {
struct Close {};
struct Choose {
    MoreItem item = MoreItem::lock;
};
struct PadKey {
    std::string value;
};
struct Confirm {};
/// The customer is of age, or is not and the goods are taken out.
struct OfAge {};
struct NotOfAge {};
struct VoidIt {};
struct GiveUpWaiting {};
}  // namespace dialog
using DialogAction =
    std::variant<dialog::Close, dialog::Choose, dialog::PadKey, dialog::Confirm, dialog::OfAge,
                 dialog::NotOfAge, dialog::VoidIt, dialog::GiveUpWaiting>;

std::optional<DialogAction> draw(kit::Ui& ui, const kit::TextTable& texts, const MoreView& view);
std::optional<DialogAction> draw(kit::Ui& ui, const kit::TextTable& texts,
                                 const QuantityView& view);
std::optional<DialogAction> draw(kit::Ui& ui, const kit::TextTable& texts, const AgeView& view);
std::optional<DialogAction> draw(kit::Ui& ui, const kit::TextTable& texts, const VoidView& view);
std::optional<DialogAction> draw(kit::Ui& ui, const kit::TextTable& texts, const BusyView& view);

}  // namespace fangxin::terminal::till
