// The checkout: what happens between a scan and a receipt (SAFE-2, SALE-3, SALE-5). The headless
// interface and the touch screens drive this one model. It decides; views only show `State`.
// Main loop only.
#pragma once

#include "domain/basket.hpp"
#include "domain/code.hpp"
#include "domain/pricing/price_book.hpp"
#include "domain/verdict.hpp"
#include "domain/weighing/gate.hpp"
#include "drivers/scales/scale.hpp"
#include "drivers/scales/weighing_seal.hpp"
#include "terminal/checkout/basket_draft.hpp"
#include "terminal/checkout/drawer.hpp"
#include "terminal/checkout/outcome.hpp"
#include "terminal/station/paper.hpp"
#include "terminal/station/scale_register.hpp"
#include "terminal/station/station.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace fangxin::terminal {

/// A held basket of another till is waited for so long.
inline constexpr std::int64_t hold_wait_ms = 5'000;
/// A payment waits so long for the latest blocks while the server is being reached (rules 4).
inline constexpr std::int64_t block_lane_wait_ms = 3'000;

/// What came to the till and is being judged: an item, how much of it, and what its code said.
struct Candidate {
    sync::FoundItem found;
    std::string code;  ///< as scanned or keyed
    std::int64_t quantity = 1;
    domain::PackEvidence evidence;
    std::optional<std::int64_t> label_weight_mg;
    std::optional<std::int64_t> label_amount_fen;
    std::optional<weighing::Reading> reading;  ///< of the scale, for goods weighed at the till
    std::int64_t tare_mg = 0;                  ///< preset: keyed, or the item's own
};

/// What a code itself says of the pack.
domain::PackEvidence evidence_of(const domain::ScannedCode& code);

/// "Which date is on the pack?" `line` is set when the question is about a line in the basket.
struct AskVerify {
    Candidate candidate;
    domain::Verdict verdict;
    std::optional<int> line;
};
/// The block panel; acknowledging it is the only way on.
struct ShowBlock {
    Candidate candidate;
    domain::Verdict verdict;
};
/// The item is chosen, the scale has the word.
struct AskWeight {
    Candidate candidate;
    std::optional<std::int64_t> keyed_tare_mg;  ///< in the place of the item's, for this weighing
};
using Prompt = std::variant<std::monostate, AskVerify, ShowBlock, AskWeight>;

struct ReceiptSummary {
    std::string number;
    std::string member;  ///< who earned the points, as screens may show it
    std::int64_t points_earned = 0;
    std::int64_t points = 0;
    std::int64_t total_fen = 0;
    std::int64_t rounding_fen = 0;
    std::int64_t paid_fen = 0;
    std::int64_t change_fen = 0;
};

/// The scale at this till, if there is one; Till puts it together.
struct ScalePort {
    std::function<weighing::LatestReading()> latest;
    weighing::WeighingGate* gate = nullptr;
    std::function<ScaleStanding()> standing;  ///< in the register
    std::function<void()> begin_day;          ///< somebody weighs
    std::function<Result<void>(drivers::ScaleCommand)> tell;
    std::function<bool()> is_checked_now;  ///< the known mass lies on it
};

/// The scale as a person who weighs sees it.
struct ScaleNow {
    std::string
        refusal;  ///< why what lies on it may not be sold, as weigh() says it; empty: it may
    domain::Instrument instrument;
    ScaleStanding standing;
    weighing::LatestReading latest;
    std::int64_t preset_tare_mg = 0;  ///< of the item that is weighed
    bool tare_is_keyed = false;
    bool has_old_tare = false;  ///< taken for other goods, and the scale does not forget it
    drivers::WeighingSeal seal;
    domain::Date today;
};

/// Why a scale that was told something does not show it, as an error code.
std::string not_obeyed(drivers::ScaleCommand command);

