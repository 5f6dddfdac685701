// Who works at the terminal: login with what the terminal last knew (ACCT-4), wrong PINs (rules 8),
// rights (ACCT-2).
#include "sync/pin.hpp"
#include "terminal/station/station.hpp"

namespace fangxin::terminal {

namespace {

domain::PinTries load_tries(sync::Database& database, const std::string& person) {
    sync::Query query = database.query(
        "SELECT failures, rounds, blocked_until_ms FROM pin_tries WHERE person = $1");
    query.bind(person);
    if (!query.step()) return {};
    return {static_cast<int>(query.int64(0)), static_cast<int>(query.int64(1)), query.int64(2)};
}

void save_tries(sync::Database& database, const std::string& person,
                const domain::PinTries& tries) {
    database
        .query(
            "INSERT OR REPLACE INTO pin_tries (person,failures,rounds,blocked_until_ms) "
            "VALUES ($1,$2,$3,$4)")
        .bind(person)
        .bind(std::int64_t{tries.failures})
        .bind(std::int64_t{tries.rounds})
        .bind(tries.blocked_until_ms)
        .run();
}

}  // namespace

Result<void> Station::count_failure(const std::string& who, domain::PinTries tries) {
    tries = domain::after_failure(tries, now().utc_ms);
    bool locks = domain::try_allowed(tries, now().utc_ms) == domain::TryAnswer::locked;
    return transact([&](sync::Database& database) -> Result<void> {
        save_tries(database, who, tries);
        auto appended =
            sync::append_op(database, sync::draft(sync::LoginFailed{who, locks}, now(), ""));
        if (!appended) return tl::unexpected(appended.error());
        return {};
    });
}

/// Codes: `no_such_person` `wrong_pin` `wait` `locked`.
Result<domain::Person> Station::check_pin(const std::string& who, const std::string& pin) {
    auto known = reader_.reading<std::optional<domain::Person>>([&] { return shop_->person(who); });
    if (!known) return tl::unexpected(known.error());
    if (!*known) return failure("no_such_person", who);
    const domain::Person& person = **known;
    if (person.locked) return failure("locked", who);
    domain::PinTries tries = load_tries(reader_, who);
    // Our last wrong try locked the account with the same op, so one that is open was opened since.
    if (domain::try_allowed(tries, now().utc_ms) == domain::TryAnswer::locked) tries = {};
    switch (domain::try_allowed(tries, now().utc_ms)) {
        case domain::TryAnswer::allowed:
            break;
        case domain::TryAnswer::wait:
            return failure("wait",
                           std::to_string(domain::wait_left_ms(tries, now().utc_ms) / 1000 + 1));
        case domain::TryAnswer::locked:
            return failure("locked", who);
    }
    if (!sync::is_checkable(person.pin_verifier, store_key_)) return failure("no_store_key");
    if (!sync::verify_pin(person.pin_verifier, pin, store_key_)) {
        if (auto counted = count_failure(who, tries); !counted) {
            return tl::unexpected(counted.error());
        }
        return failure("wrong_pin", who);
    }
    if (tries != domain::PinTries{}) {
        auto cleared = transact([&](sync::Database& database) -> Result<void> {
            save_tries(database, who, domain::after_success());
            return {};
        });
        if (!cleared) return tl::unexpected(cleared.error());
    }
    return person;
}

Result<void> Station::login(const std::string& who, const std::string& pin) {
    auto person = check_pin(who, pin);
    if (!person) return tl::unexpected(person.error());
    if (person_ && person_->number != who) logout("another person logged in");
    person_ = *person;
    auto journalled = journal(sync::LoggedIn{options_.role, !online_});
    if (!journalled) {
        person_.reset();
        return tl::unexpected(journalled.error());
    }
    return {};
}

void Station::refresh_person() {
    if (!person_) return;
    auto person = shop_->person(person_->number);
    if (!person) return;  // the shop's people are on their way
    if (person->locked) return logout("account locked");
    person_ = *person;
}

Result<void> Station::open_account(const std::string& who) {
    auto person = shop_->person(who);
    if (!person) return failure("no_such_person", who);
    if (!person->locked) return failure("not_locked", who);
    auto done = journal(sync::AccountOpened{who});
    if (!done) return tl::unexpected(done.error());
    return {};
}

void Station::logout(const std::string& why) {
    if (!person_) return;
    (void)journal(sync::LoggedOut{why});
    person_.reset();
}

Refusal Station::may(domain::Action action, const std::optional<domain::Person>& second) const {
    if (!person_) return {"not_logged_in"};
    std::optional<domain::Actor> other;
    if (second) other = domain::actor_of(*second);
    if (domain::allowed(domain::actor_of(*person_), action, other)) return {};
    bool with_second =
        domain::right_of(person_->role, action) == domain::Right::with_second && !second;
    return {with_second ? "needs_second_person" : "not_allowed"};
}

Result<void> Station::answer_clock(domain::ClockAnswer answer, const std::string& manager,
                                   const std::string& pin) {
    auto person = check_pin(manager, pin);
    if (!person) return tl::unexpected(person.error());
    if (person->role != domain::Role::manager) return failure("not_allowed");
    return answer_clock(answer, person->number);
}

Result<domain::Person> Station::second_person(const std::string& who, const std::string& pin) {
    return check_pin(who, pin);
}

}  // namespace fangxin::terminal
