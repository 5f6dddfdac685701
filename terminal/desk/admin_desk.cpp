#include "terminal/desk/admin_desk.hpp"

#include "drivers/label_formats_file.hpp"
#include "drivers/printers/paper/symbol.hpp"
#include "terminal/station/faults.hpp"
#include "terminal/station/instruments.hpp"
#include "terminal/station/recalls.hpp"
#include "terminal/station/station_log.hpp"
#include "terminal/station/words.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace fangxin::terminal {

namespace {

constexpr std::int64_t minute_ms = 60'000;
constexpr std::int64_t read_every_ms = 500;
/// Reading for a page that somebody only looks at takes at most this part of the main loop's time.
constexpr std::int64_t share = 10;
constexpr std::int64_t refusal_ms = 4'000;

/// Black on white on any theme, with the margin of four modules that scanners need.
kit::PicturePtr code_picture(const std::string& code) {
    constexpr int quiet = 4;
    constexpr int dots = 8;  // a module
    auto symbol = drivers::make_symbol({.sort = drivers::CodeSort::qr, .data = code, .level = 2});
    if (!symbol) return nullptr;
    auto picture = std::make_shared<kit::Picture>();
    picture->width = (symbol->width + 2 * quiet) * dots;
    picture->height = (symbol->height + 2 * quiet) * dots;
    for (int y = 0; y < picture->height; ++y) {
        for (int x = 0; x < picture->width; ++x) {
            const int column = x / dots - quiet;
            const int row = y / dots - quiet;
            const bool is_inside =
                column >= 0 && row >= 0 && column < symbol->width && row < symbol->height;
            const std::uint8_t shade = is_inside && symbol->dot(column, row) ? 0 : 255;
            picture->rgba.insert(picture->rgba.end(), {shade, shade, shade, 255});
        }
    }
    return picture;
}

}  // namespace

AdminDesk::AdminDesk(Station& station, Workplace& workplace, GoodsSearch& goods)
    : station_(station),
      workplace_(workplace),
      reader_(station, goods, workplace.texts()),
      figures_(station),
      journal_(station, workplace.texts()) {}

bool AdminDesk::may_open() const {
    return station_.person() && !areas_of(station_.person()->role).empty();
}

bool AdminDesk::may_see(admin::Area area) const {
    if (!station_.person()) return false;
    auto areas = areas_of(station_.person()->role);
    return std::ranges::find(areas, area) != areas.end();
}

void AdminDesk::open() {
    if (!may_open()) return;
    open_ = true;
    state_ = {};
    facts_ = {};
    batches_version_.clear();
    figures_.wait_anew();
    state_.area = areas_of(station_.person()->role).front();
    show();
}

void AdminDesk::open_withdrawals() {
    if (!may_see(admin::Area::batches)) {
        return workplace_.sound(kit::Sound::warn);
    }
    open();
    state_.area = admin::Area::batches;
    state_.batches = {.filter = static_cast<std::size_t>(admin::BatchFilter::to_withdraw)};
}

void AdminDesk::close() {
    open_ = false;
    facts_ = {};
    batches_version_.clear();
    workplace_.writing().close();
}

void AdminDesk::show() {
    journal_.forget();
    contact_of_.clear();
    want_facts();
    counts_read_ = false;
    figures_.want();
}

void AdminDesk::want_facts() {
    facts_read_ = false;
    next_read_ms_ = 0;
}

void AdminDesk::on_figures(const sync::Figures& figures) {
    figures_.take(figures);
    facts_read_ = counts_read_ = false;
    if (facts_.loading) next_read_ms_ = 0;
}

void AdminDesk::on_rows_changed() {
    facts_read_ = counts_read_ = false;
    figures_.want();
}

void AdminDesk::await_figures() {
    facts_.online = station_.online();
    FiguresStand stand = figures_.stand();
    bool of_server = state_.area == admin::Area::today || state_.area == admin::Area::terminals;
    facts_.loading = stand == FiguresStand::awaited && of_server;
    facts_.silent = stand == FiguresStand::silent;
    facts_.as_of = stand == FiguresStand::told ? std::nullopt : figures_.told_at();
    reader_.begin(figures_.latest());
}