/// What the price check found; a case code stands for several pieces.
struct LookedUp {
    sync::FoundItem found;
    domain::Verdict verdict;
};

class Checkout {
  public:
    Checkout(Station& station, const Paper& paper);

    void set_scale(ScalePort* scale) { scale_ = scale; }

    // What a cashier does.
    Outcome scan(const std::string& code);
    Outcome plu(const std::string& plu);
    /// Goods chosen from a list or a quick key, by their item code.
    Outcome sell_item(const std::string& item);
    /// The price check: found and judged, and nothing sold. None: no such goods.
    Result<std::optional<LookedUp>> look_up(const std::string& code);
    Outcome weigh();
    /// Every reading of the scale.
    void observe(const weighing::Reading& reading);
    /// Of what is weighed now, in whole scale intervals; none: the item's own again. Codes:
    /// `nothing_to_weigh` `tare_step` `tare_limit`.
    Outcome key_tare(std::optional<std::int64_t> tare_mg);
    /// Tells the scale to take tare, to forget it, or to set itself to zero. The scale decides;
    /// scale_shows() tells what came of it. Codes: `no_scale` `not_supported` `busy`
    /// `scale_checking` and, but for zero, `nothing_to_weigh`.
    Outcome tell_scale(drivers::ScaleCommand command);
    bool scale_shows(drivers::ScaleCommand command) const;
    /// Its own, steady or not; also one that it does not tell the mass of.
    bool scale_has_tare() const;
    Outcome verify(const struct VerifyAnswer& answer);
    Outcome acknowledge();
    /// Gives up what is to be weighed or verified: it is not sold.
    Outcome cancel();
    Outcome set_quantity(std::optional<int> line, std::int64_t quantity);
    /// Another unit price for a line (SALE-3, rules 8). Codes `needs_second_person` `not_allowed`
    /// `no_such_line` `price_is_labelled` `line_blocked` `reason_missing` `amount_out_of_range`.
    Outcome override_price(const domain::PriceOverride& change,
                           const std::optional<domain::Person>& second);
    Outcome void_line(int line);
    Outcome void_sale(const std::optional<domain::Person>& second);
    /// The customer is this member: by number, card or telephone number. Codes `no_such_member`,
    /// without the server `no_such_member_here`.
    Outcome set_member(const std::string& text);
    Outcome drop_member();
    Outcome hold();
    Outcome resume(const std::string& hold);
    Outcome pay_cash(std::int64_t tendered_fen);
    Outcome reprint(const std::string& receipt);
    Outcome withdrawal_slip();

    // What happens by itself.
    Rejudged on_blocks(const std::vector<domain::Block>& blocks);
    /// A batch that was released, or came off the shelf, lets its red line be sold again.
    Rejudged on_rows();
    /// The server's answer about a held basket. If it gave one for which nobody waits any longer,
    /// that hold: it stands in the list, for this till to take up.
    std::string on_claimed(const sync::HoldClaimed& answer);
    /// It did not answer in hold_wait_ms, or nobody wants to wait longer, or who asked has left.
    void give_up_claim();
    /// Brings back the basket that was in hand when the program ended.
    void restore_draft();

    /// Whose drawer it is, and what is in it.
    Drawer& drawer() { return drawer_; }
    bool has_scale() const { return scale_ != nullptr; }
    ScaleNow scale_now() const;
    /// What the next scan is multiplied by; said by the person who is here now.
    std::int64_t next_quantity() const;
    /// A line as the shop knows it now. None: no such line, or it could not be read.
    std::optional<domain::Verdict> judge_line(int line) const;
    const domain::Basket& basket() const { return basket_; }
    const Prompt& prompt() const { return prompt_; }
    const std::optional<ReceiptSummary>& last_receipt() const { return last_receipt_; }
    std::string screen() const;
    /// A hold asked of the server and not answered yet; 0 if none.
    std::int64_t waiting_for_hold() const { return claim_ ? claim_->id : 0; }
    /// How the last such question ended.
    const Outcome& claim_outcome() const { return claim_outcome_; }

