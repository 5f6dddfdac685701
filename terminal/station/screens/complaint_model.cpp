#include "terminal/station/screens/complaint_model.hpp"

#include "domain/code.hpp"
#include "domain/text_width.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace fangxin::terminal {

namespace {

using enum ComplaintField;

constexpr std::size_t place(ComplaintField field) { return static_cast<std::size_t>(field); }
constexpr std::array<std::size_t, complaint_fields> longest = {2000, 64, 40, 120, 80};

bool can_save(const ComplaintState& state, const ComplaintFacts& facts) {
    return !facts.busy && !domain::is_blank(state.fields[place(what)]) &&
           facts.lookup != ItemLookup::unknown;
}

/// What is missing, since a grey button does not say it.
std::string save_hint(const ComplaintState& state, const ComplaintFacts& facts,
                      const kit::TextTable& texts) {
    if (domain::is_blank(state.fields[place(what)]))
        return texts.tr("Write what happened, then save");
    if (facts.lookup == ItemLookup::unknown) {
        return texts.tr("No such item: check the code or clear it");
    }
    return {};
}

std::optional<ComplaintField> after(ComplaintField field) {
    return field == customer ? std::optional(contact) : std::nullopt;
}

class Doing {
  public:
    Doing(ComplaintState& state, const ComplaintFacts& facts) : state_(state), facts_(facts) {}

    void operator()(const complaint::ChooseChannel& choice) { state_.channel = choice.channel; }
    void operator()(const complaint::ChooseSeverity& choice) { state_.severity = choice.severity; }
    void operator()(const complaint::Touch& touch) { state_.writing = touch.field; }
    void operator()(const complaint::Wrote& wrote) {
        if (!state_.writing) return;
        if (wrote.text) state_.fields[place(*state_.writing)] = *wrote.text;
        state_.trouble.clear();
        if (wrote.done) state_.writing = after(*state_.writing);
    }
    void operator()(complaint::Next) {
        if (state_.page == ComplaintPage::what) {
            state_.page = ComplaintPage::goods;
        } else if (state_.page == ComplaintPage::goods) {
            state_.page = ComplaintPage::customer;
        }
    }
    void operator()(complaint::Back) {
        if (state_.writing) {
            state_.writing.reset();
        } else if (state_.page == ComplaintPage::customer) {
            state_.page = ComplaintPage::goods;
        } else if (state_.page == ComplaintPage::goods) {
            state_.page = ComplaintPage::what;
        } else {
            (*this)(complaint::Leave{});
        }
    }
    void operator()(complaint::Leave) {
        if (state_.page == ComplaintPage::done) state_ = {};
        effects.emplace_back(LeaveComplaint{});
    }
    void operator()(complaint::Save) {
        if (state_.page == ComplaintPage::done || !can_save(state_, facts_)) return;
        state_.writing.reset();
        state_.trouble.clear();
        effects.emplace_back(SaveComplaint{
            .channel = std::string(domain::to_text(state_.channel)),
            .severity = std::string(domain::to_text(state_.severity)),
            .what = state_.fields[place(what)],
            .item = state_.fields[place(item)],
            .receipt = state_.fields[place(receipt)],
            .customer = state_.fields[place(customer)],
            .contact = state_.fields[place(contact)],
        });
    }
    void operator()(complaint::Another) { state_ = {}; }
    void operator()(const complaint::Scanned& scan) {
        domain::ScannedCode code = domain::parse_code(scan.code, {.today = facts_.today});
        bool is_receipt = code.kind == domain::CodeKind::receipt;
        bool is_goods = code.kind != domain::CodeKind::payment &&
                        code.kind != domain::CodeKind::web && code.kind != domain::CodeKind::text;
        if (state_.page == ComplaintPage::done) {
            effects.emplace_back(RefuseScan{kit::Msgid("Close the complaint first, then scan")});
            return;
        }
        if (code.error || (!is_receipt && !is_goods)) {
            effects.emplace_back(RefuseScan{kit::Msgid("Neither goods nor a receipt")});
            return;
        }
        state_.fields[place(is_receipt ? receipt : item)] = scan.code;
        if (!state_.writing && state_.page == ComplaintPage::what)
            state_.page = ComplaintPage::goods;
    }
    void operator()(const complaint::About& about) {
        if (state_.page == ComplaintPage::done) state_ = {};
        if (state_.fields[place(item)] == about.item) return;
        state_.fields[place(item)] = about.item;
        // A draft of other goods would be saved of these unseen.
        state_.page = ComplaintPage::what;
        state_.writing.reset();
    }
    void operator()(const complaint::Saved& saved) {
        state_ = {.page = ComplaintPage::done, .number = saved.number};
        effects.emplace_back(KeepComplaintDraft{});
    }
    void operator()(const complaint::NotSaved& not_saved) { state_.trouble = not_saved.words; }

