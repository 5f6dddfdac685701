// What the checkout's screen asks, done.
#include "terminal/desk/checkout_desk.hpp"

#include "terminal/checkout/receipts.hpp"
#include "terminal/station/lists.hpp"
#include "terminal/station/words.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace fangxin::terminal {

namespace {

constexpr std::int64_t toast_ms = 4'000;
constexpr std::size_t most_hits = 64;

}  // namespace

CheckoutDesk::CheckoutDesk(Till& till, GoodsSearch& goods, const kit::TextTable& texts,
                           kit::Sounds& sounds)
    : till_(till), goods_(goods), texts_(texts), sounds_(sounds) {
    read_shop();
    read_quick_keys();
    read_holds();
    last_receipt_ = newest_receipt(till.station().reader());
}

WayOut CheckoutDesk::carry_out(const till::Effect& effect) {
    return std::visit([this](const auto& each) { return act(each); }, effect);
}

void CheckoutDesk::say(const std::string& code, const std::string& detail) {
    toast_ = till::CheckoutFacts::Toast{.words = message_for(code, detail, texts_.language()),
                                        .role = kit::Role::warn,
                                        .until_ms = Station::monotonic_ms() + toast_ms};
    sounds_.play(kit::Sound::warn, Station::monotonic_ms());
}

void CheckoutDesk::tell(kit::Msgid words, kit::Role role) {
    toast_ = till::CheckoutFacts::Toast{
        .words = texts_.tr(words), .role = role, .until_ms = Station::monotonic_ms() + toast_ms};
    sounds_.play(role == kit::Role::ok ? kit::Sound::accept : kit::Sound::warn,
                 Station::monotonic_ms());
}

void CheckoutDesk::done(const Outcome& outcome) {
    read_holds();
    if (!outcome.error.empty()) say(outcome.error, outcome.detail);
    on_rejudged(outcome.rejudged);
}

/// After a held basket was asked for: where it came, the last scan was of another basket, and its
/// line's number is of other goods now.
void CheckoutDesk::resumed(const Outcome& outcome) {
    bool came = outcome.error.empty() && till_.checkout().waiting_for_hold() == 0;
    if (came) last_.reset();
    done(outcome);
}

/// After something that names goods: what they are, how they were judged, and its sound.
void CheckoutDesk::take(const Outcome& outcome, const std::string& code) {
    if (!outcome.error.empty()) return done(outcome);
    toast_.reset();
    if (outcome.member) return greet(*outcome.member);
    if (!outcome.verdict) return;
    till::LastScan last{.code = code, .judged = {outcome.verdict->kind, outcome.verdict->reasons}};
    if (outcome.item) {
        last.name = name_of(*outcome.item);
        last.price = {outcome.item->price_fen, outcome.item->unit};
    }
    last_ = std::move(last);
    last_line_ = outcome.line;
    using domain::VerdictKind;
    VerdictKind kind = outcome.verdict->kind;
    if (domain::is_sold(kind)) sounds_.play(kit::Sound::accept, Station::monotonic_ms());
    if (kind == VerdictKind::unknown || kind == VerdictKind::verify) {
        sounds_.play(kit::Sound::warn, Station::monotonic_ms());
    }
    sound_prompt();
}

/// What came into the basket without a scan of its own, as its question was over.
void CheckoutDesk::sold(const domain::Line& line) {
    last_ = till::LastScan{.name = till::name_of(line, texts_),
                           .code = line.code,
                           .price = {line.unit_price_fen, line.unit},
                           .judged = {line.verdict, line.reasons}};
    last_line_ = line.number;
    sounds_.play(kit::Sound::accept, Station::monotonic_ms());
}

/// What was said of goods a while ago may be true no more: the price check is asked again, the last
/// scan is judged again, or gone where that needs an answer of its own.
void CheckoutDesk::say_anew() {
    if (price_) look_up(price_->code);
    if (!last_) return;
    if (auto now = last_line_ ? till_.checkout().judge_line(*last_line_) : std::nullopt) {
        last_->judged = {now->kind, now->reasons};
        return;
    }
    if (last_line_) return last_.reset();  // the line is gone
    auto found = till_.checkout().look_up(last_->code);
    auto kind = found && *found ? (*found)->verdict.kind : domain::VerdictKind::unknown;
    if (kind != last_->judged.kind) last_.reset();
}

/// The block's sound lasts exactly as long as its panel.
void CheckoutDesk::sound_prompt() {
    bool block = std::holds_alternative<ShowBlock>(till_.checkout().prompt());
    if (block && !sounding_block_) {
        slip_printed_ = false;
        sounds_.play(kit::Sound::block, Station::monotonic_ms());
    }
    if (!block && sounding_block_) sounds_.silence();
    sounding_block_ = block;
}

