#include "terminal/admin/admin_model.hpp"

#include "terminal/admin/figures_text.hpp"

#include <algorithm>

namespace fangxin::admin {

namespace {

using kit::Role;

std::string words_of(Area area, const kit::TextTable& texts) {
    switch (area) {
        case Area::today:
            return texts.tr("Today");
        case Area::items:
            return texts.tr("Items");
        case Area::batches:
            return texts.tr("Batches");
        case Area::recalls:
            return texts.tr("Recalls");
        case Area::attempts:
            return texts.tr("Blocked sales");
        case Area::complaints:
            return texts.tr("Complaints");
        case Area::terminals:
            return texts.tr("Terminals");
        case Area::faults:
            return texts.tr("Faults");
        case Area::devices:
            return texts.tr("Devices");
        case Area::instruments:
            return texts.tr("Instruments");
        case Area::labels:
            return texts.tr("Label formats");
        case Area::journal:
            return texts.tr("Journal");
    }
    return {};
}

void add_entries(AdminView& view, const AdminState& state, const AdminFacts& facts,
                 const kit::TextTable& texts) {
    constexpr int with_key = 7;  // the pages have the others
    int number = 0;
    for (const Area area : facts.areas) {
        AdminView::Entry entry{
            .area = area, .words = words_of(area, texts), .selected = area == state.area};
        if (number < with_key)
            entry.key = static_cast<kit::Key>(static_cast<int>(kit::Key::f1) + number++);
        const auto waiting = std::ranges::find(facts.waiting, area, &AdminFacts::Waiting::area);
        if (waiting != facts.waiting.end()) entry.count = waiting->count;
        view.entries.push_back(std::move(entry));
    }
    view.back = texts.tr("Back to the checkout");
}

std::optional<NoticeView> notice_of(const AdminFacts& facts, const kit::TextTable& texts) {
    if (facts.online && !facts.silent) return std::nullopt;
    NoticeView notice{.role = Role::warn, .icon = kit::Icon::warning};
    if (facts.as_of) {
        const std::string when = when_text({*facts.as_of, facts.now});
        notice.words = facts.online ? texts.tr("The server does not answer: figures as of {}", when)
                                    : texts.tr("No server: figures as of {}", when);
    } else {
        notice.words = facts.online ? texts.tr(
                                          "The server does not answer: only what this till "
                                          "knows")
                                    : texts.tr("No server: only what this till knows");
    }
    return notice;
}

/// Null where the area is no list.
template <class State>
auto* list_of(State& state) {
    switch (state.area) {
        case Area::items:
            return &state.items;
        case Area::batches:
            return &state.batches;
        case Area::recalls:
            return &state.recalls;
        case Area::attempts:
            return &state.attempts;
        case Area::complaints:
            return &state.complaints;
        case Area::terminals:
            return &state.terminals;
        case Area::faults:
            return &state.faults;
        case Area::devices:
            return &state.devices;
        case Area::instruments:
            return &state.instruments;
        case Area::labels:
            return &state.labels;
        case Area::journal:
            return &state.journal;
        case Area::today:
            break;
    }
    return static_cast<decltype(&state.items)>(nullptr);
}

ListPageView list_page(const AdminState& state, const AdminFacts& facts,
                       const kit::TextTable& texts) {
    switch (state.area) {
        case Area::items:
            return present_items(state.items, facts.items, texts);
        case Area::batches:
            return present_batches(state.batches, facts.batches, texts);
        case Area::attempts:
            return present_attempts(state.attempts, facts.attempts, texts);
        case Area::complaints:
            return present_complaints(state.complaints, facts.complaints, texts);
        case Area::terminals:
            return present_terminals(state.terminals, facts.terminals, texts);
        case Area::faults:
            return present_faults(state.faults, facts.faults, texts);
        case Area::devices:
            return present_devices(state.devices, facts.devices, texts);
        case Area::instruments:
            return present_instruments(state.instruments, facts.instruments, texts);
        case Area::labels:
            return present_labels(state.labels, state.label_draft, facts.labels, texts);
        case Area::journal:
            return present_journal(state.journal, facts.journal, texts);
        default:
            break;
    }
    return present_recalls(state.recalls, facts.recalls, texts);
}

bool is_making(const AdminState& state) { return state.area == Area::recalls && state.making; }
bool is_following(const AdminState& state) {
    return state.area == Area::recalls && !state.making && !state.live.empty();
}

void add_making(AdminView& view, const RecallDraft& draft, const AdminFacts& facts,
                const kit::TextTable& texts) {
    RecallMakeView page = present_make(draft, facts.making, texts);
    std::vector<RecallMakeView::Field*> fields{&page.reason};
    if (page.search) fields.push_back(&*page.search);
    for (RecallMakeView::Field& each : page.packs)
        fields.push_back(&each);
    for (RecallMakeView::Field* each : fields) {
        if (!each->active) continue;
        each->composing = facts.composing;
        view.typing = {each->label.empty() ? each->placeholder : each->label, each->text};
    }
    view.back_by_escape = false;
    view.in_dialog = page.confirm.has_value();
    view.page = std::move(page);
}

FormView form_page(const FormDraft& draft, const AdminFacts& facts, const kit::TextTable& texts) {
    switch (draft.kind) {
        case FormKind::raise_fault:
        case FormKind::fix_fault:
            return present_fault_form(draft, facts.faults, texts);
        case FormKind::certificate:
        case FormKind::instrument:
            return present_instrument_form(draft, facts.instruments, texts);
        case FormKind::enrol_terminal:
        case FormKind::revoke_terminal:
            return present_terminal_form(draft, facts.terminals, texts);
        case FormKind::label_format:
        case FormKind::save_labels:
            break;
    }
    return present_label_form(draft, texts);
}

void add_form(AdminView& view, const FormDraft& draft, const AdminFacts& facts,
              const kit::TextTable& texts) {
    FormView page = form_page(draft, facts, texts);
    for (FormView::Field& each : page.fields) {
        if (!each.active) continue;
        each.composing = facts.composing;
        view.typing = {each.label, each.text, each.chinese};
    }
    view.back_by_escape = false;
    view.page = std::move(page);
}

void add_page(AdminView& view, const AdminState& state, const AdminFacts& facts,
              const kit::TextTable& texts) {
    if (!facts.trouble.empty()) {
        view.page = AdminView::Trouble{texts.tr("This page could not be read"), facts.trouble,
                                       texts.tr("Try again")};
        return;
    }
    if (facts.loading) {
        view.page = AdminView::Loading{texts.tr("Please wait…")};
        return;
    }
    if (state.area == Area::today) {
        TodayView today = present(facts.today, state.first_duty, texts);
        for (TodayView::Card& card : today.cards) {  // a card leads only where one may go
            if (std::ranges::find(facts.areas, card.area) == facts.areas.end())
                card.area = Area::today;
        }
        view.page = std::move(today);
        return;
    }
    if (state.form) return add_form(view, *state.form, facts, texts);
    if (is_making(state)) return add_making(view, *state.making, facts, texts);
    if (is_following(state)) {
        if (auto live = present_live(state.live, facts.recalls, texts)) {
            view.back_by_escape = false;
            view.page = std::move(*live);
            return;
        }
    }
    ListPageView page = list_page(state, facts, texts);
    if (page.search && page.search->active) {
        page.search->composing = facts.composing;
        view.typing = {page.search->placeholder, page.search->text};
        view.back_by_escape = false;
    }
    view.in_dialog = page.picker && page.picker->open;
    view.page = std::move(page);
}

struct Keeper {
    AdminState& state;
    const AdminFacts& facts;
    using Effect = std::optional<AdminEffect>;