bool AdminDesk::follows_server() const {
    if (state_.area == admin::Area::recalls) return !state_.making && !state_.live.empty();
    return state_.area == admin::Area::today || state_.area == admin::Area::terminals;
}

void AdminDesk::follow_server(kit::Ui& ui) {
    bool again = follows_server();
    if (again) figures_.want_after(figures_again_ms);
    auto wait_ms = figures_.ask(state_.live);
    if (wait_ms || again) ui.frame_after(wait_ms.value_or(figures_again_ms));
}

void AdminDesk::read_if_due(kit::Ui& ui) {
    if (auto left_ms = figures_.patience_ms(); left_ms && facts_.loading) {
        if (*left_ms <= 0) want_facts();
        if (*left_ms > 0) ui.frame_after(*left_ms);
    }
    if (facts_read_) return;
    std::int64_t wait_ms = next_read_ms_ - Station::monotonic_ms();
    if (wait_ms > 0) return ui.frame_after(wait_ms);
    read();
}

/// The facts of the page that is shown. What cannot be read is said on the page.
void AdminDesk::read() {
    std::int64_t began_ms = Station::monotonic_ms();
    facts_read_ = true;
    facts_.areas = areas_of(station_.person()->role);
    facts_.now = station_.now();
    read_minute_ = facts_.now.utc_ms / minute_ms;
    await_figures();
    auto done = station_.reader().reading<bool>([&] {
        if (!counts_read_) facts_.waiting = reader_.waiting();
        if (!facts_.loading) read_page();
        return true;
    });
    counts_read_ = done.has_value();
    std::int64_t now_ms = Station::monotonic_ms();
    next_read_ms_ = now_ms + std::max(read_every_ms, share * (now_ms - began_ms));
    facts_.trouble.clear();
    if (done) return;
    batches_version_.clear();
    facts_.loading = false;
    station_log("admin", done.error().code + " " + done.error().detail);
    facts_.trouble =
        message_for(done.error().code, done.error().detail, workplace_.texts().language());
}

void AdminDesk::read_page() {
    switch (state_.area) {
        case admin::Area::today:
            facts_.today = reader_.today();
            break;
        case admin::Area::items:
            facts_.items = reader_.items(state_.items);
            break;
        case admin::Area::batches: {
            // There may be very many; most rows that come are no concern of theirs.
            bool zh = workplace_.texts().language() == domain::Language::zh;
            std::string version = fmt::format("{} {} {} {}", read_minute_, zh, reader_.may_recall(),
                                              reader_.batches_version());
            if (version != batches_version_) facts_.batches = reader_.batches();
            facts_.batches.now = facts_.now;
            batches_version_ = std::move(version);
            break;
        }
        case admin::Area::recalls:
            facts_.recalls = reader_.recalls(state_.live);
            if (state_.making) facts_.making = reader_.making(*state_.making);
            break;
        case admin::Area::attempts:
            facts_.attempts =
                reader_.attempts(admin::attempts_since_ms(state_.attempts, facts_.now));
            break;
        case admin::Area::complaints:
            facts_.complaints = reader_.complaints();
            add_contact();
            break;
        case admin::Area::terminals:
            facts_.terminals = reader_.terminals();
            facts_.terminals.code = code_;
            break;
        case admin::Area::faults:
            facts_.faults = reader_.faults();
            break;
        case admin::Area::devices:
            facts_.devices = reader_.devices(state_.devices.chosen);
            break;
        case admin::Area::instruments:
            facts_.instruments = reader_.instruments(state_.instruments.chosen);
            break;
        case admin::Area::labels:
            facts_.labels = reader_.labels(state_.label_draft);
            break;
        case admin::Area::journal:
            journal_.want(state_.journal);
            facts_.journal = journal_.facts(
                [this](const std::string& number) { return reader_.person_name(number); });
            break;
    }
}

