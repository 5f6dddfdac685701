// What a person asks of the store's book through the line: its journal (REPT-2), a customer's
// number.
#include "terminal/station/station.hpp"

namespace fangxin::terminal {

Result<void> Station::may_ask(domain::Action action) const {
    if (auto refusal = may(action); !refusal.code.empty()) return failure(refusal.code, "");
    if (!link_ || !online_) return failure("offline", "");
    return {};
}

Result<void> Station::search_journal(sync::AskJournal asked) {
    if (auto asks = may_ask(domain::Action::reports); !asks) return asks;
    asked.id = answers_.page.ask();
    asked.person = person_->number;
    link_->ask(std::move(asked));
    return {};
}

Result<void> Station::ask_entry(const JournalNumber& number) {
    if (auto asks = may_ask(domain::Action::reports); !asks) return asks;
    link_->ask(sync::AskEntry{.id = answers_.entry.ask(),
                              .person = person_->number,
                              .terminal = number.terminal,
                              .epoch = number.epoch,
                              .seq = number.seq});
    return {};
}

/// That he looks is in the log, and at the server, before he is told.
Result<void> Station::show_contact(const std::string& complaint) {
    if (auto asks = may_ask(domain::Action::complaint_work); !asks) return asks;
    auto known = reader_.reading<bool>([&] { return shop_->complaint(complaint).has_value(); });
    if (!known) return tl::unexpected(known.error());
    if (!*known) return failure("not_found", complaint);
    answers_.contact.ask();
    auto shown = journal(sync::ContactShown{complaint});
    if (!shown) return tl::unexpected(shown.error());
    contact_due_ = *shown;
    ask_contact_when_sent();
    return {};
}

void Station::ask_contact_when_sent() {
    if (!contact_due_ || !link_) return;
    sync::Query query = reader_.query("SELECT 1 FROM logs WHERE epoch = $1 AND acked_seq >= $2");
    query.bind(contact_due_->epoch).bind(contact_due_->last_seq);
    if (!query.step()) return;
    link_->ask(
        sync::AskContact{answers_.contact.asked(), contact_due_->epoch, contact_due_->last_seq});
    contact_due_.reset();
}

/// What was asked on a line that is gone is not answered any more.
void Station::forget_questions() {
    contact_due_.reset();
    answers_.page.take({.id = answers_.page.asked(), .error = "offline"});
    answers_.entry.take({.id = answers_.entry.asked(), .error = "offline"});
    answers_.contact.take({.id = answers_.contact.asked(), .error = "offline"});
    if (events_.answered) events_.answered();
}

void Station::hear_questions(sync::LinkEvents& events) {
    auto hear = [this](auto& awaited) {
        return [this, &awaited](const auto& message) {
            queue_.push([this, &awaited, message] {
                if (awaited.take(message) && events_.answered) events_.answered();
            });
        };
    };
    events.journal = hear(answers_.page);
    events.entry = hear(answers_.entry);
    events.contact = hear(answers_.contact);
    events.store_key = [this](const sync::StoreKey& key) {
        queue_.push([this, key] { store_key_ = key; });
    };
}

}  // namespace fangxin::terminal
