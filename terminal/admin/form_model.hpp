// A page on which something is written down: fields that are typed, one at a time, and choices that
// are picked. Which fields there are, is the page's business that opened it; what became of them
// goes out whole. Pure; any thread.
#pragma once

#include "terminal/admin/list_page_model.hpp"

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace fangxin::admin {

enum class FormKind {
    raise_fault,
    fix_fault,
    certificate,
    instrument,
    label_format,  ///< of the draft on the page, not yet saved
    save_labels,
    enrol_terminal,
    revoke_terminal,
    open_log
};

/// What somebody has written so far.
struct FormDraft {
    FormKind kind = FormKind::raise_fault;
    std::string subject;  ///< id of the ticket or entry; empty: a new one
    std::map<std::string, std::string> values;
    std::vector<std::string> order;  ///< of the fields that are typed: Enter goes on to the next
    std::string field;               ///< that is being written; empty: none
    std::string trouble;             ///< why it was refused, in words
    bool operator==(const FormDraft&) const = default;

    const std::string& value(const std::string& id) const;
};

struct FormView {
    struct Choice {
        std::string id;
        std::string words;
        bool selected = false;
    };
    struct Field {
        std::string id;
        std::string label;
        std::string text;
        std::string placeholder;
        std::string composing;
        std::vector<Choice> choices;  ///< not empty: one of them is picked
        bool wide = false;            ///< a whole row, two lines
        bool chinese = false;         ///< what the keyboard begins with
        bool active = false;
    };
    std::string title;
    std::string back;
    std::vector<NoticeView> notes;  ///< above the fields
    std::vector<Field> fields;
    std::string trouble;
    ActionView done;
};

struct FormFieldTouched {
    std::string id;
};
struct FormTyped {
    std::string text;
};
/// Enter: the next field that is typed, or none after the last.
struct FormFieldDone {};
struct FormPicked {
    std::string id;
    std::string choice;
};
struct FormSubmitted {};
using FormAction =
    std::variant<FormFieldTouched, FormTyped, FormFieldDone, FormPicked, FormSubmitted>;

/// True: it is to be carried out.
bool update(FormDraft& draft, const FormAction& action);

/// Builds a view's fields with what the draft has of them.
class FormFields {
  public:
    FormFields(FormView& view, const FormDraft& draft) : view_(view), draft_(draft) {}
    FormView::Field& typed(const std::string& id, std::string label, std::string placeholder = {});
    FormView::Field& picked(const std::string& id, std::string label,
                            std::vector<FormView::Choice> choices);

  private:
    FormView& view_;
    const FormDraft& draft_;
};

}  // namespace fangxin::admin