void AdminDesk::play(kit::Ui& ui, kit::Rect rest) {
    if (auto code = ui.take_scan()) scanned(*code);
    if (!open_) return;
    // The person's role may be another one by now.
    if (!may_see(state_.area)) {
        close();
        return ui.frame_after(0);
    }
    if (station_.now().utc_ms / minute_ms != read_minute_) on_rows_changed();
    follow_server(ui);
    follow_refusal(ui);
    read_if_due(ui);
    facts_.composing = std::string(workplace_.writing().composing());
    admin::AdminView view = admin::present(state_, facts_, workplace_.texts());
    Writing& writing = workplace_.writing();
    if (!view.typing) {
        writing.close();
        if (auto action = admin::draw(ui, workplace_.texts(), view, rest)) answer(*action);
        return;
    }
    open_writing(view);
    wrote(ui, writing.take_typed(ui));
    if (!open_) return;
    view = admin::present(state_, facts_, workplace_.texts());
    // The keyboard lies over the lower half of the page; fields are in the upper one.
    kit::Rect seen = rest;
    const kit::Rect keyboard = kit::take_bottom(seen, keyboard_height);
    ui.begin_part(seen);
    if (auto action = admin::draw(ui, workplace_.texts(), view, rest)) answer(*action);
    ui.end_part();
    WritingAnswer tapped;
    writing.draw_keys(ui, workplace_.texts(), keyboard, tapped);
    wrote(ui, tapped);
}

void AdminDesk::open_writing(const admin::AdminView& view) {
    Writing& writing = workplace_.writing();
    const bool of_recall = state_.area == admin::Area::recalls && state_.making &&
                           state_.making->field == admin::RecallField::reason;
    const bool free_text = of_recall || view.typing->chinese;
    writing.open(
        {.id = "admin " + view.typing->label,
         .wished = free_text ? kit::KeyboardLanguage::chinese : kit::KeyboardLanguage::latin},
        view.typing->text);
}

void AdminDesk::wrote(kit::Ui& ui, const WritingAnswer& typed) {
    if (typed.changed) answer(admin::Typed{*typed.changed});
    if (typed.done) answer(admin::TypingDone{});
    if (!open_) return;
    read_if_due(ui);
    facts_.composing = std::string(workplace_.writing().composing());
}

void AdminDesk::scanned(const std::string& code) { answer(admin::Scanned{code}); }

void AdminDesk::answer(const admin::AdminAction& action) {
    auto effect = admin::update(state_, facts_, action);
    if (effect) std::visit([this](const auto& each) { act(each); }, *effect);
}

void AdminDesk::refuse(const std::string& words) {
    facts_.refusal = words;
    refused_until_ms_ = Station::monotonic_ms() + refusal_ms;
    workplace_.sound(kit::Sound::warn);
}

void AdminDesk::refuse(const Error& error) {
    refuse(message_for(error.code, error.detail, workplace_.texts().language()));
}

void AdminDesk::follow_refusal(kit::Ui& ui) {
    if (facts_.refusal.empty()) return;
    std::int64_t left_ms = refused_until_ms_ - Station::monotonic_ms();
    if (left_ms > 0) return ui.frame_after(left_ms);
    facts_.refusal.clear();
}

void AdminDesk::act(const admin::FindScanned& effect) {
    auto found = station_.reader().reading<std::optional<sync::FoundItem>>(
        [&] { return find_item(station_, effect.code); });
    if (!found) return refuse(found.error());
    if (!*found) return refuse(trouble_with_code(effect.code, station_.now().date()));
    workplace_.sound(kit::Sound::accept);
    facts_.refusal.clear();
    answer(admin::ItemFound{(*found)->item.code});
}

void AdminDesk::act(const admin::RecallMakeEffect& effect) {
    std::visit([this](const auto& each) { act(each); }, effect);
}

void AdminDesk::act(const admin::MakeRecall& effect) {
    Error refused{station_.may(domain::Action::recall_make).code, ""};
    if (refused.code.empty()) {
        auto made = make_recall(station_, effect.order);
        if (made) return answer(admin::RecallDone{*made});
        refused = made.error();
    }
    workplace_.sound(kit::Sound::warn);
    answer(admin::RecallRefused{
        message_for(refused.code, refused.detail, workplace_.texts().language())});
}

void AdminDesk::act(const admin::TakeFault& effect) {
    auto done = take_fault(station_, effect.fault);
    if (!done) return refuse(done.error());
    workplace_.sound(kit::Sound::accept);
    on_rows_changed();
    want_facts();
}

void AdminDesk::act(const admin::RefuseFormat& effect) {
    workplace_.sound(kit::Sound::warn);
    answer(admin::FormRefused{admin::label_trouble_words(effect.code, workplace_.texts())});
}