/// A question may be of a line that was scanned long ago.
std::string CheckoutDesk::code_asked_about() const {
    const Prompt& prompt = till_.checkout().prompt();
    if (const auto* asked = std::get_if<AskVerify>(&prompt)) return asked->candidate.code;
    if (const auto* asked = std::get_if<AskWeight>(&prompt)) return asked->candidate.code;
    return {};
}

void CheckoutDesk::on_scan(const std::string& code) { take(till_.checkout().scan(code), code); }

void CheckoutDesk::on_rows_changed() {
    on_rejudged(till_.checkout().on_rows());
    say_anew();
    read_shop();
    read_quick_keys();
    read_holds();
}

void CheckoutDesk::on_language() {
    quick_ver_ = -1;
    read_quick_keys();
    last_.reset();
    price_.reset();
    search_ = {};
}

void CheckoutDesk::on_rejudged(const Rejudged& rejudged) {
    const domain::Line* added =
        rejudged.added ? domain::find_line(till_.checkout().basket(), *rejudged.added) : nullptr;
    if (added) sold(*added);
    if (!rejudged.blocked.empty()) {
        last_.reset();  // it may be what was said to be good
        say("line_blocked", "");
    } else if (!rejudged.to_verify.empty()) {
        sounds_.play(kit::Sound::warn, Station::monotonic_ms());
    }
    sound_prompt();
}

void CheckoutDesk::on_claimed(const sync::HoldClaimed& answer) {
    if (!till_.checkout().on_claimed(answer).empty() && till_.station().person()) {
        tell(kit::Msgid("The basket has come: take it from the list"), kit::Role::warn);
    }
    if (waiting_ != till::Waiting::hold || till_.checkout().waiting_for_hold() != 0) return;
    waiting_ = till::Waiting::none;
    resumed(till_.checkout().claim_outcome());
}

/// `000012-FX0010000123` prints the receipt of that number.
void CheckoutDesk::on_printed(const std::string& job) {
    if (!copying_.empty() && job.ends_with(copying_ + "-copy")) copying_.clear();
    if (last_receipt_.empty() || job.find(last_receipt_) == std::string::npos) return;
    printing_ = till::Printing::printed;
}

void CheckoutDesk::on_person() {
    last_.reset();
    toast_.reset();
    price_.reset();
    search_ = {};
    waiting_ = till::Waiting::none;  // what he asked for, or was about to be paid, was his
    till_.checkout().give_up_claim();
    sounding_block_ = false;
    sounds_.silence();
    if (till_.station().person()) on_rejudged(till_.checkout().on_rows());
}

bool CheckoutDesk::tick(std::int64_t now_ms) {
    sounds_.tick(now_ms);
    if (toast_ && now_ms >= toast_->until_ms) toast_.reset();
    if (auto outcome = scale_command_.outcome(till_.checkout())) {
        if (outcome->empty()) sounds_.play(kit::Sound::accept, now_ms);
        if (!outcome->empty()) say(*outcome, "");
    }
    bool over = now_ms >= waiting_until_ms_;
    if (waiting_ == till::Waiting::blocks && (over || !till_.station().connecting())) {
        waiting_ = till::Waiting::none;
        pay(tendered_fen_);
        return true;
    }
    if (waiting_ == till::Waiting::hold && over) {
        till_.checkout().give_up_claim();
        waiting_ = till::Waiting::none;
        resumed(till_.checkout().claim_outcome());
        return true;
    }
    return false;
}

std::optional<std::int64_t> CheckoutDesk::next_tick_ms() const {
    std::optional<std::int64_t> next = sounds_.next_tick_ms();
    auto also = [&](std::int64_t at) { next = next ? std::min(*next, at) : at; };
    if (toast_) also(toast_->until_ms);
    if (waiting_ != till::Waiting::none) also(waiting_until_ms_);
    return next;
}

void CheckoutDesk::pay(std::int64_t tendered_fen) {
    Outcome outcome = till_.checkout().pay_cash(tendered_fen);
    done(outcome);
    if (!outcome.error.empty()) return;
    last_receipt_ = till_.checkout().last_receipt()->number;
    bool prints = till_.devices().paper().columns > 0;
    printing_ = prints ? till::Printing::printing : till::Printing::none;
    last_.reset();
    till_.devices().wake_printer();
    sounds_.play(kit::Sound::accept, Station::monotonic_ms());
}

void CheckoutDesk::begin_resume(const std::string& hold) {
    Outcome outcome = till_.checkout().resume(hold);
    resumed(outcome);
    if (!outcome.error.empty() || till_.checkout().waiting_for_hold() == 0) return;
    waiting_ = till::Waiting::hold;
    waiting_until_ms_ = Station::monotonic_ms() + hold_wait_ms;
}