    std::vector<ComplaintEffect> effects;

  private:
    ComplaintState& state_;
    const ComplaintFacts& facts_;
};

void add_choices(ComplaintView& view, const ComplaintState& state, const kit::TextTable& texts) {
    view.channel_label = texts.tr("Channel");
    view.channels = {{{texts.tr("In person"), state.channel == ComplaintChannel::in_person},
                      {texts.tr("Phone"), state.channel == ComplaintChannel::phone},
                      {texts.tr("Letter"), state.channel == ComplaintChannel::letter},
                      {texts.tr("Box"), state.channel == ComplaintChannel::box}}};
    view.severity_label = texts.tr("Severity");
    view.severities = {
        {{texts.tr_c("of a complaint", "Minor"), state.severity == ComplaintSeverity::low},
         {texts.tr_c("of a complaint", "Normal"), state.severity == ComplaintSeverity::normal},
         {texts.tr_c("of a complaint", "Serious"), state.severity == ComplaintSeverity::high}}};
}

void add_fields(ComplaintView& view, const ComplaintState& state, const ComplaintFacts& facts,
                const kit::TextTable& texts) {
    struct Words {
        std::string label;
        std::string placeholder;
    };
    const std::array<Words, complaint_fields> words = {
        {{texts.tr("What happened"), texts.tr("In the customer's own words")},
         {texts.tr("Item"), texts.tr("Scan or enter the code")},
         {texts.tr("Receipt"), texts.tr("Scan the code on the receipt")},
         {texts.tr("Customer"), texts.tr("Name")},
         {texts.tr("Contact"), texts.tr("Phone number")}}};
    for (std::size_t i = 0; i < complaint_fields; ++i) {
        view.fields[i] = {.label = words[i].label,
                          .placeholder = words[i].placeholder,
                          .text = state.fields[i],
                          .longest = longest[i]};
    }
    view.fields[place(item)].numeric = view.fields[place(contact)].numeric = true;
    ComplaintView::Field& goods = view.fields[place(item)];
    if (facts.lookup == ItemLookup::found) goods.note = facts.item_name;
    if (facts.lookup != ItemLookup::unknown) return;
    goods.note = texts.tr("No such item: check the code or clear it");
    goods.note_is_bad = true;
}

}  // namespace

ComplaintView present(const ComplaintState& state, const ComplaintFacts& facts,
                      const kit::TextTable& texts) {
    ComplaintView view;
    view.page = state.page;
    view.titles = {texts.tr("What happened"), texts.tr("Goods and receipt"), texts.tr("Customer")};
    add_choices(view, state, texts);
    add_fields(view, state, facts, texts);
    view.writing = state.writing;
    view.trouble = state.trouble;
    view.step = fmt::format("{} / 3", static_cast<int>(state.page) + 1);
    view.back = texts.tr("Back");
    view.next = texts.tr("Next");
    view.save = facts.busy ? texts.tr("Please wait…") : texts.tr("Save the complaint");
    view.can_save = can_save(state, facts);
    view.save_hint = save_hint(state, facts, texts);
    if (state.page != ComplaintPage::done) return view;
    view.done = {
        texts.tr("The complaint is recorded"), state.number,
        facts.online
            ? texts.tr("Tell the customer this number. They hear from us within 24 hours")
            : texts.tr("Tell the customer this number. It is sent when the server is back"),
        texts.tr("Another complaint"), texts.tr("Close")};
    return view;
}

std::vector<ComplaintEffect> update(ComplaintState& state, const ComplaintFacts& facts,
                                    const ComplaintAction& action) {
    std::string before = write_draft(state);
    Doing doing(state, facts);
    std::visit(doing, action);
    std::string draft = write_draft(state);
    bool is_saved = std::holds_alternative<complaint::Saved>(action);
    if (draft != before && !is_saved)
        doing.effects.emplace_back(KeepComplaintDraft{std::move(draft)});
    return std::move(doing.effects);
}

}  // namespace fangxin::terminal
