// What a terminal asks of the book for a page of its own: the journal, an entry of it, a customer's
// number. They are answered one after the other, on the figures' thread.
#include "sync/ops.hpp"
#include "sync/server/contact_keys.hpp"
#include "sync/server/journal_search.hpp"
#include "sync/server/session.hpp"
#include "sync/shop_reader.hpp"

#include <boost/asio/post.hpp>

namespace fangxin::sync {

namespace {

constexpr int questions_most = 4;  // of a line, that wait for their answers

/// The entry by which this terminal may ask, as it came; an answer with an error where it may not.
std::optional<ContactTold> refusal_of(Database& book, std::string_view terminal,
                                      const AskContact& asked, std::string& complaint) {
    Query query = book.query(
        "SELECT kind, status, body FROM ops WHERE terminal = $1 AND epoch = $2 AND seq = $3");
    query.bind(terminal).bind(asked.epoch).bind(asked.seq);
    const bool is_there = query.step() && query.text(0) == Declaration<ContactShown>::name;
    if (!is_there) return ContactTold{.id = asked.id, .error = "not_journalled"};
    if (query.text(1) != "applied") return ContactTold{.id = asked.id, .error = "not_allowed"};
    auto op = read_envelope(query.text(2));
    auto shown = op ? from_json<ContactShown>(op->data) : Result<ContactShown>();
    if (!op || !shown) return ContactTold{.id = asked.id, .error = "not_journalled"};
    complaint = shown->complaint;
    return std::nullopt;
}

Result<ContactTold> load_contact(Database& book, std::string_view terminal, const AskContact& asked,
                                 std::string_view vault) {
    return book.reading<ContactTold>([&] {
        ContactTold told{.id = asked.id};
        if (auto refused = refusal_of(book, terminal, asked, told.complaint)) return *refused;
        auto complaint = ShopReader(book, ShopReader::Side::server).complaint(told.complaint);
        if (!complaint) {
            told.error = "not_found";
        } else if (complaint->contact_sealed.empty()) {
            told.contact = complaint->contact;  // taken before numbers were sealed, or forgotten
            if (told.contact.empty()) told.error = "removed";
        } else if (auto opened = open_contact(book, complaint->contact_sealed, vault)) {
            told.contact = *opened;
        } else {
            told.error = opened.error().code;
        }
        return told;
    });
}

}  // namespace

template <class Answer>
void Session::answer(std::function<Result<Answer>(Database&)> work) {
    if (answering_ >= questions_most) return close("more questions than anybody asks");
    ++answering_;
    shared_.figures.run([self = shared_from_this(), work = std::move(work)](Database& book) {
        auto answer = work(book);
        boost::asio::post(self->shared_.io, [self, answer = std::move(answer)] {
            --self->answering_;
            if (self->closed_) return;
            if (answer) return self->send(*answer);
            server_log("no answer",
                       {{"terminal", self->peer_.terminal()}, {"detail", answer.error().detail}});
            self->close("a question that cannot be answered");
        });
    });
}

/// True if it was one.
bool Session::take_question(const Message& message) {
    const auto* search = std::get_if<AskJournal>(&message);
    const auto* entry = std::get_if<AskEntry>(&message);
    const auto* contact = std::get_if<AskContact>(&message);
    if (!search && !entry && !contact) return false;
    if (!peer_.live()) {
        close("a question before the welcome");
    } else if (search) {
        answer<JournalPage>([asked = *search, terminal = peer_.terminal()](Database& book) {
            return search_journal(book, asked, terminal);
        });
    } else if (entry) {
        answer<JournalEntry>(
            [asked = *entry, terminal = peer_.terminal(),
             own_key = shared_.keys ? shared_.keys->log.name() : std::string()](Database& book) {
                return prove_entry(book, asked, terminal, own_key);
            });
    } else {
        tell_contact(*contact);
    }
    return true;
}

/// One look, one entry in the log.
void Session::tell_contact(const AskContact& asked) {
    auto is_behind = [&](const LogState& log) {
        return asked.epoch > log.epoch || (asked.epoch == log.epoch && asked.seq > log.last_seq);
    };
    // Neither one that was shown for already, nor one of an earlier line.
    if (!is_behind(shown_) || !is_behind(peer_.log_at_hello()) || !shared_.keys)
        return send(ContactTold{.id = asked.id, .error = "not_journalled"});
    shown_ = {asked.epoch, asked.seq};
    answer<ContactTold>([asked, terminal = peer_.terminal(), vault = shared_.keys->vault](
                            Database& book) { return load_contact(book, terminal, asked, vault); });
}

}  // namespace fangxin::sync