void CheckoutDesk::look_up(const std::string& code) {
    auto found = till_.checkout().look_up(code);
    if (!found) {
        price_.reset();
        return say(found.error().code, found.error().detail);
    }
    till::PriceFacts::Answer answer{.code = code};
    if (*found) {
        const domain::Item& item = (*found)->found.item;
        answer.name = name_of(item);
        answer.item = item.code;
        answer.price = {item.price_fen, item.unit};
        answer.judged = {(*found)->verdict.kind, (*found)->verdict.reasons};
        answer.pieces = (*found)->found.quantity;
    }
    price_ = std::move(answer);
}

/// Digits that are a code whole: the label is torn, and a code says more than its item.
std::optional<till::SearchHit> CheckoutDesk::hit_by_code(const std::string& text) {
    bool digits = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    if (text.empty() || !digits) return std::nullopt;
    auto found = till_.checkout().look_up(text);
    if (!found || !*found) return std::nullopt;
    const sync::FoundItem& goods = (*found)->found;
    std::string name = name_of(goods.item);
    if (goods.quantity > 1) name += fmt::format(" ×{}", goods.quantity);
    return till::SearchHit{.item = goods.item.code,
                           .name = std::move(name),
                           .code = text,
                           .price = {goods.item.price_fen * goods.quantity, goods.item.unit},
                           .is_code = true};
}

void CheckoutDesk::search(const std::string& text) {
    search_ = {.text = text};
    auto by_code = hit_by_code(text);
    if (by_code) search_.hits.push_back(*by_code);
    for (const domain::Item& item : goods_.find(text, most_hits)) {
        if (by_code && by_code->item == item.code) continue;
        search_.hits.push_back({.item = item.code,
                                .name = name_of(item),
                                .code = item.code,
                                .price = {item.price_fen, item.unit}});
    }
}

WayOut CheckoutDesk::act(const till::effect::Scan& effect) {
    on_scan(effect.code);
    return WayOut::none;
}

WayOut CheckoutDesk::act(const till::effect::RefuseScan& effect) {
    tell(effect.words, kit::Role::warn);
    return WayOut::none;
}

WayOut CheckoutDesk::act(const till::effect::SellItem& effect) {
    take(till_.checkout().sell_item(effect.item), effect.item);
    return WayOut::none;
}

WayOut CheckoutDesk::act(const till::effect::SetNextQuantity& effect) {
    done(till_.checkout().set_quantity(std::nullopt, effect.quantity));
    return WayOut::none;
}

WayOut CheckoutDesk::act(const till::effect::SetQuantity& effect) {
    const domain::Line* line = domain::find_line(till_.checkout().basket(), effect.line);
    std::string code = line ? line->code : "";
    Outcome outcome = till_.checkout().set_quantity(effect.line, effect.quantity);
    if (!outcome.verdict) done(outcome);
    if (outcome.verdict) take(outcome, code);  // more packs than were read are goods of their own
    return WayOut::none;
}

WayOut CheckoutDesk::act(const till::effect::OverridePrice& effect) {
    const domain::Line* line = domain::find_line(till_.checkout().basket(), effect.line);
    const auto reasons = till::override_reasons();
    if (!line || effect.reason >= reasons.size()) return WayOut::none;
    const domain::PriceOverride change{.line = effect.line,
                                       .unit_price_fen = effect.unit_price_fen,
                                       .reason = texts_.tr(reasons[effect.reason]),
                                       .approved_by = {}};
    Outcome outcome = till_.checkout().override_price(change, std::nullopt);
    if (outcome.error != "needs_second_person") {
        done(outcome);
        return WayOut::none;
    }
    ask_second_({.action = domain::Action::override_price_large,
                 .what = texts_.tr("{} at {}", till::name_of(*line, texts_),
                                   till::price_text({change.unit_price_fen, line->unit}, "¥")),
                 .confirmed =
                     [this, change](const domain::Person& second) {
                         done(till_.checkout().override_price(change, second));
                     },
                 .given_up = [] {}});
    return WayOut::none;
}

WayOut CheckoutDesk::act(const till::effect::VoidLine& effect) {
    done(till_.checkout().void_line(effect.line));
    return WayOut::none;
}

WayOut CheckoutDesk::act(const till::effect::VoidSale&) {
    done(till_.checkout().void_sale(std::nullopt));
    last_.reset();
    return WayOut::none;
}

WayOut CheckoutDesk::act(const till::effect::Hold&) {
    done(till_.checkout().hold());
    last_.reset();
    return WayOut::none;
}

