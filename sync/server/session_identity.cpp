// Who is at the other end (SYNC-3): the allow-list, enrolment on `/enrol`, and new certificates.
#include "domain/permissions.hpp"
#include "sync/enrolment_text.hpp"
#include "sync/server/session.hpp"
#include "sync/shop_reader.hpp"
#include "sync/store_zone.hpp"

#include <boost/asio/steady_timer.hpp>

namespace fangxin::sync {

namespace {

constexpr int tries_most = 5;
constexpr std::int64_t tries_pause_ms = 60'000;
constexpr std::size_t addresses_most = 1024;
constexpr std::size_t name_limit = 64;
constexpr std::size_t request_limit = 4 * 1024;
constexpr std::int64_t ask_within_ms = 5'000;
constexpr std::int64_t silent_after_ms_enrolling = 15'000;

bool is_terminal_name(const std::string& name, const std::string& role) {
    if (name.empty() || name.size() > name_limit || name == server_log_name) return false;
    return name.starts_with(role + "-") &&
           name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == name.npos;
}

template <class Op>
Result<Changed> append_own(Database& database, const Op& op) {
    return append_server_op(database, draft(op, store_time(database, wall_ms()), "server"));
}

/// Whoever has a good code and is another terminal guesses nothing.
bool is_guess(const std::string& code) { return code == "bad_token" || code == "token_used"; }

}  // namespace

bool TokenTries::may_try(const std::string& address, std::int64_t now_ms) {
    auto found = by_address_.find(address);
    if (found == by_address_.end()) return true;
    if (now_ms - found->second.last_ms >= tries_pause_ms) {
        by_address_.erase(found);
        return true;
    }
    return found->second.failures < tries_most;
}

void TokenTries::failed(const std::string& address, std::int64_t now_ms) {
    if (by_address_.size() >= addresses_most)
        std::erase_if(by_address_, [&](const auto& each) {
            return now_ms - each.second.last_ms >= tries_pause_ms;
        });
    if (by_address_.size() >= addresses_most) by_address_.erase(by_address_.begin());
    Tries& tries = by_address_[address];
    ++tries.failures;
    tries.last_ms = now_ms;
}

/// Why it cannot be asked for; then nobody is let in.
std::optional<std::string> Session::look_up_identity() {
    if (!stream_.tls()) return std::nullopt;
    certificate_ = peer_certificate(stream_.tls());
    if (!certificate_) return std::nullopt;
    auto found = identity_of(shared_.reader, certificate_->spki);
    if (!found) return "the allow-list cannot be read: " + found.error().detail;
    identity_ = std::move(*found);
    return std::nullopt;
}

std::optional<Refused> Session::refusal_of_identity() const {
    if (!certificate_) return std::nullopt;  // plain
    if (!identity_) return Refused{"not_enrolled", "this store does not know this terminal"};
    if (identity_->state != "allowed") return Refused{"revoked", identity_->reason};
    const std::int64_t over_ms = wall_ms() - certificate_->until_ms;
    if (over_ms > renewal_grace_ms)
        return Refused{"enrol_again", "its certificate ran out more than 60 days ago"};
    if (over_ms > 0) return Refused{"expired", "its certificate ran out"};
    return std::nullopt;
}

std::optional<Refused> Session::refusal_of(const Hello& hello) const {
    if (auto refused = refusal_of_identity()) return refused;
    if (!identity_) return std::nullopt;
    if (hello.terminal != identity_->terminal)
        return Refused{"terminal", "this certificate is of " + identity_->terminal};
    if (hello.role != identity_->role)
        return Refused{"role", "this certificate is of a " + identity_->role};
    return std::nullopt;
}

void Session::refuse(const Refused& refused) {
    server_log("refused", {{"terminal", identity_ ? identity_->terminal : enrol_.terminal},
                           {"address", address_},
                           {"why", refused.code},
                           {"detail", refused.detail}});
    send(refused);
    close_when_sent(refused.code);
}

void Session::send(const Message& message) {
    std::string frame = pack_frame(write_message(message));
    const std::size_t size = frame.size();
    outgoing_bytes_ += size;
    outgoing_.push_back({std::move(frame), size, false});
    write();
}

/// True if it is not for the protocol core.
bool Session::take_identity_message(const Message& message) {
    if (stage_ == Stage::enrolling || stage_ == Stage::waiting) {
        if (const auto* asked = std::get_if<Enrol>(&message); asked && stage_ == Stage::enrolling)
            enrol(*asked);
        else if (!std::holds_alternative<Pong>(message))
            close("nothing to enrol");
        return true;
    }
    if (const auto* asked = std::get_if<Renew>(&message)) {
        renew(*asked);
        return true;
    }
    if (const auto* asked = std::get_if<AskCode>(&message)) {
        make_code(*asked);
        return true;
    }
    if (const auto* hello = std::get_if<Hello>(&message)) {
        auto refused = refusal_of(*hello);
        if (refused) refuse(*refused);
        return refused.has_value();
    }
    return false;
}

void Session::enrol(const Enrol& asked) {
    const std::int64_t now_ms = steady_ms();
    if (!shared_.tries.may_try(address_, now_ms))
        return refuse({"too_many_tries", "wrong codes came from there: wait a minute"});
    enrol_ = asked;
    if (!is_terminal_name(asked.terminal, asked.role) || asked.app.size() > name_limit ||
        (asked.role != "till" && asked.role != "handheld"))
        return refuse({"terminal", "no such kind of terminal"});
    if (asked.request.size() > request_limit) return refuse({"bad_request", "it is too long"});
    auto facts = request_facts(asked.request);
    if (!facts) return refuse({"bad_request", facts.error().detail});
    asked_by_ = facts->spki;
    stage_ = Stage::waiting;
    is_storing_ = true;
    store(
        Priority::block,
        [asking = Asking{asked, facts->spki, address_, wall_ms()},
         announce = announcer()](Database& database) {
            Result<Refused> answer;
            auto done = database.transaction([&]() -> Result<void> {
                const bool is_new = request_state(database, asking.spki) == RequestState::unknown;
                auto refused = ask_enrolment(database, asking);
                answer = refused.value_or(Refused{});
                auto kept =
                    refused ? append_own(database, EnrolmentFailed{asking.enrol.terminal,
                                                                   refused->code, asking.address})
                    : is_new
                        ? append_own(database,
                                     EnrolmentAsked{asking.enrol.terminal, asking.enrol.role,
                                                    fingerprint_of(asking.spki), asking.address})
                        : Result<Changed>(Changed{});
                if (!kept) return tl::unexpected(kept.error());
                announce(*kept);
                return {};
            });
            return done ? answer : Result<Refused>(tl::unexpected(done.error()));
        },
        [](Session& self, Refused& refused) {
            self.is_storing_ = false;
            if (!refused.code.empty()) {
                if (is_guess(refused.code)) self.shared_.tries.failed(self.address_, steady_ms());
                return self.refuse(refused);
            }
            server_log("enrolment asked", {{"terminal", self.enrol_.terminal},
                                           {"fingerprint", fingerprint_of(self.asked_by_)},
                                           {"address", self.address_}});
            self.send(AwaitingApproval{fingerprint_of(self.asked_by_)});
        });
}

/// Also where the decision was made at another server: the book has it.
void Session::follow_enrolment() {
    const std::int64_t now_ms = steady_ms();
    const bool asks_nothing = stage_ == Stage::enrolling && now_ms - heard_ms_ > ask_within_ms;
    if (asks_nothing || now_ms - heard_ms_ > silent_after_ms_enrolling) return close("silent");
    if (stage_ != Stage::waiting || is_storing_) return;
    if (now_ms - pinged_ms_ >= ping_every_ms) {
        pinged_ms_ = now_ms;
        send(Ping{wall_ms()});
    }
    auto state = shared_.reader.reading<RequestState>(
        [&] { return request_state(shared_.reader, asked_by_); });
    if (!state) return close("the requests cannot be read: " + state.error().detail);
    if (*state == RequestState::refused) return refuse({"refused", "a manager refused it"});
    if (*state == RequestState::unknown) return refuse({"token_expired", "nobody approved it"});
    if (*state == RequestState::approved) give_certificate();
}

void Session::give_certificate() {
    auto identity = identity_of(shared_.reader, asked_by_);
    if (!identity) return close("the allow-list cannot be read: " + identity.error().detail);
    if (!*identity || (*identity)->state != "allowed") return refuse({"refused", "it was revoked"});
    auto certificate = shared_.authority->issue_to((*identity)->terminal, enrol_.request, wall_ms(),
                                                   (*identity)->until_ms);
    if (!certificate) return refuse({"bad_request", certificate.error().detail});
    is_storing_ = true;
    store(
        Priority::block,
        [op = CertificateIssued{(*identity)->terminal, fingerprint_of(asked_by_),
                                (*identity)->until_ms}](Database& database) {
            auto done = database.transaction([&]() -> Result<void> {
                auto kept = append_own(database, op);
                return kept ? Result<void>() : Result<void>(tl::unexpected(kept.error()));
            });
            return done ? Result<bool>(true) : Result<bool>(tl::unexpected(done.error()));
        },
        [certificate = *certificate](Session& self, bool) {
            server_log("enrolled", {{"terminal", self.enrol_.terminal},
                                    {"fingerprint", fingerprint_of(self.asked_by_)}});
            self.send(CertificateGiven{certificate});
            self.close_when_sent("enrolled");
        });
}

/// Of a terminal that is let in, or was until its certificate ran out.
void Session::renew(const Renew& asked) {
    auto refused = refusal_of_identity();
    if (refused && refused->code != "expired") return refuse(*refused);
    if (!identity_ || !shared_.authority || is_storing_) return close("no certificate to renew");
    if (asked.request.size() > request_limit) return refuse({"bad_request", "it is too long"});
    auto facts = request_facts(asked.request);
    if (!facts) return refuse({"bad_request", facts.error().detail});
    const std::int64_t now_ms = wall_ms();
    const std::int64_t until_ms = now_ms + certificate_life_ms;
    auto certificate =
        shared_.authority->issue_to(identity_->terminal, asked.request, now_ms, until_ms);
    if (!certificate) return refuse({"bad_request", certificate.error().detail});
    is_storing_ = true;
    store(
        Priority::block,
        [now_ms, present = certificate_->spki, next = facts->spki,
         op = CertificateIssued{identity_->terminal, fingerprint_of(facts->spki), until_ms}](
            Database& database) {
            auto done = database.transaction([&]() -> Result<void> {
                if (auto allowed = allow_also(database, present, next, now_ms); !allowed)
                    return allowed;
                auto kept = append_own(database, op);
                return kept ? Result<void>() : Result<void>(tl::unexpected(kept.error()));
            });
            return done ? Result<bool>(true) : Result<bool>(tl::unexpected(done.error()));
        },
        [certificate = *certificate](Session& self, bool) {
            self.is_storing_ = false;
            server_log("certificate renewed", {{"terminal", self.identity_->terminal}});
            self.send(CertificateGiven{certificate});
        });
}

/// For a manager who works at this terminal.
void Session::make_code(const AskCode& asked) {
    if (!peer_.live()) return close("a question before the welcome");
    auto answer = [id = asked.id](std::string error) {
        return CodeMade{.id = id, .code = {}, .until_ms = 0, .error = std::move(error)};
    };
    if (!shared_.authority) return send(answer("plain"));
    if (asked.role != "till" && asked.role != "handheld") return send(answer("bad_value"));
    if (is_storing_ || asked.person.size() > name_limit) return send(answer("busy"));
    is_storing_ = true;
    store(
        Priority::bulk,
        [asked, address = shared_.told_address, announce = announcer()](Database& database) {
            CodeMade made{.id = asked.id};
            auto done = database.transaction([&]() -> Result<void> {
                ShopReader shop(database, ShopReader::Side::server);
                auto person = shop.person(asked.person);
                const bool may = person && domain::allowed(domain::actor_of(*person),
                                                           domain::Action::terminal_enrol);
                if (!may) {
                    made.error = "not_allowed";
                    return {};
                }
                auto at = parse_link_address(address);
                if (!at) return tl::unexpected(at.error());
                const auto now = store_time(database, wall_ms());
                const std::string token = open_enrolment(database, {asked.role, ""}, now.utc_ms);
                made.code = write_enrolment_code({*at, authority_pin(database), token});
                made.until_ms = now.utc_ms + code_life_ms;
                auto kept = append_server_op(
                    database, draft(EnrolmentOpened{asked.role, ""}, now, asked.person));
                if (!kept) return tl::unexpected(kept.error());
                announce(*kept);
                return {};
            });
            return done ? Result<CodeMade>(made) : Result<CodeMade>(tl::unexpected(done.error()));
        },
        [](Session& self, CodeMade& made) {
            self.is_storing_ = false;
            self.send(made);
        });
}

/// The first time under a new key: the one of before is good no more.
void Session::note_key() {
    if (!certificate_) return;
    auto older = shared_.reader.reading<bool>(
        [&] { return has_older_keys(shared_.reader, certificate_->spki); });
    if (!older.value_or(false)) return;
    store(
        Priority::bulk,
        [spki = certificate_->spki](Database& database) {
            auto done = database.transaction([&]() -> Result<void> {
                note_key_used(database, spki);
                return {};
            });
            return done ? Result<bool>(true) : Result<bool>(tl::unexpected(done.error()));
        },
        [](Session&, bool) {});
}

}  // namespace fangxin::sync