    Effect go(const Way& way) const {
        if (std::ranges::find(facts.areas, way.area) == facts.areas.end()) return std::nullopt;
        if (auto* list = list_of(state)) list->searching = list->picking = false;
        state.form.reset();
        state.area = way.area;
        ListState* list = list_of(state);
        if (list != nullptr && (way.filter > 0 || !way.id.empty()))
            *list = {.filter = way.filter, .chosen = way.id};
        if (way.area == Area::recalls && !way.id.empty()) {
            state.making.reset();
            state.live = way.id;
        }
        return ReadArea{};
    }

    Effect operator()(const AreaChosen& chosen) const {
        state.live.clear();
        return go({chosen.area, {}});
    }
    Effect operator()(const LeaveTouched&) const { return LeaveAdmin{}; }
    Effect operator()(const RetryTouched&) const { return ReadArea{}; }
    Effect operator()(const TodayAction& action) const {
        if (const auto* turned = std::get_if<DutiesTurned>(&action)) {
            state.first_duty = turned->from < facts.today.duties.size() ? turned->from : 0;
        }
        const auto way = way_of(facts.today, action);
        return way ? go(*way) : std::nullopt;
    }

    Effect operator()(const BackTouched&) const {
        if (state.form) {
            if (!state.form->field.empty()) {
                state.form->field.clear();
            } else {
                state.form.reset();
            }
            return std::nullopt;
        }
        if (is_making(state)) return back_from_making();
        if (is_following(state)) {
            state.live.clear();
            return ReadArea{};
        }
        ListState* list = list_of(state);
        if (list != nullptr && (list->searching || list->picking)) {
            list->searching = list->picking = false;
            return std::nullopt;
        }
        return LeaveAdmin{};
    }
    Effect back_from_making() const {
        if (state.making->busy) return std::nullopt;  // its answer is still to come
        if (state.making->confirming) return (*this)(RecallMakeAction(MakeDropped{}));
        if (state.making->field != RecallField::none) return (*this)(RecallMakeAction(FieldLeft{}));
        state.making.reset();
        return ReadArea{};
    }