void AdminDesk::act(const admin::SubmitForm&) {
    if (!state_.form) return;
    auto done = carry_out(*state_.form);
    if (done) {
        workplace_.sound(kit::Sound::accept);
        return answer(admin::FormDone{*done});
    }
    workplace_.sound(kit::Sound::warn);
    answer(admin::FormRefused{
        message_for(done.error().code, done.error().detail, workplace_.texts().language())});
}

Result<std::string> AdminDesk::revoke(const admin::FormDraft& form) {
    auto done = station_.revoke_terminal({form.subject, form.value("reason")});
    if (!done) return tl::unexpected(done.error());
    figures_.want();
    return form.subject;
}

void AdminDesk::act(const admin::DecideTerminal& effect) {
    auto done =
        effect.approves
            ? station_.decide_terminal(sync::TerminalApproved{effect.terminal, effect.fingerprint})
            : station_.decide_terminal(sync::TerminalRefused{effect.terminal, effect.fingerprint});
    if (!done) return refuse(done.error());
    workplace_.sound(kit::Sound::accept);
    on_rows_changed();
    want_facts();
}

void AdminDesk::on_answered() {
    journal_.take_answers();
    want_facts();
}

void AdminDesk::act(const admin::ReadOlder&) {
    journal_.want_older();
    want_facts();
}

/// It is shown until another page is.
void AdminDesk::act(const admin::ShowContact& effect) {
    auto asked = station_.show_contact(effect.complaint);
    if (!asked) return refuse(asked.error());
    contact_of_ = effect.complaint;
    want_facts();
}

void AdminDesk::add_contact() {
    if (contact_of_.empty()) return;
    auto fact =
        std::ranges::find(facts_.complaints.complaints, contact_of_, &admin::ComplaintFact::id);
    if (fact == facts_.complaints.complaints.end()) return;
    const auto& told = station_.answers().contact.message();
    fact->contact_awaited = !told;
    if (!told) return;
    if (!told->error.empty()) {
        contact_of_.clear();
        return refuse(Error{told->error, ""});
    }
    fact->contact = told->contact;
    fact->can_show_contact = false;
}

void AdminDesk::on_code(const sync::CodeMade& made) {
    if (!made.error.empty()) return refuse(Error{made.error, ""});
    code_ = admin::CodeFact{made.code, code_picture(made.code), station_.at(made.until_ms)};
    want_facts();
}

Result<std::string> AdminDesk::save_instrument(const admin::FormDraft& form) {
    domain::Instrument known;
    const auto* fact = admin::chosen_instrument({.chosen = form.subject}, facts_.instruments);
    if (fact != nullptr) known = fact->instrument;
    auto written = admin::read_instrument(form, known, workplace_.texts());
    if (!written) return tl::unexpected(written.error());
    const Entry entry = form.subject.empty() ? Entry::fresh : Entry::any;
    auto done = set_instrument(station_, *written, entry, form.value("reason"));
    if (!done) {
        Error error = done.error();
        if (error.code == "bad_value")
            error.detail = admin::field_words(error.detail, workplace_.texts());
        return tl::unexpected(error);
    }
    return domain::instrument_id(*written);
}

Result<std::string> AdminDesk::carry_out(const admin::FormDraft& form) {
    Result<void> done;
    switch (form.kind) {
        case admin::FormKind::raise_fault:
            return raise_fault(station_, {.device = form.value("device"),
                                          .severity = form.value("severity"),
                                          .what = form.value("what")});
        case admin::FormKind::fix_fault:
            done = fix_fault(station_, form.subject, form.value("cause"), form.value("fix"));
            break;
        case admin::FormKind::certificate:
        case admin::FormKind::instrument:
            return save_instrument(form);
        case admin::FormKind::enrol_terminal:
            code_.reset();
            done = station_.ask_code(form.value("kind"));
            if (!done) break;
            return std::string(admin::code_row);
        case admin::FormKind::revoke_terminal:
            return revoke(form);
        case admin::FormKind::label_format:
        case admin::FormKind::save_labels:
            done = set_labels(
                station_,
                drivers::label_formats_text(admin::labels_shown(state_.label_draft, facts_.labels)),
                form.value("reason"));
            break;
    }
    if (!done) return tl::unexpected(done.error());
    return form.subject;
}

}  // namespace fangxin::terminal