WayOut CheckoutDesk::act(const till::effect::Resume& effect) {
    begin_resume(effect.hold);
    return WayOut::none;
}

WayOut CheckoutDesk::act(const till::effect::GiveUpWaiting&) {
    waiting_until_ms_ = 0;  // as if the time were over
    tick(Station::monotonic_ms());
    return WayOut::none;
}

WayOut CheckoutDesk::act(const till::effect::ConfirmAge&) {
    done(till_.checkout().acknowledge());
    return WayOut::none;
}

WayOut CheckoutDesk::act(const till::effect::PayCash& effect) {
    if (till_.station().connecting()) {
        waiting_ = till::Waiting::blocks;
        waiting_until_ms_ = Station::monotonic_ms() + block_lane_wait_ms;
        tendered_fen_ = effect.tendered_fen;
        return WayOut::none;
    }
    pay(effect.tendered_fen);
    return WayOut::none;
}

WayOut CheckoutDesk::act(const till::effect::Reprint& effect) {
    Outcome outcome = till_.checkout().reprint(effect.receipt);
    done(outcome);
    if (!outcome.error.empty()) return WayOut::none;
    copying_ = effect.receipt;
    tell(kit::Msgid("A copy is being printed"), kit::Role::ok);
    till_.devices().wake_printer();
    return WayOut::none;
}

WayOut CheckoutDesk::act(const till::effect::Acknowledge&) {
    done(till_.checkout().acknowledge());
    return WayOut::none;
}

WayOut CheckoutDesk::act(const till::effect::PrintWithdrawalSlip&) {
    Outcome outcome = till_.checkout().withdrawal_slip();
    done(outcome);
    slip_printed_ = outcome.error.empty();
    till_.devices().wake_printer();
    return WayOut::none;
}

WayOut CheckoutDesk::act(const till::effect::AnswerVerify& effect) {
    std::string code = code_asked_about();
    take(till_.checkout().verify({.date = effect.date, .lot = effect.lot}), code);
    return WayOut::none;
}

WayOut CheckoutDesk::act(const till::effect::CannotRead&) {
    done(till_.checkout().verify({.unreadable = true}));
    return WayOut::none;
}

WayOut CheckoutDesk::act(const till::effect::Weigh&) {
    std::string code = code_asked_about();
    take(till_.checkout().weigh(), code);
    return WayOut::none;
}

WayOut CheckoutDesk::act(const till::effect::GiveUpWeighing&) {
    done(till_.checkout().cancel());
    return WayOut::none;
}

WayOut CheckoutDesk::act(const till::effect::KeyTare& effect) {
    done(till_.checkout().key_tare(effect.tare_mg));
    return WayOut::none;
}

/// The scale's readings tell what came of it: tick() looks.
WayOut CheckoutDesk::act(const till::effect::TellScale& effect) {
    using drivers::ScaleCommand;
    Checkout& checkout = till_.checkout();
    ScaleCommand command = ScaleCommand::zero;
    if (effect.order == till::effect::ScaleOrder::take_tare) command = ScaleCommand::tare;
    if (effect.order == till::effect::ScaleOrder::clear_tare) {
        command = ScaleCommand::clear_tare;
        done(checkout.key_tare(std::nullopt));
        if (!checkout.scale_has_tare()) return WayOut::none;
    }
    const Outcome told = checkout.tell_scale(command);
    done(told);
    if (told.error.empty()) scale_command_.wait_for(command);
    return WayOut::none;
}

WayOut CheckoutDesk::act(const till::effect::LookUp& effect) {
    look_up(effect.code);
    return WayOut::none;
}

WayOut CheckoutDesk::act(const till::effect::Search& effect) {
    search(effect.text);
    return WayOut::none;
}

WayOut CheckoutDesk::act(const till::effect::FindMember& effect) {
    const Outcome outcome = till_.checkout().set_member(effect.text);
    member_trouble_.reset();
    if (outcome.error.empty()) {
        greet(*outcome.member);
    } else {
        sounds_.play(kit::Sound::warn, Station::monotonic_ms());
        member_trouble_ = {effect.text,
                           message_for(outcome.error, outcome.detail, texts_.language())};
    }
    return WayOut::none;
}

WayOut CheckoutDesk::act(const till::effect::DropMember&) {
    done(till_.checkout().drop_member());
    return WayOut::none;
}

/// Said once: the basket's foot says it from then on.
void CheckoutDesk::greet(const domain::BasketMember& member) {
    tell(kit::Msgid("Member"), kit::Role::ok);
    toast_->words += "  " + till::member_words(member);
}

}  // namespace fangxin::terminal