    Effect operator()(const Typed& typed) const {
        if (state.form) return (*this)(FormAction(FormTyped{typed.text}));
        if (is_making(state)) return (*this)(RecallMakeAction(FieldTyped{typed.text}));
        return (*this)(ListAction(SearchTyped{typed.text}));
    }
    Effect operator()(const TypingDone&) const {
        if (state.form) return (*this)(FormAction(FormFieldDone{}));
        if (is_making(state)) return (*this)(RecallMakeAction(FieldLeft{}));
        return (*this)(ListAction(SearchLeft{}));
    }
    Effect operator()(const Scanned& scan) const {
        const ListState* list = list_of(state);
        if (state.form) return RefuseScan{kit::Msgid("Answer or close this window first")};
        if (state.area == Area::labels) {
            state.label_draft.code = scan.code;
            return ReadList{};
        }
        const bool asks = is_making(state) ? state.making->busy || state.making->confirming
                                           : list != nullptr && list->picking;
        if (asks) return RefuseScan{kit::Msgid("Answer or close this window first")};
        if (!is_making(state) && state.area != Area::items)
            return RefuseScan{kit::Msgid("Scan under Items to look goods up: nothing was taken")};
        return FindScanned{scan.code};
    }
    Effect operator()(const ItemFound& found) const {
        if (is_making(state)) return (*this)(RecallMakeAction(ItemPicked{found.item}));
        if (state.area != Area::items) return std::nullopt;
        state.items = {.search = found.item, .chosen = found.item};
        return ReadList{};
    }

    Effect operator()(const RecallDone& done) const {
        state.making.reset();
        state.area = Area::recalls;
        state.recalls = {.chosen = done.id};
        state.live = done.id;
        return ReadArea{};
    }
    Effect operator()(const RecallRefused& refused) const {
        if (!state.making) return std::nullopt;
        state.making->busy = false;
        state.making->trouble = refused.words;
        return std::nullopt;
    }

    Effect operator()(const FormDone& done) const {
        const bool saved_labels = state.form && state.form->kind == FormKind::save_labels;
        state.form.reset();
        if (saved_labels) state.label_draft.draft.reset();
        if (ListState* list = list_of(state); list != nullptr && !done.chosen.empty())
            *list = {.filter = list->filter, .chosen = done.chosen};
        return ReadArea{};
    }
    Effect operator()(const FormRefused& refused) const {
        if (state.form) state.form->trouble = refused.words;
        return std::nullopt;
    }
    Effect operator()(const FormAction& action) const {
        if (!state.form || !update(*state.form, action)) return std::nullopt;
        if (state.form->kind != FormKind::label_format) return SubmitForm{};
        const std::string wrong = take_label(*state.form, state.label_draft, facts.labels);
        if (!wrong.empty()) return RefuseFormat{wrong};
        state.form.reset();
        return ReadList{};
    }

    Effect page_acted() const {
        if (state.area == Area::faults) state.form = begin_raising();
        if (state.area == Area::instruments && facts.instruments.may_edit)
            state.form = begin_instrument(nullptr);
        if (state.area == Area::terminals && facts.terminals.may_enrol)
            state.form = begin_enrolling();
        if (state.area == Area::labels && may_save(state.label_draft, facts.labels))
            state.form = begin_saving_labels();
        if (state.area == Area::journal && facts.journal.more && !facts.journal.awaited)
            return ReadOlder{};
        return state.area == Area::recalls ? begin_recall({}) : std::nullopt;
    }
    Effect fault_acted(std::size_t index) const {
        const FaultFact* fault = chosen_fault(state.faults, facts.faults);
        if (fault == nullptr) return std::nullopt;
        const auto deeds = deeds_of(*fault, facts.faults);
        if (index >= deeds.size()) return std::nullopt;
        if (deeds[index] == FaultDeed::take) return TakeFault{fault->id};
        state.form = begin_fixing(*fault);
        return std::nullopt;
    }
    Effect terminal_acted(std::size_t index) const {
        const auto deeds = deeds_of(state.terminals, facts.terminals);
        if (index >= deeds.size()) return std::nullopt;
        if (deeds[index] == TerminalDeed::revoke) {
            state.form = begin_revoking(state.terminals.chosen);
            return std::nullopt;
        }
        const WaitingFact* waiting = chosen_waiting(state.terminals, facts.terminals);
        if (waiting == nullptr) return std::nullopt;
        return DecideTerminal{waiting->terminal, waiting->fingerprint,
                              deeds[index] == TerminalDeed::approve};
    }
    Effect instrument_acted(std::size_t index) const {
        const InstrumentFact* of = chosen_instrument(state.instruments, facts.instruments);
        if (of == nullptr || !facts.instruments.may_edit) return std::nullopt;
        state.form = index == 0 ? begin_certificate(*of) : begin_instrument(of);
        return std::nullopt;
    }
    Effect label_acted(std::size_t index) const {
        const auto deeds = deeds_of(state.label_draft, facts.labels);
        const LabelList shown = labels_shown(state.label_draft, facts.labels);
        const auto chosen = chosen_label(state.labels, shown);
        if (index >= deeds.size() || !chosen) return std::nullopt;
        if (deeds[index] == LabelDeed::change || deeds[index] == LabelDeed::add) {
            const bool adds = deeds[index] == LabelDeed::add;
            state.form = begin_label(shown, adds ? std::nullopt : chosen);
            return std::nullopt;
        }
        if (deeds[index] == LabelDeed::drop) {
            state.label_draft.draft.reset();
            return ReadList{};
        }
        LabelList rest = shown;
        rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(*chosen));
        state.label_draft.draft = std::move(rest);
        return ReadList{};
    }

