// The checkout at work: what its screen is told, and what it asks done. Between the pure model of
// the screen (terminal/screens/) and the till; every effect is a call of Checkout, the
// model that the headless interface drives too. Main loop only.
#pragma once

#include "terminal/desk/scale_desk.hpp"
#include "terminal/kit/sounds.hpp"
#include "terminal/screens/checkout_model.hpp"
#include "terminal/screens/customer_model.hpp"
#include "terminal/station/goods_search.hpp"
#include "terminal/till.hpp"

#include <optional>
#include <string>

namespace fangxin::terminal {

/// Where an effect leads that is not the checkout's own.
enum class WayOut {
    none,
    complaint,
    fault,
    withdrawals,
    lock,
    scale,
    drawer,
    settings,
    admin,
    language
};

class CheckoutDesk {
  public:
    CheckoutDesk(Till& till, GoodsSearch& goods, const kit::TextTable& texts, kit::Sounds& sounds);

    till::CheckoutFacts facts() const;
    till::CustomerFacts customer_facts() const;
    /// The shop's own words, which no frame reads from the database.
    const std::string& shop_name() const { return shop_name_; }
    bool is_test_shop() const { return test_shop_; }
    /// Where it leads; none: the checkout stays.
    WayOut carry_out(const till::Effect& effect);

    /// How a second person is asked for (rules 8).
    using AskSecond = std::function<void(Workplace::SecondPerson)>;
    void set_ask_second(AskSecond ask) { ask_second_ = std::move(ask); }

    // What happens by itself.
    /// A connected scanner, or a keyboard that is one, read something.
    void on_scan(const std::string& code);
    void on_rows_changed();
    void on_rejudged(const Rejudged& rejudged);
    void on_claimed(const sync::HoldClaimed& answer);
    void on_printed(const std::string& job);
    /// Somebody came or went: nothing of the one before stands on the screen or sounds on.
    void on_person();
    /// Names are read anew in the language that is spoken now.
    void on_language();
    /// Goes on with what waits for the server, and with the sound of a block. True if a sale or a
    /// basket came of it.
    bool tick(std::int64_t now_ms);
    /// When tick() is wanted next, if at all.
    std::optional<std::int64_t> next_tick_ms() const;

  private:
    void take(const Outcome& outcome, const std::string& code);
    void sold(const domain::Line& line);
    void say_anew();
    void tell(kit::Msgid words, kit::Role role);
    void greet(const domain::BasketMember& member);
    void done(const Outcome& outcome);
    void resumed(const Outcome& outcome);
    void say(const std::string& code, const std::string& detail);
    void pay(std::int64_t tendered_fen);
    void begin_resume(const std::string& hold);
    void look_up(const std::string& code);
    void search(const std::string& text);
    std::optional<till::SearchHit> hit_by_code(const std::string& text);
    void sound_prompt();
    std::string code_asked_about() const;
    std::optional<till::PaidFacts> paid_facts() const;
    // What cannot be read stays as it was, and is said.
    /// Again only when goods or their codes changed.
    void read_quick_keys();
    till::QuickFacts quick_keys();
    void read_holds();
    void read_shop();
    till::CheckoutFacts::Prompt prompt_facts() const;
    till::WeighFacts weigh_facts(const AskWeight& asked) const;
    std::string name_of(const domain::Item& item) const;

    // One for each effect.
    WayOut act(const till::effect::Scan& effect);
    WayOut act(const till::effect::RefuseScan& effect);
    WayOut act(const till::effect::SellItem& effect);
    WayOut act(const till::effect::SetNextQuantity& effect);
    WayOut act(const till::effect::SetQuantity& effect);
    WayOut act(const till::effect::OverridePrice& effect);
    WayOut act(const till::effect::VoidLine& effect);
    WayOut act(const till::effect::VoidSale& effect);
    WayOut act(const till::effect::Hold& effect);
    WayOut act(const till::effect::Resume& effect);
    WayOut act(const till::effect::GiveUpWaiting& effect);
    WayOut act(const till::effect::ConfirmAge& effect);
    WayOut act(const till::effect::PayCash& effect);
    WayOut act(const till::effect::Reprint& effect);
    WayOut act(const till::effect::Acknowledge& effect);
    WayOut act(const till::effect::PrintWithdrawalSlip& effect);
    WayOut act(const till::effect::AnswerVerify& effect);
    WayOut act(const till::effect::CannotRead& effect);
    WayOut act(const till::effect::Weigh& effect);
    WayOut act(const till::effect::GiveUpWeighing& effect);
    WayOut act(const till::effect::KeyTare& effect);
    WayOut act(const till::effect::TellScale& effect);
    WayOut act(const till::effect::OpenScale&) { return WayOut::scale; }
    WayOut act(const till::effect::OpenDrawerPage&) { return WayOut::drawer; }
    WayOut act(const till::effect::LookUp& effect);
    WayOut act(const till::effect::Search& effect);
    WayOut act(const till::effect::FindMember& effect);
    WayOut act(const till::effect::DropMember& effect);
    WayOut act(const till::effect::Complain&) { return WayOut::complaint; }
    WayOut act(const till::effect::ReportFault&) { return WayOut::fault; }
    WayOut act(const till::effect::OpenWithdrawals&) { return WayOut::withdrawals; }
    WayOut act(const till::effect::Lock&) { return WayOut::lock; }
    WayOut act(const till::effect::OpenSettings&) { return WayOut::settings; }
    WayOut act(const till::effect::OpenAdmin&) { return WayOut::admin; }
    WayOut act(const till::effect::SwitchLanguage&) { return WayOut::language; }

    Till& till_;
    GoodsSearch& goods_;
    const kit::TextTable& texts_;
    kit::Sounds& sounds_;

    AskSecond ask_second_;
    ScaleObedience scale_command_;
    std::string shop_name_;
    bool test_shop_ = false;
    std::optional<till::LastScan> last_;
    std::optional<int> last_line_;  ///< that became of it
    till::QuickFacts quick_;
    std::int64_t quick_ver_ = -1;
    std::vector<till::HoldRow> holds_;
    std::optional<till::PriceFacts::Answer> price_;
    till::SearchFacts search_;
    std::optional<till::MemberFacts::Trouble> member_trouble_;
    std::optional<till::CheckoutFacts::Toast> toast_;
    till::Printing printing_ = till::Printing::none;
    std::string last_receipt_;
    std::string copying_;
    bool slip_printed_ = false;
    bool sounding_block_ = false;
    till::Waiting waiting_ = till::Waiting::none;
    std::int64_t waiting_until_ms_ = 0;
    std::int64_t tendered_fen_ = 0;  ///< of a payment that waits for the block lane
};

}  // namespace fangxin::terminal
