// What every terminal is, till or handheld: its database, its line to the server, the store's
// clock, and the person who works at it. Owned by main, used from the main loop only; what comes
// from other threads arrives through the event queue.
#pragma once

#include "domain/code.hpp"
#include "domain/login_policy.hpp"
#include "domain/member.hpp"
#include "domain/people.hpp"
#include "domain/permissions.hpp"
#include "domain/receipt.hpp"
#include "domain/store_clock.hpp"
#include "sync/link.hpp"
#include "sync/link_enrol.hpp"
#include "sync/ops.hpp"
#include "sync/shop_reader.hpp"
#include "sync/store/store_thread.hpp"
#include "sync/store_zone.hpp"
#include "sync/terminal_journal.hpp"
#include "terminal/station/event_queue.hpp"
#include "terminal/station/free_text.hpp"
#include "terminal/station/labels.hpp"
#include "terminal/station/server_answers.hpp"

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace fangxin::terminal {

/// As `--server`: the terminal works alone, whatever it was enrolled at.
inline constexpr std::string_view works_alone = "none";

struct StationOptions {
    std::filesystem::path directory;
    std::string server;  ///< empty: that of its enrolment; without one it works alone
    std::string enrol;   ///< a code to be enrolled by, as soon as it starts
    std::string terminal;
    std::string role;
    int number = 1;
    domain::Language language = domain::Language::zh;
};

enum class EnrolmentState { none, asking, waiting, failed, enrolled };
std::string_view text_of(EnrolmentState state);
/// What `fangxin-enrol.txt` on a stick holds, wherever the system has mounted it; empty: none.
std::string find_enrolment_code();

/// How far this terminal is with a code (SYNC-3).
struct Enrolment {
    EnrolmentState state = EnrolmentState::none;
    std::string fingerprint;  ///< `waiting`: what a manager compares
    std::string error;        ///< `failed`; `asking`: why not yet
    std::string detail;
    bool operator==(const Enrolment&) const = default;
};

/// What the shell (headless or window) shows when it happens by itself.
struct StationEvents {
    std::function<void()> server_up;
    std::function<void()> server_down;
    std::function<void()> rows_changed;
    std::function<void(const std::vector<domain::Block>&, std::int64_t cursor)> blocks_applied;
    /// Empty: it is over.
    std::function<void(const std::string& code, const std::string& detail)> conflict;
    std::function<void(const sync::HoldClaimed&)> claimed;
    std::function<void(const sync::Figures&)> figures;
    std::function<void(const Enrolment&)> enrolment;
    std::function<void(const sync::CodeMade&)> code;
    std::function<void()> answered;  ///< one of Station::answers() came
    /// Why the server does not let this terminal in (`revoked` …). Empty: it does again.
    std::function<void(const std::string& code, const std::string& detail)> not_let_in;
};

/// Why a person may not enter or act; empty if he may.
struct Refusal {
    std::string code;
    std::int64_t wait_ms = 0;
};

class Station {
  public:
    /// Codes of open_journal, `bad_address`, `bad_identity`, `other_store` and `enrolled` (what it
    /// has is not for a line without TLS).
    static Result<std::unique_ptr<Station>> open(const StationOptions& options);
    ~Station();

    /// Connects, if there is a server to connect to.
    void start(StationEvents events);
    EventQueue& events() { return queue_; }

    const StationOptions& options() const { return options_; }
    /// The language of messages and receipts from now on.
    void speak(domain::Language language) { options_.language = language; }
    sync::ShopReader& shop() { return *shop_; }
    sync::Database& reader() { return reader_; }
    /// Another number after whatever was committed, here or from the server: what was read before
    /// may be read again (sqlite.org, PRAGMA data_version).
    std::int64_t data_version();
    sync::StoreThread& store() { return *store_; }
    const std::string& set_aside() const { return set_aside_; }

    // Time.
    domain::StoreTime now() const;
    /// How codes are read here: today's century, and the formats of the shop's labels.
    domain::CodeContext code_context() const {
        return {.today = now().date(), .label_formats = &labels_.formats};
    }
    const LabelsInForce& labels() const { return labels_; }
    /// This terminal's own file names them: the shop's setting does not count here.
    void set_own_labels(domain::LabelFormats formats) {
        labels_ = {.formats = std::move(formats),
                   .source = LabelSource::devices_file,
                   .text = {},
                   .trouble = {}};
    }
    /// The shop's setting may have changed.
    void follow_labels();
    domain::ClockReading clock() const;
    domain::StoreTime at(std::int64_t utc_ms) const { return zone_.at(utc_ms); }
    Result<void> set_test_clock(const domain::StoreTime& at);
    /// A manager answered which date is right (rules 3).
    Result<void> answer_clock(domain::ClockAnswer answer, const std::string& manager);
    /// The same, typed on the spot. Codes as for login, and `not_allowed`.
    Result<void> answer_clock(domain::ClockAnswer answer, const std::string& manager,
                              const std::string& pin);

    // People.
    Result<void> login(const std::string& number, const std::string& pin);
    void logout(const std::string& why);
    /// Rows came: a role that changed counts from now on, a locked account is out (ACCT-4).
    void refresh_person();
    /// A locked one, in the name of the person logged in. Codes: `no_such_person` `not_locked`.
    Result<void> open_account(const std::string& number);
    const std::optional<domain::Person>& person() const { return person_; }
    /// Whether the person logged in may do this, alone or with `second`. Code empty if so;
    /// else `not_logged_in`, `not_allowed`, `needs_second_person`.
    Refusal may(domain::Action action, const std::optional<domain::Person>& second = {}) const;
    /// A second person's number and PIN on the spot (rules 8). Codes as for login.
    Result<domain::Person> second_person(const std::string& number, const std::string& pin);

    /// Who this is, by member's number, card or telephone number, as this terminal last knew him
    /// (SALE-16); none: nobody it knows.
    Result<std::optional<domain::BasketMember>> find_member(const std::string& text);
    /// The same, by the number alone: what a card says.
    Result<std::optional<domain::BasketMember>> find_card(const std::string& number);

    // The journal.
    /// Appends an op in a transaction of its own and waits for it to be durable.
    template <class Op>
    Result<sync::LogState> journal(const Op& op) {
        return append(draft(op));
    }
    Result<sync::LogState> append(const sync::OpDraft& draft);
    /// Runs `work` in one transaction on the store thread; what it appended goes to the server.
    Result<void> transact(const std::function<Result<void>(sync::Database&)>& work);
    template <class Op>
    sync::OpDraft draft(Op op) const {
        mask_card_numbers(op);
        return sync::draft(op, now(), person_ ? person_->number : "");
    }

    /// A block that was made here is told like one that arrived: goods in hand are judged again.
    void blocked_here(const std::string& block);

    // The server.
    bool has_server() const { return link_ != nullptr; }
    bool online() const { return online_; }
    /// The server was heard a moment ago, and the block lane is not whole yet.
    bool connecting() const;
    /// The server does not take this terminal's log; until a manager lets it begin a new epoch.
    const std::string& conflict() const { return conflict_; }
    /// It is the store's by a certificate, or there is none that would want one.
    bool needs_enrolment() const;
    const Enrolment& enrolment() const { return enrolment_; }
    /// By the text of a code; `enrolment` tells how it goes on. Code `bad_enrolment_code`.
    Result<void> enrol(const std::string& code);
    void give_up_enrolment();
    const std::optional<sync::Identity>& identity() const { return identity_; }
    /// `revoked` `expired` `enrol_again` `not_enrolled` `other_server`; empty: it is let in, or
    /// nobody knows.
    const std::string& not_let_in() const { return not_let_in_; }
    /// Without TLS, for tests on one machine.
    bool is_plain() const { return is_plain_; }
    /// Its tables are being compared with the server's, or repaired.
    bool comparing() const { return comparing_; }
    /// How many tables were repaired since its database began.
    std::int64_t repairs();
    bool caught_up() const { return caught_up_; }
    std::int64_t unsent();
    /// How long the oldest op that the server has not acknowledged waits; 0: there is none.
    std::int64_t unsent_age_ms();
    std::int64_t block_cursor();
    /// How long ago the block lane was last known to be current, 0 while it is (rules 4). None
    /// before the first snapshot.
    std::optional<std::int64_t> block_age_ms();
    void claim_hold(std::int64_t id, const std::string& hold) { link_->claim_hold(id, hold); }
    /// What only the server knows; the event `figures` answers, if there is a server.
    void ask_figures(std::int64_t id, const std::string& block) {
        if (link_) link_->ask_figures(id, block);
    }
    /// A code for another terminal (SYNC-3), by whoever is logged in; the event `code` answers.
    /// Codes: of may(), `offline`.
    Result<void> ask_code(const std::string& role);
    // What only the store's book tells; `answered`, and answers() has it. Codes of these: of may(),
    // `offline`.
    /// Entries of the store's journal, as many as this person may read; `id` and `person` are set
    /// here.
    Result<void> search_journal(sync::AskJournal asked);
    /// One of them, with the proof that it is unchanged.
    Result<void> ask_entry(const JournalNumber& number);
    /// How to reach the customer: it is journalled first. Code `not_found` besides.
    Result<void> show_contact(const std::string& complaint);
    const ServerAnswers& answers() const { return answers_; }
    /// A manager's word on a terminal that waits, or that is to be let in no more. Codes of may()
    /// and of the journal.
    Result<void> decide_terminal(const sync::TerminalApproved& approved);
    Result<void> decide_terminal(const sync::TerminalRefused& refused);
    Result<void> revoke_terminal(const sync::TerminalRevoked& revoked);
    /// Another terminal, whose log parted from the server's, goes on in a new one.
    Result<void> open_log(const sync::EpochOpened& opened);
    bool test_shop();
    /// A write failed for want of room, since this was asked last.
    bool take_disk_was_full() { return std::exchange(disk_was_full_, false); }

    static std::int64_t monotonic_ms();

  private:
    Station(StationOptions options, sync::OpenedJournal journal, sync::Database reader,
            sync::StoreZone zone);
    sync::LinkEvents link_events();
    void connect();
    Result<void> find_way();
    Result<void> bind_to_store();
    void take_identity(const sync::Identity& identity);
    void set_enrolment(Enrolment enrolment);
    Result<domain::Person> check_pin(const std::string& number, const std::string& pin);
    Result<void> count_failure(const std::string& number, domain::PinTries tries);
    void refresh_now();
    void remember_block_age();
    Result<void> may_ask(domain::Action action) const;
    void ask_contact_when_sent();
    void forget_questions();
    void hear_questions(sync::LinkEvents& events);

    StationOptions options_;
    EventQueue queue_;
    StationEvents events_;
    std::string set_aside_;
    sync::FileLock lock_;
    sync::Database reader_;
    std::unique_ptr<sync::ShopReader> shop_;
    sync::StoreZone zone_;
    domain::StoreClock clock_;
    std::atomic<std::int64_t> utc_minus_monotonic_ms_ = 0;
    std::optional<domain::Person> person_;
    std::string conflict_;
    std::optional<sync::Identity> identity_;
    Enrolment enrolment_;
    std::int64_t asked_codes_ = 0;
    ServerAnswers answers_;
    std::optional<sync::LogState> contact_due_;  // asked for once this is at the server
    sync::StoreKey store_key_;
    std::string code_;  // of the enrolment that goes on
    std::string not_let_in_;
    bool is_plain_ = false;
    bool comparing_ = false;
    bool online_ = false;
    bool caught_up_ = false;
    std::int64_t heard_server_ms_ = 0;
    std::int64_t blocks_saved_ms_ = 0;
    LabelsInForce labels_;
    bool disk_was_full_ = false;
    std::unique_ptr<sync::StoreThread> store_;
    // The last two: their threads use the others.
    std::unique_ptr<sync::Link> link_;
    std::unique_ptr<sync::LinkEnrol> enroller_;
};

}  // namespace fangxin::terminal
