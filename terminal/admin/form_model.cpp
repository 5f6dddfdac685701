#include "terminal/admin/form_model.hpp"

#include <algorithm>

namespace fangxin::admin {

namespace {

struct Keeper {
    FormDraft& draft;

    bool operator()(const FormFieldTouched& touched) const {
        draft.field = touched.id;
        return false;
    }
    bool operator()(const FormTyped& typed) const {
        if (!draft.field.empty()) draft.values[draft.field] = typed.text;
        draft.trouble.clear();
        return false;
    }
    bool operator()(const FormFieldDone&) const {
        auto at = std::ranges::find(draft.order, draft.field);
        const bool is_last = at == draft.order.end() || at + 1 == draft.order.end();
        draft.field = is_last ? "" : *(at + 1);
        return false;
    }
    bool operator()(const FormPicked& picked) const {
        draft.values[picked.id] = picked.choice;
        draft.field.clear();
        draft.trouble.clear();
        return false;
    }
    bool operator()(const FormSubmitted&) const {
        draft.field.clear();
        return true;
    }
};

}  // namespace

const std::string& FormDraft::value(const std::string& id) const {
    static const std::string none;
    const auto found = values.find(id);
    return found == values.end() ? none : found->second;
}

bool update(FormDraft& draft, const FormAction& action) {
    return std::visit(Keeper{draft}, action);
}

FormView::Field& FormFields::typed(const std::string& id, std::string label,
                                   std::string placeholder) {
    view_.fields.push_back({.id = id,
                            .label = std::move(label),
                            .text = draft_.value(id),
                            .placeholder = std::move(placeholder),
                            .active = draft_.field == id});
    return view_.fields.back();
}

FormView::Field& FormFields::picked(const std::string& id, std::string label,
                                    std::vector<FormView::Choice> choices) {
    for (FormView::Choice& each : choices)
        each.selected = each.id == draft_.value(id);
    view_.fields.push_back(
        {.id = id, .label = std::move(label), .choices = std::move(choices), .wide = true});
    return view_.fields.back();
}

}  // namespace fangxin::admin