  private:
    /// A hold asked of the server.
    struct Claim {
        std::int64_t id = 0;
        std::string hold;
        std::string by;                       ///< who asked
        std::optional<std::string> own_body;  ///< what no other till can have meanwhile
    };

    void note_told(const std::string& what, std::int64_t tare_mg);
    void clear_taken_tare();
    Rejudged rejudge_all();
    void rejudge_question(Rejudged& changed);
    Outcome may_sell() const;
    Outcome ready_to_scan() const;
    std::optional<sync::FoundItem> find_goods(domain::ScannedCode& code) const;
    Outcome take_code(domain::ScannedCode code);
    Outcome take_pack(const domain::ScannedCode& code, sync::FoundItem found);
    Outcome take_more(const domain::Line& line, std::int64_t pieces);
    Outcome then_ask(Outcome outcome);
    Outcome consider(Candidate candidate);
    Outcome decide(Candidate candidate, domain::Verdict verdict);
    Outcome add_line(const Candidate& candidate, const domain::Verdict& verdict);
    Outcome refuse(Candidate candidate, domain::Verdict verdict);
    Outcome take_up(const std::string& hold, const std::string& body);
    bool was_taken_up(const std::string& hold);
    void forget_claim(const std::string& hold);
    Outcome answer(const struct VerifyAnswer& answer);
    Outcome answer_line(AskVerify asked, domain::Verdict verdict);
    std::optional<domain::Line> line_of(const Candidate& candidate, Outcome& outcome) const;
    Result<domain::Verdict> judge(const Candidate& candidate);
    Result<std::vector<domain::Verdict>> judge_basket(sync::ShopReader& shop) const;
    sync::JudgeRequest request(std::string item, domain::PackEvidence evidence) const;
    void ask_next_verify();
    void begin_anew();
    Outcome welcome(domain::BasketMember member);
    std::optional<domain::BasketMember> card_of(const std::string& text);
    bool can_welcome() const { return std::holds_alternative<std::monostate>(prompt_); }
    void add_points(sync::Sale& sale) const;
    bool read_promotions();
    void price();
    void save_draft();
    std::optional<sync::Sale> settle(std::int64_t tendered_fen, Outcome& outcome) const;
    Result<void> judge_lines(sync::Database& database);
    Result<void> write_sale(sync::Database& database, sync::Sale& sale,
                            const struct ReceiptHead& head);

    Station& station_;
    Paper paper_;
    Drawer drawer_;
    ScalePort* scale_ = nullptr;
    domain::Basket basket_;
    domain::PriceBook prices_;
    std::string prices_are_;  ///< which rows of promotions they were read from
    BasketDraft draft_;
    Prompt prompt_;
    std::int64_t next_quantity_ = 1;
    std::string quantity_by_;  ///< who keyed it: the next person scans one piece
    std::string from_hold_;
    std::optional<ReceiptSummary> last_receipt_;
    std::int64_t claims_ = 0;
    std::optional<Claim> claim_;  ///< the one that is waited for
    std::optional<Claim> left_;   ///< the last that nobody waited for to the end
    Outcome claim_outcome_;
    std::optional<domain::Weighing> last_weighed_;  ///< what the scale's gate holds as sold
    /// What the scale was told to take for what is weighed.
    struct TakenTare {
        enum State { none, in_use, over /* and it may still have it */ };
        State state = none;
        bool seen = false;         ///< it showed a tare
        bool noted = false;        ///< that it was told to forget it
        std::int64_t told_ms = 0;  ///< to take it
    };
    TakenTare taken_;
};

/// One of these is set.
struct VerifyAnswer {
    std::string date;  ///< `MMDD` or ISO
    std::string lot;
    std::string code;
    bool unreadable = false;
};

}  // namespace fangxin::terminal