    Effect operator()(const ListAction& action) const {
        ListState* list = list_of(state);
        if (list == nullptr) return std::nullopt;
        const ListState before = *list;
        update(*list, action);
        if (reads_again(before, *list)) return ReadList{};
        if (std::holds_alternative<PageActed>(action)) return page_acted();
        const auto* acted = std::get_if<RowActed>(&action);
        if (acted == nullptr) return std::nullopt;
        if (state.area == Area::faults) return fault_acted(acted->index);
        if (state.area == Area::instruments) return instrument_acted(acted->index);
        if (state.area == Area::terminals) return terminal_acted(acted->index);
        if (state.area == Area::labels) return label_acted(acted->index);
        if (state.area == Area::complaints && shows_contact(list->chosen, facts.complaints))
            return ShowContact{list->chosen};
        if (state.area == Area::recalls) {
            state.live = list->chosen;
            return ReadArea{};
        }
        const BatchFact* batch =
            state.area == Area::batches ? chosen_batch(*list, facts.batches) : nullptr;
        return batch != nullptr ? begin_recall(*batch) : std::nullopt;
    }
    /// Most lists are told whole.
    bool reads_again(const ListState& before, const ListState& after) const {
        if (state.area == Area::attempts) return after.filter != before.filter;
        if (state.area == Area::journal)
            return after.search != before.search || after.picked != before.picked ||
                   after.chosen != before.chosen;
        const bool with_changes = state.area == Area::devices || state.area == Area::instruments;
        if (with_changes && after.chosen != before.chosen) return true;
        return state.area == Area::items &&
               (after.search != before.search || after.picked != before.picked ||
                after.chosen != before.chosen);
    }
    Effect begin_recall(const BatchFact& of) const {
        const bool may =
            state.area == Area::batches ? facts.batches.may_recall : facts.recalls.may_recall;
        if (!may) return std::nullopt;
        RecallDraft draft{.item = of.batch.item, .lot = of.batch.lot};
        const auto& date = of.batch.production ? of.batch.production : of.batch.expiry;
        if (draft.lot.empty() && date) {
            draft.extent = Extent::dates;
            draft.from = draft.to = domain::format_date(date->date);
        }
        if (draft.item.empty()) draft.field = RecallField::item;
        state.making = draft;
        state.live.clear();
        state.area = Area::recalls;
        if (draft.item.empty()) return AdminEffect(RecallMakeEffect(FindForRecall{}));
        return AdminEffect(RecallMakeEffect(ReadForRecall{draft.item}));
    }

    Effect operator()(const RecallMakeAction& action) const {
        if (!state.making) return std::nullopt;
        auto effect = update(*state.making, facts.making, action);
        if (!effect) return std::nullopt;
        return AdminEffect(std::move(*effect));
    }
};

}  // namespace

AdminView present(const AdminState& state, const AdminFacts& facts, const kit::TextTable& texts) {
    AdminView view;
    add_entries(view, state, facts, texts);
    view.notice = notice_of(facts, texts);
    view.refusal = facts.refusal;
    add_page(view, state, facts, texts);
    return view;
}

std::optional<AdminEffect> update(AdminState& state, const AdminFacts& facts,
                                  const AdminAction& action) {
    return std::visit(Keeper{state, facts}, action);
}

}  // namespace fangxin::admin
